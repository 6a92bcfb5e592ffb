/** GRANT and REVOKE: checked, kept, shown; enforced in ../privileges.ts. https://docs.snowflake.com/en/sql-reference/sql/grant-privilege */
import { doesNotExist, unsupported } from '../../errors';
import { dropGrantsOn, type GrantRecord, grantKey, grantsOf } from '../../catalog/grants';
import { keyOf, qualify, showIdentifier } from '../../catalog/names';
import { TokenReader } from '../../sql/token-reader';
import { type EngineSession, engineSession } from '../account';
import type { StatementHandler } from '../contract';
import { schemaKey, schemaName } from './containers';
import { keeperOf } from './keepers';
import { setOwner } from './owners';
import { checkPrivilege, privilegesOn } from './privileges';
import { isKindOfSnowflake } from '../../reference/statements';
import { SYSTEM_ROLES } from '../roles';
import { readSignature } from './signature';
import { status } from './status';

type Target = Pick<GrantRecord, 'on' | 'name'> & { future?: boolean };

export const grant: StatementHandler = {
  name: 'GRANT, REVOKE',
  matches: ([first]) => first?.value === 'GRANT' || first?.value === 'REVOKE',
  async run({ text, tokens }, session) {
    const own = engineSession(session);
    const reader = new TokenReader(text, tokens);
    const gives = reader.next().value === 'GRANT';
    if (!gives && reader.accept('GRANT', 'OPTION', 'FOR')) throw unsupported('REVOKE GRANT OPTION FOR');
    for (const kind of ['DATABASE', 'APPLICATION', 'SERVICE', 'INSTANCE'])
      if (reader.sees(kind, 'ROLE')) throw unsupported(`${gives ? 'GRANT' : 'REVOKE'} ${kind} ROLE`);
    for (const kind of ['CALLER', 'INHERITED'])
      if (reader.sees(kind)) throw unsupported(`${gives ? 'GRANT' : 'REVOKE'} ${kind}`);
    const grants = reader.sees('ROLE') ? roleGrant(reader, own) : privilegeGrant(reader, own);
    reader.expect(gives ? 'TO' : 'FROM');
    const to = readGrantee(reader, own);
    const withGrantOption = reader.accept('WITH', 'GRANT', 'OPTION');
    const revokesCurrent = reader.accept('REVOKE', 'CURRENT', 'GRANTS');
    if (reader.accept('COPY')) reader.expect('CURRENT', 'GRANTS');
    if (!reader.accept('CASCADE')) reader.accept('RESTRICT');
    reader.end();
    if (revokesCurrent)
      for (const { on, name } of grants.targets) await dropGrantsOn(own.account.catalog, on, name);
    if (gives && (await transferred(own, grants, to.role))) return status('Statement executed successfully.');
    own.account.schemaVersion += 1;
    for (const target of grants.targets) {
      for (const privilege of grants.privileges(target)) {
        const record: GrantRecord = { privilege, ...target, ...to, withGrantOption, ...grantedNow(own) };
        await (gives ? keep(own, record) : grantsOf(own.account.catalog).delete(grantKey(record)));
      }
    }
    return status('Statement executed successfully.');
  },
};

function grantedNow(session: EngineSession): Pick<GrantRecord, 'grantedBy' | 'created'> {
  return { grantedBy: session.role, created: session.account.clock.nowDate().getTime() };
}

function readGrantee(reader: TokenReader, session: EngineSession): Pick<GrantRecord, 'role' | 'toUser'> {
  if (reader.accept('USER')) {
    const user = reader.identifier();
    if (!session.account.objects.users.get(user) && user !== session.user) throw doesNotExist('User', user);
    return { role: user, toUser: true };
  }
  for (const kind of ['DATABASE', 'APPLICATION', 'SHARE'])
    if (reader.sees(kind)) throw unsupported(`GRANT ... TO ${kind}`);
  reader.accept('ROLE');
  return { role: knownRole(session, reader.identifier()) };
}

/** Ownership of what the engine keeps is a property of the object, everything else a record. */
async function keep(session: EngineSession, record: GrantRecord): Promise<void> {
  if (record.privilege === 'OWNERSHIP' && !record.future && (await setOwner(session, record))) return;
  await grantsOf(session.account.catalog).set(grantKey(record), record);
}

/** OWNERSHIP of what a feature keeps goes in one step, since some objects hang together. */
async function transferred(session: EngineSession, grants: Grants, role: string): Promise<boolean> {
  const { targets } = grants;
  const [first] = targets;
  if (!first || first.future || !grants.privileges(first).includes('OWNERSHIP')) return false;
  const keeper = keeperOf(session, first.on);
  if (!keeper?.transfer) return false;
  const names = targets.map(({ name }) => name);
  await keeper.transfer(names, role, session);
  return true;
}

interface Grants {
  targets: Target[];
  privileges(target: Target): readonly string[];
}

function roleGrant(reader: TokenReader, session: EngineSession): Grants {
  reader.expect('ROLE');
  const target = { on: 'ROLE', name: knownRole(session, reader.identifier()) };
  return { targets: [target], privileges: () => ['USAGE'] };
}

