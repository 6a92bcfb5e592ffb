/** How Snowflake stores values, as SYSTEM$TYPEOF and messages show it. https://docs.snowflake.com/en/sql-reference/functions/system_typeof */
import type { SqlType } from '../values';

const STORED: Readonly<Record<string, string>> = {
  FLOAT: 'DOUBLE',
  BOOLEAN: 'SB1',
  DATE: 'SB4',
  TIME: 'SB8',
  TIMESTAMP_NTZ: 'SB16',
  TIMESTAMP_LTZ: 'SB16',
  TIMESTAMP_TZ: 'SB16',
};

/** Of a type that is no NUMBER: a NUMBER is stored by its value. */
export function storedAs({ kind }: SqlType): string {
  return STORED[kind] ?? 'LOB';
}

/** Bytes that any number of so many digits fits into. */
export function bytesFor(precision: number): number {
  return precision < 3 ? 1 : precision < 5 ? 2 : precision < 10 ? 4 : precision < 19 ? 8 : 16;
}
