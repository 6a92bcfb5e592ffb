import type { LocalSnowflake } from '../engine/contract';
import { isRoot, isStandalone, noteChange, requireSuspendedRoot, suspend } from './graph';
import { requireValidPlace, upperCase } from './graph-rules';
import { schedulerOf } from './scheduler';
import { keyOfTask, tasksOf, type Task } from './task';

/**
 * Puts a changed task in the place of the one of that name. A standalone task may be changed while it is started
 * (https://docs.snowflake.com/en/release-notes/bcr-bundles/2026_06/bcr-2363), a member of a graph only while its root
 * is suspended.
 * @param said names of the properties that the statement gives, as written
 * @throws SnowflakeError 091421, or when the graph does not allow the change
 */
export async function saveChanged(
  account: LocalSnowflake,
  task: Task,
  said: ReadonlySet<string>,
): Promise<void> {
  const tasks = tasksOf(account);
  const before = tasks.get(keyOfTask(task))!;
  if (!isStandalone(tasks, before) || !isRoot(task)) requireSuspendedRoot(tasks, before);
  if (!isRoot(task)) requireSuspendedRoot(tasks, task);
  requireValidPlace(tasks, task, upperCase(said));
  if (!isRoot(before) && isRoot(task)) {
    const reason = before.finalizes === null ? 'CHILD_BECAME_ROOT' : 'FINALIZER_BECAME_ROOT';
    suspend(task, reason, Number(account.clock.now()));
  }
  // Another interval counts from now.
  if (task.started && before.properties.schedule !== task.properties.schedule)
    task.resumedOn = Number(account.clock.now());
  await noteChange(tasks, before);
  await tasks.set(keyOfTask(task), task);
  await noteChange(tasks, task);
  schedulerOf(account).plan(task);
}
