/**
 * One evaluation: the condition, and the action when the condition has a row, in a session of the owner's.
 * https://docs.snowflake.com/en/user-guide/alerts
 */
import { randomUUID } from 'node:crypto';
import type { AlertRunContext, LocalSnowflake, Session } from '../engine/contract';
import { SnowflakeError } from '../errors';
import type { Alert } from './alert';
import { recordAlertRun, type AlertRun, type AlertState } from './alert-run';

/** Ends always: how it went is in the run. */
export async function evaluate(
  account: LocalSnowflake,
  alert: Alert,
  run: AlertRun,
  signal: AbortSignal,
): Promise<void> {
  const context = contextOf(alert, run);
  const session = openSession(account, alert, context);
  let failure: AlertState = 'CONDITION_FAILED';
  try {
    run.conditionQueryId = randomUUID();
    recordAlertRun(account, run);
    const condition = { queryId: run.conditionQueryId, signal, inProcess: true };
    const { rows } = await session.execute(alert.condition, [], condition);
    context.conditionQueryId = run.conditionQueryId;
    signal.throwIfAborted();
    if (rows.length === 0) return finish(account, run, 'CONDITION_FALSE');
    failure = 'ACTION_FAILED';
    run.actionQueryId = randomUUID();
    await session.execute(alert.action, [], { queryId: run.actionQueryId, signal, inProcess: true });
    signal.throwIfAborted();
    finish(account, run, 'TRIGGERED');
  } catch (error) {
    // One that a closed account cuts off is still executing when the account is opened again, and marked then.
    if (!account.isClosed)
      finish(account, run, signal.aborted ? 'CANCELLED' : failure, asSnowflakeError(error));
  } finally {
    await session.close();
  }
}

function finish(account: LocalSnowflake, run: AlertRun, state: AlertState, error?: SnowflakeError): void {
  Object.assign(run, { state, completedTime: Number(account.clock.now()) });
  if (error) Object.assign(run, { errorCode: Number(error.code), errorMessage: error.message });
  recordAlertRun(account, run);
}

function asSnowflakeError(thrown: unknown): SnowflakeError {
  if (thrown instanceof SnowflakeError) return thrown;
  return new SnowflakeError('000603', 'XX000', thrown instanceof Error ? thrown.message : String(thrown));
}

function contextOf({ name, properties, lastSuccess }: Alert, { scheduledTime }: AlertRun): AlertRunContext {
  return {
    alertName: name,
    scheduledAt: BigInt(scheduledTime),
    lastSuccess: lastSuccess === null ? undefined : BigInt(lastSuccess),
    config: properties.config,
    conditionQueryId: undefined,
  };
}

/** Alerts run with the rights of their owner. */
function openSession(account: LocalSnowflake, alert: Alert, context: AlertRunContext): Session {
  const { owner: role, database, schema } = alert;
  const { warehouse } = alert.properties;
  return account.openSession({ user: 'SYSTEM', role, database, schema, warehouse, alert: context });
}
