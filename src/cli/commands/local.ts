/** `local`: serves the local Snowflake to any client until it is told to stop. */
import type { Argv } from 'yargs';
import type { CommonArgs } from '../command';
import { EXIT } from '../output/exit-codes';
import { note, print, printJson } from '../output/terminal';

export const command = 'local';
export const describe = 'serve the local Snowflake to any client';

interface Args extends CommonArgs {
  port: string;
  db?: string;
}

export function builder(parser: Argv): Argv {
  return parser
    .option('port', {
      type: 'string',
      default: '0',
      describe: 'port on 127.0.0.1; 0 takes a free one',
      requiresArg: true,
    })
    .option('db', {
      type: 'string',
      describe: 'file of the account, created if missing [default: .auto-restart/local.duckdb]',
      requiresArg: true,
    });
}

export async function handler(args: Args): Promise<number> {
  const port = await readPort(args.port);
  const { DEFAULT_FILE, startEmbedded } = await import('../../local/index');
  const file = args.db ?? DEFAULT_FILE;
  const local = await startEmbedded({ file, port });
  // Before it says that it listens: who waits for that line may stop it at once.
  const stop = stopped();
  if (args.json) printJson({ url: local.url, port: local.port, file });
  else print(`listening on ${local.url}`);
  note(`account in ${file}; any user and password; Ctrl-C stops`);
  await stop;
  await local.close();
  return EXIT.ok;
}

/** @throws AutoRestartError REQUEST with what was written */
async function readPort(text: string): Promise<number> {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65535) return Number(text);
  const { AutoRestartError } = await import('../../errors');
  const { showValue } = await import('../../config/problems');
  throw new AutoRestartError('REQUEST', `${showValue(text)} is no port`, {
    where: '--port',
    hint: 'a number up to 65535; 0 takes a free one',
  });
}

/** The first signal ends the wait; a second one ends the process as it always does. */
async function stopped(): Promise<void> {
  await new Promise<void>((resolve) => {
    const stop = (): void => {
      for (const signal of SIGNALS) process.removeListener(signal, stop);
      resolve();
    };
    for (const signal of SIGNALS) process.on(signal, stop);
  });
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
