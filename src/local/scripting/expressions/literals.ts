/** Number literals, and constants as expressions. https://docs.snowflake.com/en/sql-reference/data-types-numeric#numeric-constants */
import { integer, type SqlType, type TypedValue } from '../../values';
import { NOT_HERE } from './fast-cursor';
import type { FastExpression } from './fast-value';

/**
 * The exact number that a literal writes: zeros at the end of its fraction are no part of it, an exponent is a way of writing
 * it. `undefined` beyond 38 digits.
 */
export function numberLiteral(written: string): TypedValue | undefined {
  const text = plainNumber(written);
  if (text === undefined) return undefined;
  const [whole = '0', fraction = ''] = text.split('.');
  const scale = fraction.length;
  const digits = whole === '0' ? 0 : whole.length;
  const precision = Math.max(digits + scale, scale + 1);
  if (precision > 38) return undefined;
  const type: SqlType = { kind: 'NUMBER', precision, scale };
  return scale === 0 ? { type, value: integer(wholeNumber(whole)).value } : { type, value: text };
}

/** Without exponent and without zeros that say nothing: `1.50e1` is `15`. `undefined` for what is no number. */
export function plainNumber(written: string): string | undefined {
  const parts = /^(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(written);
  if (!parts || written === '.') return undefined;
  const [, before = '', after = '', exponent = '0'] = parts;
  const point = before.length + Number(exponent);
  if (Math.abs(point) > 100) return undefined;
  const digits = before + after;
  const whole = point <= 0 ? '' : digits.slice(0, point).padEnd(point, '0');
  const fraction = point <= 0 ? '0'.repeat(-point) + digits : digits.slice(point);
  const trimmed = fraction.replace(/0+$/, '');
  return (whole.replace(/^0+/, '') || '0') + (trimmed ? `.${trimmed}` : '');
}

function wholeNumber(digits: string): number | bigint {
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : BigInt(digits);
}

export function number(written: string): FastExpression {
  const value = numberLiteral(written);
  if (!value) throw NOT_HERE;
  return constant(value);
}

export function constant(value: TypedValue): FastExpression {
  return () => value;
}
