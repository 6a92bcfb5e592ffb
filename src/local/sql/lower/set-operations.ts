/** UNION, INTERSECT, EXCEPT. https://docs.snowflake.com/en/sql-reference/operators-query */
import { SnowflakeError } from '../../errors';
import type { Body } from '../ast';
import { fresh, type Compilation, type Lowered, type Type } from '../compilation';
import type { Scope } from '../scope';
import { commonType, inType } from './common-type';
import { orderable } from './order';
import { lowerBody, type LoweredBody, type QueryColumn } from './query';

export function lowerSet(body: Body & { is: 'set' }, compilation: Compilation, outer: Scope): LoweredBody {
  let left = lowerBody(body.left, compilation, outer);
  let right = lowerBody(body.right, compilation, outer);
  if (body.byName)
    [left, right] = [withColumnsOf(left, right, compilation), withColumnsOf(right, left, compilation, true)];
  if (left.columns.length !== right.columns.length) {
    throw new SnowflakeError(
      '001789',
      '42601',
      `SQL compilation error:\ninvalid number of result columns for set operator input branches, expected ${left.columns.length}, got ${right.columns.length} in branch {2}`,
    );
  }
  const types = left.columns.map((column, index) => commonType([column.type, right.columns[index]!.type]));
  const op = body.all ? `${body.op} ALL` : body.op;
  const sides = [convert(left, types, compilation), convert(right, types, compilation)] as const;
  const byInstant = !body.all && types.some((type) => type.kind === 'TIMESTAMP_TZ');
  const sql = byInstant
    ? setOfInstants(body.op, sides, [left, right], types, compilation)
    : `${sides[0]} ${op} ${sides[1]}`;
  const columns = left.columns.map((column, index) => ({ ...column, type: types[index]! }));
  const correlation = left.correlation === 'none' && right.correlation === 'none' ? 'none' : 'other';
  return { sql, columns, correlation, singleRow: false, scope: undefined };
}

/** Rows are the same when their TIMESTAMP_TZ are the same instants, whatever the offsets; the first of them stays. */
function setOfInstants(
  op: 'UNION' | 'EXCEPT' | 'INTERSECT',
  [leftSql, rightSql]: readonly [string, string],
  [left, right]: readonly [LoweredBody, LoweredBody],
  types: readonly Type[],
  compilation: Compilation,
): string {
  const [l, r] = [fresh(compilation, 'r'), fresh(compilation, 'r')];
  const keysOf = (name: string, branch: LoweredBody): string[] =>
    branch.columns.map(({ key }, index) => orderable({ sql: `${name}.${key}`, type: types[index]! }));
  const keys = keysOf(l, left);
  const items = left.columns.map(({ key }) => `${l}.${key} AS ${key}`).join(', ');
  const distinct = `SELECT DISTINCT ON (${keys.join(', ')}) ${items} FROM`;
  if (op === 'UNION') return `${distinct} (${leftSql} UNION ALL ${rightSql}) AS ${l}`;
  const same = keysOf(r, right).map((key, index) => `${key} IS NOT DISTINCT FROM ${keys[index]}`);
  const exists = `EXISTS (SELECT 1 FROM ${rightSql} AS ${r} WHERE ${same.join(' AND ')})`;
  return `${distinct} ${leftSql} AS ${l} WHERE ${op === 'EXCEPT' ? 'NOT ' : ''}${exists}`;
}

/** The branch with the other's columns that it has not got, as NULLs; in the other's order when that one goes first. */
function withColumnsOf(
  branch: LoweredBody,
  other: LoweredBody,
  compilation: Compilation,
  otherFirst = false,
): LoweredBody {
  const from = fresh(compilation, 'r');
  const [first, second] = otherFirst ? [other, branch] : [branch, other];
  const names = [...new Set([...first.columns, ...second.columns].map((column) => column.name))];
  const columns = names.map((name): QueryColumn & { sql: string } => {
    const own = branch.columns.find((column) => column.name === name);
    const key = fresh(compilation, 'k');
    return own
      ? { ...own, key, sql: `${from}.${own.key}` }
      : { name, key, type: { kind: 'NULL' }, sql: 'NULL' };
  });
  const items = columns.map(({ sql, key }) => `${sql} AS ${key}`).join(', ');
  return { ...branch, columns, sql: `SELECT ${items} FROM (${branch.sql}) AS ${from}`, scope: undefined };
}

/** A branch with its columns brought to the given types; wrapped only where something changes. */
export function convert(
  branch: LoweredBody,
  types: readonly Type[],
  compilation: Compilation,
  always = false,
): string {
  const same = branch.columns.every((column, index) => isSame(column.type, types[index]!));
  if (same && !always) return `(${branch.sql})`;
  const from = fresh(compilation, 'r');
  const items = branch.columns.map((column, index) => {
    const target = types[index]!;
    const value: Lowered = { sql: `${from}.${column.key}`, type: column.type };
    return `${inType(value, target)} AS ${column.key}`;
  });
  return `(SELECT ${items.join(', ')} FROM (${branch.sql}) AS ${from})`;
}

const isSame = (a: Type, b: Type): boolean =>
  a.kind === b.kind && (a.kind !== 'NUMBER' || b.kind !== 'NUMBER' || a.scale === b.scale);
