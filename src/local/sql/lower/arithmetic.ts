/**
 * Arithmetic with Snowflake's types: division of integers gives decimals, text becomes numbers, dates move by days.
 * https://docs.snowflake.com/en/sql-reference/operators-arithmetic
 */
import { unsupported } from '../../errors';
import type { SqlType } from '../../values';
import type { Expression } from '../ast';
import type { Lowered } from '../compilation';
import { addInterval } from '../functions/date-arithmetic';
import { cast, isSemi, toText } from './coerce';
import { lower, type Context } from './expression';
import { checkOperands } from './operands';

const ANY_NUMBER: SqlType = { kind: 'NUMBER', precision: 38, scale: 5 };

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
  const sides = [lower(leftExpression, context), lower(rightExpression, context)];
  checkOperands(op, sides, context, at);
  const dated = sides.some(({ type }) => type.kind === 'DATE');
  const [left, right] = sides.map((side) => number(side, dated)) as [Lowered, Lowered];
  if (left.type.kind === 'DATE' || right.type.kind === 'DATE') return dateArithmetic(op, left, right);
  if (left.type.kind.startsWith('TIMESTAMP') || right.type.kind.startsWith('TIMESTAMP')) {
    throw unsupported(`${op} between ${left.type.kind} and ${right.type.kind}`);
  }
  if (op === '/') return divide(left, right);
  if (op === '%')
    return { sql: `sf_modulo(${wide(left)}, ${wide(right)})`, type: resultType('-', left, right) };
  const value = { sql: `(${wide(left)} ${op} ${wide(right)})`, type: resultType(op, left, right) };
  const loses = value.type.kind === 'NUMBER' && scaleOf(left) + scaleOf(right) > scaleOf(value);
  return op === '*' && loses ? rounded(value) : value;
}

/** Text takes part as a number with five decimals, a variant as whatever number it holds (beside a date, as days). */
function number(value: Lowered, dated: boolean): Lowered {
  if (isSemi(value.type) && !dated) return cast(value, { kind: 'FLOAT' });
  if (value.type.kind === 'VARCHAR' || isSemi(value.type)) return cast(value, ANY_NUMBER);
  if (value.type.kind === 'NULL')
    return { sql: 'CAST(NULL AS HUGEINT)', type: { kind: 'NUMBER', precision: 38, scale: 0 } };
  return value;
}

/** Integer literals are 32 bits in DuckDB; sums of them must not overflow. */
function wide(value: Lowered): string {
  if (value.type.kind === 'NUMBER' && value.type.scale === 0 && /^\(?-?\d+\)?$/.test(value.sql))
    return `CAST(${value.sql} AS HUGEINT)`;
  return value.sql;
}

function resultType(op: string, left: Lowered, right: Lowered): SqlType {
  if (left.type.kind === 'FLOAT' || right.type.kind === 'FLOAT') return { kind: 'FLOAT' };
  const [a, b] = [scaleOf(left), scaleOf(right)];
  // A product keeps all decimals up to 12, or as many as one of its factors has.
  return {
    kind: 'NUMBER',
    precision: 38,
    scale: op === '*' ? Math.min(a + b, Math.max(a, b, 12)) : Math.max(a, b),
  };
}

function rounded(value: Lowered): Lowered {
  return { sql: `CAST(${value.sql} AS DECIMAL(38,${scaleOf(value)}))`, type: value.type };
}

function scaleOf(value: Lowered): number {
  return value.type.kind === 'NUMBER' ? value.type.scale : 0;
}

/** The scale of a quotient is the dividend's plus 6, at most 12 (or the dividend's). */
function divide(left: Lowered, right: Lowered): Lowered {
  if (left.type.kind === 'FLOAT' || right.type.kind === 'FLOAT')
    return {
      sql: `sf_divide_float(CAST(${left.sql} AS DOUBLE), CAST(${right.sql} AS DOUBLE))`,
      type: { kind: 'FLOAT' },
    };
  const scale = Math.max(scaleOf(left), Math.min(scaleOf(left) + 6, 12));
  return {
    sql: `CAST(sf_divide(${left.sql}, ${right.sql}, ${scale}) AS DECIMAL(38,${scale}))`,
    type: { kind: 'NUMBER', precision: 38, scale },
  };
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
  type.kind === 'VARCHAR' && /^'(?:[^']|'')*'$/.test(sql);

function asText(value: Lowered): string {
  return value.type.kind === 'NULL' ? 'CAST(NULL AS VARCHAR)' : toText(value);
}
