/** What follows a query's body. https://docs.snowflake.com/en/sql-reference/constructs/order-by, .../limit */
import { SnowflakeError } from '../../errors';
import type { Expression, OrderItem, Query } from '../ast';
import type { Compilation } from '../compilation';
import { newScope } from '../scope';
import { lower } from './expression';
import { orderedBy, orderSql } from './order';
import type { LoweredBody, QueryColumn } from './query';

/** ORDER BY, LIMIT, OFFSET. */
export function lowerTail(
  query: Query,
  body: LoweredBody,
  compilation: Compilation,
): { sql: string; wrap: boolean } {
  let wrap = body.scope === undefined && (query.order.length > 0 || query.limit !== undefined);
  const ordinals = (item: OrderItem): string => orderItem(item, body, compilation);
  const items = query.order.flatMap((item) => everyColumn(item, body));
  const order = items.length > 0 ? ` ORDER BY ${orderSql(items, ordinals)}` : '';
  const count = (expression: Expression): string => {
    const value = lower(expression, { compilation, scope: newScope(undefined) });
    return expression.is === 'number' ? value.sql : `CAST(${value.sql} AS BIGINT)`;
  };
  const limit = query.limit ? ` LIMIT ${count(query.limit)}` : '';
  const offset = query.offset ? ` OFFSET ${count(query.offset)}` : '';
  if (!order && !limit && !offset) wrap = false;
  return { sql: `${order}${limit}${offset}`, wrap };
}

/** `*` in ORDER BY is each column of the result. */
function everyColumn(item: OrderItem, body: LoweredBody): OrderItem[] {
  if (item.expression.is !== 'star') return [item];
  return body.columns.map((_, index) => ({ ...item, expression: { is: 'number', text: String(index + 1) } }));
}

/** An output column's name goes before a table's column in ORDER BY. */
function orderItem(item: OrderItem, body: LoweredBody, compilation: Compilation): string {
  const { expression } = item;
  if (expression.is === 'number' && /^\d+$/.test(expression.text)) {
    const column = body.columns[Number(expression.text) - 1];
    if (column) return ordinal(column, expression.text);
    throw new SnowflakeError(
      '000904',
      '42000',
      `SQL compilation error:\ninvalid column position ${expression.text} in ORDER BY`,
    );
  }
  if (expression.is === 'column' && expression.parts.length === 1) {
    const index = body.columns.findIndex((column) => column.name === expression.parts[0]);
    if (index >= 0) return ordinal(body.columns[index]!, String(index + 1));
  }
  if (body.scope) {
    const value = lower(expression, { compilation, scope: body.scope });
    if (expression.is === 'column' && body.distinctOf && !body.distinctOf.includes(value.sql))
      throw new SnowflakeError(
        '001038',
        '42601',
        `SQL compilation error:\n[${expression.parts.join('.')}] is not a valid order by expression`,
      );
    return orderedBy(value);
  }
  const scope = newScope(undefined);
  scope.relations.push({
    path: [],
    columns: body.columns.map((column) => ({ name: column.name, sql: column.key, type: column.type })),
  });
  return orderedBy(lower(expression, { compilation, scope }));
}

const ordinal = ({ key, type }: QueryColumn, place: string): string =>
  type.kind === 'VARIANT' ? orderedBy({ sql: key, type }) : place;
