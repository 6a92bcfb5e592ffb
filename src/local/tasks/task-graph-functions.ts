/**
 * Graph runs as tables: CURRENT_TASK_GRAPHS and COMPLETE_TASK_GRAPHS.
 * https://docs.snowflake.com/en/sql-reference/functions/complete_task_graphs,
 * https://docs.snowflake.com/en/sql-reference/functions/current_task_graphs
 */
import { keyOf } from '../catalog/names';
import type { LocalSnowflake, TableFunction } from '../engine/contract';
import { INTEGER, TIMESTAMP_LTZ, VARCHAR, type ResultColumn, type SqlType, type SqlValue } from '../values';
import {
  flagArgument,
  limitArgument,
  nameArgument,
  readArguments,
  type Arguments,
} from './history-arguments';
import { schedulerOf } from './scheduler';
import { keyOfTask, tasksOf, type Micros, type Task } from './task';
import { runsOf, type TaskRun } from './task-run';

const HOUR = 3600 * 1_000_000;
const EIGHT_DAYS = 8 * 24 * HOUR;

interface GraphRow {
  rootTaskName: string;
  database: string;
  schema: string;
  state: string;
  scheduledFrom: string;
  firstError: TaskRun | undefined;
  scheduledTime: Micros;
  queryStartTime: Micros | null;
  completedTime: Micros | null;
  rootTaskId: string;
  rootKey: string;
  graphVersion: number;
  runId: number;
  attempt: number;
  config: string | null;
  graphRunGroupId: string | null;
}

const COLUMNS: [string, SqlType, (row: GraphRow, next: Micros | undefined) => SqlValue][] = [
  ['ROOT_TASK_NAME', VARCHAR, (row) => row.rootTaskName],
  ['DATABASE_NAME', VARCHAR, (row) => row.database],
  ['SCHEMA_NAME', VARCHAR, (row) => row.schema],
  ['STATE', VARCHAR, (row) => row.state],
  ['FIRST_ERROR_TASK_NAME', VARCHAR, (row) => row.firstError?.name ?? null],
  ['FIRST_ERROR_CODE', VARCHAR, (row) => row.firstError?.errorCode ?? null],
  ['FIRST_ERROR_MESSAGE', VARCHAR, (row) => row.firstError?.errorMessage ?? null],
  ['SCHEDULED_TIME', TIMESTAMP_LTZ, (row) => time(row.scheduledTime)],
  ['QUERY_START_TIME', TIMESTAMP_LTZ, (row) => time(row.queryStartTime)],
  ['NEXT_SCHEDULED_TIME', TIMESTAMP_LTZ, (_row, next) => time(next ?? null)],
  ['COMPLETED_TIME', TIMESTAMP_LTZ, (row) => time(row.completedTime)],
  ['ROOT_TASK_ID', VARCHAR, (row) => row.rootTaskId],
  ['GRAPH_VERSION', INTEGER, (row) => row.graphVersion],
  ['RUN_ID', INTEGER, (row) => row.runId],
  ['ATTEMPT_NUMBER', INTEGER, (row) => row.attempt],
  ['SCHEDULED_FROM', VARCHAR, (row) => row.scheduledFrom],
  ['CONFIG', VARCHAR, (row) => row.config],
  ['GRAPH_RUN_GROUP_ID', VARCHAR, (row) => row.graphRunGroupId],
  ['BACKFILL_INFO', VARCHAR, () => null],
  ['SCHEDULED_BY_USER', VARCHAR, () => null],
];
const ARGUMENTS = ['RESULT_LIMIT', 'ROOT_TASK_NAME'];
const CURRENT_COLUMNS = COLUMNS.filter(([name]) => name !== 'COMPLETED_TIME');

const completeTaskGraphs: TableFunction = {
  name: 'COMPLETE_TASK_GRAPHS',
  columns: asColumns(COLUMNS),
  rows: (given, { account }) => {
    const args = readArguments(given, [...ARGUMENTS, 'ERROR_ONLY'], 'COMPLETE_TASK_GRAPHS');
    const since = Number(account.clock.now()) - HOUR;
    const errorOnly = flagArgument(args, 'ERROR_ONLY');
    const rows = graphsOf(account)
      .filter((row) => row.state !== 'EXECUTING' && row.state !== 'SKIPPED' && row.completedTime! >= since)
      .filter((row) => !errorOnly || row.state !== 'SUCCEEDED')
      .sort((a, b) => b.completedTime! - a.completedTime!);
    return render(account, rows, args, COLUMNS);
  },
};

