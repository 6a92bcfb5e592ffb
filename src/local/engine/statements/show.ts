/** SHOW of what the engine keeps, with Snowflake's columns. https://docs.snowflake.com/en/sql-reference/sql/show */
import { doesNotExist, unsupported } from '../../errors';
import { type GrantRecord, grantsOf } from '../../catalog/grants';
import { keyOf, showIdentifier } from '../../catalog/names';
import type { TableRecord } from '../../catalog/objects';
import { TokenReader } from '../../sql/token-reader';
import {
  INTEGER,
  type QueryResult,
  type ResultColumn,
  type SqlType,
  type SqlValue,
  TIMESTAMP_LTZ,
  VARCHAR,
} from '../../values';
import { type EngineSession, engineSession } from '../account';
import type { StatementHandler } from '../contract';
import { schemaName } from './containers';
import { SYSTEM_ROLES } from './settings';

type Row = Record<string, SqlValue>;
type Result = Omit<QueryResult, 'queryId'>;

const micros = (milliseconds: number): bigint => BigInt(milliseconds) * 1000n;
const flag = (value: boolean): string => (value ? 'Y' : 'N');

/** What SHOW <KIND> lists: its columns in order, the rows, and how a row is placed for IN. */
interface Kind {
  columns: string;
  types?: Record<string, SqlType>;
  rows(session: EngineSession): Row[];
}

const DATED = { created_on: TIMESTAMP_LTZ };

const KINDS: Record<string, Kind> = {
  DATABASES: {
    columns:
      'created_on name is_default is_current origin owner comment options retention_time kind owner_role_type',
    types: DATED,
    rows: (session) =>
      [...session.account.objects.databases.values()].map((each) => ({
        created_on: micros(each.created),
        name: each.name,
        is_default: 'N',
        is_current: flag(each.name === session.database),
        origin: '',
        owner: each.owner,
        comment: each.comment,
        options: each.transient ? 'TRANSIENT' : '',
        retention_time: '1',
        kind: 'STANDARD',
        owner_role_type: 'ROLE',
      })),
  },
  SCHEMAS: {
    columns:
      'created_on name is_default is_current database_name owner comment options retention_time owner_role_type',
    types: DATED,
    rows: (session) =>
      [...session.account.objects.schemas.values()].map((each) => ({
        created_on: micros(each.created),
        name: each.name,
        is_default: 'N',
        is_current: flag(each.database === session.database && each.name === session.schema),
        database_name: each.database,
        owner: each.owner,
        comment: each.comment,
        options: '',
        retention_time: '1',
        owner_role_type: 'ROLE',
      })),
  },
  TABLES: {
    columns:
      'created_on name database_name schema_name kind comment cluster_by rows bytes owner retention_time owner_role_type',
    types: { ...DATED, rows: INTEGER, bytes: INTEGER },
    rows: (session) =>
      tablesOf(session, 'TABLE').map((each) => ({
        created_on: micros(each.created),
        name: each.name,
        database_name: each.database,
        schema_name: each.schema,
        kind: each.durability,
        comment: each.comment,
        cluster_by: each.clusterBy,
        rows: null,
        bytes: null,
        owner: each.owner,
        retention_time: '1',
        owner_role_type: 'ROLE',
      })),
  },
  VIEWS: {
    columns:
      'created_on name reserved database_name schema_name owner comment text is_secure is_materialized owner_role_type change_tracking',
    types: DATED,
    rows: (session) =>
      tablesOf(session, 'VIEW').map((each) => ({
        created_on: micros(each.created),
        name: each.name,
        reserved: '',
        database_name: each.database,
        schema_name: each.schema,
        owner: each.owner,
        comment: each.comment,
        text: each.text ?? '',
        is_secure: String(each.secure ?? false),
        is_materialized: 'false',
        owner_role_type: 'ROLE',
        change_tracking: 'OFF',
      })),
  },
  WAREHOUSES: {
    columns: 'name state type size is_default is_current auto_suspend auto_resume created_on owner comment',
    types: { ...DATED, auto_suspend: INTEGER },
    rows: (session) =>
      [...session.account.objects.warehouses.values()].map((each) => ({
        name: each.name,
        state: each.suspended ? 'SUSPENDED' : 'STARTED',
        type: each.type,
        size: each.size,
        is_default: 'N',
        is_current: flag(each.name === session.warehouse),
        auto_suspend: each.autoSuspend,
        auto_resume: String(each.autoResume),
        created_on: micros(each.created),
        owner: each.owner,
        comment: each.comment,
      })),
  },
  ROLES: {
    columns: 'created_on name is_default is_current is_inherited owner comment',
    types: DATED,
    rows: (session) => {
      const own = [...session.account.objects.roles.values()];
      const system = SYSTEM_ROLES.map((name) => ({ name, created: 0, owner: '', comment: '' }));
      return [...system, ...own].map((each) => ({
        created_on: micros(each.created),
        name: each.name,
        is_default: 'N',
        is_current: flag(each.name === session.role),
        is_inherited: 'N',
        owner: each.owner,
        comment: each.comment,
      }));
    },
  },
  PARAMETERS: {
    columns: 'key value default level description type',
    rows: (session) =>
      [...session.parameters].map(([key, value]) => ({
        key,
        value,
        default: '',
        level: 'SESSION',
        description: '',
        type: 'STRING',
      })),
  },
};

