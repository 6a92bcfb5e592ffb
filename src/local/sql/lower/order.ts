/** What orders, compares and groups. */
import type { OrderItem } from '../ast';
import type { Lowered } from '../compilation';

/** ORDER BY items: Snowflake sorts NULLs last ascending and first descending. */
export function orderSql(items: readonly OrderItem[], lowerOne: (item: OrderItem) => string): string {
  return items
    .map(
      (item) =>
        `${lowerOne(item)}${item.descending ? ' DESC' : ' ASC'} NULLS ${item.nulls ?? (item.descending ? 'FIRST' : 'LAST')}`,
    )
    .join(', ');
}

/** What orders: a VARIANT by its kind and value, as numbers in it are not ordered by their digits. */
export function orderedBy(value: Lowered): string {
  return value.type.kind === 'VARIANT' ? `sf_order(${value.sql})` : orderable(value);
}

/** What compares and groups: an instant for TIMESTAMP_TZ. */
export function orderable(value: Lowered): string {
  return value.type.kind === 'TIMESTAMP_TZ' ? `(${value.sql}).t` : value.sql;
}
