/**
 * Exact division and remainder of NUMBERs: both sides as whole numbers of units (1.25 is 125), since DuckDB divides
 * decimals as floats. Rounded half away from zero. https://docs.snowflake.com/en/sql-reference/operators-arithmetic
 */
import type { Lowered } from '../compilation';
import { quotientType, widerType, type NumberType } from '../number-types';
import { copied } from './once';

/** A NUMBER. */
export interface Exact extends Lowered {
  type: NumberType;
}

/** Digits of a HUGEINT, less one for what rounding adds. */
const ROOM = 37;

export function divide(left: Exact, right: Exact): Exact {
  const type = quotientType(left.type, right.type);
  const shift = right.type.scale - left.type.scale + type.scale;
  return fromUnits(quotient(units(left), units(right), shift, left.type.precision), type);
}

/** How often whole numbers go into one another, times a power of ten. */
export function quotient(dividend: string, divisor: string, shift: number, digits = 38): string {
  const literal = wholeOf(divisor);
  const simple =
    literal !== undefined && literal > 0n ? byLiteral(dividend, literal, shift, digits) : undefined;
  if (simple) return simple;
  const most = 10n ** BigInt(Math.max(ROOM - shift, 0));
  return copied(
    [dividend, divisor],
    ([n, d]) => `sf_quotient(${n}, ${d}, ${big(10n ** BigInt(shift))}, ${big(most)})`,
  );
}

/**
 * A divisor that is known: usually it is a part of the power of ten, and nothing is left to divide. `undefined` where a
 * result of 38 digits might come from more than HUGEINT holds.
 */
function byLiteral(dividend: string, divisor: bigint, shift: number, digits: number): string | undefined {
  const factor = 10n ** BigInt(shift);
  const common = greatestCommon(factor, divisor);
  const [times, by] = [factor / common, divisor / common];
  if (by === 1n) return `(${dividend} * ${big(times)})`;
  if (digits + shift > ROOM) return undefined;
  return copied([dividend], ([n]) => `sf_rounded_quotient(${n} * ${big(times)}, ${big(by)})`);
}

function greatestCommon(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommon(b, a % b);
}

/** `a % b` has the sign of a. */
export function remainder(left: Exact, right: Exact): Exact {
  const type = widerType(left.type, right.type);
  const sides = [units(left, type.scale), units(right, type.scale)];
  return fromUnits(
    copied(sides, ([a, b]) => `sf_modulo(${a}, ${b})`),
    type,
  );
}

/** A NUMBER as a HUGEINT of units. */
export function units({ sql, type }: Exact, scale = type.scale): string {
  const literal = /^\(?(-?)(\d+)(?:\.(\d+))?\)?$/.exec(sql);
  if (literal) {
    const [, sign = '', whole = '', fraction = ''] = literal;
    return big(BigInt(`${whole}${fraction.padEnd(scale, '0')}`) * (sign ? -1n : 1n));
  }
  return scale === 0 ? `CAST(${sql} AS HUGEINT)` : `CAST(${sql} * ${10n ** BigInt(scale)} AS HUGEINT)`;
}

/** One unit of the scale, times a whole number of 38 digits, is a decimal whose digits are those of the whole number. */
export function fromUnits(whole: string, type: NumberType): Exact {
  if (type.scale === 0) return { sql: whole, type };
  return { sql: `(CAST(${whole} AS DECIMAL(38,0)) * 0.${'1'.padStart(type.scale, '0')})`, type };
}

const big = (value: bigint): string => `CAST(${value} AS HUGEINT)`;

function wholeOf(sql: string): bigint | undefined {
  const digits = /^CAST\((-?\d+) AS HUGEINT\)$/.exec(sql)?.[1];
  return digits === undefined ? undefined : BigInt(digits);
}
