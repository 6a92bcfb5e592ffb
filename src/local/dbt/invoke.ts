/**
 * One run of dbt inside Snowflake, from its command line to what it leaves behind: rows that hooks write, artifacts,
 * a line of history. https://docs.snowflake.com/en/sql-reference/sql/execute-dbt-project
 */
import { createHash } from 'node:crypto';
import { keyOf } from '../catalog/names';
import type { Session } from '../engine/contract';
import { SnowflakeError } from '../errors';
import { DbtError, type DbtInvocation, parseArgs, splitCommand } from './args';
import { commandLineOf, controlsOf, faultsOf, setControls } from './controls';
import {
  clearLiveTarget,
  type Execution,
  executionsOf,
  keepExecution,
  keepManifest,
  setLiveTarget,
} from './executions';
import type { DagNode } from './dag';
import { listed } from './listed';
import type { HookContext } from './hooks/layout';
import { RunHooks } from './hooks/run-hooks';
import { planRun } from './plan';
import { DEFAULT_DBT_VERSION, type DbtProject } from './projects';
import { type NodeResult, type RunOutcome, runNodes } from './run';
import type { PreviousState } from './selector-methods';

export interface Invocation {
  queryId: string;
  /** Of dbt's command line, without the word `dbt`. */
  args: string;
  dbtVersion?: string;
  writeback?: boolean;
  /** Artifacts of earlier runs by the path that `--state` may name. */
  imports?: ReadonlyMap<string, PreviousState>;
}

/** @returns what dbt printed @throws SnowflakeError when dbt fails or dies */
export async function invokeDbt(project: DbtProject, request: Invocation, session: Session): Promise<string> {
  const run = await begin(project, request, session);
  try {
    await perform(run);
    await finish(run, { state: 'SUCCESS', errorMessage: null });
    return run.execution.log;
  } catch (error) {
    if (error instanceof DbtError) {
      await finish(run, { state: 'HANDLED_ERROR', errorMessage: error.message });
      throw failure(run, error.message);
    }
    if (error instanceof SnowflakeError && error.code === UNSUPPORTED) {
      await executionsOf(session.account.catalog).delete(run.execution.queryId);
      throw error;
    }
    const message = error instanceof Error ? error.message : String(error);
    await finish(run, { state: 'UNHANDLED ERROR', errorMessage: message });
    throw error instanceof Crash ? failure(run, message) : error;
  }
}

/** Of `unsupported`: the run never was one of Snowflake's. */
const UNSUPPORTED = '000002';

/** The process that runs dbt dies: no on-run-end, no artifacts. */
class Crash extends Error {}

interface Run {
  project: DbtProject;
  request: Invocation;
  session: Session;
  execution: Execution;
}

async function begin(project: DbtProject, request: Invocation, session: Session): Promise<Run> {
  const execution: Execution = {
    queryId: request.queryId,
    database: project.database,
    schema: project.schema,
    objectName: project.name,
    user: session.user,
    warehouse: session.warehouse ?? null,
    task: session.task ? { name: session.task.taskName, runGroupId: session.task.runGroupId } : null,
    command: 'run',
    args: request.args.trim(),
    dbtVersion: request.dbtVersion ?? project.properties.DBT_VERSION ?? DEFAULT_DBT_VERSION,
    startedAt: Number(session.account.clock.now()),
    endedAt: null,
    state: null,
    errorMessage: null,
    results: null,
    log: '',
  };
  await keepExecution(session.account.catalog, execution);
  return { project, request, session, execution };
}

async function finish(
  { execution, session }: Run,
  end: Pick<Execution, 'state' | 'errorMessage'>,
): Promise<void> {
  Object.assign(execution, end, { endedAt: Number(session.account.clock.now()) });
  if (end.errorMessage !== null) log(execution, `Encountered an error:\n${end.errorMessage}`);
  await executionsOf(session.account.catalog).set(execution.queryId, execution);
}

/**
 * Snowflake documents that a failing run fails the statement, but neither number nor text: 100357 stands for them.
 * https://docs.snowflake.com/en/sql-reference/functions/system_get_dbt_log
 */
function failure({ project, execution }: Run, message: string): SnowflakeError {
  return new SnowflakeError(
    '100357',
    'P0001',
    `dbt ${execution.command} of ${keyOf(project)} failed: ${message}\nSee SYSTEM$GET_DBT_LOG('${execution.queryId}').`,
  );
}

function log(execution: Execution, line: string): void {
  execution.log += `${line}\n`;
}

