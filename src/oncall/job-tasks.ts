/** The tasks that run a job: as the config has them, beside how the account has them. */
import type { Deployment, ProcedureMode, Task } from '../model/deployment';
import type { TaskState } from '../readings/task-state';
import { ticksOf, type Ticks } from './schedule';

export interface JobTask {
  task: Task;
  root: Task;
  mode: ProcedureMode;
  /** `null`: not in the account, or not visible to this role. */
  state: TaskState | null;
  rootState: TaskState | null;
  /** Whether it starts by itself: it and its root are started. */
  runs: boolean;
  /** Of the root: a child starts some time after. */
  ticks: Ticks;
}

export function tasksOfJob(deployment: Deployment, job: string, states: readonly TaskState[]): JobTask[] {
  const stateOf = ({ name }: Task): TaskState | null =>
    states.find(
      (state) =>
        state.name.name === name.name &&
        state.name.schema === name.schema &&
        state.name.database === name.database,
    ) ?? null;
  return deployment.graphs.flatMap(({ root, children }) =>
    [root, ...children].flatMap((task) => {
      if (task.action.kind !== 'call' || task.action.job !== job) return [];
      const state = stateOf(task);
      const rootState = stateOf(root);
      const runs = state?.started === true && rootState?.started === true;
      const countedFrom = rootState === null ? null : momentOf(rootState.committedAt ?? rootState.createdAt);
      const ticks = ticksOf(rootState?.schedule ?? null, countedFrom);
      return [{ task, root, mode: task.action.mode, state, rootState, runs, ticks }];
    }),
  );
}

/** Whether a start of it may retry, and whether one may build everything. */
export const retries = ({ mode }: JobTask): boolean => mode === 'AUTO' || mode === 'RETRY_ONLY';
export const builds = ({ mode }: JobTask): boolean => mode === 'AUTO' || mode === 'FULL_BUILD';

export function momentOf(time: string | null): number | null {
  if (time === null) return null;
  const moment = Date.parse(time);
  return Number.isNaN(moment) ? null : moment;
}

/**
 * The next start of any of them that runs.
 * @param from when a task of mode RETRY_ONLY may retry again; its starts before that do nothing
 */
export function nextStart(
  tasks: readonly JobTask[],
  now: number,
  from: number | null = null,
): { at: number; task: JobTask } | null {
  const starts = tasks.flatMap((task) => {
    const waits = task.mode === 'RETRY_ONLY' && from !== null && from > now;
    const at = task.runs ? task.ticks.after(waits ? from - 1 : now) : null;
    return at === null ? [] : [{ at, task }];
  });
  return starts.sort((one, other) => one.at - other.at)[0] ?? null;
}
