/** What a stranger gets: the tarball in an empty directory, its command, its types, and nothing that is not needed. */
import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { BAKERY } from '../cli/program';
import { type Installed, packAndInstall, ROOT } from './installed';

let installed: Installed;
beforeAll(() => {
  installed = packAndInstall();
});
afterAll(() => installed.remove());

const write = (file: string, text: string): void => fs.writeFileSync(path.join(installed.folder, file), text);

describe('the tarball', () => {
  it('holds the two bundles, one file of declarations, and what is read', () => {
    const others = installed.packed.filter((file) => !file.startsWith('docs/'));
    expect(others.sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist/THIRD_PARTY_LICENSES.txt',
      'dist/cli/main.js',
      'dist/cli/program.js',
      'dist/index.js',
      'package.json',
      'types/index.d.ts',
    ]);
  });

  it('needs no package but those that are native, heavy or load the config', () => {
    const manifest = JSON.parse(fs.readFileSync(path.join(installed.at, 'package.json'), 'utf8')) as Record<
      string,
      object
    >;
    expect(manifest).not.toHaveProperty('private');
    expect(Object.keys(manifest['dependencies']!)).toEqual(['jiti', 'snowflake-sdk']);
    expect(Object.keys(manifest['optionalDependencies']!)).toEqual(['@duckdb/node-api']);
  });

  it('names the licence of every package whose code is inside', () => {
    const notices = fs.readFileSync(path.join(installed.at, 'dist', 'THIRD_PARTY_LICENSES.txt'), 'utf8');
    for (const name of ['knex', 'zod', 'yargs', 'handlebars', 'lodash']) {
      expect(notices).toMatch(new RegExp(`^${name} \\d`, 'm'));
    }
    expect(notices).not.toContain('see below');
  });
});

describe('every link of the documents', () => {
  it('leads to a file of the package, or out of it by a whole address', () => {
    const documents = installed.packed.filter((file) => file.endsWith('.md'));
    expect(documents.length).toBeGreaterThan(20);
    const broken = documents.flatMap((file) => {
      const text = fs.readFileSync(path.join(installed.at, file), 'utf8');
      const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!);
      return links
        .filter((link) => !/^(https?:|#)/.test(link))
        .filter((link) => !fs.existsSync(path.join(installed.at, path.dirname(file), link.split('#')[0]!)))
        .map((link) => `${file}: ${link}`);
    });
    expect(broken).toEqual([]);
  });
});

describe('the README, typed line by line in an empty folder', () => {
  const lines = (name: string): string[] => {
    const readme = fs.readFileSync(path.join(ROOT, 'README.md'), 'utf8');
    const [, block = ''] =
      new RegExp(`<!-- test: ${name} -->\\s*\`\`\`sh\\n([^]*?)\`\`\``).exec(readme) ?? [];
    return block.trim().split('\n');
  };

  it('shows a failure and its retry within eight lines', () => {
    const typed = lines('way-in');
    expect(typed.length).toBeLessThanOrEqual(8);
    // The two of npm have been played: the package is installed.
    expect(typed.slice(0, 2)).toEqual(['npm init -y', 'npm install --save-dev dbt-auto-restart']);
    for (const line of typed.slice(2, -1))
      expect({ line, ...typedIn(line) }).toMatchObject({ line, code: 0 });
    const last = typedIn(typed.at(-1)!);
    expect(last.code).toBe(0);
    expect(last.stdout).toMatch(/failed orders[^]*RETRY #1[^]*SUCCEEDED/);
  });

  it('plays a day: plan, apply, a build, and what on call asks', () => {
    for (const line of lines('a-day')) expect({ line, ...typedIn(line) }).toMatchObject({ line, code: 0 });
    expect(fs.statSync(path.join(installed.folder, 'report.html')).size).toBeGreaterThan(10_000);
  });

  function typedIn(line: string) {
    const [npx, command, ...args] = line.split(' ');
    expect([npx, command]).toEqual(['npx', 'dbt-auto-restart']);
    return installed.run(args);
  }
});

describe('the installed command', () => {
  it('runs by npx', () => {
    const { status, stdout } = spawnSync('npx', ['--no-install', 'dbt-auto-restart', '--version'], {
      cwd: installed.folder,
      encoding: 'utf8',
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '0.1.0\n' });
  });
});

describe('the library', () => {
  const program =
    "import { defineConfig, cron, renderDeployment } from 'dbt-auto-restart';\nconsole.log(typeof defineConfig, typeof cron, typeof renderDeployment);";

  it.each([
    ['import', ['--input-type=module', '-e', program]],
    ['require', ['-e', "const { defineConfig, cron, renderDeployment } = require('dbt-auto-restart'); console.log(typeof defineConfig, typeof cron, typeof renderDeployment);"]],
  ])('is found by %s', (_, args) => {
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: installed.folder, encoding: 'utf8' });
    expect({ stdout, stderr }).toEqual({ stdout: 'function function function\n', stderr: '' });
  }); // prettier-ignore

  it.each([
    ['node16', 'node16'],
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ])('has types that compile with module %s, resolution %s, and every library checked', (module, moduleResolution) => {
    write('typed.ts', `${BAKERY}\nimport { defineRehearsal, type Rehearsal, type ShortDag } from 'dbt-auto-restart';\nconst dag: ShortDag = { project: 'bakery', nodes: [{ name: 'dough' }] };\nexport const rehearsal: Rehearsal = defineRehearsal({ title: 'a day', deployment: 'bakery', projects: [dag], start: '2026-01-05T00:00:00Z', end: '2026-01-06T00:00:00Z' });\n`);
    const compilerOptions = { module, moduleResolution, target: 'es2022', strict: true, skipLibCheck: false, noEmit: true, types: [] };
    write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['typed.ts'] }));
    expect(typescript()).toBe('');
  }); // prettier-ignore

  it('refuses a typing error in a config', () => {
    write('typed.ts', BAKERY.replace("schema: 'OVEN'", "shema: 'OVEN'"));
    expect(typescript()).toMatch(/'shema' does not exist in type/);
  });

  function typescript(): string {
    const tsc = path.join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
    const { stdout } = spawnSync(process.execPath, [tsc], { cwd: installed.folder, encoding: 'utf8' });
    return stdout;
  }
});

it('every package of the lock file has a checksum', () => {
  const { packages } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { integrity?: string }>;
  };
  const without = Object.entries(packages).filter(([name, { integrity }]) => name !== '' && !integrity);
  expect(without).toEqual([]);
});

it('the pages that are made from the sources are up to date: `make generate` writes them', () => {
  execFileSync(process.execPath, [path.join(ROOT, 'build', 'pages.cjs'), '--check'], { stdio: 'pipe' });
});

it('the report of the public API is what the sources export: `make generate` writes it', () => {
  execFileSync(process.execPath, [path.join(ROOT, 'build', 'types.cjs'), '--check'], { stdio: 'pipe' });
});
