/** https://docs.snowflake.com/en/sql-reference/expressions-conditional */
import type { Lowered } from '../compilation';
import { cast, isSemi } from '../lower/coerce';
import { forComparison, unify } from '../lower/common-type';
import { typeOf } from '../lower/operands';
import { misplaced } from '../operands';
import { compileError } from '../scope';
import { defineNumeric } from './numeric';
import { define } from './registry';
import { boolean, integer, numeric } from './types';

const condition = (value: Lowered): string => cast(value, { kind: 'BOOLEAN' }).sql;
const MANY = 100;

define('IFF', 3, ([test, yes, no], call, { compilation }) => {
  if (test!.type.kind !== 'BOOLEAN' && test!.type.kind !== 'NULL')
    throw compileError(
      compilation,
      call.at,
      '001044',
      '42P13',
      misplaced(call.name, [test!, yes!, no!].map(typeOf)),
    );
  const { values, type } = unify([yes!, no!]);
  return { sql: `(CASE WHEN ${condition(test!)} THEN ${values[0]!.sql} ELSE ${values[1]!.sql} END)`, type };
});
define('COALESCE', [2, MANY], (args) => coalesce(args));
define('NVL IFNULL', 2, (args) => coalesce(args));
define('NVL2', 3, ([test, yes, no]) => {
  const { values, type } = unify([yes!, no!]);
  return {
    sql: `(CASE WHEN ${test!.sql} IS NOT NULL THEN ${values[0]!.sql} ELSE ${values[1]!.sql} END)`,
    type,
  };
});
define('NULLIF', 2, ([a, b]) => {
  const [left, right] = forComparison(a!, b!);
  return { sql: `(CASE WHEN ${left.sql} = ${right.sql} THEN NULL ELSE ${a!.sql} END)`, type: a!.type };
});
define('NULLIFZERO', 1, ([a]) => ({ sql: `nullif(${numeric(a!).sql}, 0)`, type: numeric(a!).type }));
define('ZEROIFNULL', 1, ([a]) => ({ sql: `coalesce(${numeric(a!).sql}, 0)`, type: numeric(a!).type }));
define('EQUAL_NULL', 2, ([a, b]) => {
  const [left, right] = forComparison(a!, b!);
  return boolean(`(${left.sql} IS NOT DISTINCT FROM ${right.sql})`);
});
define('IS_NULL_VALUE', 1, ([a]) => boolean(`(json_type(${a!.sql}) = 'NULL')`));
define('DECODE', [3, MANY], (args) => {
  const [subject, ...rest] = args as [Lowered, ...Lowered[]];
  const results: Lowered[] = [];
  const tests: string[] = [];
  for (let index = 0; index + 1 < rest.length; index += 2) {
    const [left, right] = forComparison(subject, rest[index]!);
    tests.push(`${left.sql} IS NOT DISTINCT FROM ${right.sql}`);
    results.push(rest[index + 1]!);
  }
  const hasDefault = rest.length % 2 === 1;
  if (hasDefault) results.push(rest[rest.length - 1]!);
  const { values, type } = unify(results);
  const whens = tests.map((test, index) => `WHEN ${test} THEN ${values[index]!.sql}`).join(' ');
  return { sql: `(CASE ${whens}${hasDefault ? ` ELSE ${values[values.length - 1]!.sql}` : ''} END)`, type };
});

/**
 * A text in front makes texts of the others. https://docs.snowflake.com/en/sql-reference/functions/greatest
 */
function byFirst(args: Lowered[]): Lowered[] {
  const isText = args[0]!.type.kind === 'VARCHAR' && args.every(({ type }) => !isSemi(type));
  return isText ? args.map((arg) => cast(arg, { kind: 'VARCHAR' })) : args;
}

/** NULL if any argument is NULL; the _IGNORE_NULLS forms skip them, as DuckDB's own do. */
function extreme(name: 'greatest' | 'least', ignoreNulls: boolean) {
  return (args: Lowered[]): Lowered => {
    const { values, type } = unify(byFirst(args));
    const most =
      type.kind === 'VARIANT'
        ? `(${name}(${values.map(({ sql }) => `CASE WHEN ${sql} IS NOT NULL THEN {'order': sf_order(${sql}), 'value': ${sql}} END`).join(', ')})).value`
        : `${name}(${values.map(({ sql }) => sql).join(', ')})`;
    if (ignoreNulls) return { sql: most, type };
    const nulls = values.map((value) => `${value.sql} IS NULL`).join(' OR ');
    return { sql: `(CASE WHEN ${nulls} THEN NULL ELSE ${most} END)`, type };
  };
}
define('GREATEST', [1, MANY], extreme('greatest', false));
define('LEAST', [1, MANY], extreme('least', false));
define('GREATEST_IGNORE_NULLS', [1, MANY], extreme('greatest', true));
define('LEAST_IGNORE_NULLS', [1, MANY], extreme('least', true));

defineNumeric('BOOLAND', 2, ([a, b]) => boolean(`(${condition(a!)} AND ${condition(b!)})`));
defineNumeric('BOOLOR', 2, ([a, b]) => boolean(`(${condition(a!)} OR ${condition(b!)})`));
defineNumeric('BOOLXOR', 2, ([a, b]) =>
  boolean(`xor(CAST(${condition(a!)} AS INTEGER), CAST(${condition(b!)} AS INTEGER)) = 1`),
);
defineNumeric('BOOLNOT', 1, ([a]) => boolean(`(NOT ${condition(a!)})`));
define('REGR_VALX', 2, ([a, b]) => ({
  sql: `(CASE WHEN ${a!.sql} IS NULL THEN NULL ELSE ${b!.sql} END)`,
  type: b!.type,
}));
define('REGR_VALY', 2, ([a, b]) => ({
  sql: `(CASE WHEN ${b!.sql} IS NULL THEN NULL ELSE ${a!.sql} END)`,
  type: a!.type,
}));
/** A range that goes down has its buckets from above. */
defineNumeric('WIDTH_BUCKET', 4, (args) => {
  const [x, low, high, count] = args.map((value) => `CAST(${numeric(value).sql} AS DOUBLE)`);
  return integer(`sf_width_bucket(${x}, ${low}, ${high}, ${count})`);
});

function coalesce(args: Lowered[]): Lowered {
  const { values, type } = unify(args);
  return { sql: `coalesce(${values.map((value) => value.sql).join(', ')})`, type };
}
