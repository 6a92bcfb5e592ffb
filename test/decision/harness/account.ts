/** A local Snowflake, and two ways into it: as a client over the driver, and from inside for what is only preparation. */
import type { LocalSnowflake } from '../../../src/local/engine/contract';
import { openLocal } from '../../../src/local';
import { serve } from '../../../src/local/server/serve';
import { connect } from '../../../src/snowflake/connect';
import type { Session } from '../../../src/snowflake/session';
import { NOW } from '../logs';
import { HOME } from './deployments';

export interface Account {
  local: LocalSnowflake;
  /** Over snowflake-sdk. */
  client: Session;
  /** The same statements without the driver: thousands of rows pass faster. */
  inside: Session;
  /** Milliseconds UTC. */
  setClock(time: number): void;
  close(): Promise<void>;
}

export async function openAccount(): Promise<Account> {
  const local = await openLocal({ start: new Date(NOW) });
  const inside = insideOf(local);
  await inside.run(`CREATE DATABASE IF NOT EXISTS ${HOME.database}`);
  await inside.run(`CREATE SCHEMA IF NOT EXISTS ${HOME.database}.${HOME.schema}`);
  await inside.run(`USE SCHEMA ${HOME.database}.${HOME.schema}`);
  const server = await serve(local);
  const client = await connect({
    accessUrl: server.url,
    account: 'ORG-BAKERY',
    username: 'baker',
    password: 'any',
    ...HOME,
  });
  return {
    local,
    client,
    inside,
    setClock: (time) => local.clock.set(new Date(time)),
    async close() {
      await client.close();
      await inside.close();
      await server.close();
      await local.close();
    },
  };
}

function insideOf(local: LocalSnowflake): Session {
  const session = local.openSession({ user: 'BAKER' });
  return {
    async run(sql) {
      const { columns, rows, queryId } = await session.execute(sql);
      const named = rows.map((row) =>
        Object.fromEntries(columns.map(({ name }, index) => [name, row[index]])),
      );
      return { rows: named, queryId };
    },
    close: () => session.close(),
  };
}
