/** The rules of task graphs. https://docs.snowflake.com/en/user-guide/tasks-graphs */
import type { Collection } from '../engine/contract';
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
  if (isRoot(task)) return [task];
  const parents = task.finalizes === null ? task.predecessors : [task.finalizes];
  const roots = parents.flatMap((key) => {
    const parent = tasks.get(key);
    return parent ? rootsOf(tasks, parent) : [];
  });
  return [...new Map(roots.map((root) => [keyOfTask(root), root])).values()];
}

/** All tasks of the root's graph, predecessors before their children, the finalizer last. */
export function membersOf(tasks: Collection<Task>, root: Task): Task[] {
  const members: Task[] = [];
  const open = new Map<string, number>();
  const ready = [root];
  for (let task = ready.shift(); task; task = ready.shift()) {
    members.push(task);
    for (const child of childrenOf(tasks, keyOfTask(task))) {
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

/** Whether the task may stand where its AFTER, FINALIZE and SCHEDULE put it. @throws SnowflakeError */
export function requireValidPlace(tasks: Collection<Task>, task: Task): void {
  const { schedule, taskAutoRetryAttempts, config, overlapPolicy } = task.properties;
  const key = keyOfTask(task);
  const isChild = task.predecessors.length > 0;
  if (isChild && task.finalizes !== null)
    throw invalidTask(`Task ${key} cannot have both FINALIZE and predecessors.`);
  if (isChild && schedule !== undefined)
    throw invalidTask(`Task ${key} cannot have both a schedule and a predecessor.`);
  if (task.finalizes !== null && schedule !== undefined)
    throw invalidTask(`Finalizer task ${key} cannot have a schedule.`);
  if (!isRoot(task)) {
    if (taskAutoRetryAttempts !== undefined) throw rootOnly('TASK_AUTO_RETRY_ATTEMPTS', key);
    if (config !== undefined) throw rootOnly('CONFIG', key);
    if (overlapPolicy !== undefined) throw rootOnly('OVERLAP_POLICY', key);
  }
  for (const parent of task.predecessors) requireValidPredecessor(tasks, task, parent);
  if (task.finalizes !== null) requireValidFinalizer(tasks, task, task.finalizes);
  if (isChild && reaches(tasks, task.predecessors, key))
    throw invalidTask(`Adding the predecessors of task ${key} would make a cycle in the task graph.`);
  if (rootsOf(tasks, task).length > 1)
    throw invalidTask(`Task ${key} cannot belong to more than one task graph.`);
}

function rootOnly(property: string, key: string) {
  return invalidTask(`${property} can only be set on a root task; ${key} is not one.`);
}

function requireValidPredecessor(tasks: Collection<Task>, task: Task, key: string): void {
  const parent = tasks.get(key);
  if (!parent || parent.finalizes !== null) throw invalidPredecessor(key);
  if (parent.database !== task.database || parent.schema !== task.schema) throw invalidPredecessor(key);
  if (parent.owner !== task.owner) throw invalidPredecessor(key);
  const others = childrenOf(tasks, key).filter((child) => keyOfTask(child) !== keyOfTask(task));
  if (task.predecessors.length > MOST_LINKS)
    throw invalidTask(`A task can have at most ${MOST_LINKS} predecessors.`);
  if (others.length >= MOST_LINKS) throw invalidTask(`A task can have at most ${MOST_LINKS} children.`);
  for (const root of rootsOf(tasks, parent))
    if (membersOf(tasks, root).length >= MOST_TASKS)
      throw invalidTask(`A task graph can have at most ${MOST_TASKS} tasks.`);
}

function requireValidFinalizer(tasks: Collection<Task>, task: Task, rootKey: string): void {
  const root = tasks.get(rootKey);
  if (!root || !isRoot(root) || rootKey === keyOfTask(task)) throw invalidPredecessor(rootKey);
  if (root.database !== task.database || root.schema !== task.schema || root.owner !== task.owner)
    throw invalidPredecessor(rootKey);
  const other = finalizerOf(tasks, rootKey);
  if (other && keyOfTask(other) !== keyOfTask(task))
    throw invalidTask(`Root task ${rootKey} already has the finalizer task ${keyOfTask(other)}.`);
  if (childrenOf(tasks, keyOfTask(task)).length > 0)
    throw invalidTask(`Finalizer task ${keyOfTask(task)} cannot have child tasks.`);
}

/** Whether `target` lies above one of `from`, or is one of them. */
function reaches(tasks: Collection<Task>, from: readonly string[], target: string): boolean {
  return from.some((key) => key === target || reaches(tasks, tasks.get(key)?.predecessors ?? [], target));
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
