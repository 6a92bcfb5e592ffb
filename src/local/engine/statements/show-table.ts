/** Rows by column name, as a result. */
import {
  type QueryResult,
  type ResultColumn,
  type SqlType,
  type SqlValue,
  TIMESTAMP_LTZ,
  VARCHAR,
} from '../../values';
import type { EngineSession } from '../account';

export type Row = Record<string, SqlValue>;
export type Result = Omit<QueryResult, 'queryId'>;

/** What SHOW <KIND> lists: its columns in order, their types where not text, the rows. */
export interface Kind {
  columns: string;
  types?: Record<string, SqlType>;
  /** Columns of SHOW TERSE; `null` where it is not modelled, left out where TERSE changes nothing. */
  terse?: string | null;
  terseRow?: (row: Row) => Row;
  rows(session: EngineSession): Row[];
}

export const DATED = { created_on: TIMESTAMP_LTZ };

export const yesNo = (value: boolean): string => (value ? 'Y' : 'N');

export const micros = (milliseconds: number): bigint => BigInt(milliseconds) * 1000n;

/** @param columns their names in order, separated by spaces; a value that a row lacks is NULL */
export function table(columns: string, types: Record<string, SqlType>, rows: readonly Row[]): Result {
  const names = columns.split(' ');
  const described: ResultColumn[] = names.map((name) => ({ name, type: types[name] ?? VARCHAR }));
  return { columns: described, rows: rows.map((row) => names.map((name) => row[name] ?? null)) };
}
