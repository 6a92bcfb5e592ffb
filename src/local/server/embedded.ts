/** The local Snowflake in this process: an account on a file, behind its server. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { AutoRestartError } from '../../errors';
import type { LocalSnowflake } from '../engine/contract';
import { openLocalSnowflake } from '../engine/open';
import { features } from '../features';
import { serve } from './serve';

export interface Embedded {
  readonly account: LocalSnowflake;
  readonly url: string;
  readonly port: number;
  /** Ends the sessions; everything is on disk after it. */
  close(): Promise<void>;
}

/**
 * @param options.file the account's file; its folder is created
 * @param options.port default: a free one
 * @throws AutoRestartError FAILED when the file is not an account or is in use, or the port is taken
 */
export async function startEmbedded(options: { file: string; port?: number }): Promise<Embedded> {
  try {
    mkdirSync(dirname(options.file), { recursive: true });
    return await start(options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AutoRestartError('FAILED', `the local Snowflake cannot start: ${reason}`, { cause: error });
  }
}

async function start({ file, port }: { file: string; port?: number }): Promise<Embedded> {
  const account = await openLocalSnowflake({ file, features });
  try {
    const server = await serve(account, port === undefined ? {} : { port });
    return { account, url: server.url, port: server.port, close };

    async function close(): Promise<void> {
      await server.close();
      await account.close();
    }
  } catch (error) {
    await account.close();
    throw error;
  }
}
