/** Jobs: the named ones, then those of the tasks' shorthand. */
import type { ProblemSink } from '../config/problems';
import { showValue } from '../config/problems';
import type { DeploymentConfig, JobConfig } from '../config/types';
import { readFlags, readSelect } from './command';
import type { Job, State } from './deployment';
import { checkPolicy, resolvePolicy } from './policy';
import { tellsSelection } from './log-abilities';
import { isRetryUnit, normaliseSelection } from './selection';
import { readIdentifier } from './read-names';

/** A job and where the config has it: `['jobs', 'daily']`, or `['tasks', 'O2C_DAILY_BUILD']` for the shorthand. */
export interface JobSource {
  name: string;
  path: readonly [kind: 'jobs' | 'tasks', key: string];
  config: JobConfig;
}

/** A job's name is a literal in SQL, and the name of a folder in a retry's imports. */
const JOB_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}$/;
const PROJECT_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.$-]{0,254}$/;

export function jobSources(config: DeploymentConfig, problems: ProblemSink): JobSource[] {
  const named = Object.entries(config.jobs ?? {}).map(([name, job]): JobSource => ({
    name,
    path: ['jobs', name],
    config: job,
  }));
  const shorthand = Object.entries(config.tasks)
    .filter(([, task]) => task.project !== undefined && task.job === undefined && task.run === undefined)
    .map(([key, { project = '', dbt, retry }]): JobSource => {
      // The task's name is checked where tasks are read; here it is only folded.
      const name = readIdentifier(key, ignoring(problems), []);
      return {
        name,
        path: ['tasks', key],
        config: { project, ...(dbt === undefined ? {} : { dbt }), ...(retry === undefined ? {} : { retry }) },
      };
    });
  const sources = [...named, ...shorthand];
  checkNames(sources, problems);
  return sources;
}

function ignoring(problems: ProblemSink): ProblemSink {
  return { ...problems, add: () => undefined };
}

function checkNames(sources: readonly JobSource[], problems: ProblemSink): void {
  const seen = new Map<string, JobSource>();
  for (const source of sources) {
    if (!JOB_NAME.test(source.name)) {
      const hint =
        source.path[0] === 'jobs'
          ? 'use ASCII letters, digits, _, . and -'
          : 'describe the job below jobs, under a name of ASCII letters, digits, _, . and -';
      problems.add(source.path, `${showValue(source.name)} is not a valid name of a job`, hint);
    }
    const other = seen.get(source.name.toUpperCase());
    if (other !== undefined) {
      const hint = `${other.path.join('.')} is a job of that name too; names are compared without case`;
      problems.add(source.path, `two jobs are called ${source.name}`, hint);
    }
    seen.set(source.name.toUpperCase(), source);
  }
}

export function checkProject(project: string, problems: ProblemSink): void {
  if (!PROJECT_NAME.test(project)) {
    const hint = 'the name in dbt_project.yml, as the log has it: letters, digits and _';
    problems.add(['project'], `${showValue(project)} is not a valid name of a dbt project`, hint);
  }
}

/** @param timeouts of the tasks that run the job, as far as they are stated, in milliseconds */
export function resolveJob(
  { name, path, config }: JobSource,
  timeouts: readonly number[],
  state: State,
  deployment: ProblemSink,
): Job {
  const problems = deployment.at(...path);
  const dbt = config.dbt ?? {};
  const command = dbt.command ?? 'build';
  checkProject(config.project, problems);
  const select = readSelect(dbt, problems.at('dbt'));
  const flags = readFlags(dbt, problems.at('dbt'));
  checkSelection(select, problems.at('dbt'));
  checkPolicy(config.retry ?? {}, state, problems.at('retry'));
  return {
    name,
    project: config.project,
    command,
    select,
    selection: normaliseSelection(select.join(' ')),
    flags,
    exclusion: normaliseSelection((dbt.exclude ?? []).join(' ')),
    policy: resolvePolicy(config.retry ?? {}, command, timeouts, state),
  };
}

/** Selections whose runs could not be told from other runs in the log. */
function checkSelection(select: readonly string[], problems: ProblemSink): void {
  if (select.length === 0) return;
  if (normaliseSelection(select.join(' ')) === '') {
    const hint =
      'the log writes `all` for no selection: leave select out, or write fqn:all for a model of that name';
    problems.add(['select'], `${showValue(select)} cannot be told from no selection`, hint);
  } else if (select.some(isRetryUnit)) {
    const better = select.map((term) => (isRetryUnit(term) ? `fqn:${term}` : term)).join(' ');
    const hint = `write ${better}: it selects the same`;
    problems.add(['select'], `${showValue(select.join(' '))} looks like a retry of this tool`, hint);
  }
}

/** Jobs of one project whose runs look alike in the log. */
export function checkDistinct(
  jobs: readonly Job[],
  sources: readonly JobSource[],
  state: State,
  problems: ProblemSink,
): void {
  const log = state.kind === 'audit-tables' ? state.runs : null;
  // Without a selection column no two jobs can be told apart: that is the warning LOG_WITHOUT_SELECTION.
  if (log !== null && !tellsSelection(log)) return;
  const commandIsLogged = log === null || log.command !== null;
  const seen = new Map<string, Job>();
  jobs.forEach((job, index) => {
    const source = sources[index];
    const key = JSON.stringify([job.project, job.selection, commandIsLogged ? job.command : '']);
    const other = seen.get(key);
    if (other === undefined || source === undefined) {
      seen.set(key, job);
      return;
    }
    const same = commandIsLogged ? 'selection and command' : 'selection, and the log has no command column';
    problems.add(
      source.path,
      `the jobs ${other.name} and ${job.name} of ${job.project} have the same ${same}`,
      'their runs cannot be told apart: make them one job, which two tasks may run in different modes',
    );
  });
}
