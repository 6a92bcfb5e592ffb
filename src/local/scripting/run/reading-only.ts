/** A procedure in FROM may read, but change nothing; nor may those that it calls. */
import type { Session } from '../../engine/contract';
import { SnowflakeError } from '../../errors';
import { tokenize } from '../../sql/lexer';

const reading = new WeakSet<Session>();

const MAY_RUN = new Set('SELECT,WITH,(,SHOW,DESC,DESCRIBE,CALL,EXPLAIN,LIST,LS,BEGIN,DECLARE'.split(','));

/** Runs `body`; a statement of a procedure in it that is more than a query fails. */
export async function readingOnly<T>(session: Session, body: () => Promise<T>): Promise<T> {
  if (reading.has(session)) return body();
  reading.add(session);
  try {
    return await body();
  } finally {
    reading.delete(session);
  }
}

/** A child job may do no more than the block that starts it. */
export function inheritReadingOnly(child: Session, parent: Session): void {
  if (reading.has(parent)) reading.add(child);
}

/** @throws SnowflakeError 090234 */
export function refuseChange(sql: string, session: Session): void {
  if (!reading.has(session)) return;
  const [first, second] = tokenize(sql);
  const isDynamic = first?.value === 'EXECUTE' && second?.value === 'IMMEDIATE';
  if (isDynamic || MAY_RUN.has(first?.value ?? '')) return;
  const message = `Stored procedure execution error: a procedure in the FROM clause must not run ${first?.value}.`;
  throw new SnowflakeError('090234', '42601', message);
}
