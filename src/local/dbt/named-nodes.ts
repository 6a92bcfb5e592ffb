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
  const names = nodes.map((node) => {
    const own = namesOf(node).filter((name) => nodesCalled(nodes, name).length === 1);
    return own.reduce((shortest, name) => (name.length < shortest.length ? name : shortest), node.uniqueId);
  });
  return names.sort();
}
