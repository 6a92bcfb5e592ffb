/** How tasks hang together. https://docs.snowflake.com/en/user-guide/tasks-graphs */
import { unsupported } from '../errors';
import type { Collection } from '../engine/contract';
import { keyOfTask, type SuspendedReason, type Task } from './task';
import { rootNotSuspended } from './task-errors';

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
export function* above(tasks: Collection<Task>, keys: readonly string[]): Generator<Task> {
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
