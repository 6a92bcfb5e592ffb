/** CREATE [OR REPLACE | OR ALTER] ALERT. https://docs.snowflake.com/en/sql-reference/sql/create-alert */
import { randomUUID } from 'node:crypto';
import { grantFuture } from '../catalog/future-grants';
import { dropGrantsOn } from '../catalog/grants';
import { keyOf, qualify, showIdentifier } from '../catalog/names';
import { requireSchema } from '../catalog/schemas';
import type { QualifiedName, Session, StatementHandler } from '../engine/contract';
import { alreadyExists, unsupported } from '../errors';
import { TokenReader } from '../sql/token-reader';
import { requirePrincipals } from '../tasks/principals';
import { statusRow } from '../tasks/status-row';
import { incompatible } from '../tasks/task-errors';
import { alertsOf, type Alert, type AlertProperties } from './alert';
import { readAlertProperty, requireAlertValues } from './alert-clauses';
import { alertSchedulerOf } from './alert-scheduler';
import { namedAlert } from './named-alert';
import { readAction, readCondition } from './read-body';
import { requireSameKind } from './schedule-kind';

interface CreateAlert {
  variant: 'CREATE' | 'OR REPLACE' | 'OR ALTER';
  ifNotExists: boolean;
  name: QualifiedName;
  properties: AlertProperties;
  condition: string;
  action: string;
}

export const createAlert: StatementHandler = {
  name: 'CREATE ALERT',
  matches: (tokens) => {
    const words = tokens.slice(0, 4).map(({ value }) => value);
    return words[0] === 'CREATE' && words[words[1] === 'OR' ? 3 : 1] === 'ALERT';
  },
  run: async ({ text, tokens }, session) => {
    const statement = parse(new TokenReader(text, tokens), session);
    requireSchema(statement.name, session);
    const { name, variant } = statement;
    const existing = alertsOf(session.account).get(keyOf(name));
    if (existing && statement.ifNotExists)
      return statusRow(`${name.name} already exists, statement succeeded.`);
    if (existing && variant === 'CREATE') throw alreadyExists(showIdentifier(name.name));
    requireAlertValues(statement.properties);
    if (existing && variant === 'OR ALTER') {
      await alter(existing, statement, session);
      return statusRow('Statement executed successfully.');
    }
    await create(statement, existing, session);
    return statusRow(`Alert ${name.name} successfully created.`);
  },
};

function parse(reader: TokenReader, session: Session): CreateAlert {
  reader.expect('CREATE');
  const variant = reader.accept('OR', 'REPLACE')
    ? 'OR REPLACE'
    : reader.accept('OR', 'ALTER')
      ? 'OR ALTER'
      : 'CREATE';
  reader.expect('ALERT');
  const ifNotExists = reader.accept('IF', 'NOT', 'EXISTS');
  if (ifNotExists && variant !== 'CREATE') throw incompatible(variant);
  const name = qualify(reader.name(), session);
  if (reader.sees('FROM', 'TEMPLATE')) throw unsupported('CREATE ALERT ... FROM TEMPLATE');
  const statement = { variant, ifNotExists, name, properties: {} } as const;
  const said = new Set<string>();
  if (reader.accept('CLONE')) return cloneOf(reader, statement, session);
  while (!reader.sees('IF')) readAlertProperty(reader, statement.properties, said);
  reader.expect('IF');
  const condition = readCondition(reader, { inParentheses: true });
  reader.expect('THEN');
  const action = readAction(reader);
  requirePrincipals(statement.properties, session);
  return { ...statement, condition, action };
}

/** CREATE ALERT ... CLONE: what the source's statements said, but for the properties that this one gives. */
function cloneOf(
  reader: TokenReader,
  statement: Omit<CreateAlert, 'condition' | 'action'>,
  session: Session,
): CreateAlert {
  if (statement.variant === 'OR ALTER') throw unsupported('CREATE OR ALTER ALERT ... CLONE');
  const { properties, condition, action } = structuredClone(namedAlert(reader, session));
  const said = new Set<string>();
  while (!reader.done) readAlertProperty(reader, properties, said);
  requirePrincipals(properties, session);
  return { ...statement, properties, condition, action };
}

async function create(
  { name, properties, condition, action }: CreateAlert,
  replaced: Alert | undefined,
  session: Session,
): Promise<void> {
  const { account, role } = session;
  const alerts = alertsOf(account);
  const alert: Alert = {
    ...name,
    id: randomUUID(),
    owner: role,
    createdOn: Number(account.clock.now()),
    started: false,
    ...{ resumedOn: null, wasAutoSuspended: null, failuresInARow: 0, lastSuccess: null },
    ...{ properties, condition, action },
  };
  if (replaced) {
    await alerts.delete(keyOf(replaced));
    await dropGrantsOn(account.catalog, 'ALERT', keyOf(replaced));
  }
  await alerts.set(keyOf(alert), alert);
  await grantFuture(session, 'ALERT', alert);
  alertSchedulerOf(account).plan(alert);
}

/** CREATE OR ALTER keeps state, grants and history; what the statement leaves out is unset. */
async function alter(
  before: Alert,
  { properties, condition, action }: CreateAlert,
  { account }: Session,
): Promise<void> {
  requireSameKind(before, properties);
  const alert: Alert = { ...structuredClone(before), properties, condition, action };
  if (before.properties.schedule !== properties.schedule && alert.started)
    alert.resumedOn = Number(account.clock.now());
  await alertsOf(account).set(keyOf(alert), alert);
  alertSchedulerOf(account).plan(alert);
}
