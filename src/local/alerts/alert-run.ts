/** Evaluations of alerts, the rows of ALERT_HISTORY. https://docs.snowflake.com/en/sql-reference/functions/alert_history */
import { keyOf } from '../catalog/names';
import type { Collection, LocalSnowflake, QualifiedName } from '../engine/contract';
import type { Alert, Micros } from './alert';

export type AlertState =
  | 'EXECUTING'
  | 'CONDITION_FALSE'
  | 'CONDITION_FAILED'
  | 'ACTION_FAILED'
  | 'TRIGGERED'
  | 'CANCELLED'
  | 'FAILED';

export interface AlertRun extends QualifiedName {
  /** Counts up; the key in the catalog. */
  number: number;
  /** Key of the alert. */
  alert: string;
  condition: string;
  conditionQueryId: string | null;
  action: string;
  actionQueryId: string | null;
  state: AlertState;
  /** 0 without an error. */
  errorCode: number;
  errorMessage: string | null;
  scheduledTime: Micros;
  completedTime: Micros | null;
  scheduledFrom: 'SCHEDULE' | 'EXECUTE ALERT';
  runbook: string | null;
  wasAutoSuspended: boolean;
  config: string | null;
}

/** ALERT_HISTORY reaches back seven days; nothing looks further. */
const KEPT_MICROS = 8 * 86_400 * 1_000_000;

export function alertRunsOf(account: LocalSnowflake): Collection<AlertRun> {
  return account.catalog.collection<AlertRun>('alert_runs');
}

/** A run that begins now. */
export function newAlertRun(
  account: LocalSnowflake,
  alert: Alert,
  given: Pick<AlertRun, 'scheduledTime' | 'scheduledFrom'>,
): AlertRun {
  const numbers = account.part(runNumbers);
  numbers.last += 1;
  const { database, schema, name, condition, action, properties } = alert;
  return {
    ...{ number: numbers.last, alert: keyOf(alert), database, schema, name, condition, action },
    ...{ conditionQueryId: null, actionQueryId: null, state: 'EXECUTING', errorCode: 0, errorMessage: null },
    ...{ completedTime: null, runbook: properties.runbook ?? null, wasAutoSuspended: false },
    config: properties.config ?? null,
    ...given,
  };
}

/** Goes on after the runs of earlier sessions of the account. */
function runNumbers(account: LocalSnowflake): { last: number } {
  return { last: [...alertRunsOf(account).values()].reduce((most, { number }) => Math.max(most, number), 0) };
}

/** Keeps a run as it stands, and forgets those that nothing shows any more. Nobody waits for the disk. */
export function recordAlertRun(account: LocalSnowflake, run: AlertRun): void {
  const runs = alertRunsOf(account);
  void runs.set(String(run.number), run);
  const oldest = Number(account.clock.now()) - KEPT_MICROS;
  for (const [key, old] of runs.entries()) {
    if (old.completedTime === null || old.completedTime >= oldest) break;
    void runs.delete(key);
  }
}
