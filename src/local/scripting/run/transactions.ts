/**
 * A transaction that a procedure begins has to end in it.
 * https://docs.snowflake.com/en/sql-reference/transactions#scoped-transactions
 */
import { engineSession } from '../../engine/account';
import type { Session } from '../../engine/contract';
import { SnowflakeError, unsupported } from '../../errors';
import type { Activation } from './activation';

const BEGIN =
  /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*(?:begin|start\s+transaction)\b(?:\s+(?:transaction|work))?(?:\s+name\s+\S+)?\s*;?\s*$/i;
const END = /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*(?:commit|rollback)\b(?:\s+work)?\s*;?\s*$/i;

export function isTransactionControl(sql: string): boolean {
  return BEGIN.test(sql) || END.test(sql);
}

/**
 * A procedure called inside a transaction has none of its own yet: it cannot end the caller's, and the one that it could
 * begin would be independent of the caller's, which one connection to DuckDB cannot do.
 */
export function refuseOtherScope(sql: string, { session, isProcedure, ownsTransaction }: Activation): void {
  if (!isProcedure || ownsTransaction || !isOpen(session)) return;
  if (BEGIN.test(sql)) throw unsupported('a transaction in a procedure that is called inside a transaction');
  if (!END.test(sql)) return;
  const message =
    'Stored procedure execution error: Modifying a transaction that has started at a different scope is not allowed.';
  throw new SnowflakeError('090231', '25000', message);
}

/** Runs a statement and sees whether it begins or ends a transaction, as DDL does too. */
export async function notingTransaction<T>(run: Activation, statement: () => Promise<T>): Promise<T> {
  const wasOpen = isOpen(run.session);
  try {
    return await statement();
  } finally {
    const open = isOpen(run.session);
    run.ownsTransaction = open && (run.ownsTransaction || !wasOpen);
  }
}

function isOpen(session: Session): boolean {
  return engineSession(session).transaction !== undefined;
}

/** @throws SnowflakeError 090232 after rolling back what was left open */
export async function endTransactions(run: Activation): Promise<void> {
  if (!run.ownsTransaction) return;
  run.ownsTransaction = false;
  await run.session.run('ROLLBACK');
  throw new SnowflakeError(
    '090232',
    '25000',
    'Stored procedure execution error: Scoped transaction started in stored procedure is incomplete and it was rolled back.',
  );
}
