/** SHOW GRANTS and SHOW FUTURE GRANTS. https://docs.snowflake.com/en/sql-reference/sql/show-grants */
import { doesNotExist, unsupported } from '../../errors';
import { type GrantRecord, grantsOf } from '../../catalog/grants';
import { identifierOf, keyOf, qualify, showIdentifier } from '../../catalog/names';
import type { TokenReader } from '../../sql/token-reader';
import { TIMESTAMP_LTZ } from '../../values';
import type { EngineSession } from '../account';
import { schemaKey, schemaName } from './containers';
import { existing, readKind } from './grants';
import { ownerships } from './owners';
import { SYSTEM_ROLES } from '../roles';
import { micros, type Result, type Row, table } from './show-table';

const COLUMNS = 'created_on privilege granted_on name granted_to grantee_name grant_option granted_by';
const ON_OBJECT = `${COLUMNS} granted_by_role_type`;
/** Of a user: the roles it has. */
const OWN = 'created_on privilege granted_on name role granted_to grantee_name grant_option granted_by';
const DATED = { created_on: TIMESTAMP_LTZ };

export function showGrants(reader: TokenReader, session: EngineSession): Result {
  const rows = selected(reader, session);
  reader.end();
  return rows;
}

function selected(reader: TokenReader, session: EngineSession): Result {
  const grants = [...grantsOf(session.account.catalog).values()].filter((grant) => !grant.future);
  const all = [...ownerships(session), ...ofPrincipals(session), ...grants];
  const listed = (test: (grant: GrantRecord) => boolean, columns = COLUMNS): Result =>
    table(columns, DATED, all.filter(test).map(rowOf));
  if (reader.accept('OF', 'ROLE')) return membersOf(knownRole(session, reader.identifier()), all);
  if (reader.accept('OF')) throw unsupported(`SHOW GRANTS OF ${reader.peek()?.text ?? ''}`);
  if (reader.accept('TO')) {
    for (const kind of ['SHARE', 'APPLICATION', 'DATABASE', 'INSTANCE'])
      if (reader.sees(kind)) throw unsupported(`SHOW GRANTS TO ${kind}`);
    const toUser = reader.accept('USER');
    if (!toUser) reader.expect('ROLE');
    const name = toUser ? reader.identifier() : knownRole(session, reader.identifier());
    return listed(
      (grant) => grant.role === name && (grant.toUser ?? false) === toUser,
      toUser ? OWN : COLUMNS,
    );
  }
  if (!reader.accept('ON'))
    return listed((grant) => grant.toUser === true && grant.role === session.user, OWN);
  if (reader.accept('ACCOUNT')) return listed((grant) => grant.on === 'ACCOUNT', ON_OBJECT);
  const kind = readKind(reader, false, 'SHOW GRANTS');
  const { on, name } =
    kind === 'TABLE' || kind === 'VIEW'
      ? { on: kind, name: objectName(kind, reader, session) }
      : existing(reader, kind, session);
  // Without a signature every procedure of that name is meant.
  return listed(
    (grant) => grant.on === on && (grant.name === name || grant.name.split('(')[0] === name),
    ON_OBJECT,
  );
}

/** Who owns a role or a user may not do more for it here, but is shown. */
function ofPrincipals({ account: { objects } }: EngineSession): GrantRecord[] {
  const owned = [
    ...[...objects.roles.values()].map((record) => ({ on: 'ROLE', record })),
    ...[...objects.users.values()].map((record) => ({ on: 'USER', record })),
  ];
  return owned.map(({ on, record: { name, owner, created } }) => ({
    ...{ privilege: 'OWNERSHIP', on, name: showIdentifier(name), role: owner },
    ...{ withGrantOption: true, grantedBy: owner, created },
  }));
}

/** `SHOW FUTURE GRANTS IN SCHEMA s | IN DATABASE d | TO ROLE r` */
export function showFutureGrants(reader: TokenReader, session: EngineSession): Result {
  const all = [...grantsOf(session.account.catalog).values()].filter((grant) => grant.future);
  let test: (grant: GrantRecord) => boolean;
  if (reader.accept('TO')) {
    reader.expect('ROLE');
    const role = knownRole(session, reader.identifier());
    test = (grant) => grant.role === role;
  } else {
    reader.expect('IN');
    const kind = reader.identifier();
    if (kind !== 'SCHEMA' && kind !== 'DATABASE') throw unsupported(`SHOW FUTURE GRANTS IN ${kind}`);
    const name = objectName(kind, reader, session);
    test = (grant) => grant.name === name;
  }
  reader.end();
  const rows = all.filter(test).map((grant): Row => ({
    ...rowOf(grant),
    name: `${grant.name}.<${grant.on}>`,
    grant_on: grant.on.replaceAll(' ', '_'),
    grant_to: 'ROLE',
  }));
  return table('created_on privilege grant_on name grant_to grantee_name grant_option', DATED, rows);
}

function membersOf(role: string, all: readonly GrantRecord[]): Result {
  const rows = all
    .filter(
      ({ on, privilege, name }) => on === 'ROLE' && privilege === 'USAGE' && name === showIdentifier(role),
    )
    .map((grant): Row => ({ ...rowOf(grant), role }));
  return table('created_on role granted_to grantee_name granted_by', DATED, rows);
}

/** @throws SnowflakeError 002003 for a database, schema, table or view that is not there */
function objectName(kind: string, reader: TokenReader, session: EngineSession): string {
  const { databases, schemas, tables } = session.account.objects;
  const parts = reader.name();
  const missing = (label: string): never => {
    throw doesNotExist(label, parts.join('.'));
  };
  if (kind === 'WAREHOUSE' || kind === 'ROLE' || kind === 'USER' || kind === 'INTEGRATION')
    return showIdentifier(parts[0]!);
  if (kind === 'DATABASE') return databases.get(parts[0]!) ? showIdentifier(parts[0]!) : missing('Database');
  if (kind === 'SCHEMA') {
    const [name, database] = schemaName(parts, session);
    return schemas.get(schemaKey(database, name)) ? schemaKey(database, name) : missing('Schema');
  }
  const key = keyOf(qualify(parts, session));
  if (kind === 'TABLE' || kind === 'VIEW')
    return tables.get(key)?.kind === kind ? key : missing(kind === 'TABLE' ? 'Table' : 'View');
  return key;
}

function knownRole(session: EngineSession, name: string): string {
  if (session.account.objects.roles.get(name) || SYSTEM_ROLES.includes(name)) return name;
  throw doesNotExist('Role', name);
}

function rowOf(grant: GrantRecord): Row {
  return {
    created_on: micros(grant.created),
    privilege: grant.privilege,
    granted_on: grant.on.replaceAll(' ', '_'),
    name: grant.name,
    granted_to: grant.toUser ? 'USER' : 'ROLE',
    grantee_name: grant.role,
    grant_option: String(grant.withGrantOption),
    granted_by: grant.grantedBy,
    granted_by_role_type: grant.grantedBy === '' ? '' : 'ROLE',
    ...(grant.on === 'ROLE' ? { role: identifierOf(grant.name) } : {}),
  };
}
