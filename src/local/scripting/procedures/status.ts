/** The one-row answer of DDL. */
import type { QueryResult } from '../../values';
import { VARCHAR } from '../../values';

export type Answer = Omit<QueryResult, 'queryId'>;

export function status(text: string): Answer {
  return { columns: [{ name: 'status', type: VARCHAR }], rows: [[text]] };
}
