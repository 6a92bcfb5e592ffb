import { keyOf, qualify } from '../catalog/names';
import { doesNotExist } from '../errors';
import type { Session } from '../engine/contract';
import type { TokenReader } from '../sql/token-reader';
import { tasksOf, type Task } from './task';

/** The task whose name comes next. @throws SnowflakeError 002003 */
export function namedTask(reader: TokenReader, session: Session): Task {
  const key = keyOf(qualify(reader.name(), session));
  const task = tasksOf(session.account).get(key);
  if (!task) throw doesNotExist('Task', key);
  return task;
}
