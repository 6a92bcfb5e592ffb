/**
 * What is shipped: one file for the command line and one for the library. Reading hundreds of small modules costs more at
 * start-up than running them. What is imported with `import()` is inside too, but evaluated only by the command that
 * needs it. Packages that are heavy, native or optional stay outside and are required late; all others are inside, so
 * that nothing else is installed.
 *
 * dist/cli/main.js                the start: finds the code that V8 made of the program earlier, and runs it
 * dist/cli/program.js             the program
 * dist/cli/program.cache          V8's code, made here; not shipped, since it fits one version of Node
 * dist/index.js                   the library, for who imports it (a config that is loaded by the command does not)
 * dist/THIRD_PARTY_LICENSES.txt   whose code is inside
 */
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const esbuild = require('esbuild');
const precompiledTemplates = require('./precompiled-templates.cjs');
const { thirdPartyLicenses } = require('./third-party.cjs');

const root = path.join(__dirname, '..');
const dist = path.join(root, 'dist');
const folder = path.join(dist, 'cli');

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

/** @returns paths of the files that went in, relative to the root */
async function bundle(entry, outfile) {
  const { metafile } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
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
    metafile: true,
    logLevel: 'warning',
  });
  return Object.keys(metafile.inputs);
}

async function main() {
  fs.rmSync(dist, { recursive: true, force: true });
  const inputs = [
    ...(await bundle('src/cli/main.ts', path.join(folder, 'program.js'))),
    ...(await bundle('src/index.ts', path.join(dist, 'index.js'))),
  ];
  fs.writeFileSync(path.join(dist, 'THIRD_PARTY_LICENSES.txt'), thirdPartyLicenses(root, inputs));
  fs.copyFileSync(path.join(__dirname, 'start.cjs'), path.join(folder, 'main.js'));
  fs.chmodSync(path.join(folder, 'main.js'), 0o755);
  execFileSync(process.execPath, [path.join(__dirname, 'code-cache.cjs'), folder], {
    cwd: root,
    stdio: 'ignore',
  });
}

void main();
