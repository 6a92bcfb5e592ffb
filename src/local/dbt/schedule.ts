/** When each node of a run starts and ends. */
import { type DagNode, type Graph, isEphemeral } from './dag';

/** Each node starts when what it waits for has ended and a thread is free, in the order of the DAG. */
export class Schedule {
  private readonly freeAt: number[];
  private readonly endedAt = new Map<string, number>();
  private readonly taking: ReadonlySet<string>;

  constructor(
    private readonly graph: Graph,
    nodes: readonly DagNode[],
    threads: number,
  ) {
    this.freeAt = new Array<number>(Math.min(threads, Math.max(1, nodes.length))).fill(0);
    this.taking = new Set(nodes.map(({ uniqueId }) => uniqueId));
  }

  startOf(node: DagNode): number {
    let start = isEphemeral(node) ? 0 : Math.min(...this.freeAt);
    for (const before of this.waitsFor(node)) start = Math.max(start, this.endedAt.get(before) ?? 0);
    return start;
  }

  /** A unit test that runs before its model waits for what the model waits for, and the model for it. */
  private waitsFor(node: DagNode): ReadonlySet<string> {
    const { graph } = this;
    const waits = new Set<string>();
    const tested = node.resourceType === 'unit_test' ? graph.parents.get(node.uniqueId)! : [];
    for (const id of [node.uniqueId, ...tested]) this.addParents(id, waits);
    if (node.resourceType !== 'model') return waits;
    for (const id of graph.children.get(node.uniqueId)!)
      if (graph.byId.get(id)!.resourceType === 'unit_test') waits.add(id);
    return waits;
  }

  /** The nearest ones above that take part: dbt's queue keeps the edges over nodes that were not selected. */
  private addParents(id: string, found: Set<string>): void {
    const passed = new Set<string>();
    const open = [...this.graph.parents.get(id)!];
    for (let parent = open.pop(); parent !== undefined; parent = open.pop()) {
      if (this.taking.has(parent)) found.add(parent);
      else if (!passed.has(parent)) open.push(...this.graph.parents.get(parent)!);
      passed.add(parent);
    }
  }

  /** An ephemeral model takes no time and no thread. */
  occupy(node: DagNode, start: number): number {
    const end = isEphemeral(node) ? start : start + node.seconds;
    if (!isEphemeral(node)) this.freeAt[this.freeAt.indexOf(Math.min(...this.freeAt))] = end;
    this.endedAt.set(node.uniqueId, end);
    return end;
  }
}
