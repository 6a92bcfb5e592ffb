import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectTo, disconnect, run } from './account';

const root = join(__dirname, '..', '..', '..');

interface Local {
  process: ChildProcess;
  url: string;
  /** Exit code, once it has ended. */
  ended: Promise<number | null>;
}

/** `dbt-auto-restart local`, from the sources. */
async function startLocal(cwd: string, ...args: string[]): Promise<Local> {
  const child = spawn(
    process.execPath,
    [
      join(root, 'node_modules', 'jiti', 'lib', 'jiti-cli.mjs'),
      join(root, 'src', 'cli', 'main.ts'),
      'local',
      ...args,
    ],
    { cwd, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    let shown = '';
    child.stdout?.on('data', (text) => {
      shown += String(text);
      const found = /^listening on (http:\/\/127\.0\.0\.1:\d+)$/m.exec(shown);
      if (found) resolve(found[1]!);
    });
    let complaint = '';
    child.stderr?.on('data', (text) => (complaint += String(text)));
    child.on('exit', (code) => reject(new Error(`ended with ${code}: ${complaint}`)));
  });
  return { process: child, url, ended };
}

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'bakery-'));

describe('dbt-auto-restart local', () => {
  it('serves its file until SIGTERM, and the next one finds what was written', async () => {
    const cwd = newFolder();
    const first = await startLocal(cwd);
    const connection = await connectTo({ url: first.url } as never, {
      database: undefined,
      schema: undefined,
    });
    await run(connection, 'CREATE DATABASE BAKERY');
    await run(connection, 'CREATE TABLE BAKERY.PUBLIC.LOAVES AS SELECT 42 AS N');
    first.process.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    expect(existsSync(join(cwd, '.auto-restart', 'local.duckdb'))).toBe(true);

    const second = await startLocal(cwd, '--db', '.auto-restart/local.duckdb');
    const again = await connectTo({ url: second.url } as never);
    expect((await run(again, 'SELECT N FROM BAKERY.PUBLIC.LOAVES')).rows).toEqual([{ N: 42 }]);
    await disconnect(again);
    second.process.kill('SIGINT');
    expect(await second.ended).toBe(0);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'ends by %s in the middle of what clients run, and the next one finds what was written',
    async (signal) => {
      const cwd = newFolder();
      const first = await startLocal(cwd);
      const connect = () =>
        connectTo({ url: first.url } as never, { database: undefined, schema: undefined });
      const [waits, loops, asks] = [await connect(), await connect(), await connect()];
      await run(waits, 'CREATE DATABASE BAKERY');
      await run(waits, 'CREATE TABLE BAKERY.PUBLIC.LOAVES AS SELECT 42 AS N');
      const sql = 'BEGIN LOOP INSERT INTO BAKERY.PUBLIC.LOAVES VALUES (43); END LOOP; END';
      for (const [connection, sqlText] of [
        [loops, sql],
        [waits, 'SELECT COUNT(*) FROM BAKERY.PUBLIC.LOAVES'],
        [asks, 'EXECUTE TASK NONE'],
      ] as const)
        connection.execute({ sqlText, complete: () => undefined });
      await new Promise((resolve) => setTimeout(resolve, 400));
      const began = Date.now();
      first.process.kill(signal);
      expect(await first.ended).toBe(0);
      expect(Date.now() - began).toBeLessThan(8000);

      const second = await startLocal(cwd);
      const again = await connectTo({ url: second.url } as never);
      expect((await run(again, 'SELECT MIN(N) AS A, MAX(N) AS B FROM BAKERY.PUBLIC.LOAVES')).rows).toEqual([
        { A: 42, B: 43 },
      ]);
      await disconnect(again);
      second.process.kill('SIGINT');
      expect(await second.ended).toBe(0);
    },
    60_000,
  );

  it('says so when the port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as AddressInfo;
    await expect(startLocal(newFolder(), '--port', String(port))).rejects.toThrow(
      /ended with 1: .*EADDRINUSE/s,
    );
    taken.close();
  });

  it('refuses a port that is none', async () => {
    await expect(startLocal(newFolder(), '--port', '70000')).rejects.toThrow(
      /ended with 2: .*70000.* is no port/s,
    );
  });
});
