import { VARCHAR, type QueryResult } from '../values';

/** What DDL answers: one row with one column, `status`. */
export function statusRow(status: string): Omit<QueryResult, 'queryId'> {
  return { columns: [{ name: 'status', type: VARCHAR }], rows: [[status]] };
}
