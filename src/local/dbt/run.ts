/**
 * What a run of dbt consists of: the nodes that a command deals with, and what comes out of each.
 * https://docs.getdbt.com/reference/dbt-commands, https://docs.getdbt.com/reference/artifacts/run-results-json
 */
import type { DbtCommand } from './args';
import { type DagNode, type Graph, isEphemeral, type ResourceType } from './dag';

/** As dbt's run_results.json writes it. */
export type NodeStatus = 'success' | 'error' | 'fail' | 'warn' | 'pass' | 'skipped';

export interface NodeResult {
  node: DagNode;
  status: NodeStatus;
  message: string | null;
  /** Tests only: failing rows. */
  failures: number | null;
  /** Seconds since the run's start. */
  start: number;
  end: number;
}

export interface RunOutcome {
  /** In the order in which they were dealt with; after a crash only those that had ended. */
  results: NodeResult[];
  crashed: boolean;
  /** Until the last node ended, or until the crash. */
  seconds: number;
}

/** What goes wrong, asked once for each node that starts. */
export interface Faults {
  fails(node: DagNode): boolean;
  /** What Snowflake says then; `null` for nothing in particular. */
  error?(node: DagNode): string | null;
  /** Whether dbt dies while this node runs. */
  crashes(node: DagNode): boolean;
}

/** What a command deals with unless told otherwise. https://docs.getdbt.com/reference/dbt-commands */
export const RUNS: Readonly<Record<DbtCommand, readonly ResourceType[]>> = {
  build: ['model', 'seed', 'snapshot', 'function', 'test', 'unit_test'],
  run: ['model'],
  test: ['test', 'unit_test'],
  seed: ['seed'],
  snapshot: ['snapshot'],
  list: [
    ...(['model', 'seed', 'snapshot', 'function', 'test', 'unit_test', 'source'] as const),
    ...(['exposure', 'metric', 'semantic_model', 'saved_query'] as const),
  ],
  compile: ['model', 'seed', 'snapshot', 'function', 'test', 'analysis'],
  'docs generate': ['model', 'seed', 'snapshot', 'function', 'test', 'analysis'],
  retry: [],
  parse: [],
  deps: [],
  clean: [],
};

/** The types that a run turns into something; the others are only ever listed or compiled. */
const RUN_TYPES: readonly string[] = RUNS.build;

/**
 * The selected nodes that the command deals with, parents first, the unit tests of a model before it. Ephemeral models
 * are among them: they are compiled, and leave no result.
 */
export function nodesToRun(
  graph: Graph,
  command: DbtCommand,
  selected: ReadonlySet<string>,
  types: ReadonlySet<string> = new Set(RUNS[command]),
): DagNode[] {
  const nodes = graph.order
    .filter((id) => selected.has(id))
    .map((id) => graph.byId.get(id)!)
    .filter(({ resourceType }) => types.has(resourceType));
  if (command === 'list') return nodes.sort((a, b) => (a.uniqueId < b.uniqueId ? -1 : 1));
  if (command === 'compile' || command === 'docs generate') return nodes.filter((node) => !isEphemeral(node));
  const run = nodes.filter(({ resourceType }) => RUN_TYPES.includes(resourceType));
  return command === 'build' ? unitTestsFirst(graph, run) : run;
}

/** In `build` the unit tests of a model run before the model. https://docs.getdbt.com/docs/build/unit-tests */
function unitTestsFirst(graph: Graph, nodes: readonly DagNode[]): DagNode[] {
  const waiting = new Set(nodes.filter(({ resourceType }) => resourceType === 'unit_test'));
  if (waiting.size === 0) return [...nodes];
  const ordered: DagNode[] = [];
  for (const node of nodes) {
    if (node.resourceType === 'unit_test' && !waiting.has(node)) continue;
    for (const id of node.resourceType === 'model' ? graph.children.get(node.uniqueId)! : []) {
      const test = graph.byId.get(id)!;
      if (waiting.delete(test)) ordered.push(test);
    }
    waiting.delete(node);
    ordered.push(node);
  }
  return ordered;
}
