/**
 * knex as a pure query builder: no driver, no pool, no quoting of its own. Every identifier and literal goes through
 * `sql-text`, so a query is built from `raw` pieces that are already escaped.
 */
import Client from 'knex/lib/client';
import type { Knex } from 'knex';

class SnowflakeText extends Client {
  override wrapIdentifierImpl(value: string): string {
    return value;
  }
}

const client = new SnowflakeText({ client: SnowflakeText });

export function query(): Knex.QueryBuilder {
  return client.queryBuilder();
}

export function raw(sql: string): Knex.Raw {
  // knex reads `?` as a placeholder of its own; there are none in these pieces.
  return client.raw(sql.replaceAll('?', '\\?'));
}
