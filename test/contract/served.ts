/** A local Snowflake over HTTP that remembers what it was sent, and `apply` as a process against it. */
import '../local/server/quiet-driver';
import { openLocal } from '../../src/local';
import type { LocalSnowflake } from '../../src/local/engine/contract';
import { serve } from '../../src/local/server/serve';
import { newFolder, runIn, startIn, type Ended } from '../cli/program';
import { toPort, writeConnections } from '../snowflake/misbehaving/connection';

export interface Served {
  port: number;
  /** As somebody else, not remembered. */
  run(...statements: string[]): Promise<void>;
  /** Statements of clients since the last call, in order. */
  sent(): string[];
  close(): Promise<void>;
}

export async function openServed(): Promise<Served> {
  const account = await openLocal();
  const statements: string[] = [];
  const remembering: LocalSnowflake = {
    ...account,
    openSession: (options) => {
      const session = account.openSession(options);
      const execute = session.execute.bind(session);
      session.execute = (sql, ...rest) => {
        statements.push(sql);
        return execute(sql, ...rest);
      };
      return session;
    },
  };
  const server = await serve(remembering);
  const inside = account.openSession({ user: 'OWNER' });
  return {
    port: server.port,
    run: async (...each) => {
      for (const sql of each) await inside.execute(sql);
    },
    sent: () => statements.splice(0),
    close: async () => {
      await server.close();
      await inside.close();
      await account.close();
    },
  };
}

/** A generated project. */
export function projectOf(config: string): string {
  const folder = newFolder(config);
  expect(runIn(folder, ['generate'])).toMatchObject({ code: 0 });
  return folder;
}

export function runOver(
  { port }: Pick<Served, 'port'>,
  folder: string,
  args: readonly string[],
): Promise<Ended> {
  writeConnections(folder, { oven: toPort(port) });
  return startIn(folder, [...args, '--connection', 'oven']);
}

/** What only looks. */
export function changing(statements: readonly string[]): string[] {
  return statements.filter((sql) => !/^\s*(SELECT|SHOW|WITH|DESCRIBE|ALTER SESSION)\b/i.test(sql));
}
