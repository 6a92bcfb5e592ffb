/** TABLE(INFORMATION_SCHEMA.ALERT_HISTORY(...)). https://docs.snowflake.com/en/sql-reference/functions/alert_history */
import { keyOf } from '../catalog/names';
import type { LocalSnowflake, Session, TableFunction } from '../engine/contract';
import {
  limitArgument,
  nameArgument,
  readArguments,
  timeArgument,
  type Arguments,
} from '../tasks/history-arguments';
import { invalidValue } from '../tasks/task-errors';
import { BOOLEAN, INTEGER, TIMESTAMP_LTZ, VARCHAR, type SqlType, type SqlValue } from '../values';
import { alertsOf, type Alert, type Micros } from './alert';
import { alertRunsOf, type AlertRun } from './alert-run';
import { alertSchedulerOf } from './alert-scheduler';

const DAY = 86_400 * 1_000_000;
const ARGUMENTS = ['SCHEDULED_TIME_RANGE_START', 'SCHEDULED_TIME_RANGE_END', 'RESULT_LIMIT', 'ALERT_NAME'];

/** A run, or the next one that is only scheduled. */
type Row = Omit<AlertRun, 'state' | 'errorCode'> & { state: string; errorCode: number | null };

const COLUMNS: [string, SqlType, (row: Row) => SqlValue][] = [
  ['NAME', VARCHAR, (row) => row.name],
  ['DATABASE_NAME', VARCHAR, (row) => row.database],
  ['SCHEMA_NAME', VARCHAR, (row) => row.schema],
  ['CONDITION', VARCHAR, (row) => row.condition],
  ['CONDITION_QUERY_ID', VARCHAR, (row) => row.conditionQueryId],
  ['ACTION', VARCHAR, (row) => row.action],
  ['ACTION_QUERY_ID', VARCHAR, (row) => row.actionQueryId],
  ['STATE', VARCHAR, (row) => row.state],
  ['SQL_ERROR_CODE', INTEGER, (row) => row.errorCode],
  ['SQL_ERROR_MESSAGE', VARCHAR, (row) => row.errorMessage],
  ['SCHEDULED_TIME', TIMESTAMP_LTZ, (row) => time(row.scheduledTime)],
  ['COMPLETED_TIME', TIMESTAMP_LTZ, (row) => time(row.completedTime)],
  ['SCHEDULED_FROM', VARCHAR, (row) => row.scheduledFrom],
  ['RUNBOOK', VARCHAR, (row) => row.runbook],
  ['WAS_AUTO_SUSPENDED', BOOLEAN, (row) => row.wasAutoSuspended],
  ['CONFIG', VARCHAR, (row) => row.config],
];

export const alertHistory: TableFunction = {
  name: 'ALERT_HISTORY',
  columns: COLUMNS.map(([name, type]) => ({ name, type })),
  rows: (given, session) => {
    const args = readArguments(given, ARGUMENTS, 'ALERT_HISTORY');
    const { account } = session;
    const limit = limitArgument(args, { preset: 100, least: 0 });
    const matches = filterOf(args, session);
    return [...upcoming(account), ...alertRunsOf(account).values()]
      .filter(matches)
      .sort((a, b) => b.scheduledTime - a.scheduledTime || b.number - a.number)
      .slice(0, limit)
      .map((row) => COLUMNS.map(([, , value]) => value(row)));
  },
};

function filterOf(args: Arguments, session: Session): (row: Row) => boolean {
  const now = Number(session.account.clock.now());
  const start = timeArgument(args, 'SCHEDULED_TIME_RANGE_START', session);
  const end = timeArgument(args, 'SCHEDULED_TIME_RANGE_END', session);
  if (start !== undefined && start < now - 7 * DAY)
    throw invalidValue('more than 7 days ago', 'SCHEDULED_TIME_RANGE_START');
  const isName = nameArgument(args, 'ALERT_NAME');
  return (row) =>
    row.scheduledTime >= (start ?? now - 7 * DAY) &&
    row.scheduledTime <= (end ?? now + 8 * DAY) &&
    isName(row.name);
}

/** The next evaluation of each started alert, as far as it lies within eight days. */
function upcoming(account: LocalSnowflake): Row[] {
  const until = Number(account.clock.now()) + 8 * DAY;
  return [...alertsOf(account).values()].flatMap((alert) => {
    const at = alertSchedulerOf(account).nextTimeOf(keyOf(alert));
    return at === undefined || at > until ? [] : [scheduledRow(alert, at)];
  });
}

function scheduledRow(alert: Alert, at: Micros): Row {
  const { database, schema, name, condition, action, properties } = alert;
  return {
    ...{ number: Number.MAX_SAFE_INTEGER, alert: keyOf(alert), database, schema, name, condition, action },
    ...{
      conditionQueryId: null,
      actionQueryId: null,
      state: 'SCHEDULED',
      errorCode: null,
      errorMessage: null,
    },
    ...{ scheduledTime: at, completedTime: null, scheduledFrom: 'SCHEDULE', wasAutoSuspended: false },
    ...{ runbook: properties.runbook ?? null, config: properties.config ?? null },
  };
}

function time(micros: Micros | null): bigint | null {
  return micros === null ? null : BigInt(micros);
}
