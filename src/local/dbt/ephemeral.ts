/**
 * Ephemeral models that do not compile. One that was selected fails itself; one that was not is compiled into what
 * refers to it, which fails in its place. https://docs.getdbt.com/docs/build/materializations#ephemeral
 */
import { type DagNode, type Graph, isEphemeral } from './dag';
import { compilationError } from './results';
import type { Faults } from './run';

export class EphemeralFaults {
  /** Whether an ephemeral model fails in this run, asked once. */
  private readonly known = new Map<string, boolean>();
  private readonly taking: ReadonlySet<string>;

  constructor(
    private readonly graph: Graph,
    nodes: readonly DagNode[],
    private readonly faults: Faults,
  ) {
    this.taking = new Set(nodes.map(({ uniqueId }) => uniqueId));
  }

  fails(node: DagNode): boolean {
    if (!isEphemeral(node)) return this.faults.fails(node);
    const known = this.known.get(node.uniqueId) ?? this.faults.fails(node);
    this.known.set(node.uniqueId, known);
    return known;
  }

  /** @returns what is wrong with an ephemeral model that `node` is compiled with */
  brokenFor(node: DagNode): string | undefined {
    if (node.resourceType === 'seed') return undefined;
    const open = [...this.graph.parents.get(node.uniqueId)!];
    const seen = new Set<string>();
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const parent = this.graph.byId.get(id)!;
      if (!isEphemeral(parent) || this.taking.has(id) || seen.has(id)) continue;
      if (this.fails(parent)) return compilationError(parent);
      seen.add(id);
      open.push(...this.graph.parents.get(id)!);
    }
    return undefined;
  }
}
