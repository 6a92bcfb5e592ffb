/** `init --from-account`: reads an account, changes nothing in it. */
import * as path from 'node:path';
import { setupFromAccount } from '../init/from-account';
import type { Answers } from '../init/new-setup';
import type { Setup } from '../init/setup';
import { parseIdentifier } from '../model/names';
import type { ConnectionOptions } from '../snowflake/driver';
import type { InitArgs } from './commands/init';
import { isAttended, note } from './output/terminal';

export async function readSetup(args: InitArgs, answers: Answers, root: string): Promise<Setup> {
  const { connect } = await import('../snowflake/connect');
  const { inspectAccount, nameOf } = await import('../snowflake/inspect');
  const { readFoundDbt } = await import('../account/found-dbt');
  const isLocal = args.connection === 'local';
  const { options, notes, close } = isLocal ? await local(root) : await named(args.connection);
  notes.forEach(note);
  try {
    const session = await connect(options, {
      notes,
      attended: isAttended(),
      onWaiting: (seconds, who) => note(`waiting for ${who} to answer the login (${seconds} s)`),
    });
    try {
      const facts = await inspectAccount(session);
      const where = { database: stored(args.database), schema: stored(args.schema) };
      const found = await readFoundDbt(session, where);
      const connection = isLocal
        ? null
        : {
            ...(args.connection === undefined ? {} : { name: args.connection }),
            account: nameOf(facts),
            ...(facts.role === null ? {} : { role: facts.role }),
          };
      return setupFromAccount(found, answers, { connection });
    } finally {
      await session.close();
    }
  } finally {
    await close();
  }
}

/** As Snowflake stores it: checked with the other answers. */
function stored(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const parsed = parseIdentifier(name);
  return parsed.ok ? parsed.value : name;
}

interface Found {
  options: ConnectionOptions;
  notes: string[];
  close(): Promise<void>;
}

async function named(name: string | undefined): Promise<Found> {
  const { readConnection } = await import('../snowflake/read-connection');
  return { ...(await readConnection({ name: name ?? null })), close: () => Promise.resolve() };
}

async function local(root: string): Promise<Found> {
  const { DEFAULT_FILE, startEmbedded } = await import('../local/index');
  const embedded = await startEmbedded({ file: path.join(root, DEFAULT_FILE) });
  const options = {
    accessUrl: embedded.url,
    account: 'LOCAL-SNOWFLAKE',
    username: 'LOCAL',
    password: 'none is needed',
  } as ConnectionOptions;
  return { options, notes: [], close: () => embedded.close() };
}
