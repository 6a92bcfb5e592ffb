/** GRANT and REVOKE: checked, kept, shown, not enforced. https://docs.snowflake.com/en/sql-reference/sql/grant-privilege */
import { doesNotExist, unsupported } from '../../errors';
import { type GrantRecord, grantKey, grantsOf } from '../../catalog/grants';
import { keyOf, qualify, showIdentifier } from '../../catalog/names';
import { TokenReader } from '../../sql/token-reader';
import { type EngineSession, engineSession } from '../account';
import type { StatementHandler } from '../contract';
import { schemaKey, schemaName } from './containers';
import { SYSTEM_ROLES } from './settings';
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
    const { privileges, targets } = reader.sees('ROLE')
      ? roleGrant(reader, own)
      : privilegeGrant(reader, own);
    reader.expect(gives ? 'TO' : 'FROM');
    const isUser = reader.accept('USER');
    if (!isUser) reader.accept('ROLE');
    const role = isUser ? reader.identifier() : knownRole(own, reader.identifier());
    const withGrantOption = reader.accept('WITH', 'GRANT', 'OPTION');
    for (const word of ['COPY', 'REVOKE']) if (reader.accept(word)) reader.expect('CURRENT', 'GRANTS');
    if (!reader.accept('CASCADE')) reader.accept('RESTRICT');
    reader.end();
    const grants = grantsOf(own.account.catalog);
    for (const target of targets) {
      for (const privilege of privileges) {
        const record: GrantRecord = {
          privilege,
          ...target,
          role,
          withGrantOption,
          grantedBy: own.role,
          created: own.account.clock.nowDate().getTime(),
        };
        if (gives) await grants.set(grantKey(record), record);
        else await grants.delete(grantKey(record));
      }
    }
    return status('Statement executed successfully.');
  },
};

function roleGrant(reader: TokenReader, session: EngineSession): { privileges: string[]; targets: Target[] } {
  reader.expect('ROLE');
  return { privileges: ['USAGE'], targets: [{ on: 'ROLE', name: knownRole(session, reader.identifier()) }] };
}

function privilegeGrant(
  reader: TokenReader,
  session: EngineSession,
): { privileges: string[]; targets: Target[] } {
  const privileges: string[] = [];
  do {
    const words: string[] = [];
    while (!reader.sees(',') && !reader.sees('ON')) words.push(reader.identifier());
    privileges.push(words.join(' '));
  } while (reader.accept(','));
  reader.expect('ON');
  return { privileges, targets: readTargets(reader, session) };
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
  'SEQUENCE',
  'STAGE',
  'INTEGRATION',
  'ROLE',
  'USER',
];

function readKind(reader: TokenReader, plural: boolean): string {
  if (reader.accept('DBT')) {
    reader.expect(plural ? 'PROJECTS' : 'PROJECT');
    return 'DBT PROJECT';
  }
  const word = reader.identifier();
  const kind = plural ? word.replace(/S$/, '') : word;
  if (!KINDS.includes(kind)) throw unsupported(`GRANT ... ON ${word}`);
  return kind;
}

/** @throws SnowflakeError 002003 */
function existing(reader: TokenReader, kind: string, session: EngineSession): Target {
  const { databases, warehouses, tables, sequences, schemas } = session.account.objects;
  const parts = reader.name();
  const fail = (): never => {
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
  const name = qualify(parts, session);
  if (kind === 'TABLE' || kind === 'VIEW') {
    const record = tables.get(keyOf(name));
    return record ? { on: record.kind, name: keyOf(name) } : fail();
  }
  if (kind === 'SEQUENCE') return sequences.get(keyOf(name)) ? { on: kind, name: keyOf(name) } : fail();
  const signature = reader.sees('(') ? readSignature(reader) : undefined;
  const keeper = session.account.features
    .flatMap((feature) => feature.objects ?? [])
    .find((object) => object.kind === kind);
  if (!keeper) throw unsupported(`GRANT ... ON ${kind}`);
  return keeper.exists(name, session, signature)
    ? { on: kind, name: `${keyOf(name)}${signature ?? ''}` }
    : fail();
}

/** `(VARCHAR, NUMBER)` */
function readSignature(reader: TokenReader): string {
  reader.expect('(');
  const types: string[] = [];
  while (!reader.accept(')')) {
    types.push(reader.identifier());
    if (reader.accept('(')) while (!reader.accept(')')) reader.next();
    reader.accept(',');
  }
  return `(${types.join(', ')})`;
}

function allOf(kind: string, container: string, session: EngineSession): Target[] {
  const { tables } = session.account.objects;
  if (kind === 'TABLE' || kind === 'VIEW') {
    return [...tables.values()]
      .filter((table) => table.kind === kind && keyOf(table).startsWith(`${container}.`))
      .map((table) => ({ on: kind, name: keyOf(table) }));
  }
  if (kind === 'TASK') {
    const tasks = session.account.catalog.collection<unknown>('tasks');
    return [...tasks.entries()]
      .filter(([key]) => key.startsWith(`${container}.`))
      .map(([key]) => ({ on: kind, name: key }));
  }
  throw unsupported(`GRANT ... ON ALL ${kind}S`);
}

function knownRole(session: EngineSession, name: string): string {
  if (session.account.objects.roles.get(name) || SYSTEM_ROLES.includes(name)) return name;
  throw doesNotExist('Role', name);
}
