/**
 * Runs a selection of nodes without any data: what each node's status is, and when it starts and ends.
 * https://docs.getdbt.com/reference/commands/build, https://docs.getdbt.com/reference/global-configs/failing-fast
 */
import type { DbtCommand } from './args';
import { type DagNode, type Graph, isEphemeral, isTest, reachable } from './dag';
import { EphemeralFaults } from './ephemeral';
import { failed, finished, skipped } from './results';
import type { Faults, NodeResult, RunOutcome } from './run';
import { Schedule } from './schedule';

export interface RunOptions {
  /** In `build` a failed test stops what is downstream of all that it tests. */
  command: DbtCommand;
  /** `dbt retry`: unit tests are nodes like all others, after their model. @default false */
  retry?: boolean;
  /** Nodes run at the same time. */
  threads: number;
  failFast: boolean;
  faults: Faults;
}

/** What `--fail-fast` says of all that had not ended. */
const FAIL_FAST = 'Skipping due to fail_fast';

/** @param nodes parents first, as `nodesToRun` gives them */
export function runNodes(graph: Graph, nodes: readonly DagNode[], options: RunOptions): RunOutcome {
  const schedule = new Schedule(graph, nodes, options.threads);
  const skips = new Skips(graph, nodes, options);
  const ephemeral = new EphemeralFaults(graph, nodes, options.faults);
  const results: NodeResult[] = [];
  let failedAt = Infinity;
  for (const node of nodes) {
    const start = schedule.startOf(node);
    const skip = start >= failedAt ? FAIL_FAST : skips.of(node);
    if (skip !== undefined) {
      results.push(skipped(node, start, skip));
      if (skip !== FAIL_FAST) skips.afterSkip(node);
      continue;
    }
    const end = schedule.occupy(node, start);
    if (options.faults.crashes(node)) {
      const ended = results.filter((result) => result.end <= end);
      return { results: ended.filter(hasRow), crashed: true, seconds: end };
    }
    const broken = ephemeral.brokenFor(node);
    const result = broken
      ? failed(node, broken, start, end)
      : finished(node, ephemeral.fails(node), start, end, options.faults.error?.(node) ?? null);
    results.push(result);
    if (result.status !== 'error' && result.status !== 'fail') continue;
    skips.afterFailure(node);
    if (options.failFast) failedAt = Math.min(failedAt, end);
  }
  const all =
    failedAt < Infinity ? results.flatMap((result) => whenFailedFast(result, failedAt, options)) : results;
  const seconds = all.reduce((latest, { end }) => Math.max(latest, end), 0);
  return { results: failedAt < Infinity ? all : all.filter(hasRow), crashed: false, seconds };
}

/** A run that goes as far as its nodes and starts none of them. */
export function allSkipped(nodes: readonly DagNode[]): RunOutcome {
  return { results: nodes.map((node) => skipped(node, 0, null)).filter(hasRow), crashed: false, seconds: 0 };
}

/** dbt keeps no result of an ephemeral model, however it ended. */
function hasRow({ node }: NodeResult): boolean {
  return !isEphemeral(node);
}

/**
 * `--fail-fast` lists as skipped whatever has no result then: what did not end, and every ephemeral model. In `build`
 * unit tests belong to their model and are not among the nodes it lists.
 */
function whenFailedFast(result: NodeResult, failedAt: number, options: RunOptions): NodeResult[] {
  const { node, end, message } = result;
  const ended = end <= failedAt && message !== FAIL_FAST && !isEphemeral(node);
  if (ended) return [result];
  if (node.resourceType === 'unit_test' && options.command === 'build' && !options.retry) return [];
  return [skipped(node, Math.min(result.start, failedAt), FAIL_FAST)];
}

/** Which nodes are skipped by now, and what dbt says of each: nothing, but for what lies behind an ephemeral model. */
class Skips {
  /** The ephemeral model behind which a node lies; `null` for other reasons. */
  private readonly causes = new Map<string, DagNode | null>();
  private readonly taking: ReadonlySet<string>;

  constructor(
    private readonly graph: Graph,
    nodes: readonly DagNode[],
    private readonly options: RunOptions,
  ) {
    this.taking = new Set(nodes.map(({ uniqueId }) => uniqueId));
  }

  /** @returns the message, `undefined` for a node that is not skipped */
  of(node: DagNode): string | null | undefined {
    const cause = this.causes.get(node.uniqueId);
    if (!cause) return cause;
    if (isEphemeral(node) || this.hasUnitTests(node)) return null;
    return `Compilation Error in ${node.uniqueId}, caused by compilation error in referenced ephemeral model ${cause.uniqueId}`;
  }

  /** In `build` the unit tests of a skipped model are skipped first, and then it is skipped because of them. */
  private hasUnitTests(node: DagNode): boolean {
    const { graph, options } = this;
    if (options.command !== 'build' || options.retry) return false;
    return graph.children
      .get(node.uniqueId)!
      .some((id) => graph.byId.get(id)!.resourceType === 'unit_test' && this.taking.has(id));
  }

  afterFailure(node: DagNode): void {
    const cause = isEphemeral(node) ? node : null;
    for (const id of this.stoppedBy(node)) this.causes.set(id, cause);
  }

  /** `build` lets a skip go on from node to node, so the nearest reason is the one that is told. */
  afterSkip(node: DagNode): void {
    if (this.options.command !== 'build' || isTest(node)) return;
    const cause = isEphemeral(node) ? node : null;
    for (const id of reachable([node.uniqueId], this.graph.children)) this.causes.set(id, cause);
  }

  /**
   * What no longer runs once `node` has failed: everything downstream. A test has nothing downstream of its own; in
   * `build` it stands before each node that lies downstream of all that it tests, a unit test before its model.
   */
  private stoppedBy(node: DagNode): Set<string> {
    const { graph, options } = this;
    if (!isTest(node)) return reachable([node.uniqueId], graph.children);
    if (options.command !== 'build') return new Set();
    if (node.resourceType === 'unit_test') {
      const tested = options.retry ? [] : graph.parents.get(node.uniqueId)!;
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
}
