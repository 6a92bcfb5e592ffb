/**
 * Where a statement may put a task, and what a task there may have. Order and wordings of the refusals are as seen on
 * accounts. https://docs.snowflake.com/en/user-guide/tasks-graphs, https://docs.snowflake.com/en/sql-reference/sql/create-task
 */
import type { Collection } from '../engine/contract';
import { above, childrenOf, finalizerOf, isRoot, membersOf, rootsOf } from './graph';
import { keyOfTask, type Task } from './task';
import { invalidPredecessor, invalidTask } from './task-errors';

const MOST_TASKS = 1000;
const MOST_LINKS = 100;

type Tasks = Collection<Task>;

/** Another task as a statement names it. */
export interface TaskName {
  key: string;
  /** As a refusal repeats it: folded, quoted parts as written. */
  shown: string;
}

/**
 * The tasks of AFTER or ADD AFTER. Every name is looked up before any is judged.
 * @returns their keys @throws SnowflakeError for one that the task cannot run after
 */
export function requirePredecessors(tasks: Tasks, task: Task, names: readonly TaskName[]): string[] {
  const found = names.map(({ key, shown }) => {
    const parent = tasks.get(key);
    if (!parent) throw invalidPredecessor(shown);
    return { parent, shown };
  });
  if (found.length > 0 && finalizerOf(tasks, keyOfTask(task)))
    throw invalidTask(
      'This task has a finalizer and cannot be made a child task. Please remove the finalizer before adding a predecessor.',
    );
  for (const { parent, shown } of found) requirePredecessor(tasks, task, parent, shown);
  return found.map(({ parent }) => keyOfTask(parent));
}

function requirePredecessor(tasks: Tasks, task: Task, parent: Task, shown: string): void {
  const key = keyOfTask(parent);
  if (key === keyOfTask(task)) throw invalidTask(`Task ${task.name} cannot use itself as its predecessor.`);
  if (!isBeside(parent, task))
    throw invalidTask(`Cannot have predecessor ${parent.name} from a different schema.`);
  if (parent.finalizes !== null) throw childless(key);
  if (parent.owner !== task.owner) throw invalidPredecessor(shown);
  const others = childrenOf(tasks, key).filter((child) => keyOfTask(child) !== keyOfTask(task));
  if (others.length >= MOST_LINKS) throw invalidTask(`A task can have at most ${MOST_LINKS} children.`);
}

/** Predecessors as they are kept and shown: by name, each once. */
export function inOrder(keys: readonly string[]): string[] {
  return [...new Set(keys)].sort();
}

/** The root of FINALIZE. @returns its key @throws SnowflakeError when the task cannot be its finalizer */
export function requireFinalizable(tasks: Tasks, task: Task, { key, shown }: TaskName): string {
  const root = tasks.get(key);
  const own = keyOfTask(task);
  if (!root) throw invalidFinalized(shown);
  if (!isBeside(root, task)) throw invalidTask(`Cannot finalize graph ${shown} in a different schema.`);
  if (!isRoot(root)) throw invalidTask(`Task ${own} cannot finalize a non-root task ${key}.`);
  if (key === own) throw invalidTask(`Task ${task.name} cannot finalize itself.`);
  if (root.owner !== task.owner) throw invalidFinalized(shown);
  requireNothingOfRoots({ ...task, finalizes: key }, new Set(['ALLOW_OVERLAPPING_EXECUTION']));
  if (task.predecessors.length > 0)
    throw invalidTask(`Task ${own} cannot have predecessors as a finalizer task.`);
  if (childrenOf(tasks, own).length > 0) throw childless(own);
  const other = finalizerOf(tasks, key);
  if (other && keyOfTask(other) !== own)
    throw invalidTask(`Finalize target ${root.name} already have finalizer.`);
  return key;
}

/**
 * What holds of every task that a statement leaves behind.
 * @param said upper-case names of the properties that the statement gives
 * @throws SnowflakeError
 */
export function requireValidPlace(tasks: Tasks, task: Task, said: ReadonlySet<string>): void {
  const key = keyOfTask(task);
  if (!isRoot(task)) requireNothingOfRoots(task, said);
  if (task.predecessors.length > MOST_LINKS)
    throw invalidTask(`A task can have at most ${MOST_LINKS} predecessors.`);
  if ([...above(tasks, task.predecessors)].some((each) => keyOfTask(each) === key))
    throw invalidTask(`Adding the predecessors of task ${key} would make a cycle in the task graph.`);
  requireSmallGraphs(tasks, task);
}

/** CREATE OR REPLACE keeps the finalizer of a root, so what takes the root's place must be one. @throws SnowflakeError */
export function requireRootInPlaceOf(tasks: Tasks, replaced: Task, task: Task): void {
  const key = keyOfTask(replaced);
  if (isRoot(task) || !finalizerOf(tasks, key)) return;
  throw invalidTask(
    `Cannot replace task ${key} with a non-root task because it has a finalizer task. Please remove the finalizer task first.`,
  );
}

/** Names of properties, which a statement may write in any case. */
export function upperCase(said: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...said].map((name) => name.toUpperCase()));
}

function requireNothingOfRoots(task: Task, said: ReadonlySet<string>): void {
  const key = keyOfTask(task);
  const { schedule, config, overlapPolicy, taskAutoRetryAttempts } = task.properties;
  if (schedule !== undefined)
    throw invalidTask(
      task.finalizes === null
        ? `Task ${task.name} cannot have both a schedule and a predecessor.`
        : `Task ${task.name} cannot have a schedule and be a finalizer task.`,
    );
  if (config !== undefined)
    throw invalidTask(`Task ${key} cannot both be a non-root task and have a config.`);
  if (overlapPolicy === 'ALLOW_CHILD_OVERLAP' && said.has('ALLOW_OVERLAPPING_EXECUTION'))
    throw invalidTask(`Cannot set allow_overlapping_execution on non-root task ${key}.`);
  if (overlapPolicy !== undefined) throw invalidTask(`Cannot set overlap policy on non-root task ${key}.`);
  if (taskAutoRetryAttempts !== undefined)
    throw invalidTask(
      `Cannot set parameter TASK_AUTO_RETRY_ATTEMPTS on non-root task ${task.name}. Non-root tasks use the parameter ` +
        'setting from their root task. Please set this on the root task for this task instead.',
    );
}

function requireSmallGraphs(tasks: Tasks, task: Task): void {
  for (const root of isRoot(task) ? [] : rootsOf(tasks, task)) {
    const others = membersOf(tasks, root).filter((each) => keyOfTask(each) !== keyOfTask(task));
    if (others.length >= MOST_TASKS) throw invalidTask(`A task graph can have at most ${MOST_TASKS} tasks.`);
  }
}

/** The tasks of a graph are in one schema. */
function isBeside(a: Task, b: Task): boolean {
  return a.database === b.database && a.schema === b.schema;
}

function childless(key: string) {
  return invalidTask(`Task ${key} cannot have children as a finalizer task.`);
}

function invalidFinalized(shown: string) {
  return invalidTask(`Invalid finalized root task ${shown} was specified.`);
}
