/** Which calls a name means: of a job, or of a task in its own mode. */
import type { Deployment, Job, ProcedureMode } from '../model/deployment';

export interface NamedCall {
  job: Job;
  task: string | null;
  mode: ProcedureMode;
}

/** @param mode as the config writes it, `retry-only`; `null` for the task's own, AUTO for a job */
export function questionsAbout(deployment: Deployment, name: string, mode: string | null): NamedCall[] {
  const wanted = name.toUpperCase();
  const asked = mode === null ? null : (mode.toUpperCase().replace('-', '_') as ProcedureMode);
  const tasks = deployment.graphs
    .flatMap(({ root, children }) => [root, ...children])
    .filter((task) => task.name.name.toUpperCase() === wanted);
  const calls = tasks.flatMap(({ name: task, action }) => {
    const job = action.kind === 'call' ? jobOf(deployment, action.job) : undefined;
    return job === undefined || action.kind !== 'call'
      ? []
      : [{ job, task: task.name, mode: asked ?? action.mode }];
  });
  // A shorthand job is told with its task.
  if (tasks.length > 0) return calls;
  const job = jobOf(deployment, name);
  return job === undefined ? [] : [{ job, task: null, mode: asked ?? 'AUTO' }];
}

export function jobOf({ jobs }: Deployment, name: string): Job | undefined {
  return (
    jobs.find((job) => job.name === name) ?? jobs.find((job) => job.name.toUpperCase() === name.toUpperCase())
  );
}
