/** knex that only builds queries: names as Snowflake stores them, values as binds. Nothing is sent from here. */
import knex, { type Knex } from 'knex';
import type { ObjectName } from '../model/deployment';
import { SnowflakeClient } from '../snowflake/dialect';
import { qualified } from '../sql-text';

/** @returns a builder that holds no connection */
export function builder(): Knex {
  return knex({ client: SnowflakeClient as never });
}

/** `EDW.AUDIT.V AS S`: knex would take a dot inside a name for two names. */
export function view(build: Knex, name: ObjectName, alias: string): Knex.Raw {
  return build.raw(`${rawText(qualified(name))} AS ${alias}`);
}

/** Text in which a question mark is no bind. */
export function rawText(text: string): string {
  return text.replaceAll('?', '\\?');
}
