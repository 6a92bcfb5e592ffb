/** Which query of the account a run of the log was: by its time, where only one fits. */
import type { DbtExecution, TaskRun } from '../readings/executions';
import type { HistoryRun } from '../readings/history';
import { literal } from '../sql-text';

/** A run with what the account remembers of it; `null` where it cannot tell. */
export interface TracedRun extends HistoryRun {
  /** The task that started it. */
  task: string | null;
  /** What the task returned: a bare word, the reason's code, the message. */
  decision: string | null;
  /** The query that ran dbt, or, where only that is known, the task's. */
  queryId: string | null;
  /** The statement that shows dbt's log. */
  logStatement: string | null;
}

/** A log may be written by a clock that is a little behind. */
const BEFORE_MS = 60_000;

export interface Remembered {
  tasks: readonly TaskRun[];
  executions: readonly DbtExecution[];
  /** Deployments whose runs are executions themselves: the run id is the query id. */
  isHistory: (deployment: string) => boolean;
}

export function traced(
  runs: readonly HistoryRun[],
  { tasks, executions, isHistory }: Remembered,
): TracedRun[] {
  return runs.map((run) => {
    const task = onlyAround(run, tasks);
    const execution = isHistory(run.deployment) ? { queryId: run.runId } : onlyAround(run, executions);
    const ofDbt = execution?.queryId ?? null;
    return {
      ...run,
      task: task?.task ?? null,
      decision: task?.returned ?? null,
      queryId: ofDbt ?? task?.queryId ?? null,
      logStatement: ofDbt === null ? null : `SELECT SYSTEM$GET_DBT_LOG(${literal(ofDbt)})`,
    };
  });
}

/**
 * Task runs that ended badly and that no run of the log is of: dbt died before its hooks, or never began. Where a run
 * of the log fits several, none of them is said to have left nothing.
 */
export function unlogged(runs: readonly TracedRun[], tasks: readonly TaskRun[]): TaskRun[] {
  const known = new Set(runs.flatMap((run) => fitting(run, tasks)));
  return tasks.filter((run) => /^FAILED|^CANCELLED/.test(run.state) && !known.has(run));
}

interface Timed {
  deployment: string;
  startedAt: string | null;
  endedAt: string | null;
}

/** The only one that was under way when the run started; `null` where none was, or several were. */
function onlyAround<One extends Timed>(run: HistoryRun, all: readonly One[]): One | null {
  const found = fitting(run, all);
  return found.length === 1 ? found[0]! : null;
}

/** What was under way when the run started. What ended at that very moment is so only where nothing went on. */
function fitting<One extends Timed>({ deployment, startedAt }: HistoryRun, all: readonly One[]): One[] {
  if (startedAt === null) return [];
  const moment = Date.parse(startedAt);
  const around = all.filter((one) => {
    if (one.deployment !== deployment || one.startedAt === null) return false;
    const end = one.endedAt === null ? Infinity : Date.parse(one.endedAt);
    return moment >= Date.parse(one.startedAt) - BEFORE_MS && moment <= end;
  });
  const within = around.filter(({ startedAt: start }) => Date.parse(start!) <= moment);
  const beyond = within.filter(({ endedAt }) => endedAt === null || Date.parse(endedAt) > moment);
  return [beyond, within, around].find((some) => some.length > 0) ?? [];
}
