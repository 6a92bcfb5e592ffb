/** Warehouses, roles and users: kept and shown; nothing is queued, billed or refused because of them. */
import { alreadyExists, doesNotExist, unsupported } from '../../errors';
import type { PrincipalRecord, WarehouseRecord } from '../../catalog/objects';
import { TokenReader } from '../../sql/token-reader';
import { type EngineSession, engineSession } from '../account';
import type { Collection, StatementHandler } from '../contract';
import { objectWord, readCreate } from './create-clause';
import { readObjectProperties } from './object-properties';
import { checkedParameter } from './settings';
import { status } from './status';

const KINDS = ['WAREHOUSE', 'ROLE', 'USER'] as const;
type Kind = (typeof KINDS)[number];
const isKind = (word: string | undefined): word is Kind => KINDS.some((kind) => kind === word);
const titled = (kind: Kind): string => kind.charAt(0) + kind.slice(1).toLowerCase();

export const createPrincipal: StatementHandler = {
  name: 'CREATE WAREHOUSE, ROLE, USER',
  matches: (tokens) => tokens[0]?.value === 'CREATE' && isKind(objectWord(tokens)),
  async run({ text, tokens }, session) {
    const own = engineSession(session);
    const reader = new TokenReader(text, tokens);
    const create = readCreate(reader);
    const kind = reader.next().value as Kind;
    if (create.orAlter) throw unsupported(`CREATE OR ALTER ${kind}`);
    const ifMissing = reader.accept('IF', 'NOT', 'EXISTS');
    const name = reader.identifier();
    const properties = readObjectProperties(reader, kind, 'CREATE');
    const records = collectionOf(own, kind);
    if (records.get(name) && ifMissing) return status(`${name} already exists, statement succeeded.`);
    if (records.get(name) && !create.orReplace) throw alreadyExists(name);
    const base = {
      name,
      comment: properties['COMMENT'] ?? '',
      created: own.account.clock.nowDate().getTime(),
      owner: own.role,
    };
    if (kind === 'WAREHOUSE') await own.account.objects.warehouses.set(name, warehouse(base, properties));
    else await (records as Collection<PrincipalRecord>).set(name, { ...base, properties });
    return status(`${titled(kind)} ${name} successfully created.`);
  },
};

function warehouse(
  base: Pick<WarehouseRecord, 'name' | 'comment' | 'created' | 'owner'>,
  properties: Record<string, string>,
): WarehouseRecord {
  return {
    ...base,
    size: properties['WAREHOUSE_SIZE'] ?? 'X-Small',
    type: properties['WAREHOUSE_TYPE'] ?? 'STANDARD',
    autoSuspend: properties['AUTO_SUSPEND'] === undefined ? 600 : Number(properties['AUTO_SUSPEND']),
    autoResume: properties['AUTO_RESUME'] !== 'FALSE',
    suspended: properties['INITIALLY_SUSPENDED'] === 'TRUE',
    ...(properties['STATEMENT_TIMEOUT_IN_SECONDS'] === undefined
      ? {}
      : { statementTimeout: timeout(properties['STATEMENT_TIMEOUT_IN_SECONDS']) }),
  };
}

/** https://docs.snowflake.com/en/sql-reference/parameters#statement-timeout-in-seconds */
function timeout(value: string): number {
  return Number(checkedParameter('STATEMENT_TIMEOUT_IN_SECONDS', value));
}

export const dropPrincipal: StatementHandler = {
  name: 'DROP WAREHOUSE, ROLE, USER',
  matches: ([first, second]) => first?.value === 'DROP' && isKind(second?.value),
  async run({ text, tokens }, session) {
    const reader = new TokenReader(text, tokens);
    reader.expect('DROP');
    const kind = reader.next().value as Kind;
    const ifExists = reader.accept('IF', 'EXISTS');
    const name = reader.identifier();
    reader.end();
    const existed = await collectionOf(engineSession(session), kind).delete(name);
    if (!existed && !ifExists) throw doesNotExist(titled(kind), name);
    return status(
      existed
        ? `${name} successfully dropped.`
        : `Drop statement executed successfully (${name} already dropped).`,
    );
  },
};

export const alterWarehouse: StatementHandler = {
  name: 'ALTER WAREHOUSE',
  matches: ([first, second]) => first?.value === 'ALTER' && second?.value === 'WAREHOUSE',
  async run({ text, tokens }, session) {
    const { warehouses } = engineSession(session).account.objects;
    const reader = new TokenReader(text, tokens);
    reader.expect('ALTER', 'WAREHOUSE');
    reader.accept('IF', 'EXISTS');
    const name = reader.identifier();
    const record = warehouses.get(name);
    if (!record) throw doesNotExist('Warehouse', name);
    if (reader.accept('SUSPEND')) await warehouses.set(name, { ...record, suspended: true });
    else if (reader.accept('RESUME')) {
      reader.accept('IF', 'SUSPENDED');
      await warehouses.set(name, { ...record, suspended: false });
    } else if (reader.accept('SET')) {
      const changed = warehouse(record, {
        WAREHOUSE_SIZE: record.size,
        WAREHOUSE_TYPE: record.type,
        ...readObjectProperties(reader, 'WAREHOUSE', 'ALTER'),
      });
      await warehouses.set(name, changed);
    } else throw unsupported(`ALTER WAREHOUSE ... ${reader.peek()?.text ?? ''}`);
    return status('Statement executed successfully.');
  },
};

function collectionOf(
  session: EngineSession,
  kind: Kind,
): Collection<WarehouseRecord> | Collection<PrincipalRecord> {
  const { warehouses, roles, users } = session.account.objects;
  return { WAREHOUSE: warehouses, ROLE: roles, USER: users }[kind];
}