export const show: StatementHandler = {
  name: 'SHOW',
  matches: ([first, second]) =>
    first?.value === 'SHOW' && (second?.value === 'GRANTS' || showable(second?.value)),
  async run({ text, tokens }, session) {
    const own = engineSession(session);
    const reader = new TokenReader(text, tokens);
    reader.expect('SHOW');
    reader.accept('TERSE');
    const word = reader.next().value;
    if (word === 'GRANTS') return showGrants(reader, own);
    const kind = KINDS[word]!;
    const rows = filtered(reader, kind.rows(own), own, word);
    return table(kind.columns, kind.types ?? {}, rows);
  },
};

function showable(word: string | undefined): boolean {
  return word !== undefined && word in KINDS;
}

function tablesOf(session: EngineSession, kind: 'TABLE' | 'VIEW'): TableRecord[] {
  return [...session.account.objects.tables.values(), ...session.temporary.values()].filter(
    (each) => each.kind === kind,
  );
}

function table(columns: string, types: Record<string, SqlType>, rows: readonly Row[]): Result {
  const names = columns.split(' ');
  const described: ResultColumn[] = names.map((name) => ({ name, type: types[name] ?? VARCHAR }));
  return { columns: described, rows: rows.map((row) => names.map((name) => row[name] ?? null)) };
}

/** LIKE (case does not count), IN, STARTS WITH, LIMIT. Without IN: the current schema, else the database, else all. */
function filtered(reader: TokenReader, all: readonly Row[], session: EngineSession, word: string): Row[] {
  let rows = [...all];
  reader.accept('HISTORY');
  if (reader.accept('LIKE')) {
    const pattern = likePattern(reader.string());
    rows = rows.filter((row) => pattern.test(String(row['name'] ?? row['key'])));
  }
  rows = reader.accept('IN') ? within(reader, rows, session, word) : inCurrent(rows, session, word);
  if (reader.accept('STARTS', 'WITH')) {
    const prefix = reader.string();
    rows = rows.filter((row) => String(row['name']).startsWith(prefix));
  }
  if (reader.accept('LIMIT')) rows = rows.slice(0, reader.integer());
  reader.end();
  return rows.sort((a, b) => (String(a['name']) < String(b['name']) ? -1 : 1));
}

export function likePattern(pattern: string): RegExp {
  const source = pattern.replace(/\\([\s\S])|([%_])|([.*+?^${}()|[\]\\/])/g, (_, escaped, wild, special) =>
    wild ? (wild === '%' ? '[\\s\\S]*' : '[\\s\\S]') : `\\${escaped ?? special}`,
  );
  return new RegExp(`^${source}$`, 'i');
}

