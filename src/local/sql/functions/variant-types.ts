/** What is in a VARIANT: IS_<type> and AS_<type>. https://docs.snowflake.com/en/sql-reference/functions/is */
import { unsupported } from '../../errors';
import type { SqlType } from '../../values';
import type { Lowered } from '../compilation';
import { cast, isSemi, toVariant } from '../lower/coerce';
import { define } from './registry';
import { boolean, float, json, literalInteger, variant } from './types';

const TYPES: [string, string][] = [
  ['IS_ARRAY', `= 'ARRAY'`],
  ['IS_OBJECT', `= 'OBJECT'`],
  ['IS_VARCHAR', `= 'VARCHAR'`],
  ['IS_CHAR', `= 'VARCHAR'`],
  ['IS_BOOLEAN', `= 'BOOLEAN'`],
  ['IS_INTEGER', `= 'INTEGER'`],
  ['IS_DECIMAL', `IN ('INTEGER', 'DECIMAL')`],
  ['IS_DOUBLE', `IN ('INTEGER', 'DECIMAL', 'DOUBLE')`],
  ['IS_REAL', `IN ('INTEGER', 'DECIMAL', 'DOUBLE')`],
];
for (const [name, test] of TYPES) define(name, 1, ([a]) => boolean(`(sf_typeof(${json(a!)}) ${test})`));
const AS: [string, 'VARCHAR' | 'BOOLEAN' | 'ARRAY' | 'OBJECT' | 'NUMBER', string][] = [
  ['AS_VARCHAR AS_CHAR', 'VARCHAR', `= 'VARCHAR'`],
  ['AS_BOOLEAN', 'BOOLEAN', `= 'BOOLEAN'`],
  ['AS_ARRAY', 'ARRAY', `= 'ARRAY'`],
  ['AS_OBJECT', 'OBJECT', `= 'OBJECT'`],
  ['AS_INTEGER', 'NUMBER', `= 'INTEGER'`],
];
for (const [names, kind, test] of AS) {
  define(names, 1, ([a]) => {
    const type = kind === 'NUMBER' ? ({ kind, precision: 38, scale: 0 } as const) : ({ kind } as const);
    return { sql: `(CASE WHEN sf_typeof(${json(a!)}) ${test} THEN ${cast(semi(a!), type).sql} END)`, type };
  });
}

for (const name of ['AS_DOUBLE', 'AS_REAL'])
  define(name, 1, ([a]) => {
    const test = `sf_typeof(${json(a!)}) IN ('INTEGER', 'DECIMAL', 'DOUBLE')`;
    return float(`(CASE WHEN ${test} THEN ${cast(semi(a!), { kind: 'FLOAT' }).sql} END)`);
  });
/** AS_NUMBER(variant[, precision[, scale]]). */
define('AS_NUMBER AS_DECIMAL', [1, 3], ([a, precision, scale], call) => {
  const sizes = [precision, scale].map((size) => size && literalInteger(size));
  if ((precision && sizes[0] === undefined) || (scale && sizes[1] === undefined))
    throw unsupported(`${call.name} with a computed precision or scale`);
  const type: SqlType = { kind: 'NUMBER', precision: sizes[0] ?? 38, scale: sizes[1] ?? 0 };
  const test = `sf_typeof(${json(a!)}) IN ('INTEGER', 'DECIMAL')`;
  return { sql: `(CASE WHEN ${test} THEN ${cast(semi(a!), type).sql} END)`, type };
});

function semi(value: Lowered): Lowered {
  return isSemi(value.type) ? value : variant(toVariant(value));
}
