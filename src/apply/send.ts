/** One statement, sent again after a transient error. CALL and EXECUTE TASK never are: they may have started a run. */
import { SnowflakeStatementError } from '../snowflake/errors';
import type { Session, StatementResult } from '../snowflake/session';

export interface Patience {
  /** How often a statement is sent at most. */
  attempts: number;
  /** Wait before the second time, in milliseconds; doubled each time. */
  firstWaitMs: number;
  wait(ms: number): Promise<void>;
  /** Between 0 and 1. */
  random(): number;
}

export const PATIENCE: Patience = {
  attempts: 4,
  firstWaitMs: 500,
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  random: Math.random,
};

export interface Sent {
  result: StatementResult;
  attempts: number;
}

/** Thrown in the place of the error, with how often it was tried. */
export class NotSent extends Error {
  constructor(
    readonly attempts: number,
    override readonly cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause));
  }
}

/** @throws NotSent */
export async function send(session: Session, sql: string, patience: Patience = PATIENCE): Promise<Sent> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return { result: await session.run(sql), attempts: attempt };
    } catch (error) {
      if (attempt >= patience.attempts || !isRepeatable(sql) || !isTransient(error))
        throw new NotSent(attempt, error);
      // Half of the wait is chance, so that many that were refused at once do not come back at once.
      const longest = patience.firstWaitMs * 2 ** (attempt - 1);
      await patience.wait(longest / 2 + (longest / 2) * patience.random());
    }
  }
}

/** Every statement of a plan comes to the same when it is sent twice. */
export function isRepeatable(sql: string): boolean {
  return !/^\s*(CALL|EXECUTE\s+TASK|EXECUTE\s+DBT)\b/i.test(sql);
}

/**
 * Snowflake's own words for "not now": an internal error, too many that wait for one object. What the network loses the driver sends again
 * itself, as the same request, which Snowflake does not run twice.
 */
const TRANSIENT = new Set(['000603', '000625']);

export function isTransient(error: unknown): boolean {
  return error instanceof SnowflakeStatementError && TRANSIENT.has(error.snowflakeCode);
}
