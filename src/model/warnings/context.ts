/** What the rules for warnings look at, and how they say what they found. */
import { formatPath, type Path } from '../../config/problems';
import type { DeploymentConfig, Schedule } from '../../config/types';
import type { Deployment, Job, Task, Warning } from '../deployment';
import type { JobSource } from '../jobs';
import type { TaskSource } from '../tasks';

export interface WarningContext {
  deployment: Omit<Deployment, 'warnings'>;
  config: DeploymentConfig;
  /** In the order of `deployment.jobs`. */
  sources: readonly JobSource[];
  tasks: readonly TaskSource[];
}

export type WarningRule = (context: WarningContext) => Warning[];

export function warning(code: string, path: Path, message: string, hint: string): Warning {
  return { code, where: formatPath(path), message, hint };
}

/** Jobs with the place they have in the config. */
export function jobsWithPaths({
  deployment,
  sources,
}: WarningContext): { job: Job; path: JobSource['path'] }[] {
  return deployment.jobs.flatMap((job, index) => {
    const source = sources[index];
    return source === undefined ? [] : [{ job, path: source.path }];
  });
}

/** A task that may retry, the schedule its graph starts by, and its job. */
export interface RetryingTask {
  key: string;
  task: Task;
  schedule: Schedule;
  job: Job;
  mode: 'AUTO' | 'RETRY_ONLY';
}

export function retryingTasks(context: WarningContext): RetryingTask[] {
  const { deployment } = context;
  const keys = keysOf(context);
  const jobs = new Map(deployment.jobs.map((job) => [job.name, job]));
  return deployment.graphs.flatMap(({ root, children }) =>
    [root, ...children].flatMap((task): RetryingTask[] => {
      const { action } = task;
      if (root.schedule === null || action.kind !== 'call') return [];
      if (action.mode !== 'AUTO' && action.mode !== 'RETRY_ONLY') return [];
      const job = jobs.get(action.job);
      const key = keys.get(task.name.name) ?? task.name.name;
      return job === undefined ? [] : [{ key, task, schedule: root.schedule, job, mode: action.mode }];
    }),
  );
}

/** Keys of the config by the names that Snowflake stores. */
export function keysOf({ tasks }: WarningContext): ReadonlyMap<string, string> {
  return new Map(tasks.map(({ name, key }) => [name, key]));
}
