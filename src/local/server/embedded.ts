/** The local Snowflake in this process: an account on a file, behind its server. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { LocalSnowflake } from '../engine/contract';
import { openLocalSnowflake } from '../engine/open';
import { features } from '../features';
import { serve } from './serve';

/** Where the account lives unless said otherwise, from the folder of the config. */
export const DEFAULT_FILE = '.auto-restart/local.duckdb';

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
 * @throws the system's error when the port is taken, the engine's when the file is not an account or is in use
 */
export async function startEmbedded(options: { file: string; port?: number }): Promise<Embedded> {
  mkdirSync(dirname(options.file), { recursive: true });
  const account = await openLocalSnowflake({ file: options.file, features });
  try {
    const server = await serve(account, options.port === undefined ? {} : { port: options.port });
    return {
      account,
      url: server.url,
      port: server.port,
      async close() {
        await server.close();
        await account.close();
      },
    };
  } catch (error) {
    await account.close();
    throw error;
  }
}
