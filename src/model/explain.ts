/** A job or a task in words: what it will do, from the Deployment alone. */
import type { Schedule } from '../config/types';
import { commandLine } from './command';
import { isLook, looksForFree, looksOf, looksText } from './looks';
import type { Deployment, Job, Policy, State, Task, Warning } from './deployment';

export interface Explanation {
  deployment: string;
  kind: 'job' | 'task';
  name: string;
  /** Topic and sentence, in reading order. */
  facts: { topic: string; text: string }[];
  warnings: Warning[];
}

/** Every job and task of that name; task names are compared as Snowflake does, job names without case. */
export function explain(deployment: Deployment, name: string): Explanation[] {
  const wanted = name.toUpperCase();
  const jobs = deployment.jobs.filter((job) => job.name.toUpperCase() === wanted);
  const tasks = allTasks(deployment).filter((task) => task.name.name.toUpperCase() === wanted);
  return [
    ...tasks.map((task) => explainTask(task, deployment)),
    // A shorthand job is told with its task.
    ...(tasks.length > 0 ? [] : jobs.map((job) => explainJob(job, deployment))),
  ];
}

/** What `explain` can be asked for. */
export function explainableNames(deployment: Deployment): string[] {
  const tasks = allTasks(deployment).map(({ name }) => name.name);
  return [...new Set([...tasks, ...deployment.jobs.map(({ name }) => name)])];
}

function explainTask(task: Task, deployment: Deployment): Explanation {
  const { action } = task;
  const job = action.kind === 'call' ? deployment.jobs.find(({ name }) => name === action.job) : undefined;
  const gate = task.onlyIfBuilt.map(({ name }) => name).join(' or ');
  return {
    deployment: deployment.name,
    kind: 'task',
    name: task.name.name,
    facts: [
      { topic: 'starts', text: startText(task) },
      ...lookFacts(task, deployment),
      ...(gate === '' ? [] : [{ topic: 'only if', text: `${gate} built something` }]),
      { topic: 'mode', text: action.kind === 'call' ? MODES[action.mode] : 'a plain dbt run: not restarted' },
      ...(action.kind === 'dbt'
        ? [{ topic: 'runs', text: `dbt ${action.command} of ${action.project}` }]
        : []),
      {
        topic: 'stops',
        text: `Snowflake cancels it after ${hours(task.timeoutMs / 3_600_000)}${suspension(task)}`,
      },
      {
        topic: 'state',
        text: task.initialState === 'started' ? 'a new task is started' : 'a new task stays suspended',
      },
      ...(job === undefined ? [] : jobFacts(job, deployment)),
    ],
    warnings: warningsAbout([task.name.name, job?.name], deployment),
  };
}

/** How often a task that builds nothing on most days looks, and what that costs. */
function lookFacts(task: Task, { graphs }: Deployment): Explanation['facts'] {
  const graph = graphs.find(({ root, children }) => root === task || children.includes(task));
  if (graph === undefined || !isLook(task) || task.warehouse === null) return [];
  const looks = looksOf(task, graph);
  if (looks !== null) return [{ topic: 'looks', text: looksText(looks) }];
  if (!looksForFree(task, graph)) return [];
  return [{ topic: 'looks', text: `on ${task.warehouse} while it is still awake: some seconds each time` }];
}

function explainJob(job: Job, deployment: Deployment): Explanation {
  const runners = allTasks(deployment).filter(
    ({ action }) => action.kind === 'call' && action.job === job.name,
  );
  const by = runners.map((task) => `${task.name.name} (${startText(task)})`).join(', ');
  return {
    deployment: deployment.name,
    kind: 'job',
    name: job.name,
    facts: [
      { topic: 'run by', text: by === '' ? 'no task: only by hand' : by },
      ...jobFacts(job, deployment),
    ],
    warnings: warningsAbout([job.name, ...runners.map(({ name }) => name.name)], deployment),
  };
}

const MODES = {
  AUTO: 'auto: a retry when the last full run failed and may be retried, else the full run',
  FULL_BUILD: 'full-build: always the full run, never a retry',
  RETRY_ONLY: 'retry-only: a retry when there is something to retry, else nothing',
  PLAN: 'plan: says what it would do, runs nothing',
} as const;

function jobFacts(job: Job, { state }: Deployment): Explanation['facts'] {
  const { policy } = job;
  return [
    { topic: 'full run', text: `dbt ${commandLine(job.command, job.select, job.flags)} of ${job.project}` },
    { topic: 'retry', text: `dbt ${commandLine(policy.retryCommand, retrySelect(job, state), job.flags)}` },
    { topic: 'gives up', text: limits(policy, state) },
    ...delayFacts(policy),
    { topic: 'waits', text: waiting(policy) },
    { topic: 'crashed', text: `a run without an end counts as crashed after ${hours(policy.staleRunHours)}` },
    { topic: 'reads', text: stateText(state, policy) },
  ];
}

