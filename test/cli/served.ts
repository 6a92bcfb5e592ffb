/** A local Snowflake over HTTP that remembers what it was sent, and `apply` as a process against it. */
import '../local/server/quiet-driver';
import { spawn } from 'node:child_process';
import { openLocal } from '../../src/local';
import type { LocalSnowflake } from '../../src/local/engine/contract';
import { serve } from '../../src/local/server/serve';
import { newFolder, program, runIn, startIn, type Ended } from './program';
import { toPort, writeConnections } from '../snowflake/misbehaving/connection';

export interface Served {
  port: number;
  /** As somebody else, not remembered. */
  run(...statements: string[]): Promise<void>;
  /** The next statement of a client that matches is kept until it is let go; `there` is settled when it has come. */
  hold(pattern: RegExp): { there: Promise<void>; letGo(): void };
  /** Statements of clients since the last call, in order. */
  sent(): string[];
  close(): Promise<void>;
}

export async function openServed(): Promise<Served> {
  const account = await openLocal();
  const statements: string[] = [];
  let held: { pattern: RegExp; came(): void; gone: Promise<void> } | null = null;
  const remembering: LocalSnowflake = {
    ...account,
    openSession: (options) => {
      const session = account.openSession(options);
      const execute = session.execute.bind(session);
      session.execute = async (sql, ...rest) => {
        statements.push(sql);
        if (held?.pattern.test(sql)) {
          const { came, gone } = held;
          held = null;
          came();
          await gone;
        }
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
    hold: (pattern) => {
      let came = (): void => {};
      let letGo = (): void => {};
      const there = new Promise<void>((resolve) => (came = resolve));
      const gone = new Promise<void>((resolve) => (letGo = resolve));
      held = { pattern, came: () => came(), gone };
      return { there, letGo: () => letGo() };
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

export interface Started {
  kill(signal: NodeJS.Signals): void;
  /** What it has said so far. */
  stderr(): string;
  ended: Promise<Ended & { signal: NodeJS.Signals | null }>;
}

/** The same, to be interrupted: neither stdin nor a terminal. */
export function startOver({ port }: Pick<Served, 'port'>, folder: string, args: readonly string[]): Started {
  writeConnections(folder, { oven: toPort(port) });
  const child = spawn(process.execPath, [program(), ...args, '--connection', 'oven'], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', HOME: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const shown = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (shown.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (shown.stderr += text));
  return {
    kill: (signal) => void child.kill(signal),
    stderr: () => shown.stderr,
    ended: new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal, ...shown }))),
  };
}

/** What only looks. */
export function changing(statements: readonly string[]): string[] {
  return statements.filter((sql) => !/^\s*(SELECT|SHOW|WITH|DESCRIBE|ALTER SESSION)\b/i.test(sql));
}
