/** Twenty thousand random statements on the local Snowflake: the process lives, below 1 GB, and speaks Snowflake's words. */
const fs = require('node:fs');
const path = require('node:path');
const esbuild = require('esbuild');

const COUNT = Number(process.env.RANDOM_STATEMENTS ?? 20_000);
const MOST_BYTES = 1e9;
const root = path.join(__dirname, '..');

async function measure() {
  fs.mkdirSync(path.join(root, '.auto-restart'), { recursive: true });
  const folder = fs.mkdtempSync(path.join(root, '.auto-restart', 'statements-'));
  try {
    const outfile = path.join(folder, 'statements.cjs');
    esbuild.buildSync({
      absWorkingDir: root,
      stdin: {
        contents:
          "export * from './test/local/engine/random-statements'; export { openLocal } from './src/local';",
        resolveDir: root,
      },
      outfile,
      bundle: true,
      platform: 'node',
      target: 'node20',
      packages: 'external',
      logLevel: 'error',
    });
    return await tried(require(outfile));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function tried({ openLocal, randomStatement, seeded, TABLES_FIRST, FOREIGN }) {
  const account = await openLocal({ start: new Date('2026-03-02T15:04:05Z') });
  const session = account.openSession({ user: 'ADA' });
  const setUp = ['CREATE DATABASE BAKERY', 'USE SCHEMA BAKERY.PUBLIC', ...TABLES_FIRST];
  for (const sql of setUp) await session.execute(sql);
  const random = seeded(1);
  const answers = new Map();
  const faults = [];
  let most = 0;
  for (let count = 0; count < COUNT; count += 1) {
    const sql = randomStatement(random);
    const { code = 'no code', message = '' } = await session.execute(sql).then(
      () => ({ code: 'answered' }),
      (error) => error,
    );
    answers.set(code, (answers.get(code) ?? 0) + 1);
    if (code === 'no code' || FOREIGN.test(message.slice(0, 1000)))
      faults.push(`${code} ${message} <- ${sql}`);
    most = Math.max(most, process.memoryUsage.rss());
  }
  await account.close();
  if (faults.length > 0 || most > MOST_BYTES) process.exitCode = 1;
  const kinds = [...answers].sort(([, a], [, b]) => b - a).slice(0, 8);
  return [
    `${COUNT} statements: ${kinds.map(([code, count]) => `${code} ${count}`).join(', ')}`,
    `the process at most ${Math.round(most / 1e6)} MB`,
    ...faults.slice(0, 20).map((fault) => fault.slice(0, 400)),
    `${faults.length} answers in words that are not Snowflake's`,
  ];
}

module.exports = { measure };
