/**
 * When runs are stopped. https://docs.snowflake.com/en/user-guide/tasks-graphs,
 * https://docs.snowflake.com/en/sql-reference/parameters
 */
import { DEFAULT_TIMEOUT_MS, LONGEST_TIMEOUT_MS, type Task } from './task';

/** A timeout that the root states covers the whole graph. */
export function graphDeadline({ properties }: Task, now: bigint): bigint | undefined {
  return properties.userTaskTimeoutMs === undefined ? undefined : later(now, properties.userTaskTimeoutMs);
}

/** A task's own timeout goes before the graph's; the shorter STATEMENT_TIMEOUT_IN_SECONDS before both. */
export function deadlineOf(
  { properties }: Task,
  { now, graph }: { now: bigint; graph: bigint | undefined },
): bigint {
  const own = properties.userTaskTimeoutMs;
  const deadline = own === undefined ? (graph ?? later(now, DEFAULT_TIMEOUT_MS)) : later(now, own);
  const seconds = Number(properties.sessionParameters?.STATEMENT_TIMEOUT_IN_SECONDS ?? 0);
  const statement = later(now, seconds * 1000);
  return seconds > 0 && statement < deadline ? statement : deadline;
}

/** 0 means the longest there is. */
function later(now: bigint, milliseconds: number): bigint {
  return now + BigInt(milliseconds || LONGEST_TIMEOUT_MS) * 1000n;
}
