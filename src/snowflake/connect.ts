/** A session with an account: the product's only way to send SQL. */
import { AutoRestartError } from '../errors';
import { withNotes } from './connection/resolve';
import type { Connection, ConnectionOptions } from './driver';
import type { SnowflakeClient } from './dialect';
import type { LoginOptions } from './login';
import type { BindValue, Session, StatementResult } from './session';

export interface ConnectOptions extends LoginOptions {
  /** What was found of the connection and not used: told beside the reason if the login fails. @default none */
  notes?: readonly string[];
}

/**
 * Logs in. The driver and knex are loaded here, not before.
 * @throws AutoRestartError CONNECTION when there is no connection or the login is refused
 */
export async function connect(
  options: ConnectionOptions,
  { notes = [], ...loginOptions }: ConnectOptions = {},
): Promise<Session> {
  const { createSnowflakeClient } = await import('./dialect');
  const setRoles = secondaryRoles(options);
  const client = createSnowflakeClient(options, loginOptions);
  try {
    const session = sessionOn(client, await client.acquireConnection());
    if (setRoles !== null) await closeIfItFails(session, session.run(setRoles));
    return session;
  } catch (error) {
    await client.destroy();
    throw error instanceof AutoRestartError ? withNotes(error, notes) : error;
  }
}

async function closeIfItFails(session: Session, work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    await session.close();
    throw error;
  }
}

function sessionOn(client: SnowflakeClient, connection: Connection): Session {
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

/**
 * The driver has no option for them.
 * @throws AutoRestartError CONNECTION: they stand in SQL, so they are one of two words
 */
function secondaryRoles({ secondaryRoles: written }: ConnectionOptions): string | null {
  if (!written) return null;
  const word = written.toUpperCase();
  if (word === 'ALL' || word === 'NONE') return `USE SECONDARY ROLES ${word}`;
  throw new AutoRestartError('CONNECTION', `secondary_roles '${written}' is not known here`, {
    hint: 'ALL or NONE',
  });
}
