/** ALTER TASK. https://docs.snowflake.com/en/sql-reference/sql/alter-task */
import { keyOf, qualify } from '../catalog/names';
import { doesNotExist, unsupported } from '../errors';
import type { Session, StatementHandler } from '../engine/contract';
import { TokenReader } from '../sql/token-reader';
import { readCondition, readDefinition, readFinalized, readTaskNames } from './create-task';
import {
  isRoot,
  membersOf,
  nameWithin,
  noteChange,
  requireOneRoot,
  requireSuspendedRoot,
  setVersion,
  suspend,
} from './graph';
import { saveChanged } from './save-changed';
import { schedulerOf } from './scheduler';
import { statusRow } from './status-row';
import { keyOfTask, tasksOf, type Task } from './task';
import { readProperty, unsetProperty } from './task-clauses';
import { invalidTask } from './task-errors';

export const alterTask: StatementHandler = {
  name: 'ALTER TASK',
  matches: ([first, second]) => first?.value === 'ALTER' && second?.value === 'TASK',
  run: async ({ text, tokens }, session) => {
    const reader = new TokenReader(text, tokens);
    reader.expect('ALTER', 'TASK');
    const ifExists = reader.accept('IF', 'EXISTS');
    const key = keyOf(qualify(reader.name(), session));
    const task = tasksOf(session.account).get(key);
    if (!task && !ifExists) throw doesNotExist('Task', key);
    if (task) await act(reader, structuredClone(task), session);
    return statusRow('Statement executed successfully.');
  },
};

async function act(reader: TokenReader, task: Task, session: Session): Promise<void> {
  if (reader.accept('RESUME')) {
    reader.end();
    await resumeTask(session, task);
  } else if (reader.accept('SUSPEND')) {
    reader.end();
    await suspendTask(session, task);
  } else {
    change(reader, task, session);
    reader.end();
    await saveChanged(session.account, task);
  }
}

/** Brings the task to `started`; a root also gets its version and its next time. */
async function resumeTask({ account }: Session, task: Task): Promise<void> {
  const tasks = tasksOf(account);
  const now = Number(account.clock.now());
  const key = keyOfTask(task);
  if (isRoot(task)) {
    if (task.properties.schedule === undefined)
      throw invalidTask(`Task ${key} cannot be resumed: a root task needs a schedule.`);
    requireOneRoot(tasks, task);
    if (!task.started) setVersion(task, now);
    task.failuresInARow = 0;
  } else {
    requireSuspendedRoot(tasks, task);
    task.lastCommittedOn = now;
  }
  if (!task.started || isRoot(task)) task.resumedOn = now;
  task.started = true;
  await tasks.set(key, task);
  if (!isRoot(task)) await noteChange(tasks, task);
  schedulerOf(account).plan(task);
}

async function suspendTask({ account }: Session, task: Task): Promise<void> {
  const tasks = tasksOf(account);
  if (!isRoot(task)) requireSuspendedRoot(tasks, task);
  suspend(task, 'USER_SUSPENDED', Number(account.clock.now()));
  task.failuresInARow = 0;
  await tasks.set(keyOfTask(task), task);
  if (!isRoot(task)) await noteChange(tasks, task);
  schedulerOf(account).plan(task);
}

function change(reader: TokenReader, task: Task, session: Session): void {
  for (const refused of ['TAG', 'CONTACT'])
    if (reader.sees('SET', refused) || reader.sees('UNSET', refused))
      throw unsupported(`ALTER TASK ... ${refused}`);
  if (reader.sees('UNSET', 'DCM')) throw unsupported('ALTER TASK ... UNSET DCM PROJECT');
  if (reader.accept('ADD', 'AFTER')) {
    task.predecessors = [...new Set([...task.predecessors, ...readTaskNames(reader, session)])];
  } else if (reader.accept('REMOVE', 'AFTER')) {
    removePredecessors(task, readTaskNames(reader, session));
  } else if (reader.accept('REMOVE', 'WHEN')) {
    task.condition = null;
  } else if (reader.accept('MODIFY', 'AS')) {
    task.definition = readDefinition(reader);
  } else if (reader.accept('MODIFY', 'WHEN')) {
    task.condition = readCondition(reader);
  } else if (reader.accept('SET')) {
    set(reader, task, session);
  } else if (reader.accept('UNSET')) {
    unset(reader, task);
  } else {
    reader.fail();
  }
}

function set(reader: TokenReader, task: Task, session: Session): void {
  const seen = new Set<string>();
  do {
    reader.accept(',');
    if (reader.accept('FINALIZE', '=')) task.finalizes = readFinalized(reader, session);
    else if (reader.accept('EXECUTE', 'AS', 'USER')) task.properties.executeAsUser = reader.identifier();
    else readProperty(reader, task.properties, seen);
  } while (!reader.done);
}

function unset(reader: TokenReader, task: Task): void {
  do {
    reader.accept(',');
    if (reader.accept('FINALIZE')) task.finalizes = null;
    else if (reader.accept('EXECUTE', 'AS', 'USER')) delete task.properties.executeAsUser;
    else unsetProperty(task.properties, reader.next().value);
  } while (!reader.done);
}

function removePredecessors(task: Task, keys: readonly string[]): void {
  const stranger = keys.find((key) => !task.predecessors.includes(key));
  if (stranger !== undefined)
    throw invalidTask(`Task ${task.name} does not have predecessor ${nameWithin(task, stranger)}.`);
  task.predecessors = task.predecessors.filter((key) => !keys.includes(key));
}

/** SYSTEM$TASK_DEPENDENTS_ENABLE: the root's children, the finalizer, and the root last. */
export async function resumeGraph(session: Session, root: Task): Promise<void> {
  const tasks = tasksOf(session.account);
  const members = membersOf(tasks, root);
  requireSuspendedRoot(tasks, root);
  for (const task of members.slice(1)) await resumeTask(session, structuredClone(task));
  await resumeTask(session, structuredClone(tasks.get(keyOfTask(root))!));
}
