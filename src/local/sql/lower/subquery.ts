/**
 * Subqueries in expressions. Snowflake refuses many correlated ones that DuckDB would evaluate; so does this compiler.
 * https://docs.snowflake.com/en/user-guide/querying-subqueries
 */
import { SnowflakeError } from '../../errors';
import type { Expression, Query } from '../ast';
import type { Lowered } from '../compilation';
import { forComparison } from './common-type';
import { lower, truth, type Context } from './expression';
import { lowerQuery, type LoweredQuery } from './query';

export function unsupportedSubquery(): SnowflakeError {
  return new SnowflakeError(
    '002031',
    '42601',
    'SQL compilation error:\nUnsupported subquery type cannot be evaluated',
  );
}

/** A correlated subquery is fine when its WHERE ties it to the outer query by equalities, and nothing else does. */
function lowerChecked(query: Query, context: Context): LoweredQuery {
  const lowered = lowerQuery(query, context.compilation, context.scope);
  if (lowered.correlation === 'other') throw unsupportedSubquery();
  return lowered;
}

function oneColumn(query: LoweredQuery): LoweredQuery['columns'][number] {
  const [column] = query.columns;
  if (query.columns.length !== 1 || !column) {
    throw new SnowflakeError(
      '002056',
      '42601',
      'SQL compilation error:\nSubquery must return exactly one column',
    );
  }
  return column;
}

export function lowerScalarSubquery(query: Query, context: Context): Lowered {
  const lowered = lowerChecked(query, context);
  if (lowered.correlation !== 'none' && !lowered.singleRow) throw unsupportedSubquery();
  return { sql: `(${lowered.sql})`, type: oneColumn(lowered).type };
}

export function lowerExists(query: Query, context: Context): Lowered {
  return truth(`EXISTS (${lowerChecked(query, context).sql})`);
}

export function lowerInQuery(expression: Expression & { is: 'inQuery' }, context: Context): Lowered {
  const lowered = lowerChecked(expression.query, context);
  const not = expression.not ? 'NOT ' : '';
  if (expression.operand.is === 'tuple') {
    const items = expression.operand.items.map((item) => lower(item, context).sql);
    if (items.length !== lowered.columns.length) oneColumn(lowered);
    return truth(`((${items.join(', ')}) ${not}IN (${lowered.sql}))`);
  }
  const [operand, sql] = sameType(lower(expression.operand, context), lowered);
  return truth(`(${operand.sql} ${not}IN (${sql}))`);
}

export function lowerQuantified(expression: Expression & { is: 'quantified' }, context: Context): Lowered {
  const [operand, sql] = sameType(lower(expression.left, context), lowerChecked(expression.query, context));
  return truth(`(${operand.sql} ${expression.op} ${expression.all ? 'ALL' : 'ANY'} (${sql}))`);
}

/** The operand and the subquery's column, brought to one type. */
function sameType(operand: Lowered, query: LoweredQuery): [Lowered, string] {
  const column = oneColumn(query);
  const inner: Lowered = { sql: `q.${column.key}`, type: column.type };
  const [left, right] = forComparison(operand, inner);
  if (right.sql === inner.sql) return [left, query.sql];
  return [left, `SELECT ${right.sql} FROM (${query.sql}) AS q`];
}
