/** https://docs.snowflake.com/en/sql-reference/functions-numeric */
import { unsupported } from '../../errors';
import type { Lowered } from '../compilation';
import { compute, numbers } from '../lower/arithmetic';
import { fromUnits, units, type Exact } from '../lower/division';
import { numberType, widerType } from '../number-types';
import { compileError } from '../scope';
import { defineNumeric } from './numeric';
import { define } from './registry';
import { bigint, double, float, int32, integer, literalInteger, numeric, textOf, varchar } from './types';

defineNumeric('ABS', 1, ([a]) => {
  const value = numeric(a!);
  const { type } = value;
  return {
    sql: `abs(${value.sql})`,
    type: type.kind === 'NUMBER' ? numberType(Math.max(type.precision, type.scale + 2), type.scale) : type,
  };
});
defineNumeric('SIGN', 1, ([a]) => {
  const value = numeric(a!);
  return value.type.kind === 'NUMBER'
    ? { sql: `CAST(sign(${value.sql}) AS HUGEINT)`, type: numberType(2, 0) }
    : float(`CAST(sign(${value.sql}) AS DOUBLE)`);
});
defineNumeric('MOD', 2, ([a, b]) => compute('%', numbers([a!, b!])));
defineNumeric('DIV0', 2, ([a, b]) => divideOr0(a!, b!));
defineNumeric('DIV0NULL', 2, ([a, b]) => divideOr0(a!, b!, true));

/** Division whose result for a divisor of 0, or of NULL, is 0. */
function divideOr0(a: Lowered, b: Lowered, orNull = false): Lowered {
  const [dividend, divisor] = numbers([a, b]);
  const { sql, type } = compute('/', [dividend, divisor]);
  const isNothing = orNull ? `(${divisor.sql} = 0 OR ${divisor.sql} IS NULL)` : `${divisor.sql} = 0`;
  const zero = type.kind === 'NUMBER' ? `CAST(0 AS DECIMAL(38,${type.scale}))` : '0.0::DOUBLE';
  return {
    sql: `(CASE WHEN ${dividend.sql} IS NOT NULL AND ${isNothing} THEN ${zero} ELSE ${sql} END)`,
    type,
  };
}

define('POWER POW', 2, ([a, b]) => float(`power(${double(a!)}, ${double(b!)})`));
for (const name of [
  'EXP',
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
  'CBRT',
  'DEGREES',
  'RADIANS',
])
  defineNumeric(name, 1, ([a]) => float(`${name.toLowerCase()}(${double(a!)})`));
