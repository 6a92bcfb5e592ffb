/** INFORMATION_SCHEMA.COLUMNS. https://docs.snowflake.com/en/sql-reference/info-schema/columns */
import type { ColumnRecord, TableRecord } from '../catalog/objects';
import { informationSchemaType } from '../sql/types';
import type { SqlType, SqlValue } from '../values';
import { tableName, tablesOf, view, yes } from './information-schema-view';

const MOST_BYTES = 16777216;

export const columnsView = view(
  'COLUMNS',
  'TABLE_CATALOG TABLE_SCHEMA TABLE_NAME COLUMN_NAME ORDINAL_POSITION COLUMN_DEFAULT IS_NULLABLE DATA_TYPE ' +
    'CHARACTER_MAXIMUM_LENGTH CHARACTER_OCTET_LENGTH NUMERIC_PRECISION NUMERIC_PRECISION_RADIX NUMERIC_SCALE DATETIME_PRECISION ' +
    'INTERVAL_TYPE INTERVAL_PRECISION CHARACTER_SET_CATALOG CHARACTER_SET_SCHEMA CHARACTER_SET_NAME ' +
    'COLLATION_CATALOG COLLATION_SCHEMA COLLATION_NAME DOMAIN_CATALOG DOMAIN_SCHEMA DOMAIN_NAME UDT_CATALOG UDT_SCHEMA UDT_NAME ' +
    'SCOPE_CATALOG SCOPE_SCHEMA SCOPE_NAME MAXIMUM_CARDINALITY DTD_IDENTIFIER IS_SELF_REFERENCING ' +
    'IS_IDENTITY IDENTITY_GENERATION IDENTITY_START IDENTITY_INCREMENT IDENTITY_MAXIMUM IDENTITY_MINIMUM IDENTITY_CYCLE IDENTITY_ORDERED ' +
    'SCHEMA_EVOLUTION_RECORD COMMENT DATA_TYPE_ALIAS',
  (session, database) =>
    tablesOf(session, database).flatMap((table) =>
      table.columns.map((column, index) => ({ table, column, position: index + 1 })),
    ),
  rowOf,
);

function rowOf({
  table,
  column,
  position,
}: {
  table: TableRecord;
  column: ColumnRecord;
  position: number;
}): Record<string, SqlValue> {
  return {
    ...tableName(table),
    COLUMN_NAME: column.name,
    ORDINAL_POSITION: position,
    COLUMN_DEFAULT: column.default ?? null,
    IS_NULLABLE: yes(column.nullable),
    DATA_TYPE: informationSchemaType(column.type),
    ...sizes(column.type),
    ...identity(column),
    COMMENT: column.comment || null,
  };
}

function sizes(type: SqlType): Record<string, SqlValue> {
  switch (type.kind) {
    case 'VARCHAR': {
      const length = type.length ?? MOST_BYTES;
      return {
        CHARACTER_MAXIMUM_LENGTH: length,
        CHARACTER_OCTET_LENGTH: Math.min(4 * length, MOST_BYTES),
      };
    }
    case 'BINARY':
      return { CHARACTER_MAXIMUM_LENGTH: 8388608, CHARACTER_OCTET_LENGTH: 8388608 };
    case 'NUMBER':
      return {
        NUMERIC_PRECISION: type.precision,
        NUMERIC_PRECISION_RADIX: 10,
        NUMERIC_SCALE: type.scale,
      };
    default:
      return type.kind.startsWith('TIME') ? { DATETIME_PRECISION: 9 } : {};
  }
}

/** Of AUTOINCREMENT, which only fills in what an INSERT leaves out. */
function identity({ autoincrement }: ColumnRecord): Record<string, SqlValue> {
  if (!autoincrement) return { IS_IDENTITY: 'NO' };
  return {
    IS_IDENTITY: 'YES',
    IDENTITY_GENERATION: 'BY DEFAULT',
    IDENTITY_START: String(autoincrement.start),
    IDENTITY_INCREMENT: String(autoincrement.step),
    IDENTITY_ORDERED: yes(autoincrement.ordered ?? false),
  };
}