async function perform(run: Run): Promise<void> {
  const { project, request, session, execution } = run;
  log(execution, `Running with dbt=${execution.dbtVersion}`);
  const { command, rest } = splitCommand(request.args);
  Object.assign(execution, { command, args: rest });
  const given = parseArgs(request.args);
  const { invocation, graph, nodes, warnings } = planRun(
    project,
    given,
    request.imports,
    session.account.catalog,
  );
  for (const warning of warnings) log(execution, `[WARNING]: ${warning}`);
  if (given.warnError && warnings[0] !== undefined) throw new DbtError(warnings[0]);
  if (await answerWithoutRunning(run, given, nodes)) return;

  const controls = controlsOf(session.account.catalog, project);
  const faults = faultsOf(controls.faults, commandLineOf(given), execution.task?.name ?? null);
  if (faults.crashesAtStart()) {
    await setControls(session.account.catalog, project, { faults: faults.left() });
    throw new Crash('dbt was terminated before it started');
  }
  if (nodes.length === 0) {
    log(execution, '[WARNING]: Nothing to do. Try checking your model configs and model specification args');
    await leaveResults(run, []);
    return;
  }
  const hooks = new RunHooks(session, hookContext(run, invocation, controls.target), controls.hooks);
  try {
    await hooks.start();
    const outcome = runNodes(graph, nodes, {
      command: invocation.command,
      threads: invocation.threads ?? 1,
      failFast: invocation.failFast,
      faults,
    });
    if (controls.faults.length > 0)
      await setControls(session.account.catalog, project, { faults: faults.left() });
    await passTime(run, outcome, hooks);
    await leaveResults(run, outcome.results);
    await hooks.end(outcome, nodes.length);
    report(execution, outcome.results);
  } finally {
    await hooks.close();
  }
}

/** What only reads the project, or throws artifacts away. @returns whether the command was one of these */
async function answerWithoutRunning(
  run: Run,
  { command, output }: DbtInvocation,
  nodes: readonly DagNode[],
): Promise<boolean> {
  const { execution, project, session } = run;
  switch (command) {
    case 'list':
      if (nodes.length === 0) log(execution, '[WARNING]: No nodes selected!');
      for (const node of nodes) log(execution, listed(node, output));
      return true;
    case 'compile':
    case 'docs generate': {
      const compiled = nodes.map((node) => ({ node, status: 'success' as const }));
      await leaveResults(run, compiled);
      log(execution, `Compiled ${nodes.length} nodes`);
      return true;
    }
    case 'clean':
      await clearLiveTarget(session.account.catalog, project);
      log(execution, 'Finished cleaning all paths.');
      return true;
    default:
      return command === 'parse' || command === 'deps';
  }
}

function hookContext(run: Run, invocation: DbtInvocation, target: string | undefined): HookContext {
  const { project, session, execution } = run;
  return {
    invocationId: invocationIdOf(execution),
    project: project.dag.project,
    projectVersion: project.dag.version,
    target: invocation.target ?? project.properties.DEFAULT_TARGET ?? target ?? 'dev',
    command: invocation.command,
    select: invocation.select,
    exclude: invocation.exclude,
    fullRefresh: invocation.fullRefresh,
    vars: invocation.vars,
    threads: invocation.threads ?? 1,
    dbtVersion: execution.dbtVersion,
    database: project.database,
    schema: project.schema,
    user: session.user,
    role: session.role,
    warehouse: session.warehouse,
    startedAt: BigInt(execution.startedAt),
    zone: session.parameters.get('TIMEZONE') ?? 'America/Los_Angeles',
  };
}

/** A UUID that only depends on the query: rehearsals are the same every time. */
function invocationIdOf({ queryId, startedAt }: Execution): string {
  const hex = createHash('sha256').update(`${queryId} ${startedAt}`).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** Sleeps as long as the nodes take. Cut short by a cancel or a timeout, it logs what post-hooks had logged till then. */
async function passTime(run: Run, outcome: RunOutcome, hooks: RunHooks): Promise<void> {
  const { clock } = run.session.account;
  const startedAt = clock.now();
  try {
    await clock.sleep(BigInt(Math.round(outcome.seconds * 1e6)), run.session.signal);
  } catch (cancelled) {
    const seconds = Number(clock.now() - startedAt) / 1e6;
    await hooks.killed(outcome.results.filter(({ end }) => end <= seconds));
    throw cancelled;
  }
  if (outcome.crashed) {
    await hooks.killed(outcome.results);
    throw new Crash('dbt was terminated while it ran');
  }
}

/** Keeps run_results.json and manifest.json; with writeback also as the live version's own target. */
async function leaveResults(
  { project, request, session, execution }: Run,
  results: readonly Pick<NodeResult, 'node' | 'status'>[],
): Promise<void> {
  execution.manifest = await keepManifest(session.account.catalog, project.dag);
  execution.results = Object.fromEntries(results.map(({ node, status }) => [node.uniqueId, status]));
  if (!(request.writeback ?? project.properties.DEFAULT_WRITEBACK ?? true)) return;
  await setLiveTarget(session.account.catalog, project, execution.queryId);
}

/** dbt's summary; a failed node fails the run. */
function report(execution: Execution, results: readonly NodeResult[]): void {
  const count = (...statuses: string[]) => results.filter(({ status }) => statuses.includes(status)).length;
  const failed = results.filter(({ status }) => status === 'error' || status === 'fail');
  for (const [index, { node, status, start, end }] of results.entries()) {
    log(
      execution,
      `${index + 1} of ${results.length} ${status.toUpperCase()} ${node.resourceType} ${node.name} [in ${(end - start).toFixed(2)}s]`,
    );
  }
  const summary =
    `Done. PASS=${count('success', 'pass')} WARN=${count('warn')} ERROR=${failed.length} ` +
    `SKIP=${count('skipped')} TOTAL=${results.length}`;
  log(execution, summary);
  if (failed.length === 0) return;
  const messages = failed
    .slice(0, 3)
    .map(({ node, status, message }) =>
      status === 'fail' ? `Failure in test ${node.name} (${node.path})\n  ${message}` : message,
    );
  throw new DbtError([...messages, summary].join('\n'));
}
