/** What is sent to dbt, as its runner takes it: with a leading `dbt` for a procedure, without for EXECUTE DBT PROJECT. */
import { commandLine } from '../model/command';
import type { Deployment, Job } from '../model/deployment';
import { importAlias } from './result-selector';

export function fullLine(job: Job, { runner }: Deployment): string {
  return `${leading(runner)}${commandLine(job.command, job.select, job.flags)}`;
}

/** The two sides of the selector. */
export function retryLine(
  { policy, flags, ...job }: Job,
  { runner, state, jobs }: Deployment,
): { start: string; end: string } {
  const imported =
    state.kind === 'execution-history'
      ? ` --state ./imports/${importAlias({ policy, flags, ...job }, jobs)}/target`
      : '';
  return {
    start: `${leading(runner)}${policy.retryCommand} --select `,
    end: `${imported}${flags === '' ? '' : ` ${flags}`}`,
  };
}

function leading({ kind }: Deployment['runner']): string {
  return kind === 'procedure' ? 'dbt ' : '';
}
