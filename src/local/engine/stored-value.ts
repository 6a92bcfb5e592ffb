/** Values of a row in the form in which DuckDB stores them. */
import { DuckDBDecimalValue, DuckDBTimestampValue } from '@duckdb/node-api';
import type { SqlType, SqlValue } from '../values';

/** A bigint is a HUGEINT, a number a DOUBLE. */
export type StoredValue =
  string | boolean | bigint | number | DuckDBTimestampValue | DuckDBDecimalValue | null;

/** Of the types that `fits` in `append.ts` lets through. */
export function storedValue(type: SqlType, value: SqlValue): StoredValue {
  if (typeof value === 'bigint') return new DuckDBTimestampValue(value);
  if (typeof value !== 'number' || type.kind !== 'NUMBER') return value;
  if (type.scale === 0 && type.precision === 38) return BigInt(value);
  const scaled = BigInt(Math.round(value * 10 ** type.scale));
  return new DuckDBDecimalValue(scaled, type.precision, type.scale);
}
