/** Aggregates that put values together in order: LISTAGG, ARRAY_AGG, OBJECT_AGG. */
import { SnowflakeError } from '../../errors';
import type { Call } from '../ast';
import type { Lowered } from '../compilation';
import { toVariant } from '../lower/coerce';
import { lower, type Context } from '../lower/expression';
import { jsonEntry } from '../lower/json';
import { orderable, orderedBy, orderSql } from '../lower/order';
import { OVER } from '../lower/over';
import { define } from './registry';
import { array, object, textOf, varchar } from './types';

const AGGREGATE = { aggregate: true, window: true };
const distinct = (call: Call): string => (call.distinct ? 'DISTINCT ' : '');

/** ORDER BY within an aggregate. With DISTINCT Snowflake orders by the aggregated expression only. */
function within(call: Call, value: Lowered, context: Context): string {
  if (!call.within) return '';
  return ` ORDER BY ${orderSql(call.within, (item) => {
    const key = lower(item.expression, context);
    if (call.distinct && key.sql !== value.sql) {
      const shown = nameOf(item.expression);
      throw new SnowflakeError(
        '001038',
        '42601',
        `SQL compilation error:\n[${shown}] is not a valid order by expression`,
      );
    }
    return call.distinct ? orderable(key) : orderedBy(key);
  })}`;
}

function nameOf(expression: { is: string; parts?: string[] }): string {
  return expression.is === 'column' ? expression.parts!.join('.') : expression.is;
}

/** Nothing to join gives the empty string, not NULL. */
define(
  'LISTAGG',
  [1, 2],
  ([a, delimiter], call, context) => {
    const order = within(call, a!, context);
    const text = textOf(a!);
    const second = call.args[1];
    if (second?.is === 'column')
      throw new SnowflakeError(
        '001015',
        '22023',
        `SQL compilation error:\nargument 2 to function LISTAGG needs to be constant, found '${nameOf(second)}'`,
      );
    const separator = delimiter ? textOf(delimiter) : "''";
    if (call.distinct && order && text !== a!.sql) {
      const direction = call.within![0]!.descending ? 'DESC' : 'ASC';
      const values = `list_sort(list(DISTINCT ${a!.sql}) FILTER (WHERE ${a!.sql} IS NOT NULL)${OVER}, '${direction}')`;
      const texts = `list_transform(${values}, lambda e: ${textOf({ sql: 'e', type: a!.type })})`;
      return varchar(`coalesce(array_to_string(${texts}, ${separator}), '')`);
    }
    return varchar(`coalesce(string_agg(${distinct(call)}${text}, ${separator}${order})${OVER}, '')`);
  },
  AGGREGATE,
);

/** NULLs are left out; nothing gives []. */
define(
  'ARRAY_AGG ARRAYAGG',
  1,
  ([a], call, context) => {
    const order = within(call, a!, context);
    const value = toVariant(a!);
    if (call.distinct && order) {
      const [item] = call.within!;
      const direction = item!.descending ? 'DESC' : 'ASC';
      return array(
        `coalesce(to_json(list_transform(list_sort(list(DISTINCT ${orderable(a!)}) FILTER (WHERE ${a!.sql} IS NOT NULL)${OVER}, '${direction}'), lambda e: e)), CAST('[]' AS JSON))`,
      );
    }
    return array(
      `coalesce(to_json(list(${distinct(call)}${value}${order}) FILTER (WHERE ${a!.sql} IS NOT NULL)${OVER}), CAST('[]' AS JSON))`,
    );
  },
  AGGREGATE,
);
define(
  'ARRAY_UNIQUE_AGG',
  1,
  ([a]) =>
    array(
      `coalesce(to_json(list(DISTINCT ${toVariant(a!)}) FILTER (WHERE ${a!.sql} IS NOT NULL)${OVER}), CAST('[]' AS JSON))`,
    ),
  AGGREGATE,
);
/** With DISTINCT equal pairs are one: https://docs.snowflake.com/en/sql-reference/functions/object_agg */
define(
  'OBJECT_AGG OBJECTAGG',
  2,
  ([key, value], call) => {
    const pair = jsonEntry(textOf(key!), toVariant(value!));
    return object(
      `coalesce(sf_object(list(${distinct(call)}${pair}) FILTER (WHERE ${key!.sql} IS NOT NULL AND ${value!.sql} IS NOT NULL)${OVER}), CAST('{}' AS JSON))`,
    );
  },
  AGGREGATE,
);
