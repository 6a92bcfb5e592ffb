/**
 * How many digits a number has that is computed of others: before and after the point, at most 38 in all.
 * https://docs.snowflake.com/en/sql-reference/operators-arithmetic
 */
import type { SqlType } from '../values';

export type NumberType = SqlType & { kind: 'NUMBER' };

const MOST_DIGITS = 38;

export function numberType(precision: number, scale: number): NumberType {
  return { kind: 'NUMBER', precision: Math.min(precision, MOST_DIGITS), scale };
}

const leading = ({ precision, scale }: NumberType): number => precision - scale;

export const WHOLE = numberType(38, 0);
/** A count of rows or characters. */
export const COUNTED = numberType(18, 0);
/** What a bare NULL is beside a number. */
export const OF_NULL = numberType(18, 0);
/** What a text is beside a number, unless it is a literal, which has its own decimals. */
export const OF_TEXT = numberType(18, 5);

/** + and -: one digit more than the longer of both. */
export function sumType(a: NumberType, b: NumberType): NumberType {
  const scale = Math.max(a.scale, b.scale);
  return numberType(Math.max(leading(a), leading(b)) + 1 + scale, scale);
}

/** All decimals up to 12, or as many as one of the factors has. */
export function productType(a: NumberType, b: NumberType): NumberType {
  const scale = Math.min(a.scale + b.scale, Math.max(a.scale, b.scale, 12));
  return numberType(leading(a) + leading(b) + scale, scale);
}

/** Six decimals more than the dividend has, up to 12. */
export function quotientType(a: NumberType, b: NumberType): NumberType {
  const scale = Math.max(a.scale, Math.min(a.scale + 6, 12));
  return numberType(leading(a) + b.scale + scale, scale);
}

/** Of %, and of values that meet in one column. */
export function widerType(a: NumberType, b: NumberType): NumberType {
  const scale = Math.max(a.scale, b.scale);
  return numberType(Math.max(leading(a), leading(b)) + scale, scale);
}

/** CEIL, FLOOR, ROUND and TRUNC to so many decimals: a digit more for what is carried, and those that a negative scale adds. */
export function roundedType(of: NumberType, decimals: number): NumberType {
  if (decimals >= of.scale) return of;
  const beyond = Math.max(0, -decimals - leading(of));
  return numberType(of.precision + 1 + beyond, Math.max(decimals, 0));
}

/** Of a scale that rows decide. */
export function roundedSomewhere({ precision, scale }: NumberType): NumberType {
  return numberType(Math.max(18, precision + 1), scale);
}

/** https://docs.snowflake.com/en/sql-reference/functions/sum */
export function totalType({ precision, scale }: NumberType): NumberType {
  return numberType(precision + 12, scale);
}

/** https://docs.snowflake.com/en/sql-reference/functions/avg */
export function averageType({ precision, scale }: NumberType): NumberType {
  const decimals = Math.max(scale, Math.min(scale + 6, 12));
  return numberType(precision + 12 + decimals - scale, decimals);
}

/** AVG over a window, but for one with ORDER BY alone. */
export function windowAverageType({ precision, scale }: NumberType): NumberType {
  return numberType(precision + 15, scale + 3);
}

/** MEDIAN and PERCENTILE_CONT. https://docs.snowflake.com/en/sql-reference/functions/median */
export function medianType({ precision, scale }: NumberType): NumberType {
  return numberType(precision + 3, scale + 3);
}

/** https://docs.snowflake.com/en/sql-reference/functions/variance */
export function varianceType({ scale }: NumberType): NumberType {
  return numberType(MOST_DIGITS, Math.max(scale, Math.min(2 * scale + 6, 12)));
}
