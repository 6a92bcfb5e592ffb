/** Procedures declared in a block. https://docs.snowflake.com/en/developer-guide/stored-procedure/stored-procedures-nested */
import { SnowflakeError } from '../../errors';
import type { QueryResult, TypedValue } from '../../values';
import type { Call } from '../ast';
import { activation, noteResult, type Activation } from './activation';
import { runBody } from './body';
import { convert } from './convert';
import { raising } from './raised';
import { find, innerScope, type NestedProcedure, type Scope } from './scope';
import { assign, evaluate } from './values';

/** A call of one plain name that the block declares. */
export function nestedProcedure(call: Call, scope: Scope): NestedProcedure | undefined {
  const entity = call.name.length === 1 ? find(scope, call.name[0]!) : undefined;
  return entity?.is === 'procedure' ? entity : undefined;
}

/** Runs it in the scope of its declaration: it sees the variables declared before it. */
export async function callNested(
  { declaration, scope: declared }: NestedProcedure,
  call: Call,
  scope: Scope,
  run: Activation,
): Promise<QueryResult> {
  const inner = innerScope(declared);
  const { args, returns, body, name } = declaration;
  if (call.args.length !== args.length)
    await raising('STATEMENT_ERROR', call.place, () => wrongArguments(name));
  for (const [index, arg] of args.entries()) {
    const given = call.args.find((one) => one.name === arg.name) ?? call.args[index]!;
    const value = await evaluate(given.value, scope, run);
    const converted = await raising('EXPRESSION_ERROR', call.place, () =>
      convert(value, arg.type, run.session),
    );
    inner.names.set(arg.name, { is: 'variable', type: arg.type, value: converted });
  }
  const { result } = await raising('STATEMENT_ERROR', call.place, () =>
    runBody(body, inner, activation(run.session), name, returns === 'TABLE' ? undefined : returns),
  );
  noteResult(run, result);
  if (call.into !== undefined) await assign(call.into, firstValue(result), scope, run, call.place);
  return result;
}

function firstValue({ columns, rows }: QueryResult): TypedValue {
  return { type: columns[0]!.type, value: rows[0]?.[0] ?? null };
}

async function wrongArguments(name: string): Promise<never> {
  throw new SnowflakeError(
    '001044',
    '42P13',
    `SQL compilation error:\nInvalid argument types for function '${name}'`,
  );
}
