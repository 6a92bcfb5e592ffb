/** What a command line of dbt is going to run. */
import type { Catalog } from '../engine/contract';
import { DbtError, type DbtInvocation, parseArgs } from './args';
import { type DagNode, type Graph, graphOf } from './dag';
import { type Execution, liveRun, stateLeftBy } from './executions';
import type { DbtProject } from './projects';
import { nodesToRun, RUNS } from './run';
import type { PreviousState } from './selector-methods';
import { type Selection, selectNodes } from './selectors';

export interface Plan {
  /** What is run: for `retry`, the command that failed. */
  invocation: DbtInvocation;
  graph: Graph;
  nodes: DagNode[];
  warnings: readonly string[];
}

/**
 * @param imports artifacts of earlier runs by the path that `--state` may name
 * @throws DbtError for what dbt refuses before it runs anything
 */
export function planRun(
  project: DbtProject,
  given: DbtInvocation,
  imports: ReadonlyMap<string, PreviousState> | undefined,
  catalog: Catalog,
): Plan {
  const graph = graphOf(project.dag);
  const live = liveRun(catalog, project);
  if (given.command === 'retry') return planRetry(live, given, graph);
  const previous = stateOf(given, imports, live && stateLeftBy(live, catalog));
  const { nodes, warnings } = select(graph, given, previous);
  const types = resourceTypesOf(given);
  return { invocation: given, graph, nodes: nodesToRun(graph, given.command, nodes, types), warnings };
}

/** `--resource-type` and its opposite; `all` is what the command can deal with, `default` what it does. */
function resourceTypesOf(given: DbtInvocation): Set<string> {
  const wanted = given.resourceTypes.length > 0 ? given.resourceTypes : ['default'];
  const types = wanted.flatMap((type): readonly string[] => {
    if (type === 'default') return RUNS[given.command];
    if (type !== 'all') return [type];
    return given.command === 'list' ? [...RUNS.list, 'analysis'] : RUNS[given.command];
  });
  return new Set(types.filter((type) => !given.excludeResourceTypes.includes(type)));
}

const selections = new WeakMap<Graph, Map<string, Selection>>();

/** The same selection again and again is what a schedule asks for. */
function select(graph: Graph, given: DbtInvocation, previous: PreviousState | undefined): Selection {
  const { select: wanted, exclude, indirectSelection: indirect } = given;
  const request = { select: wanted, exclude, indirect, ...(previous ? { previous } : {}) };
  if (previous) return selectNodes(graph, request);
  const known = selections.get(graph) ?? new Map<string, Selection>();
  selections.set(graph, known);
  const key = JSON.stringify([wanted, exclude, indirect]);
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
  return {
    invocation,
    graph,
    nodes: nodesToRun(graph, before.command, unfinished, new Set(RUNS[before.command])),
    warnings: [],
  };
}

/** The artifacts that `--state` names: an import's, or those in the project's own target directory. */
function stateOf(
  { state }: DbtInvocation,
  imports: ReadonlyMap<string, PreviousState> | undefined,
  live: PreviousState | undefined,
): PreviousState | undefined {
  if (state === undefined) return undefined;
  const path = state.replace(/^\.\//, '').replace(/\/+$/, '');
  if (path === 'target') return live ?? {};
  const imported = imports?.get(path);
  if (!imported) throw new DbtError(`--state ${state} is not the path of an import`);
  return imported;
}
