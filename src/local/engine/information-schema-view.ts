/** How a view of INFORMATION_SCHEMA is made: its columns by name, its rows from records. https://docs.snowflake.com/en/sql-reference/info-schema */
import type { ResultColumn, SqlType, SqlValue } from '../values';
import type { TableRecord } from '../catalog/objects';
import { type EngineSession, engineSession } from './account';
import { keyOf } from '../catalog/names';
import { visible } from './privileges';
import type { InformationSchemaView } from './contract';

const TEXT: SqlType = { kind: 'VARCHAR' };
const NUMBER: SqlType = { kind: 'NUMBER', precision: 38, scale: 0 };
const LTZ: SqlType = { kind: 'TIMESTAMP_LTZ' };
const OBJECT: SqlType = { kind: 'OBJECT' };

/** Columns of text, but for those whose name says that they are dates, numbers or objects. */
export const informationSchemaColumns = (names: string): ResultColumn[] =>
  names.split(' ').map((name) => ({ name, type: typeOf(name) }));

function typeOf(name: string): SqlType {
  if (['CREATED', 'LAST_ALTERED', 'LAST_DDL'].includes(name)) return LTZ;
  if (name === 'OBJECT_VISIBILITY') return OBJECT;
  if (['BYTES', 'ROW_COUNT', 'RETENTION_TIME', 'MAXIMUM_CARDINALITY'].includes(name)) return NUMBER;
  return /_(POSITION|LENGTH|PRECISION|SCALE|RADIX)$/.test(name) ? NUMBER : TEXT;
}

export const micros = (milliseconds: number): bigint => BigInt(milliseconds) * 1000n;
export const yes = (value: boolean): string => (value ? 'YES' : 'NO');

/** @param columns names in Snowflake's order; a value that `row` leaves out is NULL, as is all that "does not apply" to Snowflake */
export function view<T>(
  name: string,
  columns: string,
  records: (session: EngineSession, database: string) => T[],
  row: (record: T) => Record<string, SqlValue>,
): InformationSchemaView {
  const described = informationSchemaColumns(columns);
  return {
    name,
    columns: described,
    rows: (session, database) =>
      records(engineSession(session), database).map((record) => {
        const values = row(record);
        return described.map((column) => values[column.name] ?? null);
      }),
  };
}

export function tablesOf(session: EngineSession, database: string): TableRecord[] {
  const isVisible = { TABLE: visible(session, 'TABLE'), VIEW: visible(session, 'VIEW') };
  const kept = [...session.account.objects.tables.values()].filter((table) =>
    isVisible[table.kind](keyOf(table)),
  );
  return [...kept, ...session.temporary.values()].filter((table) => table.database === database);
}

/** What TABLES, VIEWS and COLUMNS begin with. */
export const tableName = ({ database, schema, name }: TableRecord): Record<string, SqlValue> => ({
  TABLE_CATALOG: database,
  TABLE_SCHEMA: schema,
  TABLE_NAME: name,
});

/** Changes are not dated: what was made is taken for the last change. */
export const dated = (created: number): Record<string, SqlValue> => ({
  CREATED: micros(created),
  LAST_ALTERED: micros(created),
});
