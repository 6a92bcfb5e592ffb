/**
 * Exact decimals: a whole number of units, `1.25` being 125 with scale 2. The scales of results are Snowflake's.
 * https://docs.snowflake.com/en/sql-reference/operators-arithmetic
 */
import type { SqlType, TypedValue } from '../../values';
import { SLOW, type Fast } from './fast-value';

export interface Decimal {
  units: bigint;
  scale: number;
  precision: number;
}

const MAX_PRECISION = 38;

/** `undefined` for NULL and for what is no NUMBER. */
export function decimalOf({ type, value }: TypedValue): Decimal | undefined {
  if (type.kind !== 'NUMBER' || value === null) return undefined;
  const { scale, precision } = type;
  const [whole = '0', fraction = ''] = String(value).split('.');
  if (!/^-?\d+$/.test(whole) || fraction.length > scale) return undefined;
  return { units: BigInt(whole + fraction.padEnd(scale, '0')), scale, precision };
}

/** SLOW beyond 38 digits: the database says what is wrong. */
export function decimalValue(units: bigint, scale: number, precision = MAX_PRECISION): Fast {
  if (abs(units) >= 10n ** BigInt(precision)) return SLOW;
  const type: SqlType = { kind: 'NUMBER', precision, scale };
  if (scale > 0) return { type, value: shown(units, scale) };
  const number = Number(units);
  return { type, value: Number.isSafeInteger(number) ? number : units };
}

function shown(units: bigint, scale: number): string {
  const digits = String(abs(units)).padStart(scale + 1, '0');
  const sign = units < 0n ? '-' : '';
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Half away from zero. */
export function rescale({ units, scale }: Decimal, to: number): bigint {
  return to >= scale ? units * 10n ** BigInt(to - scale) : divide(units, 10n ** BigInt(scale - to));
}

function divide(a: bigint, b: bigint): bigint {
  const quotient = abs(a) / abs(b);
  const rounded = (abs(a) % abs(b)) * 2n >= abs(b) ? quotient + 1n : quotient;
  return a < 0n === b < 0n ? rounded : -rounded;
}

/** The precision of the result is what its largest value takes. */
export function decimalArithmetic(operator: string, a: Decimal, b: Decimal): Fast {
  if (operator === '/') return quotient(a, b);
  if (operator === '*') return product(a, b);
  const scale = Math.max(a.scale, b.scale);
  const precision = Math.min(Math.max(leading(a), leading(b)) + scale + 1, MAX_PRECISION);
  const [left, right] = [rescale(a, scale), rescale(b, scale)];
  if (operator === '+') return decimalValue(left + right, scale, precision);
  return operator === '-' ? decimalValue(left - right, scale, precision) : SLOW;
}

function leading({ precision, scale }: Decimal): number {
  return precision - scale;
}

function product(a: Decimal, b: Decimal): Fast {
  const exact = a.scale + b.scale;
  const scale = Math.min(exact, Math.max(a.scale, b.scale, 12));
  const precision = Math.min(leading(a) + leading(b) + scale, MAX_PRECISION);
  const units = rescale({ units: a.units * b.units, scale: exact, precision }, scale);
  return decimalValue(units, scale, precision);
}

/** Six digits more than the dividend has, up to twelve. */
function quotient(a: Decimal, b: Decimal): Fast {
  if (b.units === 0n) return SLOW;
  const scale = Math.max(a.scale, Math.min(a.scale + 6, 12));
  const precision = Math.min(leading(a) + b.scale + scale, MAX_PRECISION);
  return decimalValue(divide(a.units * 10n ** BigInt(scale - a.scale + b.scale), b.units), scale, precision);
}

/** A NUMBER as a FLOAT; `undefined` where more digits than a FLOAT has could be rounded otherwise. */
export function asDouble({ type, value }: TypedValue): number | undefined {
  if (type.kind !== 'NUMBER' || typeof value === 'boolean') return undefined;
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.length < 16 ? Number(value) : undefined;
}

export function compareDecimals(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale);
  const difference = rescale(a, scale) - rescale(b, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}
