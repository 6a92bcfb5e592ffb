/** Tasks: what each does, when, and with which properties. */
import type { ProblemSink } from '../config/problems';
import { showValue } from '../config/problems';
import { wideCharacter } from '../config/characters';
import { didYouMean } from '../config/nearest';
import type { DeploymentConfig, TaskConfig, TaskMode } from '../config/types';
import { checkNumber } from './bounds';
import { commandLine, readFlags, readSelect } from './command';
import type { ObjectName, ProcedureMode, Task } from './deployment';
import { SNOWFLAKE_TASK_TIMEOUT_MS } from './duration';
import type { JobSource } from './jobs';
import { checkProject } from './jobs';
import { readIdentifier, type Home } from './read-names';
import { readIntegration, readTimeout, readWarehouse, type Defaults } from './task-defaults';
import { checkPlace, finalized, placeOf, predecessors } from './task-place';

/** A task with the place it has in the config. */
export interface TaskSource {
  key: string;
  /** As Snowflake stores it. */
  name: string;
  config: TaskConfig;
  /** Stored names of the predecessors that exist. */
  after: string[];
  /** Stored name of the task whose graph it ends, `null` for none. */
  finalizes: string | null;
  /** The job it runs, `null` for a plain run. */
  job: JobSource | null;
  /** Milliseconds, `null` when neither the task nor the defaults state it. */
  timeoutMs: number | null;
}

const MODES: Record<TaskMode, ProcedureMode> = {
  auto: 'AUTO',
  'full-build': 'FULL_BUILD',
  'retry-only': 'RETRY_ONLY',
  plan: 'PLAN',
};

/** Keys that belong to a shorthand job, and mean nothing beside `job` or `run`. */
const SHORTHAND = ['project', 'dbt', 'retry'] as const;

export function taskSources(
  config: DeploymentConfig,
  defaults: Defaults,
  jobs: readonly JobSource[],
  problems: ProblemSink,
): TaskSource[] {
  const named = Object.entries(config.tasks).map(([key, task]) => ({
    key,
    task,
    name: readIdentifier(key, problems, ['tasks', key], 'name of a task'),
  }));
  const byName = new Map<string, string>();
  for (const { key, name } of named) {
    const other = byName.get(name);
    if (other === undefined) byName.set(name, key);
    else
      problems.add(
        ['tasks', key],
        `two tasks are called ${name}`,
        `tasks.${other} is the same name to Snowflake`,
      );
  }
  const known = named.map(({ name }) => name);
  return named.map(({ key, task, name }) => {
    const own = problems.at('tasks', key);
    return {
      key,
      name,
      config: task,
      after: predecessors(name, task, known, own, problems),
      finalizes: finalized(name, task, known, own, problems),
      job: jobOf(key, task, jobs, own, problems),
      timeoutMs: readTimeout(task.timeout, own) ?? defaults.timeoutMs,
    };
  });
}

function jobOf(
  key: string,
  task: TaskConfig,
  jobs: readonly JobSource[],
  own: ProblemSink,
  deployment: ProblemSink,
): JobSource | null {
  const given = (['job', 'project', 'run'] as const).filter((option) => task[option] !== undefined);
  if (given.length > 1) {
    own.add(
      [],
      `it has ${given.join(' and ')}`,
      'a task runs a job, or its own project, or a plain run: keep one',
    );
    return null;
  }
  const stray = SHORTHAND.filter((option) => option !== 'project' && task[option] !== undefined);
  if (given[0] !== 'project' && stray.length > 0) {
    const hint = given[0] === 'job' ? 'they belong to the job, below jobs' : 'they go with project';
    own.add([stray[0] ?? ''], `${stray.join(' and ')} without project`, hint);
  }
  if (given.length === 0) {
    own.missing(
      ['job'],
      'it does nothing',
      'give it a job, a project or a plain run: dbt(project, { command })',
    );
    return null;
  }
  if (task.run !== undefined) {
    if (task.mode !== undefined)
      own.add(['mode'], 'a plain run has no mode', 'give the task a job, or leave mode out');
    return null;
  }
  if (task.job === undefined) return jobs.find(({ path }) => path[0] === 'tasks' && path[1] === key) ?? null;
  const found = jobs.find(({ name, path }) => path[0] === 'jobs' && name === task.job);
  if (found === undefined && !deployment.reported('jobs', task.job)) {
    const names = jobs.filter(({ path }) => path[0] === 'jobs').map(({ name }) => name);
    own.add(['job'], `there is no job ${showValue(task.job)}`, didYouMean(task.job, names));
  }
  return found ?? null;
}

