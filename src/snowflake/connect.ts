/** A session with an account: the product's only way to send SQL. */
import { connectionError } from './errors';
import type { Connection, ConnectionOptions } from './driver';
import type { BindValue, Session, StatementResult } from './session';
import { secretsOf } from './secrets';

/**
 * Logs in. The driver and knex are loaded here, not before.
 * @throws AutoRestartError CONNECTION when there is no connection or the login is refused
 */
export async function connect(options: ConnectionOptions): Promise<Session> {
  const { createSnowflakeClient } = await import('./dialect');
  const client = createSnowflakeClient(options);
  let connection: Connection;
  try {
    connection = await client.acquireConnection();
  } catch (error) {
    await client.destroy();
    throw connectionError(error, options.account ?? options.accessUrl ?? 'Snowflake', secretsOf(options));
  }

  return {
    async run(sql: string, binds: readonly BindValue[] = []): Promise<StatementResult> {
      const done = await client.query(connection, { sql, bindings: binds });
      return { rows: done.response ?? [], queryId: done.queryId ?? '' };
    },
    async close(): Promise<void> {
      await client.releaseConnection(connection);
      await client.destroy();
    },
  };
}