defineNumeric('ACOSH', 1, ([a]) => float(`sf_acosh(${double(a!)})`));
defineNumeric('ATANH', 1, ([a]) => float(`sf_atanh(${double(a!)})`));
define('COT', 1, ([a]) => float(`(1 / tan(${double(a!)}))`));
define('ATAN2', 2, ([a, b]) => float(`atan2(${double(a!)}, ${double(b!)})`));
defineNumeric('LOG', 2, ([base, x]) => float(`sf_log(${double(base!)}, ${double(x!)})`));
defineNumeric('SQRT', 1, ([a]) => float(`sf_sqrt(${double(a!)})`));
defineNumeric('LN', 1, ([a]) => float(`sf_ln(${double(a!)})`));
define('SQUARE', 1, ([a]) => float(`power(${double(a!)}, 2)`));
/** Kilometres between two points given in degrees, on a sphere. */
define('HAVERSINE', 4, (args) => float(`sf_haversine(${args.map(double).join(', ')})`));
define('PI', 0, () => float('pi()'));
define('FACTORIAL', 1, ([a]) => integer(`factorial(${int32(a!)})`));
/** Of whole numbers; those of bytes, and how shorter ones are filled, are not modelled. */
function bits(name: string, arity: number, compute: (args: Lowered[]) => string): void {
  const names = name === 'GETBIT' ? name : `${name} ${name.replace('BIT', 'BIT_')}`;
  define(names, arity === 2 && !/SHIFT|GETBIT/.test(name) ? [2, 3] : arity, (args) => {
    if (args.some(({ type }) => type.kind === 'BINARY')) throw unsupported(`${name} of BINARY`);
    if (args.length > 2) throw unsupported(`${name} with a third argument`);
    return integer(compute(args));
  });
}
bits('BITAND', 2, ([a, b]) => `(${bigint(a!)} & ${bigint(b!)})`);
bits('BITOR', 2, ([a, b]) => `(${bigint(a!)} | ${bigint(b!)})`);
bits('BITXOR', 2, ([a, b]) => `xor(${bigint(a!)}, ${bigint(b!)})`);
bits('BITNOT', 1, ([a]) => `~${bigint(a!)}`);
bits('GETBIT', 2, ([a, n]) => `((${bigint(a!)} >> ${bigint(n!)}) & 1)`);
bits(
  'BITSHIFTLEFT',
  2,
  ([a, b]) => `(CAST(${bigint(a!)} AS HUGEINT) * CAST(power(2, ${bigint(b!)}) AS HUGEINT))`,
);
bits('BITSHIFTRIGHT', 2, ([a, b]) => `(${bigint(a!)} >> ${bigint(b!)})`);
/** With a seed an account gives the same numbers again, which cannot be known here. */
define('RANDOM', [0, 1], ([seed]) => {
  if (seed) throw unsupported('RANDOM with a seed');
  return { sql: `CAST((random() - 0.5) * 9223372036854774784 * 2 AS HUGEINT)`, type: numberType(19, 0) };
});
/** Whole numbers between whole ones, at the larger scale of both otherwise; FLOATs between FLOATs. */
define('UNIFORM', 3, ([low, high], call) => {
  const [from, to] = [numeric(low!), numeric(high!)];
  const [, , generator] = call.args;
  if (generator?.is !== 'call' || generator.name !== 'RANDOM')
    throw unsupported('UNIFORM with a generator other than RANDOM()');
  if (from.type.kind !== 'NUMBER' || to.type.kind !== 'NUMBER')
    return float(`(random() * (${double(to)} - ${double(from)}) + ${double(from)})`);
  const wider = widerType(from.type, to.type);
  const type = numberType(Math.max(2, wider.precision - wider.scale) + wider.scale, wider.scale);
  const [first, last] = [from, to].map((bound) => units(bound as Exact, type.scale));
  return fromUnits(`CAST(floor(random() * (${last} - ${first} + 1)) + ${first} AS HUGEINT)`, type);
});

/** How many numbers there are before they begin again, and how wide they are. */
const SEQUENCES: [string, bigint, number][] = [
  ['SEQ1', 128n, 3],
  ['SEQ2', 32_768n, 5],
  ['SEQ4', 2_147_483_648n, 10],
  ['SEQ8', 9_223_372_036_854_775_808n, 19],
];
/** In a query over one GENERATOR its rows' numbers, else those of the result's; with a sign of 1 they go on below zero. */
for (const [name, most, precision] of SEQUENCES)
  define(name, [0, 1], ([sign], _, { scope }) => {
    const signed = sign && literalInteger(sign);
    if (sign && signed !== 0 && signed !== 1) throw unsupported(`${name} with a sign other than 0 or 1`);
    const [only, ...others] = scope.relations;
    const row = `CAST(${others.length === 0 && only?.sequence ? only.sequence : '(row_number() OVER () - 1)'} AS HUGEINT)`;
    const sql = signed ? `((${row} + ${most}) % ${2n * most} - ${most})` : `(${row} % ${most})`;
    return { sql, type: numberType(precision, 0) };
  });
/** Of a namespace and a name: version 5, made of their SHA-1. https://docs.snowflake.com/en/sql-reference/functions/uuid_string */
define('UUID_STRING', [0, 2], ([namespace, name], call, { compilation }) => {
  if (!namespace) return varchar('CAST(uuid() AS VARCHAR)');
  if (!name)
    throw compileError(
      compilation,
      call.at,
      '000938',
      '22023',
      'not enough arguments for function [UUID_STRING], expected 2, got 1',
    );
  return varchar(`sf_named_uuid(${textOf(namespace)}, ${textOf(name)})`);
});
