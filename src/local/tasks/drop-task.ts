/** DROP TASK. https://docs.snowflake.com/en/sql-reference/sql/drop-task */
import { dropGrantsOn } from '../catalog/grants';
import { keyOf, qualify } from '../catalog/names';
import { doesNotExist } from '../errors';
import type { LocalSnowflake, StatementHandler } from '../engine/contract';
import { TokenReader } from '../sql/token-reader';
import { isRoot, noteChange, requireSuspendedRoot, unlink } from './graph';
import { schedulerOf } from './scheduler';
import { statusRow } from './status-row';
import { keyOfTask, tasksOf, type Task } from './task';

export const dropTask: StatementHandler = {
  name: 'DROP TASK',
  matches: ([first, second]) => first?.value === 'DROP' && second?.value === 'TASK',
  run: async ({ text, tokens }, session) => {
    const reader = new TokenReader(text, tokens);
    reader.expect('DROP', 'TASK');
    const ifExists = reader.accept('IF', 'EXISTS');
    const name = qualify(reader.name(), session);
    reader.end();
    const task = tasksOf(session.account).get(keyOf(name));
    if (!task && !ifExists) throw doesNotExist('Task', keyOf(name));
    if (!task) return statusRow(`Drop statement executed successfully (${name.name} already dropped).`);
    await drop(session.account, task);
    return statusRow(`${name.name} successfully dropped.`);
  },
};

async function drop(account: LocalSnowflake, task: Task): Promise<void> {
  const tasks = tasksOf(account);
  if (!isRoot(task)) requireSuspendedRoot(tasks, task);
  await unlink(tasks, task, Number(account.clock.now()));
  await noteChange(tasks, task);
  await tasks.delete(keyOfTask(task));
  await dropGrantsOn(account.catalog, 'TASK', keyOfTask(task));
  schedulerOf(account).forget(keyOfTask(task));
}
