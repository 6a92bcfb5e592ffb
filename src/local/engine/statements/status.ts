/** What most statements answer: one row, one column `status`. */
import { type QueryResult, VARCHAR } from '../../values';

export function status(text: string): Omit<QueryResult, 'queryId'> {
  return { columns: [{ name: 'status', type: VARCHAR }], rows: [[text]] };
}