/** The form of a retry's selection: a job with a selection of its own stays inside it. */
function retrySelect(job: Job, state: State): string[] {
  if (state.kind === 'execution-history') {
    const failedTests = job.policy.onTestFailure === 'retest' ? 'result:fail' : '1+result:fail+';
    const units = ['result:error+', 'result:skipped+', failedTests];
    return within(units, job.select);
  }
  return within(['<failed model>+'], job.select);
}

function within(units: readonly string[], select: readonly string[]): string[] {
  return select.length === 0 ? [...units] : units.flatMap((unit) => select.map((term) => `${unit},${term}`));
}

function limits(policy: Policy, state: State): string {
  const length =
    state.kind === 'execution-history'
      ? ''
      : `, or its selector is longer than ${policy.maxSelectorLength} characters`;
  const count = policy.maxAttempts === 1 ? '1 retry' : `${policy.maxAttempts} retries`;
  const budget = policy.maxRetryMinutes;
  const attempts = budget === null ? count : `${count} or ${budget} minutes of retries`;
  return `a full run comes after ${attempts}, when the failure ended ${hours(policy.maxAgeHours)} ago${length}`;
}

function delayFacts({ delayMinutes, permanentErrors }: Policy): Explanation['facts'] {
  const delays = delayMinutes.map((minutes) => String(minutes));
  const last = delays.pop() ?? '0';
  const text = delays.length === 0 ? last : `${delays.join(', ')}, then ${last}`;
  return [
    ...(delayMinutes.some((minutes) => minutes > 0)
      ? [{ topic: 'delay', text: `retry-only tasks wait ${text} minutes after a failure` }]
      : []),
    ...(permanentErrors.length > 0
      ? [{ topic: 'not retried', text: `what failed only by ${permanentErrors.join(', ')}` }]
      : []),
  ];
}

function waiting({ onRunInProgress, waitMinutes }: Policy): string {
  const wait = `up to ${waitMinutes} minutes for a run in progress, then fails`;
  switch (onRunInProgress) {
    case 'wait':
      return wait;
    case 'skip':
      return 'not at all: with a run in progress it does nothing';
    case 'raise':
      return 'not at all: with a run in progress it fails';
    case 'run':
      return 'not at all: it runs beside a run in progress';
    default:
      return `${wait}; in mode retry-only it does nothing instead`;
  }
}

function stateText(state: State, policy: Policy): string {
  if (state.kind === 'execution-history') return "Snowflake's DBT_PROJECT_EXECUTION_HISTORY, seven days back";
  const nodes = state.nodes.tables.map(({ table }) => table.name).join(', ');
  const { table } = state.runs;
  const environment = state.environment === null ? '' : ` where the environment is ${state.environment}`;
  const recording = policy.recordFailure ? '; a run that dbt fails is marked failed there' : '';
  return `${table.database}.${table.schema}.${table.name} and ${nodes}${environment}${recording}`;
}

function startText(task: Task): string {
  if (task.finalizes !== null)
    return `when all tasks of ${task.finalizes.name} have ended, whatever came of them`;
  if (task.schedule === null) return `after ${task.after.map(({ name }) => name).join(' and ')}`;
  return scheduleText(task.schedule);
}

function scheduleText(schedule: Schedule): string {
  if (schedule.kind === 'cron') return `at ${schedule.expression} ${schedule.timeZone}`;
  const unit = schedule.unit.toLowerCase();
  return `every ${schedule.every} ${schedule.every === 1 ? unit.slice(0, -1) : unit}`;
}

function suspension({ suspendAfterFailures }: Task): string {
  if (suspendAfterFailures === null) return '';
  return suspendAfterFailures === 0
    ? ', and never suspends it'
    : `, and suspends it after ${suspendAfterFailures} failures in a row`;
}

function hours(count: number): string {
  const rounded = Number(count.toFixed(2));
  return rounded === 1 ? '1 hour' : `${rounded} hours`;
}

function allTasks({ graphs }: Deployment): Task[] {
  return graphs.flatMap(({ root, children }) => [root, ...children]);
}

/** Warnings whose place is the task or job, and those about what all of them share. */
function warningsAbout(names: readonly (string | undefined)[], { warnings }: Deployment): Warning[] {
  return warnings.filter(({ where }) => {
    const [, key] = /^(?:tasks|jobs)\.([^.[]+)/.exec(where) ?? [];
    return key === undefined
      ? /^(state|runner|defaults)/.test(where)
      : names.includes(key.toUpperCase()) || names.includes(key);
  });
}
