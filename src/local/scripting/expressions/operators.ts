/** Operators on values of one plain type each, with NULL and three-valued logic. */
import { BOOLEAN, boolean, integer, text, VARCHAR, type TypedValue } from '../../values';
import { SLOW, type Fast, type FastExpression } from './fast-value';

/** https://docs.snowflake.com/en/sql-reference/operators-logical */
export function and(left: FastExpression, right: FastExpression): FastExpression {
  return (lookup) => {
    const a = truth(left(lookup));
    if (a === false) return boolean(false);
    const b = truth(right(lookup));
    if (a === SLOW || b === SLOW) return SLOW;
    return boolean(b === false ? false : a === null || b === null ? null : true);
  };
}

export function or(left: FastExpression, right: FastExpression): FastExpression {
  return (lookup) => {
    const a = truth(left(lookup));
    if (a === true) return boolean(true);
    const b = truth(right(lookup));
    if (a === SLOW || b === SLOW) return SLOW;
    return boolean(b === true ? true : a === null || b === null ? null : false);
  };
}

export function not(operand: FastExpression): FastExpression {
  return (lookup) => {
    const value = truth(operand(lookup));
    return value === SLOW ? SLOW : boolean(value === null ? null : !value);
  };
}

function truth(value: Fast): boolean | null | typeof SLOW {
  if (value === SLOW || value.value === null) return value === SLOW ? SLOW : null;
  return value.type.kind === 'BOOLEAN' ? (value.value as boolean) : SLOW;
}

export function equals(left: FastExpression, right: FastExpression): FastExpression {
  return compare('=', left, right);
}

/** https://docs.snowflake.com/en/sql-reference/operators-comparison */
export function compare(operator: string, left: FastExpression, right: FastExpression): FastExpression {
  return (lookup) => {
    const a = left(lookup);
    const b = right(lookup);
    if (a === SLOW || b === SLOW) return SLOW;
    if (a.value === null || b.value === null) return { type: BOOLEAN, value: null };
    const order = orderOf(a, b);
    return order === SLOW ? SLOW : boolean(holds(operator, order));
  };
}

/** Negative, zero or positive. Values of two types are the database's to compare. */
function orderOf(a: TypedValue, b: TypedValue): number | typeof SLOW {
  if (a.type.kind !== b.type.kind) return SLOW;
  switch (a.type.kind) {
    case 'NUMBER':
      return isWhole(a) && isWhole(b) ? Number(a.value) - Number(b.value) : SLOW;
    case 'VARCHAR':
      return textOrder(a.value as string, b.value as string);
    case 'BOOLEAN':
    case 'DATE':
      return Number(a.value) - Number(b.value);
    case 'TIMESTAMP_NTZ':
    case 'TIMESTAMP_LTZ':
      return a.value === b.value ? 0 : (a.value as bigint) < (b.value as bigint) ? -1 : 1;
    default:
      return SLOW;
  }
}

/** Binary order of UTF-8, which UTF-16 shares except around surrogates. */
function textOrder(a: string, b: string): number | typeof SLOW {
  if (a === b) return 0;
  if (SURROGATE.test(a) || SURROGATE.test(b)) return SLOW;
  return a < b ? -1 : 1;
}

const SURROGATE = /[\ud800-\udfff]/;

function holds(operator: string, order: number): boolean {
  switch (operator) {
    case '=':
      return order === 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    default:
      return order !== 0;
  }
}

/** Whole numbers that stay exact; NULL takes part as NULL. Division has scales of its own and is not here. */
export function arithmetic(
  operator: '+' | '-' | '*' | '%',
  left: FastExpression,
  right: FastExpression,
): FastExpression {
  return (lookup) => {
    const a = left(lookup);
    const b = right(lookup);
    if (a === SLOW || b === SLOW || !isWhole(a) || !isWhole(b)) return SLOW;
    if (a.value === null || b.value === null) return integer(null);
    const result = apply(operator, Number(a.value), Number(b.value));
    return Number.isSafeInteger(result) ? integer(result) : SLOW;
  };
}

function apply(operator: '+' | '-' | '*' | '%', a: number, b: number): number {
  if (operator === '+') return a + b;
  if (operator === '-') return a - b;
  // `+ 0` turns the minus zero of 0 * -1 into zero.
  return (operator === '*' ? a * b : a % b) + 0;
}

export function isWhole(value: TypedValue): boolean {
  if (value.type.kind !== 'NUMBER' || value.type.scale !== 0) return false;
  return value.value === null || Number.isSafeInteger(value.value);
}

export function concatenate(left: FastExpression, right: FastExpression): FastExpression {
  return (lookup) => {
    const a = asText(left(lookup));
    const b = asText(right(lookup));
    if (a === SLOW || b === SLOW) return SLOW;
    return a === null || b === null ? text(null) : text(a + b);
  };
}

/** Text of a string or a whole number. */
export function asText(value: Fast): string | null | typeof SLOW {
  if (value === SLOW) return SLOW;
  if (value.type.kind === 'VARCHAR') return value.value as string | null;
  if (!isWhole(value)) return SLOW;
  return value.value === null ? null : String(value.value);
}

const TEXT_TYPES = new Set(['VARCHAR', 'STRING', 'TEXT']);

/** `x::VARCHAR`; other types, and lengths, are the database's. */
export function castTo(type: string, operand: FastExpression): FastExpression {
  if (!TEXT_TYPES.has(type)) return () => SLOW;
  return (lookup) => {
    const value = asText(operand(lookup));
    return value === SLOW ? SLOW : { type: VARCHAR, value };
  };
}
