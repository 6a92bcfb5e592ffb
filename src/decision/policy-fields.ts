/** The columns of V_AUTO_RESTART_JOBS, in order: what the SQL has to know of a job, and what that means. */
import type { Deployment, Job } from '../model/deployment';
import { literal, optionalLiteral } from '../sql-text';
import { fullLine, retryLine } from './command-lines';
import { importAlias, resultSelector } from './result-selector';
import { jobScope } from './scope';

export interface PolicyField {
  name: string;
  /** For a reviewer who reads the view. */
  meaning: string;
  /** @returns SQL, without the name */
  value(job: Job, deployment: Deployment): string;
}

const text = (of: (job: Job, deployment: Deployment) => string): PolicyField['value'] => {
  return (job, deployment) => literal(of(job, deployment));
};
const flag = (of: (job: Job, deployment: Deployment) => boolean): PolicyField['value'] => {
  return (job, deployment) => (of(job, deployment) ? 'TRUE' : 'FALSE');
};
const optional = (of: (job: Job, deployment: Deployment) => string | null): PolicyField['value'] => {
  return (job, deployment) => {
    const value = of(job, deployment);
    return value === null ? 'NULL::VARCHAR' : optionalLiteral(value);
  };
};

export const POLICY_FIELDS: readonly PolicyField[] = [
  {
    name: 'job_no',
    meaning: 'place in the config; the first of two jobs wins where a run could be of both',
    value: (job, { jobs }) => String(jobs.indexOf(job) + 1),
  },
  { name: 'project_name', meaning: 'as the log has it', value: text((job) => job.project) },
  { name: 'job_name', meaning: 'as in the config', value: text((job) => job.name) },
  { name: 'called_by', meaning: 'tasks that run this job', value: callingTasks },
  { name: 'full_line', meaning: 'what a full build sends to dbt', value: text(fullLine) },
  {
    name: 'retry_start',
    meaning: 'what a retry sends, up to the selector',
    value: text((job, deployment) => retryLine(job, deployment).start),
  },
  {
    name: 'retry_end',
    meaning: 'and behind it',
    value: text((job, deployment) => retryLine(job, deployment).end),
  },
  { name: 'command', meaning: 'dbt command of a full build', value: text((job) => job.command) },
  { name: 'retry_verb', meaning: 'dbt command of a retry', value: text((job) => job.policy.retryCommand) },
  {
    name: 'terms',
    meaning: '--select of the job, one term a word',
    value: text((job) => job.select.join(' ')),
  },
  {
    name: 'selection',
    meaning: 'the same as the log is read: sorted, joined by commas',
    value: text((job) => job.selection),
  },
  {
    name: 'scope',
    meaning: 'what the log tells of a full run beside its command',
    value: text(jobScope),
  },
  {
    name: 'fewest_entries',
    meaning: 'comma-separated parts of the shortest term',
    value: (job) => String(Math.min(...entriesOfTerms(job))),
  },
  {
    name: 'most_entries',
    meaning: 'and of the longest',
    value: (job) => String(Math.max(...entriesOfTerms(job))),
  },
  {
    name: 'max_attempts',
    meaning: 'retries in one chain before a full build',
    value: (job) => String(job.policy.maxAttempts),
  },
  {
    name: 'max_age_hours',
    meaning: 'a failure that ended so long ago is not retried',
    value: (job) => String(job.policy.maxAgeHours),
  },
  {
    name: 'max_retry_minutes',
    meaning: 'run time of all retries of one chain; NULL: no limit',
    value: (job) =>
      job.policy.maxRetryMinutes === null ? 'NULL::FLOAT' : String(job.policy.maxRetryMinutes),
  },
  {
    name: 'delay_minutes',
    meaning: 'RETRY_ONLY: how long after a run, by attempt; the last holds for all further ones',
    value: (job) => `ARRAY_CONSTRUCT(${job.policy.delayMinutes.join(', ')})`,
  },
  {
    name: 'permanent_errors',
    meaning: 'numbers of errors that no retry mends',
    value: (job) => `ARRAY_CONSTRUCT(${job.policy.permanentErrors.map(literal).join(', ')})`,
  },
  {
    name: 'stale_run_hours',
    meaning: 'a run logged as running for longer has crashed',
    value: (job) => String(job.policy.staleRunHours),
  },
  {
    name: 'on_run_in_progress',
    meaning: 'wait, skip, raise or run; NULL: skip in RETRY_ONLY, else wait',
    value: optional((job) => job.policy.onRunInProgress),
  },
  {
    name: 'wait_minutes',
    meaning: 'how long wait looks before it raises',
    value: (job) => String(job.policy.waitMinutes),
  },
  {
    name: 'on_test_failure',
    meaning: 'rebuild-parent reruns what the test tests, retest only the test',
    value: text((job) => job.policy.onTestFailure),
  },
  {
    name: 'on_state_unreadable',
    meaning: 'full-build or raise',
    value: text((job) => job.policy.onStateUnreadable),
  },
  {
    name: 'records_failure',
    meaning: 'whether a run that dbt failed is marked failed in the log',
    value: flag((job) => job.policy.recordFailure),
  },
  {
    name: 'max_selector_length',
    meaning: 'characters of a selector',
    value: (job) => String(job.policy.maxSelectorLength),
  },
  {
    name: 'replaces_full_build',
    meaning: 'whether a retry runs where a full build would have run: only then it saves time',
    value: flag(replacesFullBuild),
  },
  {
    name: 'import_alias',
    meaning:
      "Snowflake's history as state: the name under which a retry imports results, which tells whose it is",
    value: optional((job, { state, jobs }) =>
      state.kind === 'execution-history' ? importAlias(job, jobs) : null,
    ),
  },
  {
    name: 'result_selector',
    meaning: 'and what it selects of them',
    value: optional((job, { state }) => (state.kind === 'execution-history' ? resultSelector(job) : null)),
  },
];

function callingTasks(job: Job, { graphs }: Deployment): string {
  const names = graphs
    .flatMap((graph) => [graph.root, ...graph.children])
    .filter(({ action }) => action.kind === 'call' && action.job === job.name)
    .map(({ name }) => literal(name.name));
  return `ARRAY_CONSTRUCT(${names.join(', ')})`;
}

/** How many comma-separated parts each term has; none at all without terms. */
function entriesOfTerms(job: Job): number[] {
  return job.select.length === 0 ? [0] : job.select.map((term) => term.split(',').length);
}

/** Whether some task runs the job in mode AUTO, or nobody says. */
function replacesFullBuild(job: Job, { graphs }: Deployment): boolean {
  const modes = graphs
    .flatMap((graph) => [graph.root, ...graph.children])
    .flatMap(({ action }) => (action.kind === 'call' && action.job === job.name ? [action.mode] : []));
  return modes.length === 0 || modes.includes('AUTO');
}
