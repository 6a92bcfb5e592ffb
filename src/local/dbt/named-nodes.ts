/** The nodes that a person means by a name: two packages may have a model of one name, and a model several versions. */
import type { DagNode } from './dag';

/** By how exactly it names the node: its unique id, with package, with version, the bare name. */
export function namesOf({ uniqueId, name, package: packageName, version }: DagNode): string[] {
  const versioned = version === undefined ? [] : [`${name}.v${version}`];
  return [uniqueId, ...[...versioned, name].flatMap((each) => [`${packageName}.${each}`, each])];
}

export function nodesCalled(nodes: readonly DagNode[], text: string): DagNode[] {
  const exact = nodes.filter(({ uniqueId }) => uniqueId === text);
  return exact.length > 0 ? exact : nodes.filter((node) => namesOf(node).includes(text));
}

/** For each of several nodes that share a name, the shortest that is its own. */
export function tellingApart(nodes: readonly DagNode[]): string[] {
  return nodes.map((node) => ownName(node, nodes)).sort();
}

/** By unique id, the shortest name that no other of these nodes has: `orders`, `orders.v2`, `cellar.tea`. */
export function ownNames(nodes: readonly DagNode[]): ReadonlyMap<string, string> {
  const sharing = new Map<string, DagNode[]>();
  for (const node of nodes) sharing.set(node.name, [...(sharing.get(node.name) ?? []), node]);
  return new Map(nodes.map((node) => [node.uniqueId, ownName(node, sharing.get(node.name)!)]));
}

function ownName(node: DagNode, among: readonly DagNode[]): string {
  if (among.length === 1) return node.name;
  const own = namesOf(node).filter((name) => nodesCalled(among, name).length === 1);
  return own.reduce((shortest, name) => (name.length < shortest.length ? name : shortest), node.uniqueId);
}
