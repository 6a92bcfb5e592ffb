/**
 * Where a statement runs that goes on beside the one that started it: the same connection, transaction and temporary
 * tables, but names, rights and variables of its own, as they were at the start, and a cancel of its own.
 */
import { engineSession, type EngineSession } from './account';
import type { Session } from './contract';
import { newSession } from './session';

export function childSession(of: Session): Session {
  const parent = engineSession(of);
  const { account, accountName, user, role, warehouse, task, alert } = parent;
  const child = newSession(account, {
    accountName,
    user,
    role,
    grantsOnly: parent.grantsOnly,
    parameters: Object.fromEntries(parent.parameters),
    ...(task && { task }),
    ...(alert && { alert }),
  });
  child.database = parent.database;
  child.schema = parent.schema;
  child.warehouse = warehouse;
  child.rights = parent.rights;
  engineSession(child).secondaryRoles = parent.secondaryRoles;
  for (const [name, value] of parent.variables) child.variables.set(name, value);
  return shareConnection(child, parent);
}

function shareConnection(child: EngineSession, parent: EngineSession): EngineSession {
  return Object.defineProperties(child, {
    id: { value: parent.id },
    temporary: { value: parent.temporary },
    connection: { value: parent.connection },
    exclusively: { value: parent.exclusively },
    transaction: {
      get: () => parent.transaction,
      set: (transaction: EngineSession['transaction']) => (parent.transaction = transaction),
    },
  });
}
