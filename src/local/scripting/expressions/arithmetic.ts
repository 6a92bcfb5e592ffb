/** + - * / % on numbers. https://docs.snowflake.com/en/sql-reference/operators-arithmetic */
import { FLOAT, type SqlType, type TypedValue } from '../../values';
import { asDouble, decimalArithmetic, decimalOf, decimalValue } from './decimal';
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
  const type = WHOLE[digitsOf(operator, precisionOf(a), precisionOf(b))]!;
  if (a.value === null || b.value === null) return { type, value: null };
  const result = apply(operator, Number(a.value), Number(b.value));
  return Number.isSafeInteger(result) ? { type, value: result } : SLOW;
}

const WHOLE = Array.from({ length: 39 }, (_, precision): SqlType => ({
  kind: 'NUMBER',
  precision,
  scale: 0,
}));

function precisionOf({ type }: TypedValue): number {
  return type.kind === 'NUMBER' ? type.precision : 38;
}

/** Digits of the largest result. https://docs.snowflake.com/en/sql-reference/operators-arithmetic */
function digitsOf(operator: Operator, a: number, b: number): number {
  const digits = operator === '*' ? a + b : operator === '%' ? Math.max(a, b) : Math.max(a, b) + 1;
  return Math.min(digits, 38);
}

function apply(operator: Operator, a: number, b: number): number {
  if (operator === '+') return a + b;
  if (operator === '-') return a - b;
  if (operator === '/') return a / b;
  // `+ 0` turns the minus zero of 0 * -1 into zero.
  return (operator === '*' ? a * b : a % b) + 0;
}

/** FLOAT with FLOAT or a NUMBER. */
function floatArithmetic(operator: Operator, a: TypedValue, b: TypedValue): Fast {
  if (a.type.kind !== 'FLOAT' && b.type.kind !== 'FLOAT') return SLOW;
  const [x, y] = [floatOf(a), floatOf(b)];
  if (x === undefined || y === undefined || operator === '%') return SLOW;
  const result = operator === '*' ? x * y : apply(operator, x, y);
  return Number.isFinite(result) && !Object.is(result, -0) ? { type: FLOAT, value: result } : SLOW;
}

/** A number that is there, as a FLOAT. */
export function floatOf(value: TypedValue): number | undefined {
  if (value.value === null) return undefined;
  return value.type.kind === 'FLOAT' ? Number(value.value) : asDouble(value);
}

export function isWhole(value: TypedValue): boolean {
  if (value.type.kind !== 'NUMBER' || value.type.scale !== 0) return false;
  return value.value === null || Number.isSafeInteger(value.value);
}

/** A FLOAT has a minus zero, which no difference is. */
export function negate(operand: FastExpression): (lookup: Lookup) => Fast {
  return (lookup) => {
    const value = operand(lookup);
    if (isSlow(value)) return SLOW;
    if (value.value === null) return value.type.kind === 'NUMBER' ? value : SLOW;
    if (value.type.kind === 'FLOAT')
      return value.value === 0 ? SLOW : { ...value, value: -Number(value.value) };
    const number = decimalOf(value);
    return number ? decimalValue(-number.units, number.scale, number.precision) : SLOW;
  };
}
