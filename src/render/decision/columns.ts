/** What the SQL has to know of a job: one column each, in the view's table of jobs and in the procedure's variables. */
import type { Deployment, Job } from '../../model/deployment';
import { literal, optionalLiteral } from '../../sql-text';
import { importAlias, resultSelector } from './result-selector';

interface JobColumn {
  name: string;
  /** Variable of the procedure that holds it, and its type. */
  variable: string;
  type: 'VARCHAR' | 'NUMBER' | 'BOOLEAN';
  /** Whether the decision needs it, from this kind of state or from any; the others are only the procedure's. */
  decides?: true | 'execution-history';
  value(job: Job, deployment: Deployment): string;
}

const SHARED: JobColumn[] = [
  { name: 'job_name', decides: true, variable: 'v_job', type: 'VARCHAR', value: (job) => literal(job.name) },
  {
    name: 'command',
    decides: true,
    variable: 'v_command',
    type: 'VARCHAR',
    value: (job) => literal(job.command),
  },
  {
    name: 'retry_command',
    decides: true,
    variable: 'v_retry_command',
    type: 'VARCHAR',
    value: (job) => literal(job.policy.retryCommand),
  },
  {
    name: 'own_selection',
    decides: true,
    variable: 'v_selection',
    type: 'VARCHAR',
    value: (job) => literal(job.selection),
  },
  {
    name: 'full_line',
    decides: 'execution-history',
    variable: 'v_full',
    type: 'VARCHAR',
    value: (job, { runner }) => literal(dbtLine(job, runner.kind)),
  },
  {
    name: 'flags',
    variable: 'v_flags',
    type: 'VARCHAR',
    value: (job) => literal(job.flags === '' ? '' : ` ${job.flags}`),
  },
  {
    name: 'max_attempts',
    decides: true,
    variable: 'v_max_attempts',
    type: 'NUMBER',
    value: (job) => String(job.policy.maxAttempts),
  },
  {
    name: 'max_age_seconds',
    decides: true,
    variable: 'v_max_age',
    type: 'NUMBER',
    value: (job) => seconds(job.policy.maxAgeHours),
  },
  {
    name: 'stale_seconds',
    decides: true,
    variable: 'v_stale',
    type: 'NUMBER',
    value: (job) => seconds(job.policy.staleRunHours),
  },
  {
    name: 'if_running',
    variable: 'v_if_running',
    type: 'VARCHAR',
    value: (job) => optionalLiteral(job.policy.onRunInProgress),
  },
  {
    name: 'wait_seconds',
    variable: 'v_wait_seconds',
    type: 'NUMBER',
    value: (job) => String(Math.round(job.policy.waitMinutes * 60)),
  },
  {
    name: 'if_unreadable',
    variable: 'v_if_unreadable',
    type: 'VARCHAR',
    value: (job) => literal(job.policy.onStateUnreadable),
  },
];

/** Its place in the config, for the view. */
const JOB_NO: JobColumn = {
  name: 'job_no',
  variable: '',
  type: 'NUMBER',
  value: (job, { jobs }) => String(jobs.indexOf(job) + 1),
};

/** What only the view asks: whether a full build would have run in a retry's place. */
const IN_TURN_OF_BUILD: JobColumn = {
  name: 'in_turn_of_build',
  variable: '',
  type: 'BOOLEAN',
  value: (job, { graphs }) => {
    const modes = graphs
      .flatMap((graph) => [graph.root, ...graph.children])
      .flatMap(({ action }) => (action.kind === 'call' && action.job === job.name ? [action.mode] : []));
    return modes.length === 0 || modes.includes('AUTO') ? 'TRUE' : 'FALSE';
  },
};

const FROM_A_LOG: JobColumn[] = [
  {
    name: 'terms',
    decides: true,
    variable: 'v_terms',
    type: 'VARCHAR',
    value: (job) => literal(job.select.join(' ')),
  },
  {
    name: 'least_parts',
    decides: true,
    variable: 'v_least_parts',
    type: 'NUMBER',
    value: (job) => String(Math.min(...partsOfTerms(job))),
  },
  {
    name: 'most_parts',
    decides: true,
    variable: 'v_most_parts',
    type: 'NUMBER',
    value: (job) => String(Math.max(...partsOfTerms(job))),
  },
  {
    name: 'retest',
    decides: true,
    variable: 'v_retest',
    type: 'BOOLEAN',
    value: (job) => (job.policy.onTestFailure === 'retest' ? 'TRUE' : 'FALSE'),
  },
  {
    name: 'max_selector_length',
    decides: true,
    variable: 'v_max_length',
    type: 'NUMBER',
    value: (job) => String(job.policy.maxSelectorLength),
  },
  {
    name: 'record_failure',
    variable: 'v_record',
    type: 'BOOLEAN',
    value: (job) => (job.policy.recordFailure ? 'TRUE' : 'FALSE'),
  },
];

const FROM_HISTORY: JobColumn[] = [
  {
    name: 'result_selector',
    decides: true,
    variable: 'v_results',
    type: 'VARCHAR',
    value: (job) => literal(resultSelector(job)),
  },
  {
    name: 'import_alias',
    decides: true,
    variable: 'v_alias',
    type: 'VARCHAR',
    value: (job, { jobs }) => literal(importAlias(job, jobs)),
  },
];

export function jobColumns(deployment: Deployment): JobColumn[] {
  return [...SHARED, ...(deployment.state.kind === 'audit-tables' ? FROM_A_LOG : FROM_HISTORY)];
}

/** `'shop', 'daily', 'build', ...`: the project, then the columns in order. */
export function jobRow(job: Job, deployment: Deployment): string {
  return [
    literal(job.project),
    ...jobColumns(deployment).map((column) => column.value(job, deployment)),
  ].join(', ');
}

/** `jobs AS (...)`: every job of the deployment, with what decides and what the view asks. */
export function everyJob(deployment: Deployment): string {
  const columns = [...jobColumns(deployment).filter((column) => column.decides), JOB_NO, IN_TURN_OF_BUILD];
  const rows = deployment.jobs.map((job) =>
    [literal(job.project), ...columns.map((column) => column.value(job, deployment))].join(', '),
  );
  const names = ['project_name', ...columns.map((column) => column.name)].join(', ');
  return `jobs AS (\n    SELECT * FROM (VALUES\n        (${rows.join('),\n        (')})\n    ) AS j (${names})\n)`;
}

/** The job's whole command line, as its runner takes it. */
function dbtLine(job: Job, runner: Deployment['runner']['kind']): string {
  const select = job.select.length === 0 ? '' : ` --select ${job.select.join(' ')}`;
  const line = `${job.command}${select}${job.flags === '' ? '' : ` ${job.flags}`}`;
  return runner === 'procedure' ? `dbt ${line}` : line;
}

/** How many comma-separated parts each term has; none at all without terms. */
function partsOfTerms(job: Job): number[] {
  return job.select.length === 0 ? [0] : job.select.map((term) => term.split(',').length);
}

/** Ages are compared in seconds, so that hours need not be whole. */
function seconds(hours: number): string {
  return String(Math.round(hours * 3600));
}
