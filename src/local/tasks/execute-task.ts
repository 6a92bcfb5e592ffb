/** EXECUTE TASK. https://docs.snowflake.com/en/sql-reference/sql/execute-task */
import { keyOf, qualify } from '../catalog/names';
import { doesNotExist } from '../errors';
import type { Session, StatementHandler } from '../engine/contract';
import { TokenReader } from '../sql/token-reader';
import { isRoot, requireOneRoot, setVersion } from './graph';
import type { GraphRunRequest } from './graph-progress';
import { mergeConfig } from './graph-config';
import { failedRunsOf, lastGroupOf } from './retry';
import { schedulerOf } from './scheduler';
import { statusRow } from './status-row';
import { keyOfTask, tasksOf, type Task } from './task';
import { notARoot } from './task-errors';

export const executeTask: StatementHandler = {
  name: 'EXECUTE TASK',
  matches: ([first, second]) => first?.value === 'EXECUTE' && second?.value === 'TASK',
  run: async ({ text, tokens }, session) => {
    const reader = new TokenReader(text, tokens);
    reader.expect('EXECUTE', 'TASK');
    const name = qualify(reader.name(), session);
    const root = tasksOf(session.account).get(keyOf(name));
    if (!root) throw doesNotExist('Task', keyOf(name));
    if (!isRoot(root)) throw notARoot(keyOf(name));
    await begin(session, root, readRequest(reader, root, session));
    return statusRow(`Task ${name.name} is scheduled to run immediately.`);
  },
};

interface Request {
  run: Pick<GraphRunRequest, 'scheduledFrom' | 'config' | 'retryOf'>;
  isAwaited: boolean;
}

function readRequest(reader: TokenReader, root: Task, { account }: Session): Request {
  if (reader.accept('RETRY')) {
    const group = readRetriedGroup(reader) ?? lastGroupOf(account, root);
    reader.end();
    const retryOf = failedRunsOf(account, root, group);
    return { run: { scheduledFrom: 'MANUAL RETRY', retryOf, config: retryOf[0]!.config }, isAwaited: false };
  }
  const given = reader.accept('USING', 'CONFIG', '=') ? reader.string() : undefined;
  const isAwaited = reader.accept('AWAIT');
  reader.end();
  const preset = root.properties.config ?? null;
  const config = given === undefined ? preset : mergeConfig(preset, given);
  return { run: { scheduledFrom: 'EXECUTE_TASK', config }, isAwaited };
}

/** The id after GRAPH RUN GROUP; none for LAST. */
function readRetriedGroup(reader: TokenReader): string | undefined {
  if (reader.accept('LAST')) return undefined;
  reader.expect('GRAPH', 'RUN', 'GROUP');
  return reader.string();
}

/** A run goes on while time passes, which AWAIT lets it, as does whoever moves the clock. */
async function begin(session: Session, task: Task, { run, isAwaited }: Request): Promise<void> {
  const { account, signal } = session;
  const byTask = session.task !== undefined;
  requireOneRoot(tasksOf(account), task);
  const root = structuredClone(task);
  const now = Number(account.clock.now());
  if (root.graphChanged) {
    setVersion(root, now);
    await tasksOf(account).set(keyOfTask(root), root);
  }
  const request = { ...run, root, scheduledTime: now };
  const end = schedulerOf(account).begin(request, { byTask });
  if (isAwaited) await account.clock.wait(end, signal);
}
