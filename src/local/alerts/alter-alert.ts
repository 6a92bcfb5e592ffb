/** ALTER ALERT. https://docs.snowflake.com/en/sql-reference/sql/alter-alert */
import { keyOf, qualify } from '../catalog/names';
import type { Session, StatementHandler } from '../engine/contract';
import { doesNotExist, unsupported } from '../errors';
import { TokenReader } from '../sql/token-reader';
import { requirePrincipals } from '../tasks/principals';
import { statusRow } from '../tasks/status-row';
import { alertsOf, type Alert } from './alert';
import { readAlertProperty, requireAlertValues, unsetAlertProperty } from './alert-clauses';
import { alertSchedulerOf } from './alert-scheduler';
import { readAction, readCondition } from './read-body';
import { requireSameKind, requireSchedule } from './schedule-kind';

export const alterAlert: StatementHandler = {
  name: 'ALTER ALERT',
  matches: ([first, second]) => first?.value === 'ALTER' && second?.value === 'ALERT',
  run: async ({ text, tokens }, session) => {
    const reader = new TokenReader(text, tokens);
    reader.expect('ALTER', 'ALERT');
    const ifExists = reader.accept('IF', 'EXISTS');
    const key = keyOf(qualify(reader.name(), session));
    const before = alertsOf(session.account).get(key);
    if (!before && !ifExists) throw doesNotExist('Alert', key);
    if (before) await act(reader, before, session);
    return statusRow('Statement executed successfully.');
  },
};

async function act(reader: TokenReader, before: Alert, session: Session): Promise<void> {
  const alert = structuredClone(before);
  if (reader.accept('RESUME')) resume(alert, session);
  else if (reader.accept('SUSPEND')) suspend(alert, session);
  else change(reader, alert, session);
  reader.end();
  requireSameKind(before, alert.properties);
  requireAlertValues(alert.properties);
  // Another interval counts from now.
  if (alert.started && alert.properties.schedule !== before.properties.schedule)
    alert.resumedOn = Number(session.account.clock.now());
  await alertsOf(session.account).set(keyOf(alert), alert);
  alertSchedulerOf(session.account).plan(alert);
}

/** The base of its interval is the moment of the RESUME. */
function resume(alert: Alert, { account }: Session): void {
  requireSchedule(alert, 'ALTER ALERT ... RESUME');
  Object.assign(alert, { started: true, wasAutoSuspended: false, failuresInARow: 0 });
  alert.resumedOn = Number(account.clock.now());
}

/** What runs is cancelled. */
function suspend(alert: Alert, { account }: Session): void {
  Object.assign(alert, { started: false, failuresInARow: 0 });
  alertSchedulerOf(account).cancel(keyOf(alert));
}

function change(reader: TokenReader, alert: Alert, session: Session): void {
  const said = new Set<string>();
  if (reader.sees('FROM', 'TEMPLATE')) throw unsupported('ALTER ALERT ... FROM TEMPLATE');
  if (reader.accept('MODIFY', 'CONDITION')) {
    alert.condition = readCondition(reader, { inParentheses: false });
  } else if (reader.accept('MODIFY', 'ACTION')) {
    alert.action = readAction(reader);
  } else if (reader.accept('SET')) {
    const { warehouse } = alert.properties;
    each(reader, () => readAlertProperty(reader, alert.properties, said));
    if (alert.properties.warehouse !== warehouse) requirePrincipals(alert.properties, session);
  } else if (reader.accept('UNSET')) {
    each(reader, () => unsetAlertProperty(reader, alert.properties, said));
  } else {
    reader.fail();
  }
}

/** One after the other, separated by commas or blanks. */
function each(reader: TokenReader, read: () => void): void {
  do {
    read();
    reader.accept(',');
  } while (!reader.done);
}
