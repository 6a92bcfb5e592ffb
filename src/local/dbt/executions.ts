/**
 * What Snowflake remembers of each run of a dbt project: the history of 7 days, the artifacts of 14.
 * https://docs.snowflake.com/en/sql-reference/functions/dbt_project_execution_history,
 * https://docs.snowflake.com/en/user-guide/data-engineering/dbt-projects-on-snowflake-monitoring-observability
 */
import { keyOf } from '../catalog/names';
import type { Catalog, Collection, QualifiedName } from '../engine/contract';
import type { NodeStatus } from './run';
import { type DeployedNodes, deployedNodes, versionOf } from './fingerprint';
import type { Dag } from './dag';
import type { PreviousState } from './selector-methods';

export interface Execution {
  queryId: string;
  database: string;
  schema: string;
  objectName: string;
  user: string;
  warehouse: string | null;
  /** The task run that it was part of; `null` for a person's. */
  task: { name: string; runGroupId: string } | null;
  /** `build`, and what followed it. */
  command: string;
  args: string;
  /** The arguments that run_results.json holds: of a retry, those of the run that it repeats. Left out: its own. */
  repeats?: string;
  dbtVersion: string;
  /** Microseconds UTC. */
  startedAt: number;
  /** `null` while it runs. */
  endedAt: number | null;
  state: ExecutionState | null;
  errorMessage: string | null;
  /**
   * run_results.json: status by unique id, in the order of execution; `null` where the run left none. dbt writes it
   * after its nodes, so what it refuses before (a selection, a state, a deferral) leaves none.
   */
  results: Record<string, NodeStatus> | null;
  /** manifest.json, in `dbt manifests`: written once the project is parsed; absent where the command line was refused. */
  manifest?: string;
  log: string;
}

export type ExecutionState = 'SUCCESS' | 'HANDLED_ERROR' | 'UNHANDLED ERROR';

const DAY = 24 * 60 * 60 * 1_000_000;
export const HISTORY_MICROS = 7 * DAY;
const ARTIFACTS_MICROS = 14 * DAY;

/** Whether Snowflake still has what the run left. */
export function isKept({ startedAt }: Execution, now: number): boolean {
  return startedAt >= now - ARTIFACTS_MICROS;
}

export function executionsOf(catalog: Catalog): Collection<Execution> {
  return catalog.collection<Execution>('dbt executions');
}

/** Keeps `execution` and lets go of those whose artifacts have expired. */
export async function keepExecution(catalog: Catalog, execution: Execution): Promise<void> {
  const executions = executionsOf(catalog);
  const expired: Execution[] = [];
  for (const each of executions.values()) {
    if (isKept(each, execution.startedAt)) break;
    expired.push(each);
  }
  for (const { queryId } of expired) await executions.delete(queryId);
  await forgetManifests(catalog, expired);
  await executions.set(execution.queryId, execution);
}

/** Query id of the last run that wrote its target back into the live version, by project. */
function liveTargets(catalog: Catalog): Collection<string> {
  return catalog.collection<string>('dbt live targets');
}

/** The run that `target/` of the live version is of. */
export function liveRun(catalog: Catalog, project: QualifiedName): Execution | undefined {
  const queryId = liveTargets(catalog).get(keyOf(project));
  return queryId === undefined ? undefined : executionsOf(catalog).get(queryId);
}

export async function setLiveTarget(
  catalog: Catalog,
  project: QualifiedName,
  queryId: string,
): Promise<void> {
  await liveTargets(catalog).set(keyOf(project), queryId);
}

/** A deployment replaces the whole live version. */
export async function clearLiveTarget(catalog: Catalog, project: QualifiedName): Promise<void> {
  await liveTargets(catalog).delete(keyOf(project));
}

/** CREATE OR REPLACE and DROP take the project's history with them. */
export async function forgetExecutions(catalog: Catalog, project: QualifiedName): Promise<void> {
  const own = [...executionsOf(catalog).values()].filter((execution) => isOf(execution, project));
  for (const { queryId } of own) await executionsOf(catalog).delete(queryId);
  await forgetManifests(catalog, own);
  await clearLiveTarget(catalog, project);
}

function isOf(execution: Execution, project: QualifiedName): boolean {
  return nameOf(execution) === keyOf(project);
}

/** `EDW.O2C_AUDIT.DBT_O2C_ENHANCED`. */
export function nameOf({ database, schema, objectName }: Execution): string {
  return keyOf({ database, schema, name: objectName });
}

/** The artifacts that a run left: one that was killed has none, one that ran no node a manifest alone. */
export function stateLeftBy(execution: Execution, catalog: Catalog): PreviousState {
  if (execution.state !== 'SUCCESS' && execution.state !== 'HANDLED_ERROR') return {};
  const manifest = execution.manifest === undefined ? undefined : manifests(catalog).get(execution.manifest);
  return {
    ...(execution.results ? { results: new Map(Object.entries(execution.results)) } : {}),
    ...(manifest ? { manifest } : {}),
  };
}

/** manifest.json of the runs that left one, by `versionOf`: a hundred runs of one deployment share it. */
function manifests(catalog: Catalog): Collection<DeployedNodes> {
  return catalog.collection<DeployedNodes>('dbt manifests');
}

/** @returns what `execution.manifest` is of a run of `dag` */
export async function keepManifest(catalog: Catalog, dag: Dag): Promise<string> {
  const version = versionOf(dag);
  if (!manifests(catalog).get(version)) await manifests(catalog).set(version, deployedNodes(dag));
  return version;
}

/** Lets go of the manifests of runs that are forgotten, where no run of the same one is left. */
async function forgetManifests(catalog: Catalog, forgotten: readonly Execution[]): Promise<void> {
  for (const version of new Set(forgotten.map(({ manifest }) => manifest)))
    if (version !== undefined && !isLeft(catalog, version)) await manifests(catalog).delete(version);
}

function isLeft(catalog: Catalog, version: string): boolean {
  for (const { manifest } of executionsOf(catalog).values()) if (manifest === version) return true;
  return false;
}

/** The executions of `project`, newest first. */
export function runsOf(project: QualifiedName, catalog: Catalog): Execution[] {
  return [...executionsOf(catalog).values()]
    .filter((execution) => isOf(execution, project))
    .sort((a, b) => b.startedAt - a.startedAt);
}

/** A renamed project keeps its runs. */
export async function moveExecutions(
  catalog: Catalog,
  from: QualifiedName,
  to: QualifiedName,
): Promise<void> {
  const moved = { database: to.database, schema: to.schema, objectName: to.name };
  for (const execution of runsOf(from, catalog)) {
    await executionsOf(catalog).set(execution.queryId, { ...execution, ...moved });
  }
  const live = liveRun(catalog, from);
  await clearLiveTarget(catalog, from);
  if (live) await setLiveTarget(catalog, to, live.queryId);
}
