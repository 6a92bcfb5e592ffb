/** DuckDB's results as Snowflake's values. */
import {
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBStructValue,
  DuckDBTimeValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBTypeId,
  type DuckDBDecimalType,
  type DuckDBResultReader,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { ResultColumn, SqlType, SqlValue } from '../values';
import type { Type } from '../sql/compilation';

/** Rows with values as `values.ts` says. */
export function readRows(reader: DuckDBResultReader): SqlValue[][] {
  return reader.getRows().map((row) => row.map(toSqlValue));
}

function toSqlValue(value: DuckDBValue): SqlValue {
  if (value === null) return null;
  switch (typeof value) {
    case 'bigint':
      return integer(value);
    case 'string':
    case 'number':
    case 'boolean':
      return value;
  }
  if (value instanceof DuckDBDecimalValue) return value.scale === 0 ? integer(value.value) : value.toString();
  if (
    value instanceof DuckDBTimestampValue ||
    value instanceof DuckDBTimestampTZValue ||
    value instanceof DuckDBTimeValue
  )
    return value.micros;
  if (value instanceof DuckDBDateValue) return value.days;
  if (value instanceof DuckDBStructValue) {
    const { t, o } = value.entries;
    return t instanceof DuckDBTimestampTZValue ? `${t.micros} ${String(o)}` : value.toString();
  }
  if (value instanceof DuckDBBlobValue) return Buffer.from(value.bytes).toString('hex').toUpperCase();
  return value.toString();
}

function integer(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** Column types: DuckDB's, refined by what the compiler knows (ARRAY and OBJECT are JSON there). */
export function columnTypes(
  result: DuckDBResultReader,
  known: readonly { name: string; type: Type }[],
): ResultColumn[] {
  return known.map((column, index) => ({
    name: column.name,
    type: refine(fromDuck(result.columnType(index)), column.type),
  }));
}

function refine(actual: SqlType, known: Type): SqlType {
  if (known.kind === 'ARRAY' || known.kind === 'OBJECT' || known.kind === 'VARIANT') return known;
  return actual.kind === 'VARCHAR' && known.kind === 'VARCHAR' ? known : actual;
}

function fromDuck(type: DuckDBType): SqlType {
  switch (type.typeId) {
    case DuckDBTypeId.DECIMAL: {
      const { width, scale } = type as DuckDBDecimalType;
      return { kind: 'NUMBER', precision: width, scale };
    }
    case DuckDBTypeId.DOUBLE:
    case DuckDBTypeId.FLOAT:
      return { kind: 'FLOAT' };
    case DuckDBTypeId.BOOLEAN:
      return { kind: 'BOOLEAN' };
    case DuckDBTypeId.DATE:
      return { kind: 'DATE' };
    case DuckDBTypeId.TIME:
      return { kind: 'TIME' };
    case DuckDBTypeId.TIMESTAMP:
      return { kind: 'TIMESTAMP_NTZ' };
    case DuckDBTypeId.TIMESTAMP_TZ:
      return { kind: 'TIMESTAMP_LTZ' };
    case DuckDBTypeId.STRUCT:
      return { kind: 'TIMESTAMP_TZ' };
    case DuckDBTypeId.BLOB:
      return { kind: 'BINARY' };
    case DuckDBTypeId.VARCHAR:
      return type.alias === 'JSON' ? { kind: 'VARIANT' } : { kind: 'VARCHAR' };
    case DuckDBTypeId.SQLNULL:
    case DuckDBTypeId.UUID:
      return { kind: 'VARCHAR' };
    default:
      return { kind: 'NUMBER', precision: 38, scale: 0 };
  }
}
