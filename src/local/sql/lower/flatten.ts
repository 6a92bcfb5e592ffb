/** FLATTEN and GENERATOR. https://docs.snowflake.com/en/sql-reference/functions/flatten, .../generator */
import { SnowflakeError, unsupported } from '../../errors';
import type { Expression, TableExpression } from '../ast';
import { fresh } from '../compilation';
import { quoteLiteral } from '../duck-text';
import { isSemi } from './coerce';
import { lower, type Context } from './expression';
import type { Scope } from '../scope';
import { addRelation } from './from';

type TableFunctionCall = TableExpression & { is: 'function' };

export function lowerFlatten(call: TableFunctionCall, context: Context): string {
  const named = new Map(call.named);
  const input = named.get('INPUT') ?? call.args[0];
  if (!input)
    throw new SnowflakeError('001045', '42601', 'SQL compilation error:\nmissing argument INPUT of FLATTEN');
  for (const name of named.keys())
    if (!['INPUT', 'PATH', 'OUTER', 'RECURSIVE', 'MODE'].includes(name))
      throw unsupported(`FLATTEN(${name} => ...)`);
  if (isTrue(named.get('RECURSIVE'))) throw unsupported('FLATTEN(RECURSIVE => TRUE)');
  const mode = named.get('MODE');
  const whole = lower(input, context);
  if (!isSemi(whole.type) && whole.type.kind !== 'NULL') {
    throw new SnowflakeError(
      '001044',
      '42P13',
      `SQL compilation error:\nInvalid argument types for function 'FLATTEN': (INPUT => ${whole.type.kind})`,
    );
  }
  const path = named.get('PATH');
  const pathText = path?.is === 'string' ? path.value : '';
  const value = pathText ? `json_extract(${whole.sql}, ${quoteLiteral(`$.${pathText}`)})` : whole.sql;
  const filter =
    mode?.is === 'string' && mode.value.toUpperCase() !== 'BOTH'
      ? ` WHERE json_type(${value}) = ${quoteLiteral(mode.value.toUpperCase())}`
      : '';
  const entries = isTrue(named.get('OUTER'))
    ? `CASE WHEN len(sf_entries(${value})) > 0 THEN sf_entries(${value}) ELSE [NULL] END`
    : `sf_entries(${value})`;
  const place = `coalesce('[' || e.i || ']', ${quoteLiteral(pathText ? '.' : '')} || e.k)`;
  const alias = fresh(context.compilation, 'r');
  const seq = sequenceOfInput(context.scope);
  const refused = seq === undefined ? { refused: 'SEQ of FLATTEN beside anything but stored tables' } : {};
  const columns = [
    { name: 'SEQ', sql: 'seq', type: { kind: 'NUMBER' as const, precision: 38, scale: 0 }, ...refused },
    { name: 'KEY', sql: 'key', type: { kind: 'VARCHAR' as const } },
    { name: 'PATH', sql: 'path', type: { kind: 'VARCHAR' as const } },
    { name: 'INDEX', sql: 'idx', type: { kind: 'NUMBER' as const, precision: 38, scale: 0 } },
    { name: 'VALUE', sql: 'val', type: { kind: 'VARIANT' as const } },
    { name: 'THIS', sql: 'this', type: { kind: 'VARIANT' as const } },
  ];
  addRelation(context, [], columns, call.alias, alias);
  return `LATERAL (SELECT ${seq ?? 'NULL'} AS seq, e.k AS key, ${quoteLiteral(pathText)} || ${place} AS path, e.i AS idx, e.v AS val, this FROM (SELECT unnest(${entries}) AS e, ${value} AS this${filter})) AS ${alias}`;
}

/** A number that is each input row's own; Snowflake promises no more. */
function sequenceOfInput({ relations }: Scope): string | undefined {
  if (relations.length === 0) return '1';
  const rowids = relations.flatMap(({ rowid }) => rowid ?? []);
  if (rowids.length < relations.length) return undefined;
  return rowids.length === 1 ? `(${rowids[0]!} + 1)` : `CAST(hash(${rowids.join(', ')}) AS HUGEINT)`;
}

function isTrue(expression: Expression | undefined): boolean {
  return expression?.is === 'boolean' && expression.value;
}

/** A relation of ROWCOUNT rows without columns. TIMELIMIT is refused. */
export function lowerGenerator(call: TableFunctionCall, context: Context): string {
  const count = new Map(call.named).get('ROWCOUNT') ?? call.args[0];
  if (!count || call.named.some(([name]) => name !== 'ROWCOUNT'))
    throw unsupported('GENERATOR without ROWCOUNT');
  const alias = fresh(context.compilation, 'r');
  addRelation(context, [], [], call.alias, alias);
  return `range(CAST(${lower(count, context).sql} AS BIGINT)) AS ${alias}`;
}