function inCurrent(rows: readonly Row[], session: EngineSession, word: string): Row[] {
  if (word === 'SCHEMAS' && session.database)
    return rows.filter((row) => row['database_name'] === session.database);
  if (word !== 'TABLES' && word !== 'VIEWS') return [...rows];
  return rows.filter(
    (row) =>
      (!session.database || row['database_name'] === session.database) &&
      (!session.schema || row['schema_name'] === session.schema),
  );
}

function within(reader: TokenReader, rows: readonly Row[], session: EngineSession, word: string): Row[] {
  if (reader.accept('ACCOUNT') || reader.accept('SESSION')) return [...rows];
  if (reader.accept('DATABASE')) {
    const [name] = reader.name();
    if (!session.account.objects.databases.get(name!)) throw doesNotExist('Database', name!);
    return rows.filter((row) => row['database_name'] === name);
  }
  const isSchema = reader.accept('SCHEMA');
  const parts = reader.name();
  if (!isSchema && word === 'SCHEMAS') return rows.filter((row) => row['database_name'] === parts[0]);
  const [schema, database] = schemaName(parts, session);
  return rows.filter((row) => row['database_name'] === database && row['schema_name'] === schema);
}

// --------------------------------------------------------------------------------------------- grants

const GRANT_COLUMNS = 'created_on privilege granted_on name granted_to grantee_name grant_option granted_by';

/** https://docs.snowflake.com/en/sql-reference/sql/show-grants */
function showGrants(reader: TokenReader, session: EngineSession): Result {
  const all = [...grantsOf(session.account.catalog).values()].filter((grant) => !grant.future);
  if (reader.accept('OF', 'ROLE')) {
    const role = reader.identifier();
    return table(
      'created_on role granted_to grantee_name granted_by',
      DATED,
      all
        .filter((each) => each.on === 'ROLE' && each.name === role)
        .map((each) => ({ ...rowOf(each), role })),
    );
  }
  if (reader.accept('TO')) {
    if (!reader.accept('ROLE')) throw unsupported(`SHOW GRANTS TO ${reader.peek()?.text ?? ''}`);
    const role = reader.identifier();
    reader.end();
    return table(GRANT_COLUMNS, DATED, all.filter((each) => each.role === role).map(rowOf));
  }
  if (!reader.accept('ON'))
    return table(GRANT_COLUMNS, DATED, all.filter((each) => each.role === session.role).map(rowOf));
  if (reader.accept('ACCOUNT'))
    return table(GRANT_COLUMNS, DATED, all.filter((each) => each.on === 'ACCOUNT').map(rowOf));
  const kind = reader.accept('DBT') ? (reader.expect('PROJECT'), 'DBT PROJECT') : reader.identifier();
  const name = grantName(kind, reader, session);
  return table(
    GRANT_COLUMNS,
    DATED,
    all.filter((each) => each.on === kind && each.name.split('(')[0] === name).map(rowOf),
  );
}

function grantName(kind: string, reader: TokenReader, session: EngineSession): string {
  const parts = reader.name();
  if (kind === 'DATABASE' || kind === 'WAREHOUSE' || kind === 'ROLE') return showIdentifier(parts[0]!);
  if (kind === 'SCHEMA') return schemaName(parts, session).reverse().map(showIdentifier).join('.');
  const { database = '', schema = '' } = session;
  const [name = '', inSchema = schema, inDatabase = database] = [...parts].reverse();
  return keyOf({ database: inDatabase, schema: inSchema, name });
}

function rowOf(grant: GrantRecord): Row {
  return {
    created_on: micros(grant.created),
    privilege: grant.privilege,
    granted_on: grant.on.replaceAll(' ', '_'),
    name: grant.name,
    granted_to: 'ROLE',
    grantee_name: grant.role,
    grant_option: String(grant.withGrantOption),
    granted_by: grant.grantedBy,
  };
}
