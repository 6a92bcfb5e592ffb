/**
 * Arithmetic with Snowflake's types: division of integers gives decimals, text becomes numbers, dates move by days.
 * https://docs.snowflake.com/en/sql-reference/operators-arithmetic
 */
import { unsupported } from '../../errors';
import type { Expression } from '../ast';
import type { Lowered } from '../compilation';
import { literalOf } from '../duck-text';
import { addInterval } from '../functions/date-arithmetic';
import { exactNumber } from '../number-literal';
import { numberType, OF_NULL, OF_TEXT, productType, sumType, type NumberType } from '../number-types';
import { cast, isSemi, toText } from './coerce';
import { divide, remainder, type Exact } from './division';
import { lower, type Context } from './expression';
import { copied } from './once';
import { checkOperands } from './operands';

export function lowerArithmetic(
  op: string,
  leftExpression: Expression,
  rightExpression: Expression,
  context: Context,
  at = 0,
): Lowered {
  if (rightExpression.is === 'interval')
    return addInterval(lower(leftExpression, context), rightExpression.text, op);
  if (leftExpression.is === 'interval')
    return addInterval(lower(rightExpression, context), leftExpression.text, op);
  const sides: [Lowered, Lowered] = [lower(leftExpression, context), lower(rightExpression, context)];
  checkOperands(op, sides, context, at);
  if (sides.some(({ type }) => type.kind === 'DATE')) return dateArithmetic(op, ...daysBeside(sides));
  if (sides.some(({ type }) => type.kind.startsWith('TIMESTAMP')))
    throw unsupported(`${op} between ${sides[0].type.kind} and ${sides[1].type.kind}`);
  return compute(op, numbers(sides));
}

/** `a op b` of numbers: exact ones stay exact, a FLOAT makes a FLOAT. */
export function compute(op: string, [left, right]: [Lowered, Lowered]): Lowered {
  if (!isExact(left) || !isExact(right)) return computeFloat(op, left, right);
  if (op === '/') return divide(left, right);
  if (op === '%') return remainder(left, right);
  if (op !== '*')
    return { sql: `(${wide(left)} ${op} ${wide(right)})`, type: sumType(left.type, right.type) };
  const type = productType(left.type, right.type);
  const product = `(${wide(left)} * ${wide(right)})`;
  const loses = left.type.scale + right.type.scale > type.scale;
  return { sql: loses ? `CAST(${product} AS DECIMAL(38,${type.scale}))` : product, type };
}

const isExact = (value: Lowered): value is Exact => value.type.kind === 'NUMBER';

function computeFloat(op: string, left: Lowered, right: Lowered): Lowered {
  const [a, b] = [asFloat(left), asFloat(right)];
  const sql =
    op === '/' || op === '%'
      ? copied([a, b], ([x, y]) => `${op === '/' ? 'sf_divide_float' : 'sf_modulo'}(${x}, ${y})`)
      : `(${a} ${op} ${b})`;
  return { sql, type: { kind: 'FLOAT' } };
}

const asFloat = (value: Lowered): string =>
  value.type.kind === 'FLOAT' ? value.sql : `CAST(${value.sql} AS DOUBLE)`;

/**
 * Both sides as numbers: a text or a bare NULL beside an exact number is exact, beside anything else a FLOAT, as a variant is.
 * Two bare NULLs are exact.
 */
export function numbers([left, right]: [Lowered, Lowered]): [Lowered, Lowered] {
  const exact = [left, right].some(isExact) || [left, right].every(({ type }) => type.kind === 'NULL');
  const beside = (value: Lowered): Lowered => (exact ? exactOf(value) : floatOf(value));
  return [beside(left), beside(right)];
}

function exactOf(value: Lowered): Lowered {
  if (value.type.kind === 'NULL') return { sql: 'CAST(NULL AS HUGEINT)', type: OF_NULL };
  return value.type.kind === 'VARCHAR' ? cast(value, textType(value)) : floatOf(value);
}

/** A literal's own decimals; five of any other text. */
function textType(value: Lowered): NumberType {
  const literal = literalOf(value.sql);
  const exact = literal === undefined ? undefined : exactNumber(literal.trim().replace(/^[-+]/, ''));
  return exact ? numberType(Math.max(18, exact.type.precision), exact.type.scale) : OF_TEXT;
}

function floatOf(value: Lowered): Lowered {
  return value.type.kind === 'NUMBER' ? value : cast(value, { kind: 'FLOAT' });
}

/** Beside a date, a text and a variant count days. */
function daysBeside(sides: [Lowered, Lowered]): [Lowered, Lowered] {
  const days = (value: Lowered): Lowered =>
    value.type.kind === 'VARCHAR' || isSemi(value.type)
      ? cast(value, OF_TEXT)
      : value.type.kind === 'NULL'
        ? exactOf(value)
        : value;
  return [days(sides[0]), days(sides[1])];
}

/** Integer literals are 32 bits in DuckDB; sums of them must not overflow. */
function wide(value: Exact): string {
  return value.type.scale === 0 && /^\(?-?\d+\)?$/.test(value.sql)
    ? `CAST(${value.sql} AS HUGEINT)`
    : value.sql;
}

function dateArithmetic(op: string, left: Lowered, right: Lowered): Lowered {
  if (op === '-' && left.type.kind === 'DATE' && right.type.kind === 'DATE') {
    return {
      sql: `CAST(date_diff('day', ${right.sql}, ${left.sql}) AS HUGEINT)`,
      type: { kind: 'NUMBER', precision: 38, scale: 0 },
    };
  }
  const [date, days] = left.type.kind === 'DATE' ? [left, right] : [right, left];
  if ((op === '+' || (op === '-' && date === left)) && days.type.kind === 'NUMBER') {
    return { sql: `(${date.sql} ${op} CAST(${days.sql} AS INTEGER))`, type: { kind: 'DATE' } };
  }
  throw unsupported(`${op} between ${left.type.kind} and ${right.type.kind}`);
}

export function lowerConcatenation(left: Lowered, right: Lowered): Lowered {
  if (left.type.kind === 'BINARY' && right.type.kind === 'BINARY')
    return { sql: `(${left.sql} || ${right.sql})`, type: { kind: 'BINARY' } };
  // Two literals are one, so that formats can be put together: dbt does.
  if (isLiteral(left) && isLiteral(right))
    return { sql: `${left.sql.slice(0, -1)}${right.sql.slice(1)}`, type: { kind: 'VARCHAR' } };
  return { sql: `(${asText(left)} || ${asText(right)})`, type: { kind: 'VARCHAR' } };
}

const isLiteral = ({ sql, type }: Lowered): boolean =>
  type.kind === 'VARCHAR' && literalOf(sql) !== undefined;

function asText(value: Lowered): string {
  return value.type.kind === 'NULL' ? 'CAST(NULL AS VARCHAR)' : toText(value);
}
