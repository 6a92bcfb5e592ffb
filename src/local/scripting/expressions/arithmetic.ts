/** + - * / % on numbers. https://docs.snowflake.com/en/sql-reference/operators-arithmetic */
import { FLOAT, integer, type TypedValue } from '../../values';
import { decimalArithmetic, decimalOf } from './decimal';
import { isSlow, SLOW, type Fast, type FastExpression, type Lookup } from './fast-value';

type Operator = '+' | '-' | '*' | '/' | '%';

/** Numbers, exactly; whole ones with NULL as well. */
export function arithmetic(
  operator: Operator,
  left: FastExpression,
  right: FastExpression,
): (lookup: Lookup) => Fast {
  return (lookup) => {
    const a = left(lookup);
    const b = right(lookup);
    if (isSlow(a) || isSlow(b)) return SLOW;
    const whole = operator === '/' ? SLOW : wholeArithmetic(operator, a, b);
    if (whole !== SLOW) return whole;
    const [x, y] = [decimalOf(a), decimalOf(b)];
    return x && y ? decimalArithmetic(operator, x, y) : floatArithmetic(operator, a, b);
  };
}

function wholeArithmetic(operator: Operator, a: TypedValue, b: TypedValue): Fast {
  if (!isWhole(a) || !isWhole(b)) return SLOW;
  if (a.value === null || b.value === null) return integer(null);
  const result = apply(operator, Number(a.value), Number(b.value));
  return Number.isSafeInteger(result) ? integer(result) : SLOW;
}

function apply(operator: Operator, a: number, b: number): number {
  if (operator === '+') return a + b;
  if (operator === '-') return a - b;
  if (operator === '/') return a / b;
  // `+ 0` turns the minus zero of 0 * -1 into zero.
  return (operator === '*' ? a * b : a % b) + 0;
}

/** FLOAT with FLOAT or a whole number. */
function floatArithmetic(operator: Operator, a: TypedValue, b: TypedValue): Fast {
  if (a.type.kind !== 'FLOAT' && b.type.kind !== 'FLOAT') return SLOW;
  if (![a, b].every((one) => one.value !== null && (one.type.kind === 'FLOAT' || isWhole(one)))) return SLOW;
  if (operator === '%') return SLOW;
  const result = apply(operator, Number(a.value), Number(b.value));
  return Number.isFinite(result) && !Object.is(result, -0) ? { type: FLOAT, value: result } : SLOW;
}

export function isWhole(value: TypedValue): boolean {
  if (value.type.kind !== 'NUMBER' || value.type.scale !== 0) return false;
  return value.value === null || Number.isSafeInteger(value.value);
}

/** A FLOAT has a minus zero, which no difference is. */
export function negate(operand: FastExpression): (lookup: Lookup) => Fast {
  const negative = arithmetic('-', () => integer(0), operand);
  return (lookup) => {
    const value = operand(lookup);
    return !isSlow(value) && value.type.kind === 'FLOAT' && value.value === 0 ? SLOW : negative(lookup);
  };
}
