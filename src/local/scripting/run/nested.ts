/** Procedures declared in a block. https://docs.snowflake.com/en/developer-guide/stored-procedure/stored-procedures-nested */
import { SnowflakeError } from '../../errors';
import type { QueryResult, TypedValue } from '../../values';
import type { Call, CallArgument, Place } from '../ast';
import { invalidIdentifier } from '../compile/errors';
import { activation, noteResult, type Activation } from './activation';
import { runBody } from './body';
import { convert } from './convert';
import { oneDeeper } from './depth';
import { raising } from './raised';
import { find, innerScope, type NestedProcedure, type Scope, type Variable } from './scope';
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
  const given = args.map((arg, index) => givenFor(arg, index, call));
  if (call.args.length !== args.length || !given.every((one) => one !== undefined))
    return raising('STATEMENT_ERROR', call.place, () => wrongArguments(name));
  for (const [index, arg] of args.entries()) {
    const value = await evaluate(given[index]!.value, scope, run);
    const converted = await raising('EXPRESSION_ERROR', call.place, () =>
      convert(value, arg.type, run.session),
    );
    inner.names.set(arg.name, { is: 'variable', type: arg.type, value: converted });
  }
  const { result } = await raising('STATEMENT_ERROR', call.place, () =>
    oneDeeper(run.session, () =>
      runBody(body, inner, activation(run.session, false, returns === 'TABLE' ? undefined : returns), name),
    ),
  );
  for (const [index, arg] of args.entries()) {
    if (!arg.out) continue;
    const last = inner.names.get(arg.name) as Variable;
    const value = { type: arg.type, value: last.value };
    await assign(variableOf(given[index]!, call.place), value, scope, run, call.place);
  }
  noteResult(run, result);
  if (call.into !== undefined) await assign(call.into, firstValue(result), scope, run, call.place);
  return result;
}

/** By name or by place. */
function givenFor(arg: { name: string; out: boolean }, index: number, call: Call): CallArgument | undefined {
  const isNamed = call.args[0]?.name !== undefined;
  const given = isNamed ? call.args.find((one) => one.name === arg.name) : call.args[index];
  if (given && arg.out) variableOf(given, call.place);
  return given;
}

/** The variable given for an OUT argument. */
function variableOf({ value: { tokens } }: CallArgument, place: Place): string {
  const name = tokens[tokens.length - 1]!;
  const isVariable =
    tokens.length === (tokens[0]!.text === ':' ? 2 : 1) && (name.kind === 'word' || name.kind === 'quoted');
  if (!isVariable) throw invalidIdentifier(tokens.map((token) => token.text).join(''), place);
  return name.value;
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
