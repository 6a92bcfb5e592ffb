/** Which task a run belongs to: by Snowflake's history where it reaches, else by the config where only one can have run it. */
import type { Deployment, Task } from '../model/deployment';
import type { HistoryRun } from '../readings/history';
import type { TaskRun } from '../readings/executions';

/** Runs that are no job's: a developer's, another tool's, a plain dbt task's. */
export const OTHER_RUNS = 'other runs';

export interface Placed {
  run: HistoryRun;
  lane: string;
  taskRun: TaskRun | null;
}

/** dbt logs its start some seconds after the task's statement began; a log may cut its times to the second. */
const SLACK_MS = 2000;

/** @param taskRuns of the deployment */
export function placeRuns(
  deployment: Deployment,
  runs: readonly HistoryRun[],
  taskRuns: readonly TaskRun[],
): { placed: Placed[]; withoutRun: TaskRun[] } {
  const tasks = deployment.graphs.flatMap(({ root, children }) => [root, ...children]);
  const byName = new Map(tasks.map((task) => [task.name.name, task]));
  const own = taskRuns.filter(({ task }) => byName.has(task));
  const used = new Set<TaskRun>();
  const placed = runs.map((run): Placed => {
    const taskRun =
      own.find((one) => !used.has(one) && covers(one, run) && mayHaveRun(byName.get(one.task)!, run)) ?? null;
    if (taskRun !== null) used.add(taskRun);
    return { run, taskRun, lane: taskRun?.task ?? laneByConfig(tasks, run) };
  });
  return { placed, withoutRun: own.filter((one) => !used.has(one)) };
}

function covers({ startedAt, endedAt }: TaskRun, run: HistoryRun): boolean {
  if (startedAt === null || run.startedAt === null) return false;
  const at = Date.parse(run.startedAt);
  return Date.parse(startedAt) - SLACK_MS <= at && (endedAt === null || at <= Date.parse(endedAt) + SLACK_MS);
}

function mayHaveRun({ action }: Task, { job, project }: HistoryRun): boolean {
  if (action.kind === 'call') return job === null || action.job === job;
  return job === null && (project === null || action.project.toLowerCase() === project.toLowerCase());
}

function laneByConfig(tasks: readonly Task[], run: HistoryRun): string {
  if (run.job === null) return OTHER_RUNS;
  const modes = run.kind === 'SELECTIVE_RETRY' ? ['RETRY_ONLY', 'AUTO'] : ['FULL_BUILD', 'AUTO'];
  const able = tasks.filter(
    ({ action }) => action.kind === 'call' && action.job === run.job && modes.includes(action.mode),
  );
  const [only, ...more] = able;
  return only !== undefined && more.length === 0 ? only.name.name : `job ${run.job}`;
}