/** ALL [PRIVILEGES] stands for every privilege of the kind but OWNERSHIP. */
function privilegeGrant(reader: TokenReader, session: EngineSession): Grants {
  const named: string[] = [];
  do {
    const words: string[] = [];
    while (!reader.sees(',') && !reader.sees('ON')) words.push(reader.identifier());
    named.push(words.join(' '));
  } while (reader.accept(','));
  reader.expect('ON');
  const targets = readTargets(reader, session);
  const all = named.every((name) => /^ALL( PRIVILEGES)?$/.test(name));
  for (const { on } of targets) if (!all) for (const name of named) checkPrivilege(name, on);
  return { targets, privileges: ({ on }) => (all ? privilegesOn(on) : named) };
}

function readTargets(reader: TokenReader, session: EngineSession): Target[] {
  if (reader.accept('ACCOUNT')) return [{ on: 'ACCOUNT', name: '' }];
  const all = reader.accept('ALL');
  const future = !all && reader.accept('FUTURE');
  const kind = readKind(reader, all || future);
  if (!all && !future) return [existing(reader, kind, session)];
  reader.expect('IN');
  const inSchema = reader.accept('SCHEMA');
  if (!inSchema) reader.expect('DATABASE');
  const parts = reader.name();
  const container = inSchema
    ? schemaKey(...(schemaName(parts, session).reverse() as [string, string]))
    : showIdentifier(parts[0]!);
  if (future) return [{ on: kind, name: container, future: true }];
  return allOf(kind, container, session);
}

const KINDS = [
  'DATABASE',
  'SCHEMA',
  'TABLE',
  'VIEW',
  'WAREHOUSE',
  'PROCEDURE',
  'FUNCTION',
  'TASK',
  'ALERT',
  'SEQUENCE',
  'STAGE',
  'INTEGRATION',
  'ROLE',
  'USER',
];

/** @param verb `GRANT`, `SHOW GRANTS`: of what is refused by name */
export function readKind(reader: TokenReader, plural: boolean, verb = 'GRANT ...'): string {
  if (reader.accept('DBT')) {
    reader.expect(plural ? 'PROJECTS' : 'PROJECT');
    return 'DBT PROJECT';
  }
  const word = reader.identifier();
  const kind = plural ? word.replace(/S$/, '') : word;
  if (KINDS.includes(kind)) return kind;
  if (isKindOfSnowflake(kind)) throw unsupported(`${verb} ON ${word}`);
  reader.at -= 1;
  return reader.fail();
}

/** @throws SnowflakeError 002003 */
export function existing(reader: TokenReader, kind: string, session: EngineSession): Target {
  const { databases, warehouses, tables, sequences, schemas } = session.account.objects;
  const parts = reader.name();
  const fail = (): never => {
    if (parts[0] === 'SNOWFLAKE') throw unsupported('grants on the database SNOWFLAKE');
    throw doesNotExist(kind.charAt(0) + kind.slice(1).toLowerCase(), parts.join('.'));
  };
  if (kind === 'DATABASE' || kind === 'WAREHOUSE' || kind === 'ROLE') {
    const [name = ''] = parts;
    const exists =
      kind === 'DATABASE'
        ? databases.get(name)
        : kind === 'WAREHOUSE'
          ? warehouses.get(name)
          : knownRole(session, name);
    return exists ? { on: kind, name: showIdentifier(name) } : fail();
  }
  if (kind === 'SCHEMA') {
    const [name, database] = schemaName(parts, session);
    return schemas.get(schemaKey(database, name)) ? { on: kind, name: schemaKey(database, name) } : fail();
  }
  const keeper = keeperOf(session, kind);
  if (keeper?.ofAccount) {
    const [name = ''] = parts;
    const exists = keeper.exists({ database: '', schema: '', name }, session);
    return exists ? { on: kind, name: showIdentifier(name) } : fail();
  }
  const name = qualify(parts, session);
  if (kind === 'TABLE' || kind === 'VIEW') {
    const record = tables.get(keyOf(name));
    return record ? { on: record.kind, name: keyOf(name) } : fail();
  }
  if (kind === 'SEQUENCE') return sequences.get(keyOf(name)) ? { on: kind, name: keyOf(name) } : fail();
  const signature = readSignature(reader);
  if (!keeper) throw unsupported(`GRANT ... ON ${kind}`);
  return keeper.exists(name, session, signature)
    ? { on: kind, name: `${keyOf(name)}${signature ?? ''}` }
    : fail();
}

function allOf(kind: string, container: string, session: EngineSession): Target[] {
  const { tables } = session.account.objects;
  if (kind === 'TABLE' || kind === 'VIEW') {
    return [...tables.values()]
      .filter((table) => table.kind === kind && keyOf(table).startsWith(`${container}.`))
      .map((table) => ({ on: kind, name: keyOf(table) }));
  }
  const keeper = keeperOf(session, kind);
  if (!keeper?.all) throw unsupported(`GRANT ... ON ALL ${kind}S`);
  return keeper
    .all(session)
    .map(({ name, signature }) => `${keyOf(name)}${signature ?? ''}`)
    .filter((name) => name.startsWith(`${container}.`))
    .map((name) => ({ on: kind, name }));
}

function knownRole(session: EngineSession, name: string): string {
  if (session.account.objects.roles.get(name) || SYSTEM_ROLES.includes(name)) return name;
  throw doesNotExist('Role', name);
}