const currentTaskGraphs: TableFunction = {
  name: 'CURRENT_TASK_GRAPHS',
  columns: asColumns(CURRENT_COLUMNS),
  rows: (given, { account }) => {
    const args = readArguments(given, ARGUMENTS, 'CURRENT_TASK_GRAPHS');
    const executing = graphsOf(account).filter(({ state }) => state === 'EXECUTING');
    const rows = [...executing, ...scheduled(account)].sort((a, b) => b.scheduledTime - a.scheduledTime);
    return render(account, rows, args, CURRENT_COLUMNS);
  },
};

function render(
  account: LocalSnowflake,
  rows: GraphRow[],
  args: Arguments,
  columns: typeof COLUMNS,
): SqlValue[][] {
  const isRootName = nameArgument(args, 'ROOT_TASK_NAME');
  return rows
    .filter((row) => isRootName(row.rootTaskName))
    .slice(0, limitArgument(args, { preset: 1000, least: 0 }))
    .map((row) => columns.map(([, , value]) => value(row, schedulerOf(account).nextTimeOf(row.rootKey))));
}

/** One row for each attempt of a graph run. */
function graphsOf(account: LocalSnowflake): GraphRow[] {
  const graphs = new Map<string, TaskRun[]>();
  for (const run of runsOf(account).values()) {
    const key = `${run.graphRunGroupId} ${run.attempt}`;
    graphs.set(key, [...(graphs.get(key) ?? []), run]);
  }
  const active = new Set(
    [...schedulerOf(account).active].map(({ runs }) => runs.at(-1)).map(groupAndAttempt),
  );
  return [...graphs].map(([key, runs]) => graphRow(runs, active.has(key)));
}

function groupAndAttempt(run: TaskRun | undefined): string {
  return `${run?.graphRunGroupId} ${run?.attempt}`;
}

function graphRow(runs: TaskRun[], isActive: boolean): GraphRow {
  const first = runs[0]!;
  const root = runs.find((run) => run.name === first.rootTaskName) ?? first;
  const firstError = runs.find(({ state }) => state.startsWith('FAILED'));
  const state = isActive
    ? 'EXECUTING'
    : firstError
      ? 'FAILED'
      : runs.some((run) => run.state === 'CANCELLED')
        ? 'CANCELLED'
        : root.name === first.rootTaskName && root.state === 'SKIPPED'
          ? 'SKIPPED'
          : 'SUCCEEDED';
  return {
    ...{
      rootTaskName: first.rootTaskName,
      database: first.database,
      schema: first.schema,
      state,
      firstError,
    },
    ...{
      scheduledFrom: root.scheduledFrom,
      scheduledTime: first.scheduledTime,
      queryStartTime: first.queryStartTime,
    },
    completedTime: isActive ? null : Math.max(...runs.map((run) => run.completedTime ?? run.scheduledTime)),
    ...{ rootTaskId: first.rootTaskId, rootKey: keyOf({ ...first, name: first.rootTaskName }) },
    ...{ graphVersion: first.graphVersion, runId: first.runId, attempt: first.attempt },
    ...{ config: first.config, graphRunGroupId: first.graphRunGroupId },
  };
}

function scheduled(account: LocalSnowflake): GraphRow[] {
  const until = Number(account.clock.now()) + EIGHT_DAYS;
  return [...tasksOf(account).values()].flatMap((task) => {
    const at = schedulerOf(account).nextTimeOf(keyOfTask(task));
    return at === undefined || at > until ? [] : [scheduledRow(task, at)];
  });
}

function scheduledRow(root: Task, at: Micros): GraphRow {
  return {
    ...{ rootTaskName: root.name, database: root.database, schema: root.schema, state: 'SCHEDULED' },
    ...{ scheduledFrom: 'SCHEDULE', firstError: undefined, scheduledTime: at },
    ...{ queryStartTime: null, completedTime: null, rootTaskId: root.id, rootKey: keyOfTask(root) },
    ...{ graphVersion: root.graphVersion, runId: Math.floor(at / 1000), attempt: 1 },
    ...{ config: root.properties.config ?? null, graphRunGroupId: null },
  };
}

function asColumns(columns: readonly (readonly [string, SqlType, unknown])[]): ResultColumn[] {
  return columns.map(([name, type]) => ({ name, type }));
}

function time(micros: Micros | null): bigint | null {
  return micros === null ? null : BigInt(micros);
}

export const taskGraphFunctions: TableFunction[] = [completeTaskGraphs, currentTaskGraphs];
