/** FLATTEN, SPLIT_TO_TABLE and GENERATOR. https://docs.snowflake.com/en/sql-reference/functions/flatten, .../generator */
import { SnowflakeError, unsupported } from '../../errors';
import type { Expression, TableExpression } from '../ast';
import { fresh } from '../compilation';
import { quoteLiteral } from '../duck-text';
import { isSemi, toText } from './coerce';
import { lower, type Context } from './expression';
import type { Scope, ScopeColumn } from '../scope';
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
  const alias = fresh(context.compilation, 'r');
  const seq = sequenceOfInput(context.scope);
  const columns = [
    sequenceColumn('FLATTEN', seq),
    { name: 'KEY', sql: 'key', type: { kind: 'VARCHAR' as const } },
    { name: 'PATH', sql: 'path', type: { kind: 'VARCHAR' as const } },
    { name: 'INDEX', sql: 'idx', type: { kind: 'NUMBER' as const, precision: 38, scale: 0 } },
    { name: 'VALUE', sql: 'val', type: { kind: 'VARIANT' as const } },
    { name: 'THIS', sql: 'this', type: { kind: 'VARIANT' as const } },
  ];
  addRelation(context, [], columns, call.alias, alias);
  const only =
    mode?.is === 'string' && mode.value.toUpperCase() !== 'BOTH' ? mode.value.toUpperCase() : undefined;
  const outer = isTrue(named.get('OUTER'));
  if (!isTrue(named.get('RECURSIVE')))
    return `LATERAL (${oneLevel(value, pathText, only, outer, seq)}) AS ${alias}`;
  if (only !== undefined || outer) throw unsupported('FLATTEN(RECURSIVE => TRUE) with MODE or OUTER');
  return `LATERAL (${allLevels(value, pathText, seq)}) AS ${alias}`;
}

function oneLevel(
  value: string,
  path: string,
  only: string | undefined,
  outer: boolean,
  seq: string | undefined,
): string {
  const filter = only === undefined ? '' : ` WHERE json_type(${value}) = ${quoteLiteral(only)}`;
  const entries = outer
    ? `CASE WHEN len(sf_entries(${value})) > 0 THEN sf_entries(${value}) ELSE [NULL] END`
    : `sf_entries(${value})`;
  const place = `coalesce('[' || e.i || ']', ${quoteLiteral(path ? '.' : '')} || e.k, '')`;
  return `SELECT ${seq ?? 'NULL'} AS seq, e.k AS key, ${quoteLiteral(path)} || ${place} AS path, e.i AS idx, e.v AS val, this FROM (SELECT unnest(${entries}) AS e, ${value} AS this${filter})`;
}

/** Each element is followed by what is in it. DuckDB's path of one starts with `$`. */
function allLevels(value: string, path: string, seq: string | undefined): string {
  const indexed = `ends_with(e.fullkey, ']')`;
  const place = path
    ? `${quoteLiteral(path)} || substr(e.fullkey, 2)`
    : `regexp_replace(e.fullkey, '^\\$\\.?', '')`;
  return `SELECT ${seq ?? 'NULL'} AS seq, CASE WHEN NOT ${indexed} THEN e.key END AS key, ${place} AS path, CASE WHEN ${indexed} THEN CAST(e.key AS BIGINT) END AS idx, sf_kept(CAST(e.value AS JSON)) AS val, json_extract(${value}, e.path) AS this FROM json_tree(${value}) AS e WHERE e.parent IS NOT NULL ORDER BY e.id`;
}

/** A number that is each input row's own; Snowflake promises no more. */
function sequenceOfInput({ relations }: Scope): string | undefined {
  if (relations.length === 0) return '1';
  const rowids = relations.flatMap(({ rowid }) => rowid ?? []);
  if (rowids.length < relations.length) return undefined;
  return rowids.length === 1 ? `(${rowids[0]!} + 1)` : `CAST(hash(${rowids.join(', ')}) AS HUGEINT)`;
}

function sequenceColumn(name: string, seq: string | undefined): ScopeColumn {
  const column: ScopeColumn = { name: 'SEQ', sql: 'seq', type: { kind: 'NUMBER', precision: 38, scale: 0 } };
  return seq === undefined
    ? { ...column, refused: `SEQ of ${name} beside anything but stored tables` }
    : column;
}

/** SPLIT_TO_TABLE(text, delimiter) and STRTOK_SPLIT_TO_TABLE(text[, delimiters]): SEQ, INDEX from 1, VALUE. */
export function lowerSplitToTable(call: TableFunctionCall, context: Context): string {
  const name = call.name[0]!;
  const [text, delimiter] = call.args.map((argument) => toText(lower(argument, context)));
  if (text === undefined || (name === 'SPLIT_TO_TABLE' && delimiter === undefined))
    throw new SnowflakeError(
      '000938',
      '22023',
      `SQL compilation error:\nnot enough arguments for function [${name}]`,
    );
  const parts =
    name === 'SPLIT_TO_TABLE'
      ? `string_split(${text}, ${delimiter!})`
      : `sf_tokens(${text}, ${delimiter ?? "' '"})`;
  const seq = sequenceOfInput(context.scope);
  const alias = fresh(context.compilation, 'r');
  const columns: ScopeColumn[] = [
    sequenceColumn(name, seq),
    { name: 'INDEX', sql: 'idx', type: { kind: 'NUMBER', precision: 38, scale: 0 } },
    { name: 'VALUE', sql: 'val', type: { kind: 'VARCHAR' } },
  ];
  addRelation(context, [], columns, call.alias, alias);
  return `LATERAL (SELECT ${seq ?? 'NULL'} AS seq, i AS idx, v AS val FROM (SELECT unnest(${parts}) AS v, generate_subscripts(${parts}, 1) AS i)) AS ${alias}`;
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
  addRelation(context, [], [], call.alias, alias).sequence = `${alias}.i`;
  return `range(CAST(${lower(count, context).sql} AS BIGINT)) AS ${alias}(i)`;
}
