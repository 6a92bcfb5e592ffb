/**
 * Reads an account in a handful of statements, however many deployments there are: SHOW for what only SHOW tells, INFORMATION_SCHEMA for
 * bodies, owners and comments of all objects at once. What the role may not see is absent.
 */
import type { Deployed, DeployedTask } from '../plan/deployed';
import { readMark, type Owner } from '../render/fingerprint';
import { endsSession } from '../snowflake/errors';
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
  /** Whose marks are looked for outside the places. */
  of: Pick<Owner, 'app' | 'env'>;
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
  for (const place of leftPlaces(tasks, scope)) await readLeft(session, place, deployed);
  for (const role of [...grantees].sort()) {
    deployed.grants.push(...(await readGrants(session, role, unseen)));
  }
  return deployed;
}

/** Schemas that have tasks of ours and no deployment: what was applied with the tasks may be there too. */
function leftPlaces(tasks: readonly DeployedTask[], { of, places }: Scope): Place[] {
  const found = new Map<string, Set<string>>();
  for (const { name, comment } of tasks) {
    const mark = readMark(comment);
    if (mark?.app !== of.app || mark.env !== of.env) continue;
    const { database, schema } = name;
    if (places.some((place) => place.database === database && place.schemas.includes(schema))) continue;
    found.set(database, (found.get(database) ?? new Set()).add(schema));
  }
  return [...found].map(([database, schemas]) => ({ database, schemas: [...schemas].sort(), names: [] }));
}

/** What the role may not look at is said: the tasks that led there are planned all the same. */
async function readLeft(session: Session, place: Place, deployed: Deployed): Promise<void> {
  try {
    const { views, procedures, tables } = await readObjects(session, place, deployed.role);
    deployed.views.push(...views);
    deployed.procedures.push(...procedures);
    deployed.tables.push(...tables);
  } catch (error) {
    if (endsSession(error)) throw error;
    const where = place.schemas.map((schema) => `${place.database}.${schema}`).join(', ');
    deployed.unseen.push(
      `${where} may have more that the config left: ${(error as Error).message.split('\n')[0]}`,
    );
    return;
  }
  deployed.alerts.push(...(await readAlerts(session, place, deployed.unseen)));
}
