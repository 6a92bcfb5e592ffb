/** The tarball of `npm pack`, installed by npm in a directory that holds nothing else. */
import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

export const ROOT = path.join(__dirname, '..', '..');

export interface Installed {
  /** Where it is installed: package.json and node_modules, and whatever a test writes. */
  folder: string;
  /** The package inside node_modules. */
  at: string;
  /** Paths of the packed files. */
  packed: string[];
  /** Runs the installed command. */
  run(
    args: readonly string[],
    env?: Record<string, string>,
  ): { code: number | null; stdout: string; stderr: string };
  remove(): void;
}

/** Takes some twenty seconds: npm asks the registry where its cache does not know. */
export function packAndInstall(): Installed {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'auto-restart-package-'));
  const npm = (args: string[], cwd: string): string =>
    execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const [tarball] = JSON.parse(npm(['pack', '--silent', '--json', '--pack-destination', folder], ROOT)) as [
    { filename: string; files: { path: string }[] },
  ];
  fs.writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  const quietly = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  npm(['install', ...quietly, path.join(folder, tarball.filename)], folder);
  return {
    folder,
    at: path.join(folder, 'node_modules', 'dbt-auto-restart'),
    packed: tarball.files.map((file) => file.path),
    run(args, env = {}) {
      const command = path.join(folder, 'node_modules', '.bin', 'dbt-auto-restart');
      const { status, stdout, stderr } = spawnSync(command, [...args], {
        cwd: folder,
        encoding: 'utf8',
        timeout: 300_000,
        env: { PATH: process.env['PATH'] ?? '', HOME: folder, ...env },
      });
      return { code: status, stdout, stderr };
    },
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}
