/**
 * GRANT OWNERSHIP ON TASK and ON ALL TASKS. https://docs.snowflake.com/en/user-guide/tasks-graphs,
 * https://docs.snowflake.com/en/sql-reference/sql/grant-ownership
 */
import type { Session } from '../engine/contract';
import { noteChange, suspend } from './graph';
import { schedulerOf } from './scheduler';
import { keyOfTask, tasksOf, type Task } from './task';

/** Milliseconds, as the catalog dates grants. */
export function taskOwners({ account }: Session): { name: string; owner: string; created: number }[] {
  return [...tasksOf(account).values()].map((task) => ({
    name: keyOfTask(task),
    owner: task.owner,
    created: Math.floor(task.createdOn / 1000),
  }));
}

/**
 * Suspends the tasks. Those of one graph that go together stay linked; the links to tasks that stay behind are severed.
 * A task whose owner the role already is stays as it is.
 */
export async function transferTasks(
  keys: readonly string[],
  role: string,
  { account }: Session,
): Promise<void> {
  const tasks = tasksOf(account);
  const now = Number(account.clock.now());
  const moving = new Set(keys.filter((key) => tasks.get(key)!.owner !== role));
  for (const key of moving) await noteChange(tasks, tasks.get(key)!);
  for (const before of [...tasks.values()]) {
    const isMoving = moving.has(keyOfTask(before));
    const task = severed(before, (other) => moving.has(other) === isMoving);
    const isCut =
      before.finalizes !== task.finalizes || before.predecessors.length > task.predecessors.length;
    if (!isMoving && !isCut) continue;
    if (isMoving) {
      task.owner = role;
      suspend(task, 'GRANT_OWNERSHIP', now);
    } else if (before.finalizes !== task.finalizes) {
      suspend(task, 'FINALIZER_BECAME_ROOT', now);
    } else if (before.predecessors.length > 0 && task.predecessors.length === 0) {
      suspend(task, 'CHILD_BECAME_ROOT', now);
    }
    await tasks.set(keyOfTask(task), task);
    schedulerOf(account).plan(task);
  }
}

function severed(task: Task, isKept: (key: string) => boolean): Task {
  return {
    ...task,
    predecessors: task.predecessors.filter(isKept),
    finalizes: task.finalizes !== null && isKept(task.finalizes) ? task.finalizes : null,
  };
}
