/** https://docs.snowflake.com/en/sql-reference/functions-numeric */
import { unsupported } from '../../errors';
import type { Lowered } from '../compilation';
import { isTemporal } from '../lower/coerce';
import { truncateDate } from './date-truncation';
import { define } from './registry';
import {
  bigint,
  double,
  float,
  int32,
  INTEGER,
  integer,
  literalInteger,
  literalText,
  numeric,
  varchar,
} from './types';

const same =
  (name: string) =>
  ([a]: Lowered[]): Lowered => ({ sql: `${name}(${numeric(a!).sql})`, type: numeric(a!).type });

define('ABS', 1, same('abs'));
define('SIGN', 1, ([a]) => integer(`sign(${numeric(a!).sql})`));
define('CEIL', [1, 2], (args) => rounded('ceil', args));
define('FLOOR', [1, 2], (args) => rounded('floor', args));
define('ROUND', [1, 3], ([value, scale, mode]) => {
  const even = mode !== undefined && literalText(mode, 'ROUND') === 'HALF_TO_EVEN';
  if (mode && !even && literalText(mode, 'ROUND') !== 'HALF_AWAY_FROM_ZERO')
    throw unsupported(`ROUND with the mode ${mode.sql}`);
  return rounded(even ? 'round_even' : 'round', scale ? [value!, scale] : [value!]);
});
define('TRUNC TRUNCATE', [1, 2], (args) => {
  const [value, second] = args as [Lowered, Lowered | undefined];
  return isTemporal(value.type) ? truncateDate(value, second) : rounded('trunc', args);
});

/** With a literal scale the result's type keeps that many decimals; ROUND takes halves away from zero. */
function rounded(name: 'round' | 'round_even' | 'trunc' | 'ceil' | 'floor', args: Lowered[]): Lowered {
  const value = numeric(args[0]!);
  if (!args[1])
    return { sql: `${name}(${value.sql})`, type: value.type.kind === 'FLOAT' ? value.type : INTEGER };
  const towards = name === 'ceil' || name === 'floor';
  const places = int32(args[1]);
  const of = (number: string): string =>
    towards ? `sf_${name}_at(${number}, ${places})` : `${name}(${number}, ${places})`;
  if (value.type.kind !== 'NUMBER') return float(of(value.sql));
  const literal = literalInteger(args[1]);
  const scale = literal === undefined ? value.type.scale : Math.max(0, Math.min(literal, value.type.scale));
  const exact = (name === 'round' || name === 'trunc') && literal !== undefined;
  return {
    sql: `CAST(${of(exact ? value.sql : double(value))} AS DECIMAL(38,${scale}))`,
    type: { kind: 'NUMBER', precision: 38, scale },
  };
}

define('MOD', 2, ([a, b]) => {
  const [left, right] = [numeric(a!), numeric(b!)];
  return {
    sql: `sf_modulo(${left.sql}, ${right.sql})`,
    type: left.type.kind === 'FLOAT' ? left.type : right.type,
  };
});
define('DIV0', 2, ([a, b]) => quotient(numeric(a!), numeric(b!), '0'));
define('DIV0NULL', 2, ([a, b]) =>
  quotient(numeric(a!), { ...numeric(b!), sql: `coalesce(${numeric(b!).sql}, 0)` }, '0'),
);

/** Division whose result for a divisor of 0 is 0. */
function quotient(a: Lowered, b: Lowered, zero: string): Lowered {
  const division = `CASE WHEN ${b.sql} = 0 THEN ${zero} ELSE ${double(a)} / ${double(b)} END`;
  if (a.type.kind === 'FLOAT' || b.type.kind === 'FLOAT') return float(`(${division})`);
  const scale = a.type.kind === 'NUMBER' ? Math.max(a.type.scale, Math.min(a.type.scale + 6, 12)) : 6;
  return {
    sql: `CAST(round(${division}, ${scale}) AS DECIMAL(38,${scale}))`,
    type: { kind: 'NUMBER', precision: 38, scale },
  };
}

define('POWER POW', 2, ([a, b]) => float(`power(${double(a!)}, ${double(b!)})`));
for (const name of [
  'SQRT',
  'EXP',
  'LN',
  'SIN',
  'COS',
  'TAN',
  'ASIN',
  'ACOS',
  'ATAN',
  'SINH',
  'COSH',
  'TANH',
  'ASINH',
  'ACOSH',
  'ATANH',
  'COT',
  'CBRT',
  'DEGREES',
  'RADIANS',
])
  define(name, 1, ([a]) => float(`${name.toLowerCase()}(${double(a!)})`));
define('ATAN2', 2, ([a, b]) => float(`atan2(${double(a!)}, ${double(b!)})`));
define('LOG', 2, ([base, x]) => float(`(ln(${double(x!)}) / ln(${double(base!)}))`));
define('SQUARE', 1, ([a]) => float(`power(${double(a!)}, 2)`));
/** Kilometres between two points given in degrees, on a sphere. */
define('HAVERSINE', 4, (args) => float(`sf_haversine(${args.map(double).join(', ')})`));
define('PI', 0, () => float('pi()'));
define('FACTORIAL', 1, ([a]) => integer(`factorial(${int32(a!)})`));
define('BITAND', 2, ([a, b]) => integer(`(${bigint(a!)} & ${bigint(b!)})`));
define('BITOR', 2, ([a, b]) => integer(`(${bigint(a!)} | ${bigint(b!)})`));
define('BITXOR', 2, ([a, b]) => integer(`xor(${bigint(a!)}, ${bigint(b!)})`));
define('BITNOT', 1, ([a]) => integer(`~${bigint(a!)}`));
define('GETBIT', 2, ([a, n]) => integer(`((${bigint(a!)} >> ${bigint(n!)}) & 1)`));
define('BITSHIFTLEFT', 2, ([a, b]) =>
  integer(`(CAST(${bigint(a!)} AS HUGEINT) * CAST(power(2, ${bigint(b!)}) AS HUGEINT))`),
);
define('BITSHIFTRIGHT', 2, ([a, b]) => integer(`(${bigint(a!)} >> ${bigint(b!)})`));
define('RANDOM', 0, () => integer(`CAST((random() - 0.5) * 9223372036854774784 * 2 AS HUGEINT)`));
define('UNIFORM', 3, ([low, high]) => ({
  sql: `CAST(floor(random() * (${high!.sql} - ${low!.sql} + 1)) + ${low!.sql} AS HUGEINT)`,
  type: INTEGER,
}));
/** In a query over one GENERATOR its rows' numbers, else those of the result's. */
define('SEQ1 SEQ2 SEQ4 SEQ8', [0, 1], (_, __, { scope }) => {
  const [only, ...others] = scope.relations;
  return integer(others.length === 0 && only?.sequence ? only.sequence : '(row_number() OVER () - 1)');
});
define('UUID_STRING', 0, () => varchar('CAST(uuid() AS VARCHAR)'));
