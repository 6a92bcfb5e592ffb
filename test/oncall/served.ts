/** A local account behind a connection of its own, and the command against it: without a terminal, and in one. */
import { spawn } from 'node:child_process';
import { loadConfig } from '../../src/config/load';
import { openLocal } from '../../src/local';
import type { LocalSnowflake, Session } from '../../src/local/engine/contract';
import { serve } from '../../src/local/server/serve';
import { resolveEnvironments } from '../../src/model/resolve-environments';
import { prepareAccount } from '../../src/rehearse/account';
import { newFolder, program, startIn, type Ended } from '../cli/program';

export interface Served {
  folder: string;
  local: LocalSnowflake;
  session: Session;
  /** Without a terminal. */
  run(...args: string[]): Promise<Ended>;
  /** The same with more in its environment. */
  runWith(env: Record<string, string>, ...args: string[]): Promise<Ended>;
  /** In a terminal: what is on its screen. @param typed what a person types */
  runInTerminal(typed: string, ...args: string[]): Promise<{ code: number | null; screen: string }>;
  sql(text: string): Promise<unknown[][]>;
  close(): Promise<void>;
}

const NAME = 'night';

export async function openServed(config: string, dag?: object): Promise<Served> {
  const folder = newFolder(config);
  const local = await openLocal({ start: new Date(Date.UTC(2026, 2, 10, 3)) });
  const { configs } = await loadConfig({ cwd: folder });
  const session = local.openSession({ user: 'LOCAL' });
  for (const deployment of resolveEnvironments(configs)) {
    await prepareAccount(local, deployment, dag === undefined ? {} : { dagOf: () => JSON.stringify(dag) });
  }
  const server = await serve(local);
  const { hostname, port } = new URL(server.url);
  const key = `SNOWFLAKE_CONNECTIONS_${NAME.toUpperCase()}_`;
  const env = {
    [`${key}ACCOUNT`]: 'ORG-BAKERY',
    [`${key}USER`]: 'LOCAL',
    [`${key}PASSWORD`]: 'rye-bread',
    [`${key}HOST`]: hostname,
    [`${key}PORT`]: port,
    [`${key}PROTOCOL`]: 'http',
  };
  const withConnection = (args: readonly string[]): string[] => [...args, '--connection', NAME];
  return {
    folder,
    local,
    session,
    run: (...args) => startIn(folder, withConnection(args), env),
    runWith: (more, ...args) => startIn(folder, withConnection(args), { ...env, ...more }),
    runInTerminal: (typed, ...args) => inTerminal(folder, withConnection(args), env, typed),
    sql: async (text) => (await session.execute(text)).rows,
    async close() {
      await session.close();
      await server.close();
      await local.close();
    },
  };
}

/** https://man7.org/linux/man-pages/man1/script.1.html gives a terminal to whatever it runs. */
async function inTerminal(
  folder: string,
  args: readonly string[],
  env: Record<string, string>,
  typed: string,
): Promise<{ code: number | null; screen: string }> {
  const line = [process.execPath, program(), ...args].map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['-qefc', line, '/dev/null'], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, TERM: 'xterm', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let screen = '';
  let answered = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    screen += text;
    if (!answered && screen.includes('[y/N]')) {
      answered = true;
      child.stdin.write(`${typed}\n`);
    }
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, screen };
}
