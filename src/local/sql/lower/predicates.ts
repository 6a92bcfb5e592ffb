/** BETWEEN, IN, LIKE, comparisons of rows. */
import { unsupported } from '../../errors';
import type { Expression, Like } from '../ast';
import type { Lowered } from '../compilation';
import { groupsOf } from '../functions/patterns';
import { toText } from './coerce';
import { forComparison } from './common-type';
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

/** DuckDB compares a short list value by value; for a long one it is told to make a hash table. */
const FEW = 20;
const CONSTANTS: readonly Expression['is'][] = ['string', 'number', 'boolean', 'null'];

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
  // One IN for all that the left side is compared with in the same form: thousands of ORs are slow to plan.
  const forms = new Map<string, string[]>();
  for (const item of items) {
    const [a, b] = forComparison(left, item);
    const values = forms.get(a.sql) ?? [];
    values.push(b.sql);
    forms.set(a.sql, values);
  }
  const isTable = !context.isJoin && list.every(({ is }) => CONSTANTS.includes(is));
  const tests = [...forms].map(([side, values]) =>
    isTable && values.length > FEW
      ? `${side} IN (SELECT unnest([${values.join(', ')}]))`
      : `${side} IN (${values.join(', ')})`,
  );
  return truth(`(${not ? 'NOT ' : ''}(${tests.join(' OR ')}))`);
}

/** LIKE and ILIKE as such; RLIKE and REGEXP must match the whole subject. */
export function lowerLike(expression: Like, context: Context): Lowered {
  const subject = toText(lower(expression.operand, context));
  // There is no escape character unless ESCAPE names one, in DuckDB as in Snowflake.
  const escape = expression.escape ? ` ESCAPE ${toText(lower(expression.escape, context))}` : '';
  const one = (pattern: Expression): string => {
    const value = lower(pattern, context);
    const text = toText(value);
    if (expression.op === 'RLIKE') {
      groupsOf(value, expression.op);
      return `regexp_full_match(${subject}, ${text})`;
    }
    return `(${subject} ${expression.op} ${text}${escape})`;
  };
  const matches = expression.patterns.map(one).join(expression.quantifier === 'ALL' ? ' AND ' : ' OR ');
  return truth(`(${expression.not ? 'NOT ' : ''}(${matches}))`);
}
