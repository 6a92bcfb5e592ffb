/** What a command line of dbt is going to run. */
import type { Catalog } from '../engine/contract';
import { unsupported } from '../errors';
import { DbtError, type DbtInvocation, parseArgs } from './args';
import { type DagNode, type Graph, graphOf } from './dag';
import { type Execution, liveRun, stateLeftBy } from './executions';
import type { DbtProject } from './projects';
import { nodesToRun, RUNS } from './run';
import type { PreviousState } from './selector-methods';
import { type Selection, selectNodes } from './selectors';
import { definitionFor } from './yaml-selectors';

export interface Plan {
  /** What is run: for `retry`, the command that failed. */
  invocation: DbtInvocation;
  graph: Graph;
  nodes: DagNode[];
  /** Of a retry: the command line that it repeats. */
  repeats?: string;
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
  const target = live && stateLeftBy(live, catalog);
  const previous = given.state === undefined ? undefined : stateAt(given.state, imports, target);
  const { nodes, warnings } = select(graph, given, previous);
  const types = resourceTypesOf(given);
  const planned = nodesToRun(graph, given.command, nodes, types);
  if (planned.length > 0) refuseDeferral(given, imports, target);
  return { invocation: given, graph, nodes: planned, warnings };
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
  const defined = definitionFor(graph.dag.selectors ?? {}, given);
  const request = { select: wanted, exclude, indirect, ...(defined === undefined ? {} : { defined }) };
  if (previous) return selectNodes(graph, { ...request, previous });
  const known = selections.get(graph) ?? new Map<string, Selection>();
  selections.set(graph, known);
  const key = JSON.stringify(request);
  const selection = known.get(key) ?? selectNodes(graph, request);
  if (known.size >= 100) known.clear();
  known.set(key, selection);
  return selection;
}

/** https://docs.getdbt.com/reference/commands/retry: of its own options only `--threads` and `--vars` count. */
function planRetry(last: Execution | undefined, given: DbtInvocation, graph: Graph): Plan {
  if (given.state !== undefined) throw unsupported('dbt retry --state');
  if (!last?.results) throw new DbtError("Could not find previous run in 'target' target directory");
  const repeats = last.repeats ?? `${last.command} ${last.args}`.trim();
  const before = parseArgs(repeats);
  const retried = ['error', 'fail', 'skipped', ...(given.warnError ? ['warn'] : [])];
  const unfinished = new Set(
    Object.entries(last.results)
      .filter(([, status]) => retried.includes(status))
      .map(([id]) => id),
  );
  return {
    invocation: { ...before, threads: given.threads ?? before.threads, vars: given.vars ?? before.vars },
    repeats,
    graph,
    nodes: nodesToRun(graph, 'retry', unfinished, new Set(RUNS[before.command])),
    warnings: [],
  };
}

/** @throws DbtError as dbt does before its first hook, where there is anything to run */
function refuseDeferral(
  { defer, deferState, state, command }: DbtInvocation,
  imports: ReadonlyMap<string, PreviousState> | undefined,
  live: PreviousState | undefined,
): void {
  if (!defer || command === 'list') return;
  const path = deferState ?? state;
  if (path === undefined)
    throw new DbtError('--state or --defer-state are required for deferral, but neither was provided');
  if (!stateAt(path, imports, live)?.manifest)
    throw new DbtError(`Could not find manifest in --state path: "${path}"`);
}

/** The artifacts that a path names: an import's, or those in the project's own target directory. */
function stateAt(
  path: string,
  imports: ReadonlyMap<string, PreviousState> | undefined,
  live: PreviousState | undefined,
): PreviousState {
  const folder = path.replace(/^\.\//, '').replace(/\/+$/, '');
  if (folder === 'target') return live ?? {};
  const imported = imports?.get(folder);
  if (!imported) throw new DbtError(`--state ${path} is not the path of an import`);
  return imported;
}
