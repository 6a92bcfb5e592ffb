/** The rules of task graphs. https://docs.snowflake.com/en/user-guide/tasks-graphs */
import { unsupported } from '../errors';
import type { Collection } from '../engine/contract';
import { splitName } from '../sql/token-reader';
import { keyOfTask, type SuspendedReason, type Task } from './task';
import { invalidPredecessor, invalidTask, rootNotSuspended } from './task-errors';

const MOST_TASKS = 1000;
const MOST_LINKS = 100;

/** Tasks that run directly after this one, in order of creation. */
export function childrenOf(tasks: Collection<Task>, key: string): Task[] {
  return [...tasks.values()].filter((task) => task.predecessors.includes(key));
}

export function finalizerOf(tasks: Collection<Task>, rootKey: string): Task | undefined {
  return [...tasks.values()].find((task) => task.finalizes === rootKey);
}

export function isRoot(task: Task): boolean {
  return task.predecessors.length === 0 && task.finalizes === null;
}

/** The roots above a task: itself when it is one. */
export function rootsOf(tasks: Collection<Task>, task: Task): Task[] {
  return isRoot(task) ? [task] : [...above(tasks, parentsOf(task))].filter(isRoot);
}

/** The tasks of these keys and all above them, each once. */
function* above(tasks: Collection<Task>, keys: readonly string[]): Generator<Task> {
  const seen = new Set<string>();
  const open = [...keys];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    const task = seen.has(key) ? undefined : tasks.get(key);
    seen.add(key);
    if (!task) continue;
    yield task;
    open.push(...parentsOf(task));
  }
}

function parentsOf({ predecessors, finalizes }: Task): readonly string[] {
  return finalizes === null ? predecessors : [finalizes];
}

/** All tasks of the root's graph, predecessors before their children, the finalizer last. */
export function membersOf(tasks: Collection<Task>, root: Task): Task[] {
  const children = new Map<string, Task[]>();
  for (const task of tasks.values())
    for (const parent of task.predecessors) children.set(parent, [...(children.get(parent) ?? []), task]);
  const members: Task[] = [];
  const open = new Map<string, number>();
  const ready = [root];
  for (let task = ready.shift(); task; task = ready.shift()) {
    members.push(task);
    for (const child of children.get(keyOfTask(task)) ?? []) {
      const left = (open.get(keyOfTask(child)) ?? child.predecessors.length) - 1;
      open.set(keyOfTask(child), left);
      if (left === 0) ready.push(child);
    }
  }
  const finalizer = finalizerOf(tasks, keyOfTask(root));
  return finalizer ? [...members, finalizer] : members;
}

export function isStandalone(tasks: Collection<Task>, task: Task): boolean {
  return isRoot(task) && membersOf(tasks, task).length === 1;
}

/** @throws SnowflakeError 091421 while a root of the task's graph is started */
export function requireSuspendedRoot(tasks: Collection<Task>, task: Task): void {
  for (const root of rootsOf(tasks, task)) if (root.started) throw rootNotSuspended(keyOfTask(root));
}

/** @throws SnowflakeError while a task hangs below a second root: which graph it then runs in is told nowhere */
export function requireOneRoot(tasks: Collection<Task>, root: Task): void {
  const seen = new Set<string>();
  const open = [root];
  for (let task = open.pop(); task; task = open.pop()) {
    if (rootsOf(tasks, task).length > 1)
      throw unsupported(`task ${keyOfTask(task)} in the graphs of several root tasks`);
    for (const child of childrenOf(tasks, keyOfTask(task))) if (!seen.has(keyOfTask(child))) open.push(child);
    seen.add(keyOfTask(task));
  }
}

/** Whether the task may stand where its AFTER, FINALIZE and SCHEDULE put it. @throws SnowflakeError */
export function requireValidPlace(tasks: Collection<Task>, task: Task): void {
  const key = keyOfTask(task);
  const isChild = task.predecessors.length > 0;
  if (isChild && task.finalizes !== null)
    throw invalidTask(`Task ${key} cannot have predecessors as a finalizer task.`);
  if (task.properties.schedule !== undefined && !isRoot(task))
    throw invalidTask(
      isChild
        ? `Task ${task.name} cannot have both a schedule and a predecessor.`
        : `Task ${task.name} cannot have a schedule and be a finalizer task.`,
    );
  if (!isRoot(task)) requireNothingOfRoots(task.properties, key);
  if (task.predecessors.includes(key))
    throw invalidTask(`Task ${task.name} cannot use itself as its predecessor.`);
  if (task.predecessors.length > MOST_LINKS)
    throw invalidTask(`A task can have at most ${MOST_LINKS} predecessors.`);
  for (const parent of task.predecessors) requireValidPredecessor(tasks, task, parent);
  if (task.finalizes !== null) requireValidFinalizer(tasks, task, task.finalizes);
  if ([...above(tasks, task.predecessors)].some((each) => keyOfTask(each) === key))
    throw invalidTask(`Adding the predecessors of task ${key} would make a cycle in the task graph.`);
  requireSmallGraphs(tasks, task);
}

