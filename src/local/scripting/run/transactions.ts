/**
 * A transaction that a procedure begins has to end in it.
 * https://docs.snowflake.com/en/sql-reference/transactions#scoped-transactions
 */
import { SnowflakeError } from '../../errors';
import type { Activation } from './activation';

const BEGIN = /^\s*(?:begin|start\s+transaction)\b(?:\s+(?:transaction|work))?(?:\s+name\s+\S+)?\s*;?\s*$/i;
const END = /^\s*(?:commit|rollback)\b(?:\s+work)?\s*;?\s*$/i;

export function isTransactionControl(sql: string): boolean {
  return BEGIN.test(sql) || END.test(sql);
}

export function noteTransaction(sql: string, run: Activation): void {
  if (BEGIN.test(sql)) run.openTransactions = 1;
  if (END.test(sql)) run.openTransactions = 0;
}

/** @throws SnowflakeError 090232 after rolling back what was left open */
export async function endTransactions(run: Activation): Promise<void> {
  if (run.openTransactions === 0) return;
  run.openTransactions = 0;
  await run.session.run('ROLLBACK');
  throw new SnowflakeError(
    '090232',
    '25000',
    'Stored procedure execution error: Scoped transaction started in stored procedure is incomplete and it was rolled back.',
  );
}
