/**
 * Which types a RETURN can take the procedure's RETURNS type from: those that a plain cast converts.
 * https://docs.snowflake.com/en/sql-reference/data-type-conversion#data-types-that-can-be-cast
 */
import type { SqlType } from '../../values';

type TypeKind = SqlType['kind'];

const TIMESTAMPS: TypeKind[] = ['TIMESTAMP_NTZ', 'TIMESTAMP_LTZ', 'TIMESTAMP_TZ'];
/** What everything but a container and a text becomes. */
const ALWAYS: TypeKind[] = ['VARCHAR', 'VARIANT', 'ARRAY'];

const CASTS: Readonly<Record<TypeKind, readonly TypeKind[] | 'all'>> = {
  NUMBER: [...ALWAYS, 'NUMBER', 'FLOAT', 'BOOLEAN', ...TIMESTAMPS],
  FLOAT: [...ALWAYS, 'NUMBER', 'FLOAT'],
  BOOLEAN: [...ALWAYS, 'NUMBER', 'BOOLEAN'],
  DATE: [...ALWAYS, 'DATE', ...TIMESTAMPS],
  TIME: [...ALWAYS, 'TIME'],
  TIMESTAMP_NTZ: [...ALWAYS, 'DATE', 'TIME', ...TIMESTAMPS],
  TIMESTAMP_LTZ: [...ALWAYS, 'DATE', 'TIME', ...TIMESTAMPS],
  TIMESTAMP_TZ: [...ALWAYS, 'DATE', 'TIME', ...TIMESTAMPS],
  BINARY: [...ALWAYS, 'BINARY'],
  VARCHAR: [...ALWAYS, 'NUMBER', 'FLOAT', 'BOOLEAN', 'DATE', 'TIME', 'BINARY', ...TIMESTAMPS],
  ARRAY: ALWAYS,
  OBJECT: [...ALWAYS, 'OBJECT'],
  VARIANT: 'all',
};

export function canReturn(actual: SqlType, declared: SqlType): boolean {
  const casts = CASTS[actual.kind];
  return casts === 'all' || casts.includes(declared.kind);
}
