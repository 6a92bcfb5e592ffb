/**
 * STATEMENT_TIMEOUT_IN_SECONDS: of the session and of its warehouse, the shorter one; 0 is none.
 * https://docs.snowflake.com/en/sql-reference/parameters#statement-timeout-in-seconds
 */
import type { EventSource } from '../clock';
import { timedOut } from '../errors';
import type { EngineSession } from './account';
import type { RunningStatement } from './running-statement';

/** Two days. */
export const DEFAULT_TIMEOUT_SECONDS = 172_800;

/** Node's timers count milliseconds in 31 bits. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** What moves the clock is no statement of Snowflake's. */
const IS_OURS = /SYSTEM\$LOCAL_/i;

/**
 * Runs `body` under the timeout that holds as it starts. Simulated time counts; so does the machine's, since a loop
 * without an end lets no simulated time pass.
 */
export async function withinTimeout<T>(
  session: EngineSession,
  statement: RunningStatement,
  body: () => Promise<T>,
): Promise<T> {
  const seconds = IS_OURS.test(statement.text) ? 0 : timeoutOf(session);
  if (seconds === 0) return body();
  statement.timeout = { seconds, deadline: session.account.clock.now() + BigInt(seconds) * 1_000_000n };
  const timer = setTimeout(() => statement.end(timedOut(seconds)), Math.min(seconds * 1000, LONGEST_TIMER));
  timer.unref();
  try {
    return await body();
  } finally {
    clearTimeout(timer);
  }
}

/** A task's own parameter is seen to with the task's timeouts. */
function timeoutOf({ account, parameters, warehouse, task }: EngineSession): number {
  const own = task ? 0 : Number(parameters.get('STATEMENT_TIMEOUT_IN_SECONDS') ?? DEFAULT_TIMEOUT_SECONDS);
  const limits = [own, account.objects.warehouses.get(warehouse ?? '')?.statementTimeout ?? 0];
  const set = limits.filter((seconds) => seconds > 0);
  return set.length === 0 ? 0 : Math.min(...set);
}

/** Ends statements when simulated time reaches their deadline. */
export function statementDeadlines(running: ReadonlySet<RunningStatement>): EventSource {
  const open = (): RunningStatement[] =>
    [...running].filter(({ timeout, signal }) => timeout && !signal.aborted);
  return {
    nextEvent() {
      let first: bigint | undefined;
      for (const { timeout } of open())
        if (first === undefined || timeout!.deadline < first) first = timeout!.deadline;
      return first;
    },
    fire(at) {
      for (const statement of open()) {
        const { deadline, seconds } = statement.timeout!;
        if (deadline <= at) statement.end(timedOut(seconds));
      }
    },
    timeSet(moved) {
      for (const { timeout } of open()) timeout!.deadline += moved;
    },
  };
}
