/** Config -> Deployment: every default filled in, every name folded, every problem found. Pure. */
import { checkShape } from '../config/check';
import { FOLDER_NAME, environmentProblems } from '../config/environments';
import { ConfigProblems, asProblems, problemSink, showValue, type ProblemSink } from '../config/problems';
import type { DeploymentConfig } from '../config/types';
import { resolveAlerts } from './alerts';
import { checkCollisions, checkSharedLogs } from './collisions';
import type { Deployment, State, Task } from './deployment';
import { deepFreeze } from './freeze';
import { resolveConnection, resolveGrants, resolveNotification } from './grants';
import { checkDistinct, jobSources, resolveJob, type JobSource } from './jobs';
import { resolveLookBack } from './look-back';
import { resolveNames } from './object-names';
import { readIdentifier, type Home } from './read-names';
import { resolveRunner } from './runner';
import { checkSecrets } from './secrets';
import { resolveState } from './state';
import { assembleGraphs, taskGraphs } from './task-graph';
import { readDefaults } from './task-defaults';
import { resolveTask, taskSources, type TaskSource } from './tasks';
import { findWarnings } from './warnings/find';

/**
 * The deployments of one environment.
 * @param config what `auto-restart.config.ts` exports, its `deployments` called; of any type, it is checked here
 * @param env `null` where the config declares no environments
 * @returns the deployments in the order of the config, frozen
 * @throws ConfigProblems with every problem, none twice
 */
export function resolveDeployments(config: unknown, env: string | null = null): Deployment[] {
  const { config: shaped, order, found } = checkShape(config);
  const problems = problemSink(found);
  const entries = Object.entries(shaped.deployments);
  checkApp(shaped.app, problems);
  checkDeploymentNames(entries, problems);
  const deployments = entries.map(([name, deployment]) =>
    resolveDeployment({ name, app: shaped.app ?? null, env }, deployment, problems.at('deployments', name)),
  );
  if (found.length === 0) {
    checkCollisions(deployments, problems);
    checkSharedLogs(deployments, problems);
  }
  const all = [...environmentProblems(shaped.environments), ...asProblems(found, order)];
  if (all.length > 0) throw new ConfigProblems(all);
  return deepFreeze(deployments);
}

/** It stands in the mark of every object, between a blank and a slash. */
function checkApp(app: string | undefined, problems: ProblemSink): void {
  if (app === undefined || /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$/.test(app)) return;
  const hint = 'at most 64 letters, digits, _, . and -';
  problems.add(['app'], `${showValue(app)} is not a valid name of a repository`, hint);
}

/** Names are folders below `generated/`, also on disks that do not tell upper from lower case. */
function checkDeploymentNames(entries: readonly (readonly [string, unknown])[], problems: ProblemSink): void {
  const seen = new Map<string, string>();
  for (const [name] of entries) {
    if (!FOLDER_NAME.test(name)) {
      const hint = 'it is a folder: use letters, digits, _ and -';
      problems.add(['deployments', name], `${showValue(name)} is not a valid name of a deployment`, hint);
    }
    const other = seen.get(name.toLowerCase());
    if (other !== undefined) {
      problems.add(
        ['deployments', name],
        `it differs from ${other} only in case`,
        'their folders would be one',
      );
    }
    seen.set(name.toLowerCase(), name);
  }
  if (entries.length === 0) {
    problems.missing(['deployments'], 'there is no deployment', 'describe at least one');
  }
}

