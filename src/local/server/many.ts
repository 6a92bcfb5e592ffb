/**
 * One statement for many rows of binds, as `executemany` and array binds send it: it counts as one statement, so it
 * changes all or nothing. https://docs.snowflake.com/en/developer-guide/python-connector/python-connector-example
 */
import { randomUUID } from 'node:crypto';
import { SnowflakeError, unsupported } from '../errors';
import type { ExecuteOptions, Session } from '../engine/contract';
import { atomically } from '../engine/transaction';
import { closingOf } from '../sql/closing';
import { tokenize } from '../sql/lexer';
import type { QueryResult, SqlValue, TypedValue } from '../values';
import { positionBinds } from './binds';

/** Binds that one INSERT of several rows carries: beyond this, planning costs more than it saves. */
const BINDS_AT_ONCE = 300;

/** @returns the counts of DML, added up column by column */
export async function executeMany(
  session: Session,
  sqlText: string,
  rows: readonly (readonly TypedValue[])[],
  options: Required<Pick<ExecuteOptions, 'queryId' | 'signal'>>,
): Promise<QueryResult> {
  const tokens = tokenize(sqlText);
  const verb = tokens[0]?.value ?? '';
  if (!/^(INSERT|UPDATE|DELETE|MERGE)$/.test(verb)) throw unsupported(`arrays of binds for ${verb}`);
  const positioned = rows.map((row) => positionBinds(sqlText, row));
  const [first] = positioned;
  if (!first) throw new SnowflakeError('002049', '42601', 'SQL compilation error: an empty array of binds.');
  const at = rowOfValues(first.sql);
  const size = at ? Math.max(1, Math.floor(BINDS_AT_ONCE / Math.max(1, first.binds.length))) : 1;
  const results: QueryResult[] = [];
  await atomically(session, async () => {
    for (let start = 0; start < positioned.length; start += size) {
      const part = positioned.slice(start, start + size);
      const sql = at && part.length > 1 ? repeated(first.sql, at, part.length) : first.sql;
      const binds = part.flatMap((row) => row.binds);
      results.push(await session.execute(sql, binds, { queryId: randomUUID(), signal: options.signal }));
    }
  });
  session.lastQueryId = options.queryId;
  return addUp(results, options.queryId);
}

/** Where the one `(...)` behind VALUES stands in an INSERT that ends with it. */
function rowOfValues(sql: string): { start: number; end: number } | undefined {
  const tokens = tokenize(sql).filter((token) => token.text !== ';');
  if (tokens[0]?.value !== 'INSERT') return undefined;
  const values = tokens.findIndex((token) => token.kind === 'word' && token.value === 'VALUES');
  if (values === -1 || tokens[values + 1]?.text !== '(') return undefined;
  const close = closingOf(tokens, values + 1);
  if (close === undefined || close !== tokens.length - 1) return undefined;
  return { start: tokens[values + 1]!.start, end: tokens[close]!.end };
}

function repeated(sql: string, { start, end }: { start: number; end: number }, times: number): string {
  const row = sql.slice(start, end);
  return sql.slice(0, start) + new Array<string>(times).fill(row).join(', ');
}

function addUp(results: readonly QueryResult[], queryId: string): QueryResult {
  const { columns } = results[0]!;
  const sum = (column: number): SqlValue =>
    results.reduce((total, result) => total + Number(result.rows[0]?.[column] ?? 0), 0);
  return { queryId, columns, rows: [columns.map((_, column) => sum(column))] };
}
