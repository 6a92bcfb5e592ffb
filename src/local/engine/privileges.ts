/**
 * What a role may do: enforced for roles that have been granted something and own nothing, such as those that a config
 * grants to, so that a missing grant shows. Every other role, the default one and the owner's among them, may do all.
 * https://docs.snowflake.com/en/user-guide/security-access-control-privileges
 */
import { type GrantRecord, grantsOf } from '../catalog/grants';
import { identifierOf, keyOf, showIdentifier } from '../catalog/names';
import { doesNotExist, NotAuthorized } from '../errors';
import { engineSession, type EngineSession } from './account';
import type { QualifiedName, Session } from './contract';
import { ownerships } from './statements/owners';

const OF_THE_ACCOUNT = new Set(['ACCOUNT', 'WAREHOUSE', 'INTEGRATION']);

/** Whether the session's role may only do what was granted to it. */
export function isRestricted(of: Session): boolean {
  const session = engineSession(of);
  if (session.rights === 'owner' || !session.account.objects.roles.get(session.role)) return false;
  if (session.grantsOnly) return true;
  const { role } = session;
  const isGranted = [...grantsOf(session.account.catalog).values()].some(
    (grant) => grant.role === role && !grant.toUser && !grant.future,
  );
  return isGranted && !ownerships(session).some((grant) => grant.role === role);
}

/** Grants of the role, of the roles that were granted to it, and of PUBLIC, what they own among them; with secondary roles, the user's. */
function grantsFor(session: EngineSession): GrantRecord[] {
  const all = [...grantsOf(session.account.catalog).values()].filter((grant) => !grant.future);
  const roles = new Set([session.role, 'PUBLIC']);
  if (session.secondaryRoles === 'ALL')
    for (const grant of all)
      if (grant.toUser && grant.role === session.user && grant.on === 'ROLE')
        roles.add(identifierOf(grant.name));
  for (const role of roles)
    for (const grant of all)
      if (!grant.toUser && grant.role === role && grant.on === 'ROLE') roles.add(identifierOf(grant.name));
  return [...all, ...ownerships(session)].filter((grant) => !grant.toUser && roles.has(grant.role));
}

/** Whether a grant is on the object; `name` has no signature, a procedure's grant has. */
function isOn(grant: GrantRecord, kind: string, name: string): boolean {
  return grant.on === kind && (grant.name === name || grant.name.startsWith(`${name}(`));
}

/** Whether the role sees that there is such an object: any privilege on it will do. */
export function maySee(session: Session, kind: string, name: string): boolean {
  if (!isRestricted(session)) return true;
  return grantsFor(engineSession(session)).some((grant) => isOn(grant, kind, name));
}

/** What a role sees of many objects of a kind, by name. */
export function visible(session: Session, kind: string): (name: string) => boolean {
  if (!isRestricted(session)) return () => true;
  const grants = grantsFor(engineSession(session)).filter((grant) => grant.on === kind);
  return (name) => grants.some((grant) => isOn(grant, kind, name));
}

/** What the role, or one that it inherits, owns: names as grants show them. */
export function ownedBy(session: EngineSession): Set<string> {
  const own = grantsFor(session).filter(({ privilege }) => privilege === 'OWNERSHIP');
  return new Set(own.map(({ name }) => name.split('(')[0]!));
}

/** Whether the role may create objects of a kind, somewhere: `TABLE`, `DBT`. */
export function mayCreate(session: EngineSession, kind: string): boolean {
  return grantsFor(session).some(({ privilege }) => `${privilege} `.startsWith(`CREATE ${kind} `));
}

/**
 * @param privileges one of them is enough
 * @throws SnowflakeError 002003 for what the role does not see, 003001 where it sees it and may not
 */
export function requirePrivilege(
  of: Session,
  privileges: readonly string[],
  kind: string,
  name: QualifiedName | string,
): void {
  if (!isRestricted(of)) return;
  const session = engineSession(of);
  const grants = grantsFor(session);
  if (typeof name !== 'string') requireUsage(grants, name);
  const key = typeof name === 'string' ? name : keyOf(name);
  const own = grants.filter((grant) => isOn(grant, kind, key));
  if (own.some(({ privilege }) => privilege === 'OWNERSHIP' || privileges.includes(privilege))) return;
  if (own.length === 0 && !OF_THE_ACCOUNT.has(kind))
    throw NotAuthorized.from(doesNotExist(titled(kind), key));
  throw insufficient(kind, typeof name === 'string' ? name : name.name);
}

/** A name is of use only where its database and schema may be used. */
function requireUsage(grants: readonly GrantRecord[], { database, schema }: QualifiedName): void {
  const uses = (kind: string, key: string): boolean =>
    grants.some(
      (grant) => grant.on === kind && grant.name === key && ['USAGE', 'OWNERSHIP'].includes(grant.privilege),
    );
  const [databaseKey, schemaKey] = [
    showIdentifier(database),
    [database, schema].map(showIdentifier).join('.'),
  ];
  if (!uses('DATABASE', databaseKey)) throw NotAuthorized.from(doesNotExist('Database', databaseKey));
  if (!uses('SCHEMA', schemaKey)) throw NotAuthorized.from(doesNotExist('Schema', schemaKey));
}

const titled = (kind: string): string =>
  kind === 'TABLE' || kind === 'VIEW' ? 'Object' : kind.charAt(0) + kind.slice(1).toLowerCase();

/** 003001 */
export function insufficient(kind: string, name: string): NotAuthorized {
  return new NotAuthorized(
    '003001',
    '42501',
    `SQL access control error:\nInsufficient privileges to operate on ${kind.toLowerCase()} '${name}'.`,
  );
}
