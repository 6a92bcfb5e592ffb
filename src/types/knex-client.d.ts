/** knex documents subclassing its client for a dialect, but types only the package's main entry. */
declare module 'knex/lib/client' {
  import type { Knex } from 'knex';

  export default class Client {
    constructor(config: { client: unknown });
    wrapIdentifierImpl(value: string): string;
    queryBuilder(): Knex.QueryBuilder;
    raw(sql: string): Knex.Raw;
  }
}
