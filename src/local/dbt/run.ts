/**
 * Runs a selection of nodes without any data: what each node's status is, and when it starts and ends.
 * https://docs.getdbt.com/reference/commands/build, https://docs.getdbt.com/reference/artifacts/run-results-json,
 * https://docs.getdbt.com/reference/global-configs/failing-fast
 */
import type { DbtCommand } from './args';
import { type DagNode, type Graph, isTest, reachable, type ResourceType } from './dag';

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

/** The selected nodes that the command deals with, parents first, the unit tests of a model before it. */
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
  const runnable = nodes.filter(({ materialized }) => materialized !== 'ephemeral');
  if (command === 'compile' || command === 'docs generate') return runnable;
  const run = runnable.filter(({ resourceType }) => RUN_TYPES.includes(resourceType));
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

export interface RunOptions {
  /** In `build` a failed test stops what is downstream of all that it tests. */
  command: DbtCommand;
  /** Nodes run at the same time. */
  threads: number;
  failFast: boolean;
  faults: Faults;
}

const FAIL_FAST = 'Skipping due to fail_fast';

/** @param nodes parents first, as `nodesToRun` gives them */
export function runNodes(graph: Graph, nodes: readonly DagNode[], options: RunOptions): RunOutcome {
  const schedule = new Schedule(graph, Math.min(options.threads, Math.max(1, nodes.length)));
  const stopped = new Set<string>();
  const results: NodeResult[] = [];
  let failedAt = Infinity;
  for (const node of nodes) {
    const start = schedule.startOf(node);
    if (stopped.has(node.uniqueId) || start >= failedAt) {
      results.push(skipped(node, start, stopped.has(node.uniqueId) ? null : FAIL_FAST));
      continue;
    }
    const end = schedule.occupy(node, start);
    if (options.faults.crashes(node)) {
      return { results: results.filter((result) => result.end <= end), crashed: true, seconds: end };
    }
    const result = finished(node, options.faults.fails(node), start, end);
    results.push(result);
    if (result.status !== 'error' && result.status !== 'fail') continue;
    for (const id of stoppedBy(graph, node, options.command)) stopped.add(id);
    if (options.failFast) failedAt = Math.min(failedAt, end);
  }
  const all = results.map((result) =>
    result.end > failedAt ? skipped(result.node, failedAt, FAIL_FAST) : result,
  );
  // In build they belong to their model, which fail-fast lists; they are not among the nodes that it goes through.
  const isListed = ({ node, message }: NodeResult): boolean =>
    options.command !== 'build' || node.resourceType !== 'unit_test' || message !== FAIL_FAST;
  return {
    results: all.filter(isListed),
    crashed: false,
    seconds: all.reduce((latest, { end }) => Math.max(latest, end), 0),
  };
}

function finished(node: DagNode, fails: boolean, start: number, end: number): NodeResult {
  const tests = isTest(node);
  const base = { node, start, end, failures: tests ? Number(fails) : null };
  if (!fails)
    return { ...base, status: tests ? 'pass' : 'success', message: tests ? null : builtMessage(node) };
  if (!tests) {
    const kind = node.resourceType[0]!.toUpperCase() + node.resourceType.slice(1);
    return {
      ...base,
      status: 'error',
      message: `Database Error in ${kind.toLowerCase()} ${node.name} (${node.path})\n  simulated failure`,
    };
  }
  const warns = node.severity === 'warn';
  if (node.resourceType === 'unit_test')
    return {
      ...base,
      status: 'fail',
      message: '\n\nactual differs from expected:\n\n@@,simulated\n→ ,0→1\n\n',
    };
  return {
    ...base,
    status: warns ? 'warn' : 'fail',
    message: `Got 1 result, configured to ${warns ? 'warn' : 'fail'} if != 0`,
  };
}

/** What the adapter answers: a seed is inserted. */
function builtMessage({ resourceType }: DagNode): string {
  return resourceType === 'seed' ? 'INSERT 1' : 'SUCCESS 1';
}

function skipped(node: DagNode, at: number, message: string | null): NodeResult {
  return { node, status: 'skipped', message, failures: null, start: at, end: at };
}

/**
 * What no longer runs once `node` has failed: everything downstream. A test has nothing downstream of its own; in
 * `build` it stands before each node that lies downstream of all that it tests, a unit test before its model.
 */
function stoppedBy(graph: Graph, node: DagNode, command: DbtCommand): Set<string> {
  if (!isTest(node)) return reachable([node.uniqueId], graph.children);
  if (command !== 'build') return new Set();
  if (node.resourceType === 'unit_test') {
    const tested = graph.parents.get(node.uniqueId)!;
    return new Set([...tested, ...reachable(tested, graph.children)]);
  }
  const [first, ...others] = graph.parents
    .get(node.uniqueId)!
    .map((parent) => reachable([parent], graph.children));
  const behind = [...(first ?? [])].filter(
    (id) => !isTest(graph.byId.get(id)!) && others.every((other) => other.has(id)),
  );
  return new Set([...behind, ...reachable(behind, graph.children)]);
}

/** Each node starts when its parents have ended and a thread is free, in the order of the DAG. */
class Schedule {
  private readonly freeAt: number[];
  private readonly endedAt = new Map<string, number>();

  constructor(
    private readonly graph: Graph,
    threads: number,
  ) {
    this.freeAt = new Array<number>(threads).fill(0);
  }

  startOf(node: DagNode): number {
    let start = Math.min(...this.freeAt);
    for (const before of this.waitsFor(node)) start = Math.max(start, this.endedAt.get(before) ?? 0);
    return start;
  }

  /** A unit test that runs before its model waits for what the model waits for, and the model for it. */
  private waitsFor(node: DagNode): readonly string[] {
    const { graph } = this;
    const parents = graph.parents.get(node.uniqueId)!;
    if (node.resourceType === 'unit_test')
      return [...parents, ...parents.flatMap((parent) => graph.parents.get(parent)!)];
    if (node.resourceType !== 'model') return parents;
    const tests = graph.children
      .get(node.uniqueId)!
      .filter((id) => graph.byId.get(id)!.resourceType === 'unit_test');
    return tests.length === 0 ? parents : [...parents, ...tests];
  }

  occupy(node: DagNode, start: number): number {
    const end = start + node.seconds;
    this.freeAt[this.freeAt.indexOf(Math.min(...this.freeAt))] = end;
    this.endedAt.set(node.uniqueId, end);
    return end;
  }
}
