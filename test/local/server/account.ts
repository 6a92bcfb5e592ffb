/** A server on an account in memory, and plain promises around the driver's callbacks. */
import './quiet-driver';
import snowflake, { type Connection, type RowStatement } from 'snowflake-sdk';
import type { LocalSnowflake } from '../../../src/local/engine/contract';
import { openLocalSnowflake } from '../../../src/local/engine/open';
import { features } from '../../../src/local/features';
import { serve, type RunningServer, type ServeOptions } from '../../../src/local/server/serve';

snowflake.configure({ logLevel: 'OFF', additionalLogToConsole: false });

export interface Bakery {
  account: LocalSnowflake;
  server: RunningServer;
  close(): Promise<void>;
}

export async function openBakery(options: ServeOptions = {}): Promise<Bakery> {
  const account = await openLocalSnowflake({ features });
  const session = account.openSession({ user: 'OWNER' });
  await session.execute('CREATE DATABASE IF NOT EXISTS BAKERY');
  await session.execute('CREATE SCHEMA IF NOT EXISTS BAKERY.OVEN');
  await session.close();
  const server = await serve(account, options);
  return {
    account,
    server,
    async close() {
      await server.close();
      await account.close();
    },
  };
}

export async function connectTo(server: RunningServer, options: object = {}): Promise<Connection> {
  const connection = snowflake.createConnection({
    accessUrl: server.url,
    account: 'ORG-BAKERY',
    username: 'baker',
    password: 'any',
    database: 'BAKERY',
    schema: 'OVEN',
    ...options,
  });
  return connection.connectAsync();
}

export interface Ran {
  rows: Record<string, unknown>[];
  statement: RowStatement;
}

export async function run(connection: Connection, sqlText: string, options: object = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    connection.execute({
      sqlText,
      ...options,
      complete: (error, statement, rows) =>
        error ? reject(error) : resolve({ rows: (rows ?? []) as Record<string, unknown>[], statement }),
    });
  });
}

export async function disconnect(connection: Connection): Promise<void> {
  await new Promise<void>((resolve) => connection.destroy(() => resolve()));
}
