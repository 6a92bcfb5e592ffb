/** CALL, of procedures and of built-in ones. https://docs.snowflake.com/en/sql-reference/sql/call */
import { qualify } from '../../catalog/names';
import type { Session, StatementHandler } from '../../engine/contract';
import { requirePrivilege } from '../../engine/privileges';
import { NotAuthorized, SnowflakeError, unsupported } from '../../errors';
import { TokenReader } from '../../sql/token-reader';
import type { SqlType, TypedValue } from '../../values';
import { evaluateArguments } from './arguments';
import { chooseOverload } from './choose';
import { invoke, variableIn } from './invoke';
import { outputVariables } from './outputs';
import { overloads, type ProcedureRecord } from './record';
import type { Answer } from './status';

export const call: StatementHandler = {
  name: 'CALL',
  matches: ([first]) => first?.kind === 'word' && first.value === 'CALL',
  async run(statement, session) {
    const reader = new TokenReader(statement.text, statement.tokens);
    const parts = callee(reader);
    const args = await evaluateArguments(reader, statement, session);
    reader.end();
    const candidates = isComplete(parts, session)
      ? overloads(qualify(parts, session), session.account.catalog)
      : [];
    if (candidates.length > 0) {
      requireCall(parts, session);
      return callUserProcedure(candidates, args, session);
    }
    return callBuiltIn(parts, args, session);
  },
};

/** @throws SnowflakeError as of a procedure that is not there, where the role may not use it */
export function requireCall(parts: readonly string[], session: Session): void {
  try {
    requirePrivilege(session, ['USAGE'], 'PROCEDURE', qualify(parts, session));
  } catch {
    throw NotAuthorized.from(unknownProcedure(parts));
  }
}

export type GivenArguments = Awaited<ReturnType<typeof evaluateArguments>>;

function callee(reader: TokenReader): string[] {
  reader.expect('CALL');
  return reader.name();
}

/** Built-in procedures have no schema, so they are there without a current one. */
export function isComplete(parts: readonly string[], session: Session): boolean {
  if (parts.length > 2) return true;
  return session.database !== undefined && (parts.length > 1 || session.schema !== undefined);
}

export async function callUserProcedure(
  candidates: readonly ProcedureRecord[],
  args: GivenArguments,
  session: Session,
): Promise<Answer> {
  const { procedure, given } = chooseOverload(candidates, args);
  const variables = outputVariables(procedure.args, given);
  const values = given.map((one) => one?.value);
  const { answer, scope } = await invoke(procedure, values, session);
  if (variables.size === 0) return answer;
  const outputs = new Map<string, TypedValue>();
  for (const [name, variable] of variables) outputs.set(variable, variableIn(scope, name));
  return { ...answer, outputs };
}

async function callBuiltIn(
  parts: readonly string[],
  args: GivenArguments,
  session: Session,
): Promise<Answer> {
  const name = parts[parts.length - 1]!;
  const values = args.map((arg) => arg.value);
  for (const feature of session.account.features) {
    const found = [...(feature.procedures ?? []), ...(feature.functions ?? [])].find(
      (one) => one.name === name,
    );
    if (!found) continue;
    const type: SqlType = found.returns;
    return { columns: [{ name, type }], rows: [[await found.call(values, session)]] };
  }
  if (name.startsWith('SYSTEM$')) return callSystemFunction(parts, values, session);
  if (parts.length > 1 && parts[0] === 'SNOWFLAKE') throw unsupported(`the procedure ${parts.join('.')}`);
  throw unknownProcedure(parts);
}

/** System functions that the engine itself has. */
async function callSystemFunction(
  parts: readonly string[],
  values: readonly TypedValue[],
  session: Session,
): Promise<Answer> {
  const name = parts[parts.length - 1]!;
  try {
    const { type, value } = await session.evaluate(`${name}(${values.map(() => '?').join(', ')})`, values);
    return { columns: [{ name, type }], rows: [[value]] };
  } catch (error) {
    const isUnknown =
      error instanceof SnowflakeError && /Unknown (user-defined )?function/.test(error.message);
    throw isUnknown ? unknownProcedure(parts) : error;
  }
}

/** As Snowflake says it of a procedure that does not exist or may not be used: 002140 for a bare name, else 002141. */
export function unknownProcedure(parts: readonly string[]): SnowflakeError {
  const what = parts.length === 1 ? 'function' : 'user-defined function';
  const message = `SQL compilation error:\nUnknown ${what} ${parts.join('.')}.`;
  return new SnowflakeError(parts.length === 1 ? '002140' : '002141', '42601', message);
}
