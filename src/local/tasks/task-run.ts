/** Runs of tasks, the rows of TASK_HISTORY. https://docs.snowflake.com/en/sql-reference/functions/task_history */
import type { Collection, LocalSnowflake, QualifiedName } from '../engine/contract';
import { keyOfTask, type Micros, type Task } from './task';

export type RunState =
  'EXECUTING' | 'SUCCEEDED' | 'FAILED' | 'FAILED_AND_AUTO_SUSPENDED' | 'CANCELLED' | 'SKIPPED';

export interface TaskRun extends QualifiedName {
  /** Counts up; the key in the catalog. */
  number: number;
  /** Key of the task, and id of the graph's root task. */
  task: string;
  rootTaskId: string;
  rootTaskName: string;
  queryId: string | null;
  queryText: string;
  conditionText: string | null;
  state: RunState;
  errorCode: string | null;
  errorMessage: string | null;
  scheduledTime: Micros;
  queryStartTime: Micros | null;
  completedTime: Micros | null;
  graphVersion: number;
  /** When the graph run was first scheduled, in milliseconds, as Snowflake numbers its runs. */
  runId: number;
  graphRunGroupId: string;
  attempt: number;
  scheduledFrom: ScheduledFrom;
  config: string | null;
  returnValue: string | null;
}

export type ScheduledFrom = 'SCHEDULE' | 'EXECUTE_TASK' | 'MANUAL RETRY' | 'AUTOMATIC RETRY';

/** RETRY LAST reaches back fourteen days; nothing looks further. */
const KEPT_MICROS = 14 * 86_400 * 1_000_000;

export function runsOf(account: LocalSnowflake): Collection<TaskRun> {
  return account.catalog.collection<TaskRun>('task_runs');
}

type NewRun = Pick<
  TaskRun,
  'attempt' | 'graphRunGroupId' | 'runId' | 'scheduledTime' | 'scheduledFrom' | 'config'
> & { task: Task; root: Task };

/** A run that begins now. */
export function newRun(account: LocalSnowflake, { task, root, ...given }: NewRun): TaskRun {
  return {
    ...{ database: task.database, schema: task.schema, name: task.name, task: keyOfTask(task) },
    ...{ number: nextNumber(account), rootTaskId: root.id, rootTaskName: root.name },
    ...{ graphVersion: root.graphVersion, queryText: task.definition, conditionText: task.condition },
    ...{ state: 'EXECUTING', errorCode: null, errorMessage: null, returnValue: null },
    ...{ queryId: null, queryStartTime: null, completedTime: null },
    ...given,
  };
}

function nextNumber(account: LocalSnowflake): number {
  const numbers = account.part(runNumbers);
  numbers.last += 1;
  return numbers.last;
}

/** Goes on after the runs of earlier sessions of the account. */
function runNumbers(account: LocalSnowflake): { last: number } {
  return { last: [...runsOf(account).values()].reduce((most, { number }) => Math.max(most, number), 0) };
}

/**
 * Keeps a run as it stands and forgets runs that nothing looks at any more. Nobody waits for the disk: the catalog
 * gathers writes, and they are there when the client's statement ends.
 */
export function record(account: LocalSnowflake, run: TaskRun): void {
  const runs = runsOf(account);
  void runs.set(String(run.number), run);
  const oldest = Number(account.clock.now()) - KEPT_MICROS;
  for (const [key, old] of runs.entries()) {
    if (old.completedTime === null || old.completedTime >= oldest) break;
    void runs.delete(key);
  }
}

/** Newest scheduled first, as Snowflake returns them. */
export function newestFirst(runs: Iterable<TaskRun>): TaskRun[] {
  return [...runs].sort((a, b) => b.scheduledTime - a.scheduledTime || b.number - a.number);
}
