/** Operators on values of one plain type each, with NULL and three-valued logic. */
import { BOOLEAN, boolean, text, VARCHAR, type TypedValue } from '../../values';
import { MAX_VALUE_BYTES } from '../../sql/value-limit';
import { floatOf, isWhole } from './arithmetic';
import { compareDecimals, decimalOf } from './decimal';
import {
  isSlow,
  SLOW,
  TEXT_LATER,
  type Computed,
  type Fast,
  type FastExpression,
  type Lookup,
} from './fast-value';

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

function truth(value: Computed): boolean | null | typeof SLOW {
  if (isSlow(value)) return SLOW;
  if (value.value === null) return null;
  return value.type.kind === 'BOOLEAN' ? (value.value as boolean) : SLOW;
}

export function equals(left: FastExpression, right: FastExpression): (lookup: Lookup) => Fast {
  return compare('=', left, right);
}

/** https://docs.snowflake.com/en/sql-reference/operators-comparison */
export function compare(
  operator: string,
  left: FastExpression,
  right: FastExpression,
): (lookup: Lookup) => Fast {
  return (lookup) => {
    const a = left(lookup);
    const b = right(lookup);
    if (isSlow(a) || isSlow(b)) return SLOW;
    if (a.value === null || b.value === null) return { type: BOOLEAN, value: null };
    const order = orderOf(a, b);
    return order === SLOW ? SLOW : boolean(holds(operator, order));
  };
}

/** Negative, zero or positive. Values of two types are the database's to compare. */
export function orderOf(a: TypedValue, b: TypedValue): number | typeof SLOW {
  if (a.type.kind !== b.type.kind) return mixedOrder(a, b);
  switch (a.type.kind) {
    case 'NUMBER':
      return isWhole(a) && isWhole(b) ? Number(a.value) - Number(b.value) : decimalOrder(a, b);
    case 'FLOAT':
      return Number.isFinite(a.value) && Number.isFinite(b.value) ? Number(a.value) - Number(b.value) : SLOW;
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

/** A FLOAT with a NUMBER, and a text that is a whole number with a NUMBER. */
function mixedOrder(a: TypedValue, b: TypedValue): number | typeof SLOW {
  const [x, y] = [numberIn(a), numberIn(b)];
  return x === undefined || y === undefined ? SLOW : x - y;
}

function numberIn(value: TypedValue): number | undefined {
  if (value.type.kind !== 'VARCHAR') return floatOf(value);
  return /^-?\d{1,15}$/.test(String(value.value)) ? Number(value.value) : undefined;
}

function decimalOrder(a: TypedValue, b: TypedValue): number | typeof SLOW {
  const [left, right] = [decimalOf(a), decimalOf(b)];
  return left && right ? compareDecimals(left, right) : SLOW;
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

export function concatenate(left: FastExpression, right: FastExpression): FastExpression {
  return (lookup) => {
    const one = left(lookup);
    const other = right(lookup);
    const a = asText(one);
    const b = asText(other);
    if (a === SLOW || b === SLOW) return isTextLater(one, a) && isTextLater(other, b) ? TEXT_LATER : SLOW;
    if (a === null || b === null) return text(null);
    return a.length + b.length > MAX_VALUE_BYTES ? SLOW : text(a + b);
  };
}

function isTextLater(value: Computed, asText: string | null | typeof SLOW): boolean {
  return value === TEXT_LATER || asText !== SLOW;
}

/** Text of a string or a NUMBER. */
export function asText(value: Computed): string | null | typeof SLOW {
  if (isSlow(value)) return SLOW;
  if (value.type.kind === 'VARCHAR') return value.value as string | null;
  if (value.type.kind !== 'NUMBER') return SLOW;
  return value.value === null ? null : String(value.value);
}

const TEXT_TYPES = new Set(['VARCHAR', 'STRING', 'TEXT']);

/** `x::VARCHAR`; other types, and lengths, are the database's. */
export function castTo(type: string, operand: FastExpression): FastExpression {
  if (!TEXT_TYPES.has(type)) return sameKind(type, operand);
  return (lookup) => {
    const value = asText(operand(lookup));
    return value === SLOW ? SLOW : { type: VARCHAR, value };
  };
}

/** To the type that the value has already. */
function sameKind(type: string, operand: FastExpression): FastExpression {
  return (lookup) => {
    const value = operand(lookup);
    return !isSlow(value) && SIZELESS.has(type) && value.type.kind === type ? value : SLOW;
  };
}

const SIZELESS = new Set(['BOOLEAN', 'DATE', 'TIMESTAMP_NTZ', 'TIMESTAMP_LTZ']);
