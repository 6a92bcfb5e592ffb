/**
 * Running a procedure with the rights it has.
 * https://docs.snowflake.com/en/developer-guide/stored-procedure/stored-procedures-rights
 */
import type { Session } from '../../engine/contract';
import { SnowflakeError } from '../../errors';
import { tokenize } from '../../sql/lexer';
import { NULL, type QueryResult, type ResultColumn, type TypedValue } from '../../values';
import { compile } from '../program';
import { activation } from '../run/activation';
import { runBody } from '../run/body';
import { convert } from '../run/convert';
import { goDeeper } from '../run/depth';
import { innerScope, type Scope } from '../run/scope';
import { evaluateText } from './arguments';
import type { ProcedureRecord } from './record';
import type { Answer } from './status';

/**
 * @param values in order of the declared arguments; `undefined` takes the default
 * @returns the answer, and the scope that holds the arguments as the body left them
 */
export async function invoke(
  procedure: ProcedureRecord,
  values: readonly (TypedValue | undefined)[],
  session: Session,
): Promise<{ answer: Answer; scope: Scope }> {
  const scope = await argumentScope(procedure, values, session);
  const column = { name: procedure.name, type: scalarType(procedure) };
  if (procedure.nullHandling === 'RETURNS NULL ON NULL INPUT' && hasNull(scope)) {
    return { answer: { columns: [column], rows: [[null]] }, scope };
  }
  const leave = goDeeper(session);
  const restore = enter(procedure, session);
  try {
    return { answer: await run(procedure, scope, session), scope };
  } finally {
    restore();
    leave();
  }
}

async function argumentScope(
  { args }: ProcedureRecord,
  values: readonly (TypedValue | undefined)[],
  session: Session,
): Promise<Scope> {
  const scope = innerScope(undefined, undefined);
  for (const [at, { name, type, default: written }] of args.entries()) {
    const value = values[at] ?? (await evaluateText(written!, tokenize(written!), [], session));
    scope.names.set(name, { is: 'variable', type, value: await convert(value, type, session) });
  }
  return scope;
}

/** An argument's value. */
export function variableIn(scope: Scope, name: string): TypedValue {
  const entity = scope.names.get(name);
  if (entity?.is !== 'variable') throw new Error(`${name} is no argument`);
  return { type: entity.type ?? NULL.type, value: entity.value };
}

function hasNull(scope: Scope): boolean {
  return [...scope.names.values()].some((entity) => entity.is === 'variable' && entity.value === null);
}

/**
 * An owner's-rights procedure runs as its owner, in its own database and schema, and leaves the caller's session as it
 * was. A caller's-rights one works in the caller's session, USE included; called from an owner's, it stays an owner's.
 */
function enter(procedure: ProcedureRecord, session: Session): () => void {
  if (procedure.executeAs !== 'OWNER') return () => undefined;
  const { rights, role, database, schema } = session;
  const variables = [...session.variables];
  session.rights = 'owner';
  session.role = procedure.owner;
  session.database = procedure.database;
  session.schema = procedure.schema;
  session.variables.clear();
  return () => {
    for (const [name, value] of variables) session.variables.set(name, value);
    session.rights = rights;
    session.role = role;
    session.database = database;
    session.schema = schema;
  };
}

async function run(procedure: ProcedureRecord, scope: Scope, session: Session): Promise<Answer> {
  const { returns, body, name } = procedure;
  const type = returns.is === 'scalar' ? returns.type : undefined;
  const parameters = procedure.args.map((arg) => ({ name: arg.name, type: arg.type }));
  const block = compile(body, { parameters, returns: type });
  const answer = await runBody(block, scope, activation(session, true, type), name);
  if (returns.is === 'scalar') {
    if (answer.isTable) throw wrongReturn(name);
    return answer.result;
  }
  if (!answer.isTable) throw wrongReturn(name);
  return returns.columns === 'any' ? answer.result : withDeclared(answer.result, returns.columns, name);
}

/** The declared columns name the result's; their types have to be the same. */
function withDeclared(result: QueryResult, declared: ResultColumn[], name: string): Answer {
  const { columns } = result;
  const fits =
    columns.length === declared.length &&
    columns.every(({ type }, at) => type.kind === declared[at]!.type.kind);
  if (!fits) throw wrongReturn(name);
  return {
    ...result,
    columns: declared.map((column, at) => ({ name: column.name, type: columns[at]!.type })),
  };
}

function scalarType({ returns }: ProcedureRecord): ResultColumn['type'] {
  return returns.is === 'scalar' ? returns.type : { kind: 'VARCHAR' };
}

function wrongReturn(name: string): SnowflakeError {
  const message = `Stored procedure execution error: data type of returned table does not match expected returned table type of ${name}`;
  return new SnowflakeError('090208', '42601', message);
}
