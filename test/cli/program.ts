/** The real command in a folder of its own: bundled from the sources once, run as a child process. */
import { spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as esbuild from 'esbuild';

const root = path.join(__dirname, '..', '..');
let bundle: string | undefined;

/** Below the package, two folders deep, as dist/cli is: there it finds templates and version. */
export function program(): string {
  if (bundle !== undefined) return bundle;
  const folder = path.join(root, '.auto-restart', `test-cli-${process.pid}`);
  const outfile = path.join(folder, 'main.js');
  esbuild.buildSync({
    absWorkingDir: root,
    entryPoints: ['src/cli/main.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    packages: 'external',
    supported: { 'dynamic-import': false },
    logLevel: 'error',
  });
  bundle = outfile;
  return bundle;
}

export function removeProgram(): void {
  if (bundle !== undefined) fs.rmSync(path.dirname(bundle), { recursive: true, force: true });
  bundle = undefined;
}

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A new empty folder; with `config`, an auto-restart.config.ts in it. */
export function newFolder(config?: string): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'auto-restart-cli-'));
  if (config !== undefined) fs.writeFileSync(path.join(folder, 'auto-restart.config.ts'), config);
  return folder;
}

export function runIn(folder: string, args: readonly string[], env: Record<string, string> = {}): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program(), ...args], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 300_000,
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, ...env },
  });
  return { code: status, stdout, stderr };
}

/** The same, without keeping this process from serving it. Neither stdin nor a terminal. */
export async function startIn(
  folder: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Ended & { seconds: number }> {
  const started = performance.now();
  const child = spawn(process.execPath, [program(), ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const shown = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (shown.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (shown.stderr += text));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, ...shown, seconds: (performance.now() - started) / 1000 };
}

/** A config that is valid, and has nothing to doubt. */
export const BAKERY = `
import { auditTables, cron, defineConfig, procedureRunner } from 'dbt-auto-restart';

export default defineConfig({
  deployments: {
    bakery: {
      database: 'BAKERY',
      schema: 'OVEN',
      defaults: { warehouse: 'FLOUR_WH', timeout: '2 hours' },
      state: auditTables({ layout: 'o2c', where: { environment: 'prod' } }),
      runner: procedureRunner('BAKERY.OVEN.BAKE'),
      tasks: {
        BAKE_BREAD: { project: 'bakery', retry: { maxAgeHours: 20 }, schedule: cron('0 4,14 * * *') },
      },
    },
  },
});
`;
