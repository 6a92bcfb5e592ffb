/** ALTER TASK. https://docs.snowflake.com/en/sql-reference/sql/alter-task */
import { keyOf, qualify } from '../catalog/names';
import { doesNotExist, unsupported } from '../errors';
import type { Collection, Session, StatementHandler } from '../engine/contract';
import { TokenReader } from '../sql/token-reader';
import { readCondition, readDefinition, readFinalized, readTaskNames } from './create-task';
import {
  isRoot,
  membersOf,
  noteChange,
  requireOneRoot,
  requireSuspendedRoot,
  setVersion,
  suspend,
} from './graph';
import { inOrder, requireFinalizable, requirePredecessors, type TaskName } from './graph-rules';
import { requirePrincipals } from './principals';
import { saveChanged } from './save-changed';
import { schedulerOf } from './scheduler';
import { statusRow } from './status-row';
import { keyOfTask, tasksOf, type Task } from './task';
import { readProperty, unsetProperty } from './task-clauses';
import { requireValues } from './task-values';
import { invalidPredecessor, invalidTask } from './task-errors';

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
    const said = new Set<string>();
    const { warehouse, executeAsUser } = task.properties;
    change(reader, task, { session, said });
    reader.end();
    const { properties: now } = task;
    requirePrincipals(
      {
        ...(now.warehouse !== warehouse && { warehouse: now.warehouse }),
        ...(now.executeAsUser !== executeAsUser && { executeAsUser: now.executeAsUser }),
      },
      session,
    );
    requireValues(task.properties);
    await saveChanged(session.account, task, said);
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

interface Alteration {
  session: Session;
  /** Names of the properties that the statement sets or unsets, as written. */
  said: Set<string>;
}

function change(reader: TokenReader, task: Task, { session, said }: Alteration): void {
  for (const refused of ['TAG', 'CONTACT'])
    if (reader.sees('SET', refused) || reader.sees('UNSET', refused))
      throw unsupported(`ALTER TASK ... ${refused}`);
  if (reader.sees('UNSET', 'DCM')) throw unsupported('ALTER TASK ... UNSET DCM PROJECT');
  if (reader.accept('ADD', 'AFTER')) {
    const added = requirePredecessors(tasksOf(session.account), task, readTaskNames(reader, session));
    task.predecessors = inOrder([...task.predecessors, ...added]);
  } else if (reader.accept('REMOVE', 'AFTER')) {
    removePredecessors(tasksOf(session.account), task, readTaskNames(reader, session));
  } else if (reader.accept('REMOVE', 'WHEN')) {
    task.condition = null;
  } else if (reader.accept('MODIFY', 'AS')) {
    task.definition = readDefinition(reader);
  } else if (reader.accept('MODIFY', 'WHEN')) {
    task.condition = readCondition(reader);
  } else if (reader.accept('SET')) {
    set(reader, task, { session, said });
  } else if (reader.accept('UNSET')) {
    unset(reader, task, said);
  } else {
    reader.fail();
  }
}

function set(reader: TokenReader, task: Task, { session, said }: Alteration): void {
  let finalize: TaskName | undefined;
  do {
    reader.accept(',');
    if (reader.sees('FINALIZE')) finalize = readFinalized(reader, session);
    else if (reader.accept('EXECUTE', 'AS', 'USER')) task.properties.executeAsUser = reader.identifier();
    else readProperty(reader, task.properties, said);
  } while (!reader.done);
  if (finalize) task.finalizes = requireFinalizable(tasksOf(session.account), task, finalize);
}

function unset(reader: TokenReader, task: Task, said: Set<string>): void {
  do {
    reader.accept(',');
    if (reader.accept('FINALIZE')) task.finalizes = null;
    else if (reader.accept('EXECUTE', 'AS', 'USER')) delete task.properties.executeAsUser;
    else unsetProperty(reader, task.properties, said);
  } while (!reader.done);
}

/** Every name that is a task has to be a predecessor; only then has every name to be a task. */
function removePredecessors(tasks: Collection<Task>, task: Task, names: readonly TaskName[]): void {
  for (const { key } of names) {
    const other = tasks.get(key);
    if (other && !task.predecessors.includes(key))
      throw invalidTask(`Task ${task.name} does not have predecessor ${other.name}.`);
  }
  const unknown = names.find(({ key }) => !tasks.get(key));
  if (unknown) throw invalidPredecessor(unknown.shown);
  task.predecessors = task.predecessors.filter((parent) => !names.some(({ key }) => key === parent));
}

/** SYSTEM$TASK_DEPENDENTS_ENABLE: the root's children, the finalizer, and the root last. */
export async function resumeGraph(session: Session, root: Task): Promise<void> {
  const tasks = tasksOf(session.account);
  const members = membersOf(tasks, root);
  requireSuspendedRoot(tasks, root);
  for (const task of members.slice(1)) await resumeTask(session, structuredClone(task));
  await resumeTask(session, structuredClone(tasks.get(keyOfTask(root))!));
}
