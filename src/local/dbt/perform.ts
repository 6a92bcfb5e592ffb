/** What a command of dbt does once its run has begun: it lists, compiles, or runs nodes and hooks while time passes. */
import { createHash } from 'node:crypto';
import type { Session } from '../engine/contract';
import { DbtError, type DbtInvocation, parseArgs, splitCommand } from './args';
import { commandLineOf, controlsOf, faultsOf, setControls } from './controls';
import { type DagNode, isEphemeral } from './dag';
import { clearLiveTarget, type Execution, keepManifest, setLiveTarget } from './executions';
import type { HookContext } from './hooks/layout';
import { RunHooks } from './hooks/run-hooks';
import { listed } from './listed';
import { planRun } from './plan';
import type { DbtProject } from './projects';
import type { NodeResult, RunOutcome } from './run';
import { allSkipped, runNodes } from './run-nodes';
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

export interface Run {
  project: DbtProject;
  request: Invocation;
  session: Session;
  execution: Execution;
}

/** The process that runs dbt dies: no on-run-end, no artifacts. */
export class Crash extends Error {}

export function log(execution: Execution, line: string): void {
  execution.log += `${line}\n`;
}

/** @throws DbtError when dbt fails, Crash when it dies */
export async function perform(run: Run): Promise<void> {
  const { project, request, session, execution } = run;
  log(execution, `Running with dbt=${execution.dbtVersion}`);
  const { command, rest } = splitCommand(request.args);
  Object.assign(execution, { command, args: rest });
  const given = parseArgs(request.args);
  if (!WITHOUT_MANIFEST.includes(given.command)) await leaveManifest(run);
  const { invocation, repeats, graph, nodes, warnings } = planRun(
    project,
    given,
    request.imports,
    session.account.catalog,
  );
  if (repeats !== undefined) execution.repeats = repeats;
  for (const warning of warnings) log(execution, `[WARNING]: ${warning}`);
  if (given.warnError && warnings[0] !== undefined) throw new DbtError(warnings[0]);
  if (await answerWithoutRunning(run, given, nodes)) return;

  const controls = controlsOf(session.account.catalog, project);
  const faults = faultsOf(
    controls.faults,
    commandLineOf(given),
    execution.task?.name ?? null,
    controls.errors,
  );
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
    const failedHook = await hooks.start();
    const outcome =
      failedHook !== undefined && skipsAfterFailedStart(execution.dbtVersion)
        ? allSkipped(nodes)
        : runNodes(graph, nodes, {
            command: invocation.command,
            retry: given.command === 'retry',
            threads: invocation.threads ?? 1,
            failFast: invocation.failFast,
            faults,
          });
    if (controls.faults.length > 0)
      await setControls(session.account.catalog, project, { faults: faults.left() });
    await passTime(run, outcome, hooks);
    await leaveResults(run, outcome.results);
    await hooks.end(outcome, nodes.filter((node) => !isEphemeral(node)).length);
    report(execution, outcome.results, failedHook);
  } finally {
    await hooks.close();
  }
}

/**
 * The nodes of a run whose on-run-start hook failed run all the same, before dbt 1.12.
 * https://docs.getdbt.com/reference/global-configs/behavior-flags/skip_nodes_if_on_run_start_fails
 */
function skipsAfterFailedStart(dbtVersion: string): boolean {
  const [major = 0, minor = 0] = dbtVersion.split('.').map(Number);
  return major > 1 || minor >= 12;
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
    invocation,
    invocationCommand: `dbt ${execution.command} ${execution.args}`.trim(),
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

/** They do not parse the project, or (`retry`) not before they have found what to retry. */
const WITHOUT_MANIFEST: readonly string[] = ['deps', 'clean', 'retry'];

async function leaveManifest({ project, session, execution }: Run): Promise<void> {
  execution.manifest ??= await keepManifest(session.account.catalog, project.dag);
}

/** Keeps run_results.json and manifest.json; with writeback also as the live version's own target. */
async function leaveResults(
  run: Run,
  results: readonly Pick<NodeResult, 'node' | 'status'>[],
): Promise<void> {
  const { project, request, session, execution } = run;
  await leaveManifest(run);
  execution.results = Object.fromEntries(results.map(({ node, status }) => [node.uniqueId, status]));
  if (!(request.writeback ?? project.properties.DEFAULT_WRITEBACK ?? true)) return;
  await setLiveTarget(session.account.catalog, project, execution.queryId);
}

/** dbt's summary. A failed node fails the run, and so does one that was skipped, whatever it was skipped for. */
function report(execution: Execution, results: readonly NodeResult[], failedHook: string | undefined): void {
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
  if (failed.length + count('skipped') === 0 && failedHook === undefined) return;
  const told = failed.length > 0 ? failed : results.filter(({ message }) => message !== null);
  const messages = told
    .slice(0, 3)
    .map(({ node, status, message }) =>
      status === 'fail' ? `Failure in test ${node.name} (${node.path})\n  ${message}` : message,
    );
  throw new DbtError([...(failedHook === undefined ? [] : [failedHook]), ...messages, summary].join('\n'));
}
