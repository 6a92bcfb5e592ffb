/** A bakery's account in a file, with weeks of schedule behind it: the local Snowflake played them. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { openLocal } from '../../src/local';
import { resolveDeployments } from '../../src/model/resolve';
import { prepareAccount } from '../../src/rehearse/account';
import { renderDeployment } from '../../src/render/render';
import { auditTables, cron, executeDbtProject } from '../../src/config/define';
import { newFolder } from '../cli/program';

export const CONFIG = {
  deployments: {
    bakery: {
      database: 'BAKERY',
      schema: 'OVEN',
      defaults: { warehouse: 'FLOUR_WH', timeout: '2 hours' },
      state: auditTables({
        layout: 'o2c',
        where: { environment: 'prod' },
        zones: { endedAt: 'America/Los_Angeles' },
      }),
      runner: executeDbtProject({ object: 'BAKERY.OVEN.BREAD' }),
      jobs: {
        daily: { project: 'bread', retry: { maxAgeHours: 20 } },
        rolls: { project: 'bread', dbt: { command: 'build', select: ['tag:rolls'] } },
      },
      tasks: {
        BAKE: { job: 'daily', mode: 'full-build', schedule: cron('0 4 * * *') },
        BAKE_AGAIN: { job: 'daily', mode: 'retry-only', finalize: 'BAKE' },
        BAKE_LATER: { job: 'daily', mode: 'retry-only', schedule: cron('*/30 5-8 * * *') },
        BAKE_ROLLS: { job: 'rolls', schedule: cron('15 9,12,15 * * *') },
      },
    },
  },
} as const;

const nodes = [
  { name: 'flour', seconds: 240 },
  { name: 'water', seconds: 120 },
  { name: 'dough', dependsOn: ['flour', 'water'], seconds: 600 },
  { name: 'rolls', dependsOn: ['dough'], tags: ['rolls'], seconds: 300 },
  { name: 'rye_bread', dependsOn: ['dough'], seconds: 900 },
  { name: 'sales', dependsOn: ['rolls', 'rye_bread'], seconds: 420 },
];

const FAILURES = [
  "SELECT SYSTEM$LOCAL_DBT_FAIL('BAKERY.OVEN.BREAD', 'sales', 1)",
  "SELECT SYSTEM$LOCAL_DBT_FAIL('BAKERY.OVEN.BREAD', 'rye_bread', 2)",
  "SELECT SYSTEM$LOCAL_DBT_FAIL('BAKERY.OVEN.BREAD', 'rolls', 2, 'tag:rolls')",
  "SELECT SYSTEM$LOCAL_DBT_FAIL('BAKERY.OVEN.BREAD', 'sales', 1)",
  "SELECT SYSTEM$LOCAL_DBT_FAIL('BAKERY.OVEN.BREAD', 'dough', 40)",
];

/** @returns a folder with a config and a played account; the last failure is still there on the last day */
export async function playedAccount(days: number): Promise<string> {
  const folder = newFolder();
  fs.writeFileSync(
    path.join(folder, 'auto-restart.config.ts'),
    `export default ${JSON.stringify(CONFIG, null, 2)};\n`,
  );
  fs.mkdirSync(path.join(folder, '.auto-restart'));
  const file = path.join(folder, '.auto-restart', 'local.duckdb');
  const account = await openLocal({ file, start: new Date('2026-02-02T00:00:00Z') });
  const [deployment] = resolveDeployments(CONFIG);
  await prepareAccount(account, deployment!, { dagOf: () => JSON.stringify({ project: 'bread', nodes }) });
  const session = account.openSession({ user: 'BAKER' });
  for (const { sql } of renderDeployment(deployment!).statements) await session.execute(sql);
  const each = Math.floor(days / FAILURES.length);
  for (const failure of FAILURES) {
    await session.execute(`SELECT SYSTEM$LOCAL_ADVANCE(${(each - 1) * 86_400})`);
    await session.execute(failure);
    await session.execute('SELECT SYSTEM$LOCAL_ADVANCE(86400)');
  }
  await session.execute('SELECT SYSTEM$LOCAL_ADVANCE(41400)');
  await session.close();
  await account.close();
  return folder;
}