/** @param restarting stored names of the tasks that call the procedure, and so have a return value */
export function resolveTask(
  source: TaskSource,
  config: DeploymentConfig,
  defaults: Defaults,
  home: Home,
  restarting: ReadonlySet<string>,
  problems: ProblemSink,
): Task {
  const { config: task, key } = source;
  const own = problems.at('tasks', key);
  const isRoot = placeOf(task) === 'root';
  checkPlace(task, own);
  checkNumber(task.suspendAfterFailures, 'suspendAfterFailures', own, 'a number of failures');
  const warehouse = readWarehouse(task.warehouse, own) ?? defaults.warehouse;
  if (warehouse === null && config.runner.kind === 'execute-dbt-project' && !problems.reported('defaults')) {
    const hint = 'a serverless task cannot run dbt: give the task, or defaults, a warehouse';
    own.missing(['warehouse'], 'EXECUTE DBT PROJECT needs a warehouse', hint);
  }
  const name = (text: string): ObjectName => ({ ...home, name: text });
  const errorIntegration = readIntegration(task.errorIntegration, own) ?? defaults.errorIntegration;
  return {
    name: name(source.name),
    action: actionOf(source, own),
    warehouse,
    schedule: isRoot ? (task.schedule ?? null) : null,
    after: source.after.map(name),
    finalizes: source.finalizes === null ? null : name(source.finalizes),
    onlyIfBuilt: gates(source, restarting, own).map(name),
    timeoutMs: source.timeoutMs ?? SNOWFLAKE_TASK_TIMEOUT_MS,
    suspendAfterFailures: isRoot ? suspendsAfter(task, defaults) : null,
    taskAutoRetryAttempts: isRoot ? autoRetries(task, own) : null,
    errorIntegration: isRoot ? errorIntegration : null,
    initialState: task.initialState ?? 'started',
    comment: readComment(task.comment ?? '', own.at('comment')),
  };
}

/** https://docs.snowflake.com/en/sql-reference/sql/create-task (SUSPEND_TASK_AFTER_NUM_FAILURES) */
const SNOWFLAKE_SUSPENDS_AFTER = 10;

/** A task that only heals is not switched off by what it could not heal: the next failure would stay unhealed. */
function suspendsAfter({ mode, suspendAfterFailures }: TaskConfig, defaults: Defaults): number {
  const preset = mode === 'retry-only' ? 0 : SNOWFLAKE_SUSPENDS_AFTER;
  return suspendAfterFailures ?? defaults.suspendAfterFailures ?? preset;
}

function readComment(comment: string, problems: ProblemSink): string {
  const wide = wideCharacter(comment);
  if (wide !== null) problems.add([], `${showValue(comment)} holds ${wide}`, 'leave emoji and the like out');
  return comment;
}

function actionOf({ config: task, job }: TaskSource, own: ProblemSink): Task['action'] {
  if (task.run !== undefined) {
    checkProject(task.run.project, own.at('run'));
    const { dbt } = task.run;
    const at = own.at('run', 'dbt');
    const command = commandLine(dbt.command ?? 'build', readSelect(dbt, at), readFlags(dbt, at));
    return { kind: 'dbt', project: task.run.project, command };
  }
  return {
    kind: 'call',
    job: job?.name ?? '',
    project: job?.config.project ?? '',
    mode: MODES[task.mode ?? 'auto'],
  };
}

/** Only a task that calls the procedure says, by its return value, whether it built something. */
function gates(
  { config: task, after }: TaskSource,
  restarting: ReadonlySet<string>,
  own: ProblemSink,
): string[] {
  if (task.onlyIfBuilt !== true) return [];
  const gated = after.filter((name) => restarting.has(name));
  if (gated.length === 0 && !own.reported('after')) {
    const hint = 'only predecessors that run a job say whether something was built';
    own.add(['onlyIfBuilt'], 'no predecessor of this task runs a job', hint);
  }
  return gated;
}

function autoRetries(task: TaskConfig, own: ProblemSink): number {
  const value = task.taskAutoRetryAttempts ?? 0;
  if (!(Number.isInteger(value) && value >= 0 && value <= 30)) {
    own.add(['taskAutoRetryAttempts'], `${value} is outside Snowflake's limits`, 'from 0 to 30');
  }
  return value;
}
