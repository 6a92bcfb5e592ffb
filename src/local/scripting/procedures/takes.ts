/**
 * Which arguments a declared type takes, and in which order Snowflake tries the overloads of a name.
 * https://docs.snowflake.com/en/developer-guide/udf-stored-procedure-naming-conventions#overloading-procedures-and-functions,
 * https://docs.snowflake.com/en/sql-reference/data-type-conversion
 */
import type { SqlType } from '../../values';

type Kind = SqlType['kind'];

/** Declared types that take an argument of another type without a cast. */
const TAKEN_BY: Readonly<Record<Kind, readonly Kind[]>> = {
  NUMBER: ['FLOAT', 'BOOLEAN', 'VARCHAR', 'VARIANT'],
  FLOAT: ['NUMBER', 'BOOLEAN', 'VARCHAR', 'VARIANT'],
  BOOLEAN: ['VARCHAR', 'VARIANT'],
  VARCHAR: ['NUMBER', 'FLOAT', 'BOOLEAN', 'DATE', 'TIME', 'TIMESTAMP_NTZ', 'TIMESTAMP_LTZ', 'TIMESTAMP_TZ'],
  DATE: ['VARCHAR', 'TIMESTAMP_NTZ', 'TIMESTAMP_LTZ', 'TIMESTAMP_TZ'],
  TIME: ['VARCHAR'],
  TIMESTAMP_NTZ: ['VARCHAR', 'DATE', 'TIME', 'TIMESTAMP_LTZ', 'TIMESTAMP_TZ'],
  TIMESTAMP_LTZ: ['VARCHAR', 'DATE', 'TIME', 'TIMESTAMP_NTZ', 'TIMESTAMP_TZ'],
  TIMESTAMP_TZ: ['VARCHAR', 'DATE', 'TIME'],
  BINARY: [],
  VARIANT: [
    'NUMBER',
    'FLOAT',
    'BOOLEAN',
    'VARCHAR',
    'DATE',
    'TIME',
    'TIMESTAMP_NTZ',
    'TIMESTAMP_LTZ',
    'TIMESTAMP_TZ',
    'ARRAY',
    'OBJECT',
  ],
  ARRAY: ['VARIANT'],
  OBJECT: ['VARIANT'],
};

/** By the names that the types have inside of Snowflake: FIXED, REAL, TEXT. */
const ORDER: readonly Kind[] = [
  'ARRAY',
  'BINARY',
  'BOOLEAN',
  'DATE',
  'NUMBER',
  'OBJECT',
  'FLOAT',
  'VARCHAR',
  'TIME',
  'TIMESTAMP_LTZ',
  'TIMESTAMP_NTZ',
  'TIMESTAMP_TZ',
  'VARIANT',
];

/** Taken only where nothing else takes the argument. */
const LAST = new Set(['NUMBER VARCHAR', 'FLOAT NUMBER', 'VARCHAR NUMBER']);

/** How late the declared type comes: 0 for the argument's own, Infinity where it does not take it. */
export function rankOf(given: Kind | 'NULL', declared: Kind): number {
  if (given === declared) return 0;
  const rank = 1 + ORDER.indexOf(declared);
  if (given === 'NULL') return rank;
  if (!TAKEN_BY[given].includes(declared)) return Infinity;
  return LAST.has(`${given} ${declared}`) ? rank + 100 : rank;
}
