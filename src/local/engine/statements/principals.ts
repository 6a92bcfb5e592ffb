/** Warehouses, roles and users: kept and shown; nothing is queued, billed or refused because of them. */
import { alreadyExists, doesNotExist, unsupported } from '../../errors';
import type { PrincipalRecord, WarehouseRecord } from '../../catalog/objects';
import { TokenReader } from '../../sql/token-reader';
import { type EngineSession, engineSession } from '../account';
import type { Collection, StatementHandler } from '../contract';
import { objectWord, readCreate } from './create-clause';
import { readObjectProperties } from './object-properties';
import { checkedParameter } from './settings';
import { isTrue, sizeOf, suspendAfter, typeOf, userType } from './principal-values';
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
    if (kind === 'USER') userType(properties['TYPE']);
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
    ...{ size: 'X-Small', type: 'STANDARD', autoSuspend: 600, autoResume: true },
    suspended: isTrue(properties['INITIALLY_SUSPENDED'] ?? 'FALSE', 'INITIALLY_SUSPENDED'),
    ...changes(properties),
  };
}

/** What the properties say; what they leave out stays. */
function changes(properties: Record<string, string>): Partial<WarehouseRecord> {
  const { COMMENT, WAREHOUSE_SIZE, WAREHOUSE_TYPE, AUTO_SUSPEND, AUTO_RESUME } = properties;
  const { STATEMENT_TIMEOUT_IN_SECONDS } = properties;
  return {
    ...(COMMENT !== undefined && { comment: COMMENT }),
    ...(WAREHOUSE_SIZE !== undefined && { size: sizeOf(WAREHOUSE_SIZE) }),
    ...(WAREHOUSE_TYPE !== undefined && { type: typeOf(WAREHOUSE_TYPE) }),
    ...(AUTO_SUSPEND !== undefined && { autoSuspend: suspendAfter(AUTO_SUSPEND) }),
    ...(AUTO_RESUME !== undefined && { autoResume: isTrue(AUTO_RESUME, 'AUTO_RESUME') }),
    ...(STATEMENT_TIMEOUT_IN_SECONDS !== undefined && {
      statementTimeout: timeout(STATEMENT_TIMEOUT_IN_SECONDS),
    }),
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
    const ifExists = reader.accept('IF', 'EXISTS');
    const name = reader.identifier();
    const record = warehouses.get(name);
    if (!record && !ifExists) throw doesNotExist('Warehouse', name);
    const now = engineSession(session).account.clock.nowDate().getTime();
    const change = alteration(reader, now);
    reader.end();
    if (record) await warehouses.set(name, { ...record, ...change, updated: now });
    return status('Statement executed successfully.');
  },
};

function alteration(reader: TokenReader, now: number): Partial<WarehouseRecord> {
  if (reader.accept('SUSPEND')) return { suspended: true };
  if (reader.accept('RESUME')) {
    reader.accept('IF', 'SUSPENDED');
    return { suspended: false, resumed: now };
  }
  if (reader.accept('SET')) return changes(readObjectProperties(reader, 'WAREHOUSE', 'ALTER'));
  throw unsupported(`ALTER WAREHOUSE ... ${reader.peek()?.text ?? ''}`);
}

function collectionOf(
  session: EngineSession,
  kind: Kind,
): Collection<WarehouseRecord> | Collection<PrincipalRecord> {
  const { warehouses, roles, users } = session.account.objects;
  return { WAREHOUSE: warehouses, ROLE: roles, USER: users }[kind];
}
