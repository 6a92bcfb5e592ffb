/**
 * A statement of a client's or a task's while it runs, and what may end it from outside: its client, a timeout, a fault
 * that a test has put there. Whatever ends it, no handler of a block runs for it.
 */
import { canceled, SnowflakeError } from '../errors';
import type { EngineSession } from './account';

export interface RunningStatement {
  readonly text: string;
  readonly queryId: string;
  /** What CURRENT_SESSION() is there. */
  readonly sessionId: string;
  readonly signal: AbortSignal;
  /** Statements that its blocks have sent, procedures that they call included. */
  sent: number;
  /** After how many seconds it is stopped, and when that is, in microseconds UTC. */
  timeout: { seconds: number; deadline: bigint } | undefined;
  /** Ends it: it fails with `reason`. */
  end(reason: SnowflakeError): void;
}

/**
 * Runs `body` as that statement.
 * @param cancel the client's cancel
 * @throws SnowflakeError the reason for which it was ended, whatever `body` made of that
 */
export async function runningAs<T>(
  session: EngineSession,
  { text, queryId }: { text: string; queryId: string },
  cancel: AbortSignal | undefined,
  body: (statement: RunningStatement) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const passOn = (): void => controller.abort(reasonOf(cancel!));
  if (cancel?.aborted) passOn();
  else cancel?.addEventListener('abort', passOn, { once: true });
  const statement: RunningStatement = {
    text,
    queryId,
    sessionId: session.id,
    signal: controller.signal,
    sent: 0,
    timeout: undefined,
    end: (reason) => controller.abort(reason),
  };
  const { running } = session.account;
  running.add(statement);
  try {
    return await body(statement);
  } catch (error) {
    throw controller.signal.aborted ? endedBy(controller.signal, error) : error;
  } finally {
    running.delete(statement);
    cancel?.removeEventListener('abort', passOn);
  }
}

const reasonOf = ({ reason }: AbortSignal): SnowflakeError =>
  reason instanceof SnowflakeError ? reason : canceled();

function endedBy(signal: AbortSignal, error: unknown): SnowflakeError {
  const reason = reasonOf(signal);
  if (error instanceof SnowflakeError) reason.queryId ??= error.queryId;
  return reason;
}
