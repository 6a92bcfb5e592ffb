/** A dbt project as far as running it needs to know: its nodes, what they depend on, how long they take. */
import { SnowflakeError } from '../errors';
import type { YamlSelectors } from './yaml-selectors';

export type ResourceType =
  | 'model'
  | 'seed'
  | 'snapshot'
  | 'test'
  | 'unit_test'
  | 'source'
  | 'analysis'
  | 'exposure'
  | 'metric'
  | 'semantic_model'
  | 'saved_query'
  | 'function';

/** JSON-serialisable; field by field what dbt's manifest.json says. */
export interface DagNode {
  /** `model.<package>.<name>`. */
  uniqueId: string;
  name: string;
  resourceType: ResourceType;
  package: string;
  /** `original_file_path`, relative to the project, with `/`. */
  path: string;
  /** The YAML file that describes the node, where there is one. */
  patchPath?: string;
  fqn: string[];
  tags: string[];
  /** Unique ids. */
  dependsOn: string[];
  /** Simulated duration. */
  seconds: number;
  /** `table`, `view`, `incremental`, `ephemeral`, `seed`, `snapshot`, `test`. */
  materialized: string;
  /** Tests only. @default error */
  severity?: 'error' | 'warn';
  /** Sources only. */
  sourceName?: string;
  /** Models only: `private`, `protected`, `public`. */
  access?: string;
  /** Versioned models only; the name does not hold it, the fqn ends with it. */
  version?: number | string;
  latestVersion?: number | string;
  /** What the node is called in the database, where it is not called as usual: see `aliasOf`. */
  alias?: string;
  /** Generic tests only: `unique`, `not_null`. */
  testName?: string;
  /** What `config.<key>:` asks for; without what is null or empty. */
  config?: Readonly<Record<string, unknown>>;
  /** What `state:modified` compares. */
  fingerprint?: Fingerprint;
}

/** A hash of each part of a node that dbt compares with an earlier manifest; an absent part is an empty text. */
export interface Fingerprint {
  body: string;
  configs: string;
  persistedDescriptions: string;
  relation: string;
  contract: string;
  macros: string;
  /** What else makes two nodes differ: the fqn, the definition of what is neither SQL nor a test. */
  rest: string;
}

/** The name of the node's table or view. https://docs.getdbt.com/reference/resource-configs/alias */
export function aliasOf({ name, alias, version }: DagNode): string {
  return alias ?? (version === undefined ? name : `${name}_v${String(version).replaceAll('.', '_')}`);
}

export function isTest({ resourceType }: DagNode): boolean {
  return resourceType === 'test' || resourceType === 'unit_test';
}

/** A model that is compiled into what refers to it, and builds nothing. */
export function isEphemeral({ resourceType, materialized }: DagNode): boolean {
  return resourceType === 'model' && materialized === 'ephemeral';
}

export interface Dag {
  /** Name of the root project, as dbt_project.yml has it. */
  project: string;
  version: string;
  nodes: DagNode[];
  /** Of selectors.yml; left out where there is none. */
  selectors?: YamlSelectors;
}

/** A Dag with its edges in both directions and its nodes in the order in which one thread runs them. */
export interface Graph {
  dag: Dag;
  byId: ReadonlyMap<string, DagNode>;
  parents: ReadonlyMap<string, readonly string[]>;
  children: ReadonlyMap<string, readonly string[]>;
  order: readonly string[];
}

const graphs = new WeakMap<Dag, Graph>();

/** @throws SnowflakeError where the nodes form a cycle */
export function graphOf(dag: Dag): Graph {
  const known = graphs.get(dag);
  if (known) return known;
  const byId = new Map(dag.nodes.map((node) => [node.uniqueId, node]));
  const parents = new Map<string, string[]>();
  const children = new Map<string, string[]>(dag.nodes.map((node) => [node.uniqueId, []]));
  for (const node of dag.nodes) {
    const existing = [...new Set(node.dependsOn)].filter((id) => byId.has(id));
    parents.set(node.uniqueId, existing);
    for (const parent of existing) children.get(parent)!.push(node.uniqueId);
  }
  const graph: Graph = { dag, byId, parents, children, order: topologicalOrder(dag, parents, children) };
  graphs.set(dag, graph);
  return graph;
}