function requireNothingOfRoots(properties: Task['properties'], key: string): void {
  if (properties.config !== undefined)
    throw invalidTask(`Task ${key} cannot both be a non-root task and have a config.`);
  if (properties.overlapPolicy !== undefined)
    throw invalidTask(`Cannot set overlap policy on non-root task ${key}.`);
  if (properties.taskAutoRetryAttempts !== undefined)
    throw invalidTask(`Cannot set TASK_AUTO_RETRY_ATTEMPTS on non-root task ${key}.`);
}

function requireValidPredecessor(tasks: Collection<Task>, task: Task, key: string): void {
  const parent = tasks.get(key);
  if (parent && parent.finalizes !== null)
    throw invalidTask(`Task ${key} cannot have children as a finalizer task.`);
  if (!parent || !areTogether(parent, task)) throw invalidPredecessor(nameWithin(task, key));
  const others = childrenOf(tasks, key).filter((child) => keyOfTask(child) !== keyOfTask(task));
  if (others.length >= MOST_LINKS) throw invalidTask(`A task can have at most ${MOST_LINKS} children.`);
}

function requireSmallGraphs(tasks: Collection<Task>, task: Task): void {
  for (const root of isRoot(task) ? [] : rootsOf(tasks, task)) {
    const others = membersOf(tasks, root).filter((each) => keyOfTask(each) !== keyOfTask(task));
    if (others.length >= MOST_TASKS) throw invalidTask(`A task graph can have at most ${MOST_TASKS} tasks.`);
  }
}

function requireValidFinalizer(tasks: Collection<Task>, task: Task, rootKey: string): void {
  const root = tasks.get(rootKey);
  if (!root || !isRoot(root) || rootKey === keyOfTask(task) || !areTogether(root, task))
    throw invalidTask(`Invalid finalized root task ${nameWithin(task, rootKey)} was specified.`);
  const other = finalizerOf(tasks, rootKey);
  if (other && keyOfTask(other) !== keyOfTask(task))
    throw invalidTask(`Finalize target ${root.name} already have finalizer.`);
  if (childrenOf(tasks, keyOfTask(task)).length > 0)
    throw invalidTask(`Task ${keyOfTask(task)} cannot have children as a finalizer task.`);
}

/** The tasks of a graph are in one schema and have one owner. */
function areTogether(a: Task, b: Task): boolean {
  return a.database === b.database && a.schema === b.schema && a.owner === b.owner;
}

/** How Snowflake names another task beside this one. */
export function nameWithin({ database, schema }: Task, key: string): string {
  const parts = splitName(key);
  return parts[0] === database && parts[1] === schema ? parts[2]! : key;
}

/** A root or predecessor goes: its children lose the link, and one without any becomes a suspended root. */
export async function unlink(tasks: Collection<Task>, gone: Task, now: number): Promise<void> {
  const key = keyOfTask(gone);
  for (const child of childrenOf(tasks, key)) {
    child.predecessors = child.predecessors.filter((parent) => parent !== key);
    if (child.predecessors.length === 0) suspend(child, 'CHILD_BECAME_ROOT', now);
    await tasks.set(keyOfTask(child), child);
  }
  const finalizer = finalizerOf(tasks, key);
  if (!finalizer) return;
  finalizer.finalizes = null;
  suspend(finalizer, 'FINALIZER_BECAME_ROOT', now);
  await tasks.set(keyOfTask(finalizer), finalizer);
}

export function suspend(task: Task, reason: SuspendedReason, now: number): void {
  task.started = false;
  task.lastSuspendedOn = now;
  task.lastSuspendedReason = reason;
}

/** Something in the graph changed: the next resume or EXECUTE TASK sets a new version. */
export async function noteChange(tasks: Collection<Task>, task: Task): Promise<void> {
  for (const root of rootsOf(tasks, task)) {
    root.graphChanged = true;
    await tasks.set(keyOfTask(root), root);
  }
}

/** RESUME and EXECUTE TASK fix the graph's version. */
export function setVersion(root: Task, now: number): void {
  if (root.graphChanged) root.graphVersion += 1;
  root.graphChanged = false;
  root.lastCommittedOn = now;
}
