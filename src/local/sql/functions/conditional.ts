/** https://docs.snowflake.com/en/sql-reference/expressions-conditional */
import type { Lowered } from '../compilation';
import { cast } from '../lower/coerce';
import { forComparison, unify } from '../lower/common-type';
import { define } from './registry';
import { boolean, integer, numeric } from './types';

const condition = (value: Lowered): string => cast(value, { kind: 'BOOLEAN' }).sql;
const MANY = 100;

define('IFF', 3, ([test, yes, no]) => {
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

/** NULL if any argument is NULL; the _IGNORE_NULLS forms skip them, as DuckDB's own do. */
function extreme(name: 'greatest' | 'least', ignoreNulls: boolean) {
  return (args: Lowered[]): Lowered => {
    const { values, type } = unify(args);
    const list = values.map((value) => value.sql).join(', ');
    if (ignoreNulls) return { sql: `${name}(${list})`, type };
    const nulls = values.map((value) => `${value.sql} IS NULL`).join(' OR ');
    return { sql: `(CASE WHEN ${nulls} THEN NULL ELSE ${name}(${list}) END)`, type };
  };
}
define('GREATEST', [1, MANY], extreme('greatest', false));
define('LEAST', [1, MANY], extreme('least', false));
define('GREATEST_IGNORE_NULLS', [1, MANY], extreme('greatest', true));
define('LEAST_IGNORE_NULLS', [1, MANY], extreme('least', true));

define('BOOLAND', 2, ([a, b]) => boolean(`(${condition(a!)} AND ${condition(b!)})`));
define('BOOLOR', 2, ([a, b]) => boolean(`(${condition(a!)} OR ${condition(b!)})`));
define('BOOLXOR', 2, ([a, b]) =>
  boolean(`xor(CAST(${condition(a!)} AS INTEGER), CAST(${condition(b!)} AS INTEGER)) = 1`),
);
define('BOOLNOT', 1, ([a]) => boolean(`(NOT ${condition(a!)})`));
define('REGR_VALX', 2, ([a, b]) => ({
  sql: `(CASE WHEN ${a!.sql} IS NULL THEN NULL ELSE ${b!.sql} END)`,
  type: b!.type,
}));
define('REGR_VALY', 2, ([a, b]) => ({
  sql: `(CASE WHEN ${b!.sql} IS NULL THEN NULL ELSE ${a!.sql} END)`,
  type: a!.type,
}));
define('WIDTH_BUCKET', 4, ([x, low, high, count]) =>
  integer(
    `CASE WHEN ${x!.sql} < ${low!.sql} THEN 0 WHEN ${x!.sql} >= ${high!.sql} THEN ${count!.sql} + 1 ELSE floor((${x!.sql} - ${low!.sql}) * ${count!.sql} / (${high!.sql} - ${low!.sql})) + 1 END`,
  ),
);

function coalesce(args: Lowered[]): Lowered {
  const { values, type } = unify(args);
  return { sql: `coalesce(${values.map((value) => value.sql).join(', ')})`, type };
}
