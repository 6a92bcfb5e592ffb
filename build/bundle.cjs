/**
 * One file for the command line: reading hundreds of small modules costs more at start-up than running them. What is
 * imported with `import()` is inside too, but evaluated only by the command that needs it. Packages that are heavy,
 * native or optional stay outside and are required late.
 *
 * dist/cli/main.js        the start: hands the program to V8 together with the code that V8 made of it at build time
 * dist/cli/program.js     the program
 * dist/cli/program.cache  V8's code; without it, or with another Node, the program is compiled as ever
 */
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const esbuild = require('esbuild');
const precompiledTemplates = require('./precompiled-templates.cjs');

const root = path.join(__dirname, '..');
const folder = path.join(root, 'dist', 'cli');

/** Drivers that knex would load for other databases. */
const OTHER_DRIVERS = [
  'better-sqlite3',
  'mariadb',
  'mysql',
  'mysql2',
  'oracledb',
  'pg',
  'pg-native',
  'pg-query-stream',
  'sqlite3',
  'tedious',
];

async function bundle() {
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['src/cli/main.ts'],
    outfile: path.join(folder, 'program.js'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['snowflake-sdk', 'jiti', '@duckdb/node-api', ...OTHER_DRIVERS],
    // `import()` of what stays outside becomes `require`: Node's other loader would have to be started for it.
    supported: { 'dynamic-import': false },
    plugins: [precompiledTemplates],
    minifyWhitespace: true,
    legalComments: 'none',
    logLevel: 'warning',
  });
  fs.copyFileSync(path.join(__dirname, 'start.cjs'), path.join(folder, 'main.js'));
  fs.chmodSync(path.join(folder, 'main.js'), 0o755);
  execFileSync(process.execPath, [path.join(__dirname, 'code-cache.cjs'), folder], {
    cwd: root,
    stdio: 'ignore',
  });
}

void bundle();
