/** Number literals, and constants as expressions. */
import { integer, type TypedValue } from '../../values';
import { decimalOf } from './decimal';
import { NOT_HERE } from './fast-cursor';
import type { FastExpression } from './fast-value';

export function number(written: string): FastExpression {
  if (/^(0|[1-9]\d*)\.\d+$/.test(written)) return decimal(written);
  const value = Number(written);
  if (!/^\d+$/.test(written) || !Number.isSafeInteger(value)) throw NOT_HERE;
  return constant(integer(value));
}

/** `1.50` has three digits, two of them after the point. */
function decimal(written: string): FastExpression {
  const scale = written.length - written.indexOf('.') - 1;
  const precision = Math.max(written.replace('.', '').replace(/^0+/, '').length, scale + 1);
  const value: TypedValue = { type: { kind: 'NUMBER', precision, scale }, value: written };
  if (precision > 38 || !decimalOf(value)) throw NOT_HERE;
  return constant(value);
}

export function constant(value: TypedValue): FastExpression {
  return () => value;
}
