/** Which runs RETRY LAST and RETRY GRAPH RUN GROUP take up. https://docs.snowflake.com/en/sql-reference/sql/execute-task */
import type { LocalSnowflake } from '../engine/contract';
import type { Task } from './task';
import { invalidTask, nothingToRetry, ranWithoutFailures } from './task-errors';
import { runsOf, type TaskRun } from './task-run';

/** A retry reaches back to graph runs whose first attempt began in the last fourteen days. */
const REACH_MS = 14 * 86_400_000;

/** The group of the root's latest graph run. @throws SnowflakeError 091457 when there is none */
export function lastGroupOf(account: LocalSnowflake, root: Task): string {
  const last = [...runsOf(account).values()].findLast(({ rootTaskId }) => rootTaskId === root.id);
  if (!last) throw nothingToRetry(root.name);
  return last.graphRunGroupId;
}

/**
 * The latest run of each task of the group.
 * @throws SnowflakeError 091456 when none of them failed or was cancelled; 091457 when the first attempt is too old;
 * others when there is no such group, when it runs still, and when the graph was changed since
 */
export function failedRunsOf(account: LocalSnowflake, root: Task, group: string): TaskRun[] {
  const runs = [...runsOf(account).values()].filter(
    ({ rootTaskId, graphRunGroupId }) => rootTaskId === root.id && graphRunGroupId === group,
  );
  const last = runs.at(-1);
  if (!last) throw invalidTask(`Cannot perform retry: Graph run group with ID ${group} not found.`);
  if (last.runId < Number(account.clock.now()) / 1000 - REACH_MS) throw nothingToRetry(root.name);
  const latest = [...new Map(runs.map((run) => [run.task, run])).values()];
  const refuse = (why: string) =>
    invalidTask(`Cannot perform retry: ${why} (GRAPH_RUN_GROUP_ID = ${group}, root task ${root.name}).`);
  if (latest.some(({ state }) => state === 'EXECUTING')) throw refuse('the graph run is still in progress');
  if (!latest.some(hasFailed)) throw ranWithoutFailures(root.name, group, last.attempt);
  if (root.graphChanged || root.graphVersion !== last.graphVersion)
    throw refuse('the task graph was modified since the run');
  return latest;
}

function hasFailed({ state }: TaskRun): boolean {
  return state === 'FAILED' || state === 'FAILED_AND_AUTO_SUSPENDED' || state === 'CANCELLED';
}
