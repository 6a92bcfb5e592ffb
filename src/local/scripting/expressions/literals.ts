/** Number literals, and constants as expressions. https://docs.snowflake.com/en/sql-reference/data-types-numeric#numeric-constants */
import { exactNumber } from '../../sql/number-literal';
import type { TypedValue } from '../../values';
import { NOT_HERE } from './fast-cursor';
import type { FastExpression } from './fast-value';

/** The exact number that a literal writes; `undefined` beyond 38 digits. */
export function numberLiteral(written: string): TypedValue | undefined {
  const exact = exactNumber(written);
  if (!exact) return undefined;
  const { text, type } = exact;
  return { type, value: type.scale === 0 ? wholeNumber(text) : text };
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
