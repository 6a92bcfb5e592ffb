/** Numbers as they are written. https://docs.snowflake.com/en/sql-reference/data-types-numeric#numeric-constants */
import { numberType, type NumberType } from './number-types';

/**
 * The exact number that a literal writes, without exponent and without zeros that say nothing: `1.50e1` is `15`. `undefined`
 * for what is no number and for what has more than 38 digits: that is a FLOAT.
 */
export function exactNumber(written: string): { text: string; type: NumberType } | undefined {
  const text = plainNumber(written);
  if (text === undefined) return undefined;
  const [whole = '0', fraction = ''] = text.split('.');
  const digits = whole === '0' ? 0 : whole.length;
  if (digits + fraction.length > 38) return undefined;
  // The zero before the point counts as a digit.
  return { text, type: numberType(Math.max(digits, 1) + fraction.length, fraction.length) };
}

export function plainNumber(written: string): string | undefined {
  const parts = /^(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(written);
  if (!parts || !/\d/.test(written)) return undefined;
  const [, before = '', after = '', exponent = '0'] = parts;
  const point = before.length + Number(exponent);
  if (Math.abs(point) > 100) return undefined;
  const digits = before + after;
  const whole = point <= 0 ? '' : digits.slice(0, point).padEnd(point, '0');
  const fraction = point <= 0 ? '0'.repeat(-point) + digits : digits.slice(point);
  const trimmed = fraction.replace(/0+$/, '');
  return (whole.replace(/^0+/, '') || '0') + (trimmed ? `.${trimmed}` : '');
}
