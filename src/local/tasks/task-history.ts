/** TABLE(INFORMATION_SCHEMA.TASK_HISTORY(...)). https://docs.snowflake.com/en/sql-reference/functions/task_history */
import type { LocalSnowflake, Session, TableFunction } from '../engine/contract';
import { visible } from '../engine/privileges';
import { INTEGER, TIMESTAMP_LTZ, VARCHAR, type ResultColumn, type SqlType, type SqlValue } from '../values';
import { rootsOf } from './graph';
import {
  flagArgument,
  limitArgument,
  nameArgument,
  readArguments,
  textArgument,
  timeArgument,
  type Arguments,
} from './history-arguments';
import { schedulerOf } from './scheduler';
import { invalidValue } from './task-errors';
import { keyOfTask, tasksOf, type Micros, type Task } from './task';
import { newestFirst, runsOf, type TaskRun } from './task-run';

const DAY = 86_400 * 1_000_000;
const ARGUMENTS = [
  ...['SCHEDULED_TIME_RANGE_START', 'SCHEDULED_TIME_RANGE_END', 'RESULT_LIMIT', 'TASK_NAME'],
  ...['DATABASE_NAME', 'SCHEMA_NAME', 'ERROR_ONLY', 'ROOT_TASK_ID'],
];

/** A run, or the next one that is only scheduled. */
type Row = Omit<TaskRun, 'state' | 'number'> & { state: string; number: number };

const COLUMNS: [string, SqlType, (row: Row, next: Micros | undefined) => SqlValue][] = [
  ['QUERY_ID', VARCHAR, (row) => row.queryId],
  ['NAME', VARCHAR, (row) => row.name],
  ['DATABASE_NAME', VARCHAR, (row) => row.database],
  ['SCHEMA_NAME', VARCHAR, (row) => row.schema],
  ['QUERY_TEXT', VARCHAR, (row) => row.queryText],
  ['CONDITION_TEXT', VARCHAR, (row) => row.conditionText],
  ['STATE', VARCHAR, (row) => row.state],
  ['ERROR_CODE', VARCHAR, (row) => row.errorCode],
  ['ERROR_MESSAGE', VARCHAR, (row) => row.errorMessage],
  ['SCHEDULED_TIME', TIMESTAMP_LTZ, (row) => time(row.scheduledTime)],
  ['QUERY_START_TIME', TIMESTAMP_LTZ, (row) => time(row.queryStartTime)],
  ['NEXT_SCHEDULED_TIME', TIMESTAMP_LTZ, (_row, next) => time(next ?? null)],
  ['COMPLETED_TIME', TIMESTAMP_LTZ, (row) => time(row.completedTime)],
  ['ROOT_TASK_ID', VARCHAR, (row) => row.rootTaskId],
  ['GRAPH_VERSION', INTEGER, (row) => row.graphVersion],
  ['RUN_ID', INTEGER, (row) => row.runId],
  ['RETURN_VALUE', VARCHAR, (row) => row.returnValue],
  ['SCHEDULED_FROM', VARCHAR, (row) => row.scheduledFrom],
  ['ATTEMPT_NUMBER', INTEGER, (row) => row.attempt],
  ['CONFIG', VARCHAR, (row) => row.config],
  ['QUERY_HASH', VARCHAR, () => null],
  ['QUERY_HASH_VERSION', INTEGER, () => null],
  ['QUERY_PARAMETERIZED_HASH', VARCHAR, () => null],
  ['QUERY_PARAMETERIZED_HASH_VERSION', INTEGER, () => null],
  ['GRAPH_RUN_GROUP_ID', VARCHAR, (row) => row.graphRunGroupId],
  ['BACKFILL_INFO', VARCHAR, () => null],
  ['SPCS_JOB_ID', VARCHAR, () => null],
];

export const taskHistory: TableFunction = {
  name: 'TASK_HISTORY',
  columns: COLUMNS.map(([name, type]): ResultColumn => ({ name, type })),
  rows: (given, session) => {
    const args = readArguments(given, ARGUMENTS, 'TASK_HISTORY');
    const { account } = session;
    const matches = filterOf(args, session);
    const isVisible = visible(session, 'TASK');
    const rows = newestFirst([...upcoming(account), ...runsOf(account).values()] as TaskRun[]) as Row[];
    const limit = limitArgument(args, { preset: 100, least: 1 });
    return rows
      .filter((each) => matches(each) && isVisible(each.task))
      .slice(0, limit)
      .map((row) => {
        const next = schedulerOf(account).nextTimeOf(row.task);
        return COLUMNS.map(([, , value]) => value(row, next));
      });
  },
};

function filterOf(args: Arguments, session: Session): (row: Row) => boolean {
  const now = Number(session.account.clock.now());
  const start = timeArgument(args, 'SCHEDULED_TIME_RANGE_START', session);
  const end = timeArgument(args, 'SCHEDULED_TIME_RANGE_END', session);
  if (start !== undefined && start < now - 7 * DAY)
    throw invalidValue('more than 7 days ago', 'SCHEDULED_TIME_RANGE_START');
  const isName = nameArgument(args, 'TASK_NAME');
  const isDatabase = nameArgument(args, 'DATABASE_NAME');
  const isSchema = nameArgument(args, 'SCHEMA_NAME');
  const rootTaskId = textArgument(args, 'ROOT_TASK_ID');
  const errorOnly = flagArgument(args, 'ERROR_ONLY');
  return (row) =>
    row.scheduledTime >= (start ?? now - 7 * DAY) &&
    row.scheduledTime <= (end ?? now + 8 * DAY) &&
    isName(row.name) &&
    isDatabase(row.database) &&
    isSchema(row.schema) &&
    (rootTaskId === undefined || row.rootTaskId === rootTaskId) &&
    (!errorOnly || /^(FAILED|CANCELLED)/.test(row.state));
}

/** The next run of each started root, as far as it lies within eight days. */
function* upcoming(account: LocalSnowflake): Generator<Row> {
  const tasks = tasksOf(account);
  const until = Number(account.clock.now()) + 8 * DAY;
  for (const task of tasks.values()) {
    const at = schedulerOf(account).nextTimeOf(keyOfTask(task));
    if (at !== undefined && at <= until) yield scheduledRow(task, rootsOf(tasks, task)[0]!, at);
  }
}

function scheduledRow(task: Task, root: Task, at: Micros): Row {
  return {
    ...{ database: task.database, schema: task.schema, name: task.name },
    ...{
      number: Number.MAX_SAFE_INTEGER,
      task: keyOfTask(task),
      rootTaskId: root.id,
      rootTaskName: root.name,
    },
    ...{ queryId: null, queryText: task.definition, conditionText: task.condition, state: 'SCHEDULED' },
    ...{ errorCode: null, errorMessage: null, scheduledTime: at, queryStartTime: null, completedTime: null },
    ...{ graphVersion: root.graphVersion, runId: Math.floor(at / 1000), graphRunGroupId: '', attempt: 1 },
    ...{ scheduledFrom: 'SCHEDULE', config: root.properties.config ?? null, returnValue: null },
  };
}

function time(micros: Micros | null): bigint | null {
  return micros === null ? null : BigInt(micros);
}