/**
 * Parents first; otherwise in the order of the file, but a test as soon as what it tests is there. So in `dbt build`
 * a test always comes before the nodes that its failure stops.
 */
function topologicalOrder(
  dag: Dag,
  parents: ReadonlyMap<string, string[]>,
  children: ReadonlyMap<string, string[]>,
): string[] {
  const waitsFor = new Map(dag.nodes.map((node) => [node.uniqueId, parents.get(node.uniqueId)!.length]));
  const rank = new Map(dag.nodes.map((node, index) => [node.uniqueId, isTest(node) ? index - 1e9 : index]));
  const ready = new ReadyQueue((id) => rank.get(id)!);
  for (const node of dag.nodes) if (waitsFor.get(node.uniqueId) === 0) ready.add(node.uniqueId);
  const order: string[] = [];
  for (let id = ready.take(); id !== undefined; id = ready.take()) {
    order.push(id);
    for (const child of children.get(id)!) {
      const left = waitsFor.get(child)! - 1;
      waitsFor.set(child, left);
      if (left === 0) ready.add(child);
    }
  }
  if (order.length < dag.nodes.length) throw cycleError(dag, new Set(order));
  return order;
}

/** A binary heap: a manifest may have ten thousand nodes. */
class ReadyQueue {
  private readonly heap: string[] = [];

  constructor(private readonly rank: (id: string) => number) {}

  add(id: string): void {
    this.heap.push(id);
    let at = this.heap.length - 1;
    while (at > 0 && this.before(at, (at - 1) >> 1)) at = this.swap(at, (at - 1) >> 1);
  }

  take(): string | undefined {
    const first = this.heap[0];
    const last = this.heap.pop();
    if (first === undefined || last === undefined || this.heap.length === 0) return first;
    this.heap[0] = last;
    for (let at = 0; ;) {
      let smallest = at;
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < this.heap.length && this.before(child, smallest)) smallest = child;
      if (smallest === at) return first;
      at = this.swap(at, smallest);
    }
  }

  private before(a: number, b: number): boolean {
    return this.rank(this.heap[a]!) < this.rank(this.heap[b]!);
  }

  private swap(from: number, to: number): number {
    const moved = this.heap[from]!;
    this.heap[from] = this.heap[to]!;
    this.heap[to] = moved;
    return to;
  }
}

function cycleError(dag: Dag, sorted: ReadonlySet<string>): SnowflakeError {
  const stuck = dag.nodes.filter((node) => !sorted.has(node.uniqueId)).map((node) => node.uniqueId);
  return dagError(`Found a cycle: ${stuck.slice(0, 5).join(' --> ')}`);
}

/** 370001 stands for what dbt itself refuses; Snowflake documents no number for it. */
export function dagError(message: string): SnowflakeError {
  return new SnowflakeError('370001', 'P0001', `dbt project: ${message}`);
}

/** Everything reachable from `from` along `edges` in at most `depth` steps; the start nodes are not part of it. */
export function reachable(
  from: Iterable<string>,
  edges: ReadonlyMap<string, readonly string[]>,
  depth = Infinity,
): Set<string> {
  const start = new Set(from);
  const found = new Set<string>();
  let frontier: Iterable<string> = start;
  for (let step = 0; step < depth; step += 1) {
    const next: string[] = [];
    for (const id of frontier) {
      for (const neighbour of edges.get(id) ?? []) {
        if (found.has(neighbour)) continue;
        found.add(neighbour);
        next.push(neighbour);
      }
    }
    if (next.length === 0) break;
    frontier = next;
  }
  return found;
}
