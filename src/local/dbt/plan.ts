/** What a command line of dbt is going to run. */
import type { Catalog } from '../engine/contract';
import { DbtError, type DbtInvocation, parseArgs } from './args';
import { type DagNode, type Graph, graphOf } from './dag';
import { type Execution, liveRun, resultsOf } from './executions';
import type { DbtProject } from './projects';
import { nodesToRun } from './run';
import type { PreviousResults } from './selector-methods';
import { type Selection, selectNodes } from './selectors';

export interface Plan {
  /** What is run: for `retry`, the command that failed. */
  invocation: DbtInvocation;
  graph: Graph;
  nodes: DagNode[];
  warnings: readonly string[];
}

/**
 * @param imports results of earlier runs by the path that `--state` may name
 * @throws DbtError for what dbt refuses before it runs anything
 */
export function planRun(
  project: DbtProject,
  given: DbtInvocation,
  imports: ReadonlyMap<string, PreviousResults> | undefined,
  catalog: Catalog,
): Plan {
  const graph = graphOf(project.dag);
  const live = liveRun(catalog, project);
  if (given.command === 'retry') return planRetry(live, given, graph);
  if (given.indirectSelection !== 'eager') {
    throw new DbtError(
      `the local dbt only knows --indirect-selection eager, not '${given.indirectSelection}'`,
    );
  }
  const previous = stateOf(given, imports, live);
  const { nodes, warnings } = select(graph, given, previous);
  const wanted = nodesToRun(graph, given.command, nodes).filter(
    ({ resourceType }) =>
      (given.resourceTypes.length === 0 || given.resourceTypes.includes(resourceType)) &&
      !given.excludeResourceTypes.includes(resourceType),
  );
  return { invocation: given, graph, nodes: wanted, warnings };
}

const selections = new WeakMap<Graph, Map<string, Selection>>();

/** The same selection again and again is what a schedule asks for. */
function select(graph: Graph, given: DbtInvocation, previous: PreviousResults | undefined): Selection {
  const request = { select: given.select, exclude: given.exclude, ...(previous ? { previous } : {}) };
  if (previous) return selectNodes(graph, request);
  const known = selections.get(graph) ?? new Map<string, Selection>();
  selections.set(graph, known);
  const key = JSON.stringify([given.select, given.exclude]);
  const selection = known.get(key) ?? selectNodes(graph, request);
  if (known.size >= 100) known.clear();
  known.set(key, selection);
  return selection;
}

/** https://docs.getdbt.com/reference/commands/retry */
function planRetry(last: Execution | undefined, given: DbtInvocation, graph: Graph): Plan {
  if (!last?.results) throw new DbtError("Could not find previous run in 'target' target directory");
  const before = parseArgs(`${last.command} ${last.args}`);
  const unfinished = new Set(
    Object.entries(last.results)
      .filter(([, status]) => status === 'error' || status === 'fail' || status === 'skipped')
      .map(([id]) => id),
  );
  const invocation = {
    ...before,
    threads: given.threads ?? before.threads,
    fullRefresh: given.fullRefresh || before.fullRefresh,
    failFast: given.failFast || before.failFast,
    vars: given.vars ?? before.vars,
    target: given.target ?? before.target,
  };
  return { invocation, graph, nodes: nodesToRun(graph, before.command, unfinished), warnings: [] };
}

/** The results that `--state` names: an import's, or those in the project's own target directory. */
function stateOf(
  { state }: DbtInvocation,
  imports: ReadonlyMap<string, PreviousResults> | undefined,
  live: Execution | undefined,
): PreviousResults | undefined {
  if (state === undefined) return undefined;
  const path = state.replace(/^\.\//, '').replace(/\/+$/, '');
  if (path === 'target') return live && resultsOf(live);
  const imported = imports?.get(path);
  if (!imported) throw new DbtError(`--state ${state} is not the path of an import`);
  return imported;
}
