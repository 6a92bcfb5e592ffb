/** BETWEEN, IN, LIKE, comparisons of rows. */
import { unsupported } from '../../errors';
import type { Expression, Like } from '../ast';
import type { Lowered } from '../compilation';
import { forComparison, toText } from './coerce';
import { lower, lowerBinary, truth, type Context } from './expression';

export function lowerTupleComparison(
  op: string,
  left: Expression[],
  right: Expression[],
  context: Context,
): Lowered {
  if (left.length !== right.length || (op !== '=' && op !== '<>'))
    throw unsupported(`row comparison with ${op}`);
  const pairs = left.map((item, index) => lowerBinary('=', item, right[index]!, context).sql);
  return truth(op === '=' ? `(${pairs.join(' AND ')})` : `(NOT (${pairs.join(' AND ')}))`);
}

export function lowerBetween(expression: Expression & { is: 'between' }, context: Context): Lowered {
  const operand = lower(expression.operand, context);
  const [from, low] = forComparison(operand, lower(expression.low, context));
  const [to, high] = forComparison(operand, lower(expression.high, context));
  return truth(`(${expression.not ? 'NOT ' : ''}(${from.sql} >= ${low.sql} AND ${to.sql} <= ${high.sql}))`);
}

export function lowerInList(expression: Expression & { is: 'inList' }, context: Context): Lowered {
  const { operand, list, not } = expression;
  if (operand.is === 'tuple') {
    const rows = list.map((item) => {
      if (item.is !== 'tuple') throw unsupported('IN with rows of different sizes');
      return lowerTupleComparison('=', operand.items, item.items, context).sql;
    });
    return truth(`(${not ? 'NOT ' : ''}(${rows.join(' OR ')}))`);
  }
  const left = lower(operand, context);
  const items = list.map((item) => lower(item, context));
  const sameKind = items.every((item) => item.type.kind === left.type.kind || item.type.kind === 'NULL');
  if (sameKind && left.type.kind !== 'TIMESTAMP_TZ')
    return truth(`(${left.sql} ${not ? 'NOT ' : ''}IN (${items.map((item) => item.sql).join(', ')}))`);
  const pairs = items.map((item) => forComparison(left, item)).map(([a, b]) => `${a.sql} = ${b.sql}`);
  return truth(`(${not ? 'NOT ' : ''}(${pairs.join(' OR ')}))`);
}

/** LIKE and ILIKE as such; RLIKE and REGEXP must match the whole subject. */
export function lowerLike(expression: Like, context: Context): Lowered {
  const subject = toText(lower(expression.operand, context));
  // There is no escape character unless ESCAPE names one, in DuckDB as in Snowflake.
  const escape = expression.escape ? ` ESCAPE ${toText(lower(expression.escape, context))}` : '';
  const one = (pattern: Expression): string => {
    const text = toText(lower(pattern, context));
    if (expression.op === 'RLIKE') return `regexp_full_match(${subject}, ${text})`;
    return `(${subject} ${expression.op} ${text}${escape})`;
  };
  const matches = expression.patterns.map(one).join(expression.quantifier === 'ALL' ? ' AND ' : ' OR ');
  return truth(`(${expression.not ? 'NOT ' : ''}(${matches}))`);
}
