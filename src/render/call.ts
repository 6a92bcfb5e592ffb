/** A CALL of the procedure, as tasks, documents and people write it. */
import type { Deployment, Job, ProcedureMode } from '../model/deployment';
import { literal, qualified } from '../sql-text';

/** A body of a task stands eight columns in, and a semicolon is behind it. */
const WIDEST = 120 - 8 - 1;

/** On one line where that fits a screen, else an argument a line. */
export function call(procedure: string, args: readonly string[]): string {
  const line = `CALL ${procedure}(${args.join(', ')})`;
  return line.length <= WIDEST ? line : `CALL ${procedure}(\n    ${args.join(',\n    ')})`;
}

/**
 * Named arguments, so that no place is kept with NULL; without a mode it is AUTO.
 * @param more arguments behind these
 */
export function callText(
  deployment: Deployment,
  job: { project: string; name: string },
  mode: ProcedureMode | null,
  more: readonly string[] = [],
): string {
  const named = [`PROJECT_NAME => ${literal(job.project)}`, `JOB_NAME => ${literal(job.name)}`];
  if (mode !== null) named.push(`RUN_MODE => ${literal(mode)}`);
  return call(qualified(deployment.procedure), [...named, ...more]);
}

/** The seed's form, `CALL ...('dbt_o2c_enhanced')`, where the project's name alone says which job is meant. */
export function shortestCall(deployment: Deployment, job: Job): string {
  const whole = deployment.jobs.filter(
    ({ project, select }) => project === job.project && select.length === 0,
  );
  return whole.length === 1 && whole[0]?.name === job.name
    ? call(qualified(deployment.procedure), [literal(job.project)])
    : callText(deployment, job, null);
}
