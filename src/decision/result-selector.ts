/**
 * Retries without a log: dbt reads the results of an earlier run and selects from them.
 * https://docs.getdbt.com/reference/node-selection/methods#result
 */
import type { Job } from '../model/deployment';

/** `result:error+ result:skipped+ 1+result:fail+`, inside each term of the job. */
export function resultSelector(job: Job): string {
  const methods = ['result:error+', 'result:skipped+'];
  if (job.policy.retryCommand !== 'run') {
    methods.push(job.policy.onTestFailure === 'retest' ? 'result:fail' : '1+result:fail+');
  }
  const terms = job.select.length === 0 ? [''] : job.select.map((term) => `,${term}`);
  return methods.flatMap((method) => terms.map((term) => method + term)).join(' ');
}

/** Name under which a retry mounts the results; it tells the retries of one job from those of another. */
export function importAlias(job: Job, jobs: readonly Job[]): string {
  const plain = (name: string): string => name.replace(/[^A-Za-z0-9_]/g, '_');
  const twins = jobs.filter((other) => plain(other.name) === plain(job.name));
  const number = twins.length > 1 ? `_${twins.indexOf(job) + 1}` : '';
  return `auto_restart_${plain(job.name)}${number}`;
}
