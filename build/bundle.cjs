/**
 * One file for the command line: reading hundreds of small modules costs more at start-up than running them. What is
 * imported with `import()` is inside too, but evaluated only by the command that needs it. Packages that are heavy,
 * native or optional stay outside.
 */
const path = require('node:path');
const esbuild = require('esbuild');

const root = path.join(__dirname, '..');

esbuild.buildSync({
  absWorkingDir: root,
  entryPoints: ['src/cli/main.ts'],
  outfile: 'dist/cli/main.js',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  external: ['snowflake-sdk', 'knex', 'jiti', '@duckdb/node-api', '@polyglot-sql/sdk'],
  logLevel: 'warning',
});
