/**
 * Evaluates alerts when they fall due, on the account's clock: none twice at once.
 * https://docs.snowflake.com/en/sql-reference/sql/create-alert, https://docs.snowflake.com/en/sql-reference/sql/execute-alert
 */
import { keyOf } from '../catalog/names';
import type { LocalSnowflake } from '../engine/contract';
import { canceled } from '../errors';
import { nextTime, parseSchedule } from '../tasks/schedule';
import { alertsOf, type Alert, type Micros } from './alert';
import { alertRunsOf, newAlertRun, recordAlertRun, type AlertRun } from './alert-run';
import { evaluate } from './evaluate';

export interface AlertScheduler {
  /** Works out anew when the alert is next due; call it after every change. */
  plan(alert: Alert): void;
  forget(key: string): void;
  /** When the alert is next due; `undefined` when it is suspended. */
  nextTimeOf(key: string): Micros | undefined;
  /** Evaluates it now, or right after the run in progress; what takes time in it goes on as time passes. */
  execute(key: string): void;
  /** Cancels the run in progress, if there is one. */
  cancel(key: string): void;
}

export function alertSchedulerOf(account: LocalSnowflake): AlertScheduler {
  return account.part(createScheduler);
}

/** Takes up the schedule of an account that was closed: runs it left behind have failed. */
export function install(account: LocalSnowflake): void {
  const errorMessage = 'The local Snowflake was stopped while the alert was running.';
  for (const run of alertRunsOf(account).values()) {
    if (run.state !== 'EXECUTING') continue;
    const failed = {
      state: 'FAILED' as const,
      errorCode: 603,
      errorMessage,
      completedTime: run.scheduledTime,
    };
    recordAlertRun(account, { ...run, ...failed });
  }
  for (const alert of alertsOf(account).values()) alertSchedulerOf(account).plan(alert);
}

function createScheduler(account: LocalSnowflake): AlertScheduler {
  const { clock } = account;
  const alerts = alertsOf(account);
  const due = new Map<string, Micros>();
  const running = new Map<string, AbortController>();
  const requested = new Set<string>();

  clock.addSource({ nextEvent, fire, timeSet });
  return { plan, forget, nextTimeOf: (key) => due.get(key), execute, cancel };

  function plan(alert: Alert, after = Number(clock.now())): void {
    const key = keyOf(alert);
    due.delete(key);
    const { schedule } = alert.properties;
    if (!alert.started || schedule === undefined) return;
    const base = (alert.resumedOn ?? after) / 1000;
    due.set(key, nextTime(parseSchedule(schedule), after / 1000, base) * 1000);
  }

  function forget(key: string): void {
    due.delete(key);
    requested.delete(key);
  }

  function nextEvent(): bigint | undefined {
    let first = Infinity;
    for (const at of due.values()) if (at < first) first = at;
    return first === Infinity ? undefined : BigInt(first);
  }

  function fire(at: bigint): void {
    for (const [key, time] of [...due]) {
      if (BigInt(time) > at) continue;
      plan(alerts.get(key)!, time);
      // A time that comes while the alert is still evaluated is passed over.
      if (!running.has(key)) start(key, { scheduledFrom: 'SCHEDULE', scheduledTime: time });
    }
  }

  function execute(key: string): void {
    if (running.has(key)) requested.add(key);
    else start(key, { scheduledFrom: 'EXECUTE ALERT', scheduledTime: Number(clock.now()) });
  }

  function start(key: string, given: Pick<AlertRun, 'scheduledFrom' | 'scheduledTime'>): void {
    const alert = structuredClone(alerts.get(key)!);
    const run = newAlertRun(account, alert, given);
    const controller = new AbortController();
    running.set(key, controller);
    recordAlertRun(account, run);
    const body = async (): Promise<void> => {
      await evaluate(account, alert, run, controller.signal);
      await settle(alert, run);
      running.delete(key);
      if (requested.delete(key) && alerts.get(key)) execute(key);
    };
    // As with tasks: an error here is a fault of the engine's own, unless the account was closed meanwhile.
    clock.start(body, { drivesTime: false }).catch((fault: unknown) => {
      if (!clock.isStopped) process.emitWarning(fault instanceof Error ? fault : new Error(String(fault)));
    });
  }

  /** What a run changes of its alert; one that was replaced meanwhile has nothing to do with it. */
  async function settle({ id }: Alert, run: AlertRun): Promise<void> {
    const now = alerts.get(run.alert);
    if (now?.id !== id || run.state === 'CANCELLED') return;
    const alert = { ...now };
    const isFine = run.state === 'TRIGGERED' || run.state === 'CONDITION_FALSE';
    if (isFine) alert.lastSuccess = run.scheduledTime;
    alert.failuresInARow = isFine ? 0 : alert.failuresInARow + 1;
    const limit = alert.properties.suspendAlertAfterNumFailures ?? 0;
    if (alert.started && limit > 0 && alert.failuresInARow >= limit) {
      Object.assign(alert, { started: false, wasAutoSuspended: true, failuresInARow: 0 });
      recordAlertRun(account, Object.assign(run, { wasAutoSuspended: true }));
      due.delete(run.alert);
    }
    await alerts.set(run.alert, alert);
  }

  function cancel(key: string): void {
    requested.delete(key);
    running.get(key)?.abort(canceled());
  }

  function timeSet(): void {
    const now = Number(clock.now());
    for (const key of [...due.keys()]) {
      const alert = alerts.get(key);
      if (!alert) continue;
      if (alert.resumedOn !== null && alert.resumedOn > now) alert.resumedOn = now;
      plan(alert, now);
    }
  }
}