function resolveDeployment(
  identity: Pick<Deployment, 'name' | 'app' | 'env'>,
  config: DeploymentConfig,
  problems: ProblemSink,
): Deployment {
  const home: Home = {
    database: readIdentifier(config.database, problems, ['database'], 'name of a database'),
    schema: readIdentifier(config.schema, problems, ['schema'], 'name of a schema'),
  };
  const permanentErrors = hasPermanentErrors(config);
  const state = resolveState(config.state, home, permanentErrors, problems.at('state'));
  const wellFormed = !problems.reported('state') && !problems.reported('runner');
  if (wellFormed && state.kind === 'execution-history' && config.runner.kind === 'procedure') {
    const hint = 'the history knows only EXECUTE DBT PROJECT: use executeDbtProject, or auditTables';
    problems.add(['state'], 'executionHistory does not go with a procedure runner', hint);
  }
  checkSecrets(config, problems);
  const sources = jobSources(config, problems);
  const defaults = readDefaults(config, problems);
  const tasks = taskSources(config, defaults, sources, problems);
  const jobs = sources.map((source) => resolveJob(source, timeoutsOf(source, tasks), state, problems));
  if (jobs.length === 0) {
    const hint = 'describe a job, or give a task a project: plain dbt runs alone need no deployment';
    problems.missing(['jobs'], 'there is nothing to restart', hint);
  }
  checkDistinct(jobs, sources, state, problems);
  checkProjects(config, state, sources, problems);
  const graphs = taskGraphs(tasks, problems);
  const restarting = new Set(tasks.filter(({ job }) => job !== null).map((task) => task.name));
  const resolved = tasks.map((task): Task => resolveTask(task, config, defaults, home, restarting, problems));

  const calls = Object.values(config.tasks).some(({ job, project }) => (job ?? project) !== undefined);
  const deployment: Deployment = {
    ...identity,
    connection: resolveConnection(config, problems),
    ...home,
    ...resolveNames(config, home, problems.at('names')),
    lookBackDays: resolveLookBack(config, problems),
    state,
    runner: resolveRunner(config.runner, home, problems.at('runner')),
    jobs,
    graphs: assembleGraphs(graphs, resolved),
    grants: resolveGrants(config, problems),
    notification: resolveNotification(config.notification, problems.at('notification')),
    alerts: resolveAlerts(config.alerts, config.names, home, { permanentErrors, calls }, problems),
    warnings: [],
  };
  // Doubts are about a config that is valid; beside problems they would only distract.
  return problems.reported()
    ? deployment
    : { ...deployment, warnings: findWarnings({ deployment, config, sources, tasks }) };
}

/** Only then the messages of a known layout are read. */
function hasPermanentErrors({ jobs, tasks }: DeploymentConfig): boolean {
  return [...Object.values(jobs ?? {}), ...Object.values(tasks)].some(
    ({ retry }) => (retry?.permanentErrors ?? []).length > 0,
  );
}

/** Timeouts of the tasks that run the job, as far as the config states them. */
function timeoutsOf(source: JobSource, tasks: readonly TaskSource[]): number[] {
  return tasks.filter(({ job }) => job === source).flatMap(({ timeoutMs }) => timeoutMs ?? []);
}

/** A dbt project object holds one project, and a log without a project column tells none apart. */
function checkProjects(
  config: DeploymentConfig,
  state: State,
  sources: readonly JobSource[],
  problems: ProblemSink,
): void {
  const hint = onlyOneProject(config, state);
  if (hint === null) return;
  const plain = Object.entries(config.tasks).flatMap(([key, { run }]) =>
    run === undefined ? [] : [{ path: ['tasks', key, 'run'], project: run.project }],
  );
  const all = [...sources.map(({ path, config: job }) => ({ path, project: job.project })), ...plain];
  const [first] = all;
  for (const { path, project } of all) {
    if (project === first?.project) continue;
    problems.add([...path, 'project'], `${showValue(project)} beside ${showValue(first?.project)}`, hint);
  }
}

function onlyOneProject(config: DeploymentConfig, state: State): string | null {
  if (config.runner.kind === 'execute-dbt-project') {
    return 'executeDbtProject runs one dbt project object: give the other project a deployment of its own';
  }
  if (state.kind === 'audit-tables' && state.runs.project === null) {
    return 'the log has no project column to tell them apart: name it in layout.runs.project, or use two deployments';
  }
  return null;
}
