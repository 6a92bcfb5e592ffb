/**
 * Queries. Every relation and every output column gets a name of this compiler's own (`r1`, `k2`), so nothing
 * depends on how DuckDB folds, shadows or deduplicates names; Snowflake's names travel beside the text.
 */
import { SnowflakeError, unsupported } from '../../errors';
import type { Body, Expression, Query } from '../ast';
import { fresh, type Compilation, type Type } from '../compilation';
import { newScope, type CommonTableInfo, type Scope } from '../scope';
import { commonType, inType } from './common-type';
import { lower } from './expression';
import { lowerTail } from './order-and-limit';
import { lowerSelect } from './select';
import { convert, lowerSet } from './set-operations';

export interface QueryColumn {
  name: string;
  /** DuckDB's name of the column in the query's result. */
  key: string;
  type: Type;
}

/** How a query leans on the queries around it: Snowflake evaluates only some correlated subqueries. */
export type Correlation = 'none' | 'equality' | 'other';

export interface LoweredQuery {
  sql: string;
  columns: QueryColumn[];
  correlation: Correlation;
  /** Whether it is one aggregate over everything: always exactly one row. */
  singleRow: boolean;
}

export interface LoweredBody extends LoweredQuery {
  /** For ORDER BY: the scope of a SELECT; none for set operations and VALUES. */
  scope: Scope | undefined;
  /** The expressions of a SELECT DISTINCT: nothing else orders it. */
  distinctOf?: readonly string[];
}

export function lowerQuery(query: Query, compilation: Compilation, outer: Scope | undefined): LoweredQuery {
  const holder = newScope(outer);
  holder.tables = new Map();
  const withSql = lowerCommonTables(query, compilation, holder);
  const body = lowerBody(query.body, compilation, holder);
  const tail = lowerTail(query, body, compilation);
  const text = tail.wrap
    ? `SELECT ${body.columns.map((column) => column.key).join(', ')} FROM (${body.sql})`
    : body.sql;
  const limited = query.limit !== undefined || query.offset !== undefined || query.order.length > 0;
  return {
    sql: `${withSql}${text}${tail.sql}`,
    columns: body.columns,
    correlation:
      holder.correlated > 0 && (limited || body.correlation !== 'equality') ? 'other' : body.correlation,
    singleRow: body.singleRow,
  };
}

function lowerCommonTables(query: Query, compilation: Compilation, holder: Scope): string {
  if (query.with.length === 0) return '';
  let recursive = false;
  const text = JSON.stringify(query);
  const parts = query.with.map((table) => {
    if (holder.tables!.has(table.name))
      throw new SnowflakeError('002014', '42710', `SQL compilation error:\nduplicate alias '${table.name}'`);
    const duckName = fresh(compilation, 'c');
    const isRecursive = table.query.body.is === 'set' && mentions(table.query, table.name);
    const lowered = isRecursive
      ? lowerRecursive(table.query, table.name, table.columns, duckName, compilation, holder)
      : lowerQuery(table.query, compilation, holder);
    recursive ||= isRecursive;
    if (table.columns && table.columns.length !== lowered.columns.length) {
      throw new SnowflakeError('002057', '42601', `SQL compilation error:\nInvalid column definition list`);
    }
    holder.tables!.set(table.name, tableInfo(duckName, lowered.columns, table.columns));
    const as = !isRecursive && isShared(table.name, text) ? 'AS MATERIALIZED' : 'AS';
    return `${duckName}(${lowered.columns.map((column) => column.key).join(', ')}) ${as} (${lowered.sql})`;
  });
  return `WITH ${recursive ? 'RECURSIVE ' : ''}${parts.join(', ')} `;
}

function tableInfo(
  duckName: string,
  columns: readonly QueryColumn[],
  names: string[] | undefined,
): CommonTableInfo {
  return {
    duckName,
    columns: columns.map((column, index) => ({
      name: names?.[index] ?? column.name,
      sql: column.key,
      type: column.type,
    })),
  };
}

/**
 * Whether a common table expression is read in two places: Snowflake computes it once, DuckDB would plan it in each
 * place anew, and those of a long chain exponentially often.
 */
function isShared(name: string, text: string): boolean {
  const mark = `"is":"table","name":[${JSON.stringify(name)}]`;
  const first = text.indexOf(mark);
  return first >= 0 && text.indexOf(mark, first + 1) >= 0;
}

/** Whether the query reads a table of that unqualified name. */
function mentions(query: Query, name: string): boolean {
  return JSON.stringify(query).includes(`"is":"table","name":[${JSON.stringify(name)}]`);
}

/** The anchor's columns and types are the table's; the recursive part is converted to them. */
function lowerRecursive(
  query: Query,
  name: string,
  names: string[] | undefined,
  duckName: string,
  compilation: Compilation,
  holder: Scope,
): LoweredQuery {
  const body = query.body;
  if (body.is !== 'set' || body.op !== 'UNION' || !body.all)
    throw unsupported('recursive CTE without UNION ALL');
  const anchor = lowerBody(body.left, compilation, holder);
  const inner = newScope(holder);
  inner.tables = new Map([[name, tableInfo(duckName, anchor.columns, names)]]);
  const step = convert(
    lowerBody(body.right, compilation, inner),
    anchor.columns.map((column) => column.type),
    compilation,
  );
  const anchorSql = convert(
    anchor,
    anchor.columns.map((column) => column.type),
    compilation,
    true,
  );
  return {
    sql: `${anchorSql} UNION ALL ${step}`,
    columns: anchor.columns,
    correlation: 'none',
    singleRow: false,
  };
}

export function lowerBody(body: Body, compilation: Compilation, outer: Scope): LoweredBody {
  switch (body.is) {
    case 'select':
      return lowerSelect(body, compilation, outer);
    case 'values':
      return lowerValues(body.rows, compilation, outer);
    case 'query':
      return lowerNested(body, compilation, outer);
    case 'set':
      return lowerSet(body, compilation, outer);
  }
}

function lowerNested(query: Query, compilation: Compilation, outer: Scope): LoweredBody {
  const inner = lowerQuery(query, compilation, outer);
  return { ...inner, sql: `(${inner.sql})`, scope: undefined };
}

function lowerValues(rows: Expression[][], compilation: Compilation, outer: Scope): LoweredBody {
  const scope = newScope(outer);
  const width = rows[0]!.length;
  if (rows.some((row) => row.length !== width)) {
    throw new SnowflakeError(
      '002057',
      '42601',
      'SQL compilation error:\nInvalid VALUES clause: rows of different lengths',
    );
  }
  const lowered = rows.map((row) => row.map((cell) => lower(cell, { compilation, scope })));
  const columns = Array.from({ length: width }, (_, index): QueryColumn => ({
    name: `COLUMN${index + 1}`,
    key: fresh(compilation, 'k'),
    type: commonType(lowered.map((row) => row[index]!.type)),
  }));
  const text = lowered
    .map((row) => `(${row.map((cell, index) => inType(cell, columns[index]!.type)).join(', ')})`)
    .join(', ');
  const keys = columns.map((column) => column.key).join(', ');
  const sql = `SELECT ${keys} FROM (VALUES ${text}) AS ${fresh(compilation, 'r')}(${keys})`;
  return {
    sql,
    columns,
    correlation: scope.correlated > 0 ? 'other' : 'none',
    singleRow: false,
    scope: undefined,
  };
}
