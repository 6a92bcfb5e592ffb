/** Types and values as they travel between SQL, Scripting variables, binds and the driver's protocol. */

export type SqlType =
  | { kind: 'NUMBER'; precision: number; scale: number }
  | { kind: 'FLOAT' }
  | { kind: 'VARCHAR'; length?: number }
  | { kind: 'BOOLEAN' }
  | { kind: 'DATE' }
  | { kind: 'TIME' }
  | { kind: 'TIMESTAMP_NTZ' }
  | { kind: 'TIMESTAMP_LTZ' }
  | { kind: 'TIMESTAMP_TZ' }
  | { kind: 'BINARY' }
  | { kind: 'VARIANT' }
  | { kind: 'ARRAY' }
  | { kind: 'OBJECT' };

/**
 * NULL is `null`. By type:
 * - NUMBER: a `number` when it is a safe integer, `bigint` beyond, decimal text (`'12.50'`) when the scale is not 0
 * - FLOAT: `number`; VARCHAR: `string`; BOOLEAN: `boolean`; BINARY: upper-case hex
 * - DATE: `number` of days since 1970-01-01; TIME: `bigint` microseconds of the day
 * - TIMESTAMP_NTZ: `bigint` microseconds of the wall clock; TIMESTAMP_LTZ: `bigint` microseconds UTC
 * - TIMESTAMP_TZ: `"<microseconds UTC> <offset minutes>"`
 * - VARIANT, ARRAY, OBJECT: JSON text
 */
export type SqlValue = null | boolean | number | bigint | string;

export interface TypedValue {
  type: SqlType;
  value: SqlValue;
}

export interface ResultColumn {
  name: string;
  type: SqlType;
}

export interface QueryResult {
  queryId: string;
  columns: ResultColumn[];
  rows: SqlValue[][];
  /** Rows changed by DML, as SQLROWCOUNT sees it; `undefined` for other statements. */
  rowsAffected?: number;
  /** Last values of a CALL's OUT arguments, by the name of the variable that was given for each. */
  outputs?: ReadonlyMap<string, TypedValue>;
}

export const VARCHAR: SqlType = { kind: 'VARCHAR' };
export const INTEGER: SqlType = { kind: 'NUMBER', precision: 38, scale: 0 };
export const BOOLEAN: SqlType = { kind: 'BOOLEAN' };
export const FLOAT: SqlType = { kind: 'FLOAT' };
export const OBJECT: SqlType = { kind: 'OBJECT' };
export const TIMESTAMP_NTZ: SqlType = { kind: 'TIMESTAMP_NTZ' };
export const TIMESTAMP_LTZ: SqlType = { kind: 'TIMESTAMP_LTZ' };
export const VARIANT: SqlType = { kind: 'VARIANT' };

export const NULL: TypedValue = { type: VARCHAR, value: null };
export const text = (value: string | null): TypedValue => ({ type: VARCHAR, value });
export const integer = (value: number | bigint | null): TypedValue => ({ type: INTEGER, value });
export const boolean = (value: boolean | null): TypedValue => ({ type: BOOLEAN, value });
export const timestampNtz = (micros: bigint | null): TypedValue => ({ type: TIMESTAMP_NTZ, value: micros });
export const timestampLtz = (micros: bigint | null): TypedValue => ({ type: TIMESTAMP_LTZ, value: micros });
