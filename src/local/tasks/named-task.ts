import { keyOf, qualify } from '../catalog/names';
import { maySee } from '../engine/privileges';
import { doesNotExist, NotAuthorized } from '../errors';
import type { Session } from '../engine/contract';
import { splitName, type TokenReader } from '../sql/token-reader';
import type { Token } from '../sql/lexer';
import type { TaskName } from './graph-rules';
import { tasksOf, type Task } from './task';

/** The task whose name comes next. @throws SnowflakeError 002003 */
export function namedTask(reader: TokenReader, session: Session): Task {
  const key = keyOf(qualify(reader.name(), session));
  const task = tasksOf(session.account).get(key);
  if (!task) throw doesNotExist('Task', key);
  if (!maySee(session, 'TASK', key)) throw NotAuthorized.from(doesNotExist('Task', key));
  return task;
}

/** The next name, whether there is such a task or not, also in single quotes. */
export function readTaskName(reader: TokenReader, session: Session): TaskName {
  if (reader.peek()?.kind === 'string') {
    const parts = splitName(reader.string());
    return { key: keyOf(qualify(parts, session)), shown: parts.join('.') };
  }
  const from = reader.at;
  const parts = reader.name();
  const written = reader.tokens
    .slice(from, reader.at)
    .filter(({ kind }) => kind === 'word' || kind === 'quoted');
  const shown = written.length === parts.length ? written.map(asShown) : parts;
  return { key: keyOf(qualify(parts, session)), shown: shown.join('.') };
}

function asShown({ kind, text, value }: Token): string {
  return kind === 'quoted' ? text : value;
}
