/** Function calls: the allow list, system functions, windows. */
import { SnowflakeError, unsupported } from '../../errors';
import type { SqlType } from '../../values';
import { newStar, type Call, type Expression } from '../ast';
import type { Lowered } from '../compilation';
import { isFunctionOfSnowflake } from '../../reference/functions';
import { FUNCTIONS, type FunctionDefinition } from '../functions/all';
import { quoteLiteral } from '../duck-text';
import { compileError, type ScopeColumn } from '../scope';
import { lower, type Context } from './expression';
import { onceEach } from './once';
import { placeOver } from './over';
import { expandStar } from './star';
import { parameter } from './values';
import { overWindow } from './window';

const names = (list: string): ReadonlySet<string> => new Set(list.split(' '));
const NEVER_DISTINCT = names(
  'MEDIAN MODE PERCENTILE_CONT PERCENTILE_DISC CORR COVAR_POP COVAR_SAMP REGR_SLOPE REGR_INTERCEPT ' +
    'REGR_R2 COUNT_IF BOOLXOR_AGG',
);
const ORDERED_WITHIN = names('LISTAGG ARRAY_AGG ARRAYAGG PERCENTILE_CONT PERCENTILE_DISC');
const SKIPPING_NULLS = names('LAG LEAD FIRST_VALUE LAST_VALUE NTH_VALUE');

export function lowerCall(call: Call, context: Context): Lowered {
  const definition = FUNCTIONS.get(call.name);
  if (definition) return lowerKnown(call, definition, context);
  const system = context.compilation.environment.systemFunction(call.name);
  if (system) {
    refuseRows(call, call.args);
    return parameter({ from: 'function', function: system, args: call.args, type: system.returns }, context);
  }
  if (call.name === 'NEXTVAL') return lowerNextValue(call, context);
  if (isFunctionOfSnowflake(call.name)) throw unsupported(`the function ${call.name}`);
  throw compileError(context.compilation, call.at, '002140', '42601', `Unknown function ${call.name}`);
}

function lowerKnown(written: Call, definition: FunctionDefinition, context: Context): Lowered {
  const call = written.named.length > 0 ? byPosition(written, definition) : written;
  if (call.over && !definition.window) {
    throw compileError(
      context.compilation,
      call.at,
      '002064',
      '42601',
      `${call.name} is not a window function`,
    );
  }
  if (!call.over && definition.window && !definition.aggregate) {
    throw compileError(
      context.compilation,
      call.at,
      '002064',
      '42601',
      `Window function [${call.name}] requires an OVER clause`,
    );
  }
  refuseForeignClauses(call, definition);
  checkArity(call, definition, context);
  const whole = definition.whole?.(call, context);
  if (whole) return whole;
  const args = lowerArguments(call, definition, context);
  const value =
    definition.aggregate || definition.window
      ? definition.lower(args, call, context)
      : onceEach(args, (each) => definition.lower(each, call, context));
  if (!call.over) return { ...value, sql: placeOver(value.sql, undefined) };
  return { sql: placeOver(value.sql, overWindow(call.over, call, context)), type: value.type };
}

/** Clauses that only some aggregates and window functions have. */
function refuseForeignClauses(call: Call, { aggregate }: FunctionDefinition): void {
  const foreign = [
    call.distinct && (!aggregate || NEVER_DISTINCT.has(call.name)) && 'DISTINCT',
    call.within && !ORDERED_WITHIN.has(call.name) && 'WITHIN GROUP',
    call.ignoreNulls && !SKIPPING_NULLS.has(call.name) && 'IGNORE NULLS',
  ].find((clause) => clause);
  if (foreign) throw unsupported(`${foreign} in ${call.name}`);
}

/** Named arguments in their places. */
function byPosition(call: Call, { names }: FunctionDefinition): Call {
  const named = new Map(call.named);
  const given = names?.filter((name) => named.has(name)) ?? [];
  const inOrder = given.every((name, index) => name === names![index]);
  if (call.args.length > 0 || given.length < named.size || !inOrder)
    throw unsupported(`named arguments of ${call.name}`);
  return { ...call, args: given.map((name) => named.get(name)!), named: [] };
}

/** `t.*` in COUNT are its columns, `*` in OBJECT_CONSTRUCT their names and values. */
function lowerArguments(call: Call, definition: FunctionDefinition, context: Context): Lowered[] {
  const everything = call.star && call.name !== 'COUNT' ? [newStar(call.at)] : [];
  return [...call.args, ...everything].flatMap((argument, index) => {
    if (argument.is === 'star') return lowerStar(call.name, expandStar(argument, context));
    return definition.words?.includes(index) ? word(argument, context) : lower(argument, context);
  });
}

function lowerStar(name: string, columns: readonly ScopeColumn[]): readonly Lowered[] {
  if (name === 'COUNT') return columns;
  if (!name.startsWith('OBJECT_CONSTRUCT')) throw unsupported(`* in ${name}`);
  return columns.flatMap((column): Lowered[] => [
    { sql: quoteLiteral(column.name), type: { kind: 'VARCHAR' } },
    column,
  ]);
}

function checkArity(call: Call, { min, max }: FunctionDefinition, context: Context): void {
  const count = call.args.length;
  if (call.star || (count >= min && count <= max)) return;
  const [code, text] = count < min ? ['000938', 'not enough arguments'] : ['000939', 'too many arguments'];
  throw compileError(
    context.compilation,
    call.at,
    code,
    '22023',
    `${text} for function [${call.name}], expected ${count < min ? min : max}, got ${count}`,
  );
}

/** `day` and `'day'` both name a part. */
function word(argument: Expression, context: Context): Lowered {
  if (argument.is === 'column' && argument.parts.length === 1)
    return { sql: argument.parts[0]!.toLowerCase(), type: { kind: 'VARCHAR' } };
  if (argument.is === 'string') return { sql: argument.value.toLowerCase(), type: { kind: 'VARCHAR' } };
  if (argument.is === 'bind') {
    const bound = context.compilation.environment.binds[argument.index]?.value;
    context.compilation.cacheable = false;
    return { sql: String(bound).toLowerCase(), type: { kind: 'VARCHAR' } };
  }
  return lower(argument, context);
}

/** A system function is evaluated once, before the query. */
function refuseRows(call: Call, args: readonly Expression[]): void {
  for (const argument of args) {
    if (JSON.stringify(argument).includes('"is":"column"'))
      throw unsupported(`${call.name} with arguments that depend on rows`);
  }
}

function lowerNextValue(call: Call, context: Context): Lowered {
  const [argument] = call.args;
  if (argument?.is !== 'column') throw unsupported('NEXTVAL of an expression');
  const name = context.compilation.environment.sequence(argument.parts, context.compilation.within);
  if (name === undefined) {
    throw new SnowflakeError(
      '002003',
      '02000',
      `SQL compilation error:\nSequence '${argument.parts.join('.')}' does not exist or not authorized.`,
    );
  }
  const type: SqlType = { kind: 'NUMBER', precision: 38, scale: 0 };
  return { sql: `CAST(nextval('${name.replaceAll("'", "''")}') AS HUGEINT)`, type };
}
