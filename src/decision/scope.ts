/**
 * What tells a full run of a job from any other run of its command: the selection, and the `--exclude` where the log
 * can tell it; in Snowflake's history, all that follows the command. V_AUTO_RESTART_RUNS writes it by the same rules.
 */
import { commandLine } from '../model/command';
import type { Deployment, Job } from '../model/deployment';
import { tellsExclude, tellsSelection } from '../model/log-abilities';

export function jobScope(job: Job, { state }: Deployment): string {
  if (state.kind === 'execution-history') {
    const [, ...behind] = commandLine(job.command, job.select, job.flags).split(/\s+/);
    return behind.join(' ');
  }
  if (!tellsSelection(state.runs)) return '';
  const excluded = tellsExclude(state.runs) && job.exclusion !== '' ? ` --exclude ${job.exclusion}` : '';
  return `${job.selection}${excluded}`;
}
