/**
 * Which tasks have to change together: those of a graph as the config has it and those of a graph as the account has it. A
 * renamed root, or a task that moves, joins two graphs into one step.
 */
import type { ObjectName } from '../model/deployment';
import { qualified } from '../sql-text';
import type { DeployedTask } from './deployed';
import type { TaskComparison } from './task-changes';

export interface Component {
  /** In the order of the config, roots first. */
  wanted: TaskComparison[];
  /** Ours, no longer in the config. */
  leftOver: DeployedTask[];
  /** Roots in the account that are neither: somebody hung a task of ours below one of theirs. */
  others: DeployedTask[];
}

export function components(
  wanted: readonly TaskComparison[],
  leftOver: readonly DeployedTask[],
  all: readonly DeployedTask[],
): Component[] {
  const roots = rootFinder(all);
  const groups = new Map<string, string>();
  const find = (key: string): string => {
    const parent = groups.get(key) ?? key;
    return parent === key ? key : find(parent);
  };
  const join = (a: string, b: string): void => {
    const [left, right] = [find(a), find(b)];
    if (left !== right) groups.set(right, left);
  };
  const keyOf = (name: ObjectName): string => qualified(name);
  for (const { statement, deployed } of wanted) {
    const key = keyOf(statement.name);
    join(keyOf({ ...statement.name, name: statement.root }), key);
    if (deployed !== null) for (const root of roots(deployed)) join(keyOf(root.name), key);
  }
  for (const task of leftOver) for (const root of roots(task)) join(keyOf(root.name), keyOf(task.name));

  const found = new Map<string, Component>();
  const componentOf = (name: ObjectName): Component => {
    const key = find(keyOf(name));
    const known = found.get(key) ?? { wanted: [], leftOver: [], others: [] };
    found.set(key, known);
    return known;
  };
  for (const one of wanted) componentOf(one.statement.name).wanted.push(one);
  for (const task of leftOver) componentOf(task.name).leftOver.push(task);
  for (const component of found.values()) component.others = otherRoots(component, roots);
  return [...found.values()];
}

function otherRoots(
  { wanted, leftOver }: Component,
  roots: (task: DeployedTask) => DeployedTask[],
): DeployedTask[] {
  const known = new Set([
    ...wanted.map(({ statement }) => qualified(statement.name)),
    ...leftOver.map(({ name }) => qualified(name)),
  ]);
  const deployed = [...wanted.flatMap((one) => one.deployed ?? []), ...leftOver];
  const others = new Map(deployed.flatMap(roots).map((root) => [qualified(root.name), root]));
  return [...others].filter(([key]) => !known.has(key)).map(([, root]) => root);
}

/** The roots above a task in the account; itself for a root, and where a predecessor is not visible. */
export function rootFinder(all: readonly DeployedTask[]): (task: DeployedTask) => DeployedTask[] {
  const byName = new Map(all.map((task) => [qualified(task.name), task]));
  const known = new Map<DeployedTask, DeployedTask[]>();
  const find = (task: DeployedTask): DeployedTask[] => {
    const cached = known.get(task);
    if (cached !== undefined) return cached;
    known.set(task, [task]);
    const above = predecessorsOf(task).flatMap((name) => byName.get(qualified(name)) ?? []);
    const roots = above.length === 0 ? [task] : [...new Set(above.flatMap(find))];
    known.set(task, roots);
    return roots;
  };
  return find;
}

/** A finalizer belongs to the graph of its root. */
function predecessorsOf({ after, finalizes }: DeployedTask): ObjectName[] {
  return finalizes === null ? after : [finalizes];
}

/** Position of each task in an order in which each comes after its predecessors. */
export function creationOrder(tasks: readonly DeployedTask[]): Map<string, number> {
  const byName = new Map(tasks.map((task) => [qualified(task.name), task]));
  const order = new Map<string, number>();
  const visiting = new Set<string>();
  const place = (task: DeployedTask): void => {
    const key = qualified(task.name);
    if (order.has(key) || visiting.has(key)) return;
    visiting.add(key);
    for (const name of predecessorsOf(task)) {
      const above = byName.get(qualified(name));
      if (above !== undefined) place(above);
    }
    order.set(key, order.size);
  };
  tasks.forEach(place);
  return order;
}
