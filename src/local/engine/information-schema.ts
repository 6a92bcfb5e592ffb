/** Views of INFORMATION_SCHEMA, computed from the catalog. https://docs.snowflake.com/en/sql-reference/info-schema */
import type { ResultColumn, SqlType, SqlValue } from '../values';
import type { VirtualTable } from '../sql/compilation';
import { informationSchemaType } from '../sql/types';
import type { SchemaRecord, TableRecord } from '../catalog/objects';
import { type EngineSession, engineSession } from './account';
import type { InformationSchemaView, Session } from './contract';
import { grantViews } from './information-schema-grants';

const TEXT: SqlType = { kind: 'VARCHAR' };
const NUMBER: SqlType = { kind: 'NUMBER', precision: 38, scale: 0 };
const LTZ: SqlType = { kind: 'TIMESTAMP_LTZ' };

/** Columns of text, but for those whose name says that they are dates or numbers. */
export const informationSchemaColumns = (names: string): ResultColumn[] =>
  names.split(' ').map((name) => ({ name, type: typeOf(name) }));

function typeOf(name: string): SqlType {
  if (name === 'CREATED' || name === 'LAST_ALTERED') return LTZ;
  return /_(POSITION|LENGTH|PRECISION|SCALE|RADIX)$/.test(name) ? NUMBER : TEXT;
}

const micros = (milliseconds: number): bigint => BigInt(milliseconds) * 1000n;
const yes = (value: boolean): string => (value ? 'YES' : 'NO');

function view<T>(
  name: string,
  columns: string,
  records: (session: EngineSession, database: string) => T[],
  row: (record: T) => SqlValue[],
): InformationSchemaView {
  return {
    name,
    columns: informationSchemaColumns(columns),
    rows: (session: Session, database) => records(engineSession(session), database).map(row),
  };
}

/** Every database has one, which nobody made. */
export function informationSchema(database: string, created: number): SchemaRecord {
  const comment = 'Views describing the contents of schemas in this database';
  return { database, name: 'INFORMATION_SCHEMA', created, owner: '', comment, transient: false };
}

function tablesOf(session: EngineSession, database: string): TableRecord[] {
  return [...session.account.objects.tables.values(), ...session.temporary.values()].filter(
    (table) => table.database === database,
  );
}

const VIEWS: readonly InformationSchemaView[] = [
  view(
    'DATABASES',
    'DATABASE_NAME DATABASE_OWNER IS_TRANSIENT COMMENT CREATED LAST_ALTERED TYPE',
    ({ account }) => [...account.objects.databases.values()],
    (each) => [
      each.name,
      each.owner,
      yes(each.transient),
      each.comment || null,
      micros(each.created),
      micros(each.created),
      'STANDARD',
    ],
  ),
  view(
    'SCHEMATA',
    'CATALOG_NAME SCHEMA_NAME SCHEMA_OWNER IS_TRANSIENT IS_MANAGED_ACCESS CREATED LAST_ALTERED COMMENT',
    ({ account: { objects } }, database) => {
      const created = objects.databases.get(database)?.created ?? 0;
      const made = [...objects.schemas.values()].filter((each) => each.database === database);
      return [...made, informationSchema(database, created)];
    },
    (each) => [
      each.database,
      each.name,
      each.owner,
      yes(each.transient),
      'NO',
      micros(each.created),
      micros(each.created),
      each.comment || null,
    ],
  ),
  view(
    'TABLES',
    'TABLE_CATALOG TABLE_SCHEMA TABLE_NAME TABLE_OWNER TABLE_TYPE IS_TRANSIENT CLUSTERING_KEY CREATED LAST_ALTERED IS_TEMPORARY COMMENT',
    tablesOf,
    (each) => [
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
    ],
  ),
  view(
    'VIEWS',
    'TABLE_CATALOG TABLE_SCHEMA TABLE_NAME TABLE_OWNER VIEW_DEFINITION CHECK_OPTION IS_UPDATABLE IS_SECURE CREATED LAST_ALTERED COMMENT',
    (session, database) => tablesOf(session, database).filter((each) => each.kind === 'VIEW'),
    (each) => [
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
    ],
  ),
  view(
    'COLUMNS',
    'TABLE_CATALOG TABLE_SCHEMA TABLE_NAME COLUMN_NAME ORDINAL_POSITION COLUMN_DEFAULT IS_NULLABLE DATA_TYPE CHARACTER_MAXIMUM_LENGTH NUMERIC_PRECISION NUMERIC_SCALE DATETIME_PRECISION COMMENT IS_IDENTITY',
    (session, database) =>
      tablesOf(session, database).flatMap((table) =>
        table.columns.map((column, index) => ({ table, column, index })),
      ),
    ({ table, column, index }) => [
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
    ],
  ),
  view(
    'SEQUENCES',
    'SEQUENCE_CATALOG SEQUENCE_SCHEMA SEQUENCE_NAME SEQUENCE_OWNER START_VALUE INCREMENT CREATED COMMENT',
    ({ account }, database) =>
      [...account.objects.sequences.values()].filter((each) => each.database === database),
    (each) => [
      each.database,
      each.schema,
      each.name,
      each.owner,
      String(each.start),
      String(each.step),
      micros(each.created),
      each.comment || null,
    ],
  ),
];

/** Of that name, the engine's or a feature's. */
export function informationSchemaView(name: string, session: EngineSession): VirtualTable | undefined {
  return viewsOf(session).find((each) => each.name === name);
}

export function informationSchemaRows(name: string, session: EngineSession, database: string): SqlValue[][] {
  return viewsOf(session)
    .find((each) => each.name === name)!
    .rows(session, database);
}

function viewsOf(session: EngineSession): InformationSchemaView[] {
  return [
    ...VIEWS,
    ...grantViews,
    ...session.account.features.flatMap((feature) => feature.informationSchema ?? []),
  ];
}
