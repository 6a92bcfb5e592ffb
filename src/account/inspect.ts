/**
 * Reads an account in a handful of statements, however many deployments there are: SHOW for what only SHOW tells, INFORMATION_SCHEMA for
 * bodies, owners and comments of all objects at once. What the role may not see is absent.
 */
import type { Deployed } from '../plan/deployed';
import type { AccountFacts } from '../snowflake/inspect';
import { nameOf } from '../snowflake/inspect';
import type { Session } from '../snowflake/session';
import { readAlerts } from './alerts';
import { readGrants } from './grants';
import { readObjects } from './objects';
import { readTasks } from './tasks';

/** What is asked for: schemas of one database, and names in them. */
export interface Place {
  database: string;
  schemas: string[];
  /** Names of views, procedures and tasks that the config has. */
  names: string[];
}

export interface Scope {
  places: readonly Place[];
  /** Roles that the config grants to, as Snowflake stores them. */
  roles: readonly string[];
}

/**
 * @param facts of the session, read when it was opened
 * @throws AutoRestartError FAILED where an answer was cut, SnowflakeStatementError
 */
export async function inspectDeployed(
  session: Session,
  facts: AccountFacts,
  scope: Scope,
): Promise<Deployed> {
  const unseen: string[] = [];
  const tasks = await readTasks(session, scope.places, unseen);
  const deployed: Deployed = {
    account: nameOf(facts),
    role: facts.role,
    user: facts.user,
    now: facts.now,
    views: [],
    procedures: [],
    tables: [],
    alerts: [],
    tasks,
    grants: [],
    locks: [],
    running: [],
    unseen,
  };
  const grantees = new Set(scope.roles);
  for (const place of scope.places) {
    const found = await readObjects(session, place, facts.role);
    deployed.views.push(...found.views);
    deployed.locks.push(...found.locks);
    deployed.procedures.push(...found.procedures);
    deployed.tables.push(...found.tables);
    deployed.running.push(...found.running);
    deployed.alerts.push(...(await readAlerts(session, place, unseen)));
    for (const role of found.grantees) grantees.add(role);
  }
  for (const role of [...grantees].sort()) {
    deployed.grants.push(...(await readGrants(session, role, unseen)));
  }
  return deployed;
}
