/** Views of INFORMATION_SCHEMA, computed from the catalog. https://docs.snowflake.com/en/sql-reference/info-schema */
import type { ResultColumn, SqlType, SqlValue } from '../values';
import type { VirtualTable } from '../sql/compilation';
import { informationSchemaType } from '../sql/types';
import type { SchemaRecord } from '../catalog/objects';
import type { EngineSession } from './account';

const TEXT: SqlType = { kind: 'VARCHAR' };
const NUMBER: SqlType = { kind: 'NUMBER', precision: 38, scale: 0 };
const LTZ: SqlType = { kind: 'TIMESTAMP_LTZ' };

const columns = (names: string, types: Record<string, SqlType> = {}): ResultColumn[] =>
  names.split(' ').map((name) => ({ name, type: types[name] ?? TEXT }));
const DATES = { CREATED: LTZ, LAST_ALTERED: LTZ };

const TABLES: VirtualTable[] = [
  {
    name: 'DATABASES',
    columns: columns('DATABASE_NAME DATABASE_OWNER IS_TRANSIENT COMMENT CREATED LAST_ALTERED TYPE', DATES),
  },
  {
    name: 'SCHEMATA',
    columns: columns(
      'CATALOG_NAME SCHEMA_NAME SCHEMA_OWNER IS_TRANSIENT IS_MANAGED_ACCESS CREATED LAST_ALTERED COMMENT',
      DATES,
    ),
  },
  {
    name: 'TABLES',
    columns: columns(
      'TABLE_CATALOG TABLE_SCHEMA TABLE_NAME TABLE_OWNER TABLE_TYPE IS_TRANSIENT CLUSTERING_KEY CREATED LAST_ALTERED IS_TEMPORARY COMMENT',
      DATES,
    ),
  },
  {
    name: 'VIEWS',
    columns: columns(
      'TABLE_CATALOG TABLE_SCHEMA TABLE_NAME TABLE_OWNER VIEW_DEFINITION CHECK_OPTION IS_UPDATABLE IS_SECURE CREATED LAST_ALTERED COMMENT',
      DATES,
    ),
  },
  {
    name: 'COLUMNS',
    columns: columns(
      'TABLE_CATALOG TABLE_SCHEMA TABLE_NAME COLUMN_NAME ORDINAL_POSITION COLUMN_DEFAULT IS_NULLABLE DATA_TYPE CHARACTER_MAXIMUM_LENGTH NUMERIC_PRECISION NUMERIC_SCALE DATETIME_PRECISION COMMENT IS_IDENTITY',
      {
        ORDINAL_POSITION: NUMBER,
        CHARACTER_MAXIMUM_LENGTH: NUMBER,
        NUMERIC_PRECISION: NUMBER,
        NUMERIC_SCALE: NUMBER,
        DATETIME_PRECISION: NUMBER,
      },
    ),
  },
  {
    name: 'SEQUENCES',
    columns: columns(
      'SEQUENCE_CATALOG SEQUENCE_SCHEMA SEQUENCE_NAME SEQUENCE_OWNER START_VALUE INCREMENT CREATED COMMENT',
      DATES,
    ),
  },
];

export const INFORMATION_SCHEMA: ReadonlyMap<string, VirtualTable> = new Map(
  TABLES.map((table) => [table.name, table]),
);

const micros = (milliseconds: number): bigint => BigInt(milliseconds) * 1000n;
const yes = (value: boolean): string => (value ? 'YES' : 'NO');

/** Every database has one, which nobody made. */
function informationSchema(session: EngineSession, database: string): SchemaRecord {
  const created = session.account.objects.databases.get(database)?.created ?? 0;
  return { database, name: 'INFORMATION_SCHEMA', created, owner: '', comment: '', transient: false };
}

export function informationSchemaRows(name: string, session: EngineSession, database: string): SqlValue[][] {
  const { objects } = session.account;
  const tables = [...objects.tables.values(), ...session.temporary.values()].filter(
    (table) => table.database === database,
  );
  switch (name) {
    case 'DATABASES':
      return [...objects.databases.values()].map((each) => [
        each.name,
        each.owner,
        yes(each.transient),
        each.comment || null,
        micros(each.created),
        micros(each.created),
        'STANDARD',
      ]);
    case 'SCHEMATA':
      return [...objects.schemas.values(), informationSchema(session, database)]
        .filter((each) => each.database === database)
        .map((each) => [
          each.database,
          each.name,
          each.owner,
          yes(each.transient),
          'NO',
          micros(each.created),
          micros(each.created),
          each.comment || null,
        ]);
    case 'TABLES':
      return tables.map((each) => [
        each.database,
        each.schema,
        each.name,
        each.owner,
        each.kind === 'VIEW' ? 'VIEW' : each.durability === 'TEMPORARY' ? 'LOCAL TEMPORARY' : 'BASE TABLE',
        yes(each.durability === 'TRANSIENT'),
        each.clusterBy || null,
        micros(each.created),
        micros(each.created),
        yes(each.durability === 'TEMPORARY'),
        each.comment || null,
      ]);
    case 'VIEWS':
      return tables
        .filter((each) => each.kind === 'VIEW')
        .map((each) => [
          each.database,
          each.schema,
          each.name,
          each.owner,
          each.text ?? null,
          'NONE',
          'NO',
          yes(each.secure ?? false),
          micros(each.created),
          micros(each.created),
          each.comment || null,
        ]);
    case 'COLUMNS':
      return tables.flatMap((table) =>
        table.columns.map((column, index): SqlValue[] => [
          table.database,
          table.schema,
          table.name,
          column.name,
          index + 1,
          column.default ?? null,
          yes(column.nullable),
          informationSchemaType(column.type),
          column.type.kind === 'VARCHAR' ? (column.type.length ?? 16777216) : null,
          column.type.kind === 'NUMBER' ? column.type.precision : null,
          column.type.kind === 'NUMBER' ? column.type.scale : null,
          column.type.kind.startsWith('TIME') ? 9 : null,
          column.comment || null,
          yes(column.autoincrement !== undefined),
        ]),
      );
    default:
      return [...objects.sequences.values()]
        .filter((each) => each.database === database)
        .map((each) => [
          each.database,
          each.schema,
          each.name,
          each.owner,
          String(each.start),
          String(each.step),
          micros(each.created),
          each.comment || null,
        ]);
  }
}
