/** Rows by column name, as a result. */
import { type QueryResult, type ResultColumn, type SqlType, type SqlValue, VARCHAR } from '../../values';

export type Row = Record<string, SqlValue>;
export type Result = Omit<QueryResult, 'queryId'>;

export const micros = (milliseconds: number): bigint => BigInt(milliseconds) * 1000n;

/** @param columns their names in order, separated by spaces; a value that a row lacks is NULL */
export function table(columns: string, types: Record<string, SqlType>, rows: readonly Row[]): Result {
  const names = columns.split(' ');
  const described: ResultColumn[] = names.map((name) => ({ name, type: types[name] ?? VARCHAR }));
  return { columns: described, rows: rows.map((row) => names.map((name) => row[name] ?? null)) };
}
