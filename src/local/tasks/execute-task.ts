/** EXECUTE TASK. https://docs.snowflake.com/en/sql-reference/sql/execute-task */
import { keyOf, qualify } from '../catalog/names';
import { doesNotExist, unsupported } from '../errors';
import type { Session, StatementHandler } from '../engine/contract';
import { TokenReader } from '../sql/token-reader';
import { isRoot, setVersion } from './graph';
import type { GraphRunRequest } from './graph-run';
import { schedulerOf } from './scheduler';
import { statusRow } from './status-row';
import { keyOfTask, tasksOf, type Task } from './task';
import { parseConfig } from './task-clauses';
import { invalidTask } from './task-errors';
import { runsOf, type TaskRun } from './task-run';

export const executeTask: StatementHandler = {
  name: 'EXECUTE TASK',
  matches: ([first, second]) => first?.value === 'EXECUTE' && second?.value === 'TASK',
  run: async ({ text, tokens }, session) => {
    const reader = new TokenReader(text, tokens);
    reader.expect('EXECUTE', 'TASK');
    const name = qualify(reader.name(), session);
    const root = tasksOf(session.account).get(keyOf(name));
    if (!root) throw doesNotExist('Task', keyOf(name));
    if (!isRoot(root))
      throw invalidTask(`Task ${keyOf(name)} is not a root task: only root tasks can be executed.`);
    const request = readRequest(reader, root, session);
    const isAwaited = reader.accept('AWAIT');
    reader.end();
    await begin(session, request, isAwaited);
    return statusRow(`Task ${name.name} is scheduled to run immediately.`);
  },
};

function readRequest(reader: TokenReader, root: Task, session: Session): GraphRunRequest {
  const scheduledTime = Number(session.account.clock.now());
  const config = root.properties.config ?? null;
  if (reader.accept('RETRY', 'LAST'))
    return { ...retry(root, session), scheduledTime, drivesTime: true, root };
  if (reader.sees('RETRY')) throw unsupported('EXECUTE TASK ... RETRY GRAPH RUN GROUP');
  const merged = reader.accept('USING', 'CONFIG', '=') ? merge(config, reader.string()) : config;
  return { root, scheduledFrom: 'EXECUTE TASK', scheduledTime, config: merged, drivesTime: true };
}

/** For matching fields the values of this execution, otherwise those of the task. */
function merge(config: string | null, dynamic: string): string {
  return JSON.stringify({ ...(config === null ? {} : parseConfig(config)), ...parseConfig(dynamic) });
}

function retry(
  root: Task,
  { account }: Session,
): Pick<GraphRunRequest, 'scheduledFrom' | 'retryOf' | 'config'> {
  const runs = [...runsOf(account).values()].filter(({ rootTaskId }) => rootTaskId === root.id);
  const last = runs.at(-1);
  const ofLast = runs.filter(({ graphRunGroupId }) => graphRunGroupId === last?.graphRunGroupId);
  const latest = [...new Map(ofLast.map((run) => [run.task, run])).values()];
  const refuse = (why: string) =>
    invalidTask(`Cannot retry the last run of task ${keyOfTask(root)}: ${why}.`);
  if (!last) throw refuse('it has not run in the last 14 days');
  if (latest.some(({ state }) => state === 'EXECUTING')) throw refuse('it is still running');
  if (!latest.some(hasFailed)) throw refuse('it did not fail and was not cancelled');
  if (root.graphChanged) throw refuse('the task graph was modified since');
  return { scheduledFrom: 'RETRY', retryOf: latest, config: last.config };
}

function hasFailed({ state }: TaskRun): boolean {
  return state === 'FAILED' || state === 'FAILED_AND_AUTO_SUSPENDED' || state === 'CANCELLED';
}

async function begin({ account }: Session, request: GraphRunRequest, isAwaited: boolean): Promise<void> {
  const root = structuredClone(request.root);
  if (root.graphChanged) {
    setVersion(root, Number(account.clock.now()));
    await tasksOf(account).set(keyOfTask(root), root);
  }
  const end = schedulerOf(account).begin({ ...request, root });
  if (isAwaited) await account.clock.wait(end);
}
