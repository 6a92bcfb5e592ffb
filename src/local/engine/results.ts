/** DuckDB's results as Snowflake's values. */
import {
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBMaterializedResult,
  DuckDBStructValue,
  DuckDBTimeValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBTypeId,
  type DuckDBDataChunk,
  type DuckDBDecimalType,
  type DuckDBResult,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api';
import { SnowflakeError, unsupported } from '../errors';
import { requireValueSize } from '../sql/value-limit';
import type { ResultColumn, SqlType, SqlValue } from '../values';
import { sizeOfRow } from './result-size';
import type { Type } from '../sql/compilation';

/** A client gets all rows in one answer, and RESULT_SCAN may ask for them again: they are in memory. */
const MAX_RESULT_BYTES = 134_217_728;

/**
 * Rows with values as `values.ts` says, taken from DuckDB a chunk at a time.
 * @throws SnowflakeError 100082 for a value, NotModelled for a result that is too large
 */
export async function readRows(result: DuckDBResult): Promise<SqlValue[][]> {
  const rows: SqlValue[][] = [];
  let size = 0;
  if (result instanceof DuckDBMaterializedResult) {
    for (let index = 0; index < result.chunkCount; index += 1)
      size = readChunk(result.getChunk(index), rows, size);
    return rows;
  }
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) return rows;
    size = readChunk(chunk, rows, size);
  }
}

/** Row by row: all texts of a chunk may be more than memory holds. @returns the size of all rows so far */
function readChunk(chunk: DuckDBDataChunk, rows: SqlValue[][], before: number): number {
  let size = before;
  const vectors = Array.from({ length: chunk.columnCount }, (_, index) => chunk.getColumnVector(index));
  for (let index = 0; index < chunk.rowCount; index += 1) {
    const row = vectors.map((vector) => toSqlValue(vector.getItem(index)));
    size += sizeOfRow(row);
    if (size > MAX_RESULT_BYTES) throw unsupported('a result of more than 128 MB');
    rows.push(row);
  }
  return size;
}

function toSqlValue(value: DuckDBValue): SqlValue {
  if (value === null) return null;
  switch (typeof value) {
    case 'bigint':
      return integer(value);
    case 'string':
      requireValueSize(value);
      return value;
    case 'number':
    case 'boolean':
      return value;
    default:
      return toSqlValueOfObject(value);
  }
}

function toSqlValueOfObject(
  value: Exclude<DuckDBValue, bigint | string | number | boolean | null>,
): SqlValue {
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

/** The longest number; DuckDB's integers are a little longer. */
const BEYOND = 10n ** 38n;

/** @throws SnowflakeError 100046 beyond 38 digits */
function integer(value: bigint): number | bigint {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  if (value < BEYOND && value > -BEYOND) return value;
  throw new SnowflakeError('100046', '22003', 'Number out of representable range');
}

/** Column types: DuckDB's, refined by what the compiler knows (ARRAY and OBJECT are JSON there). */
export function columnTypes(
  result: DuckDBResult,
  known: readonly { name: string; type: Type }[],
): ResultColumn[] {
  return known.map((column, index) => ({
    name: column.name,
    type: refine(fromDuck(result.columnType(index)), column.type),
  }));
}

function refine(actual: SqlType, known: Type): SqlType {
  if (known.kind === 'ARRAY' || known.kind === 'OBJECT' || known.kind === 'VARIANT') return known;
  // A number's value has DuckDB's decimals, and as many digits as the compiler knows.
  if (actual.kind === 'NUMBER' && known.kind === 'NUMBER' && actual.scale === known.scale) return known;
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
