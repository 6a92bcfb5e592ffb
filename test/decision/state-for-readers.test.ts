/** What a person learns who may do nothing but read the state view: before the first run, over an empty log, after a failure. */
import { openAccount, type Account } from './harness/account';
import { deploymentOf } from './harness/deployments';
import { install } from './harness/installed';
import { o2cLog } from './harness/layouts/o2c';
import { createLog, writeLog } from './harness/log-tables';
import { DAILY, HOURLY, full, log, retry } from './logs';
import type { LoggedRun } from './reference/history';

const VIEW = 'EDW.O2C_AUDIT.V_AUTO_RESTART_STATE';
const layout = o2cLog();

let account: Account;
beforeAll(async () => {
  account = await openAccount();
});
afterAll(async () => account.close());

/** The rows of the state view by job, as the reader sees them. */
async function read(runs: LoggedRun[]): Promise<Map<string, Record<string, unknown>>> {
  const { client, inside } = account;
  await client.run('USE ROLE ACCOUNTADMIN');
  await createLog(inside, layout);
  if (runs.length > 0) await writeLog(inside, layout, runs);
  await install(client, deploymentOf(layout.state, [DAILY, HOURLY]));
  for (const sql of [
    'CREATE ROLE IF NOT EXISTS READER',
    'GRANT ROLE READER TO USER baker',
    'GRANT USAGE ON DATABASE EDW TO ROLE READER',
    'GRANT USAGE ON SCHEMA EDW.O2C_AUDIT TO ROLE READER',
    `GRANT SELECT ON VIEW ${VIEW} TO ROLE READER`,
    'USE ROLE READER',
    'USE SECONDARY ROLES NONE',
  ])
    await client.run(sql);
  const { rows } = await client.run(`SELECT * FROM ${VIEW}`);
  return new Map(rows.map((row) => [String(row['JOB_NAME']), row]));
}

it('sees every job before its first run, and over an empty log', async () => {
  const jobs = await read([]);
  expect([...jobs.keys()].sort()).toEqual(['daily', 'hourly']);
  expect(jobs.get('daily')).toMatchObject({
    NEXT_ACTION: 'FULL_BUILD',
    NEXT_REASON: 'FIRST_RUN',
    NEXT_COMMAND: 'dbt build',
    ROOT_RUN_ID: null,
    ATTEMPTS_LEFT: 3,
  });
});

it('sees what failed, what comes next and why, how many attempts are left, and until when', async () => {
  const first = full(DAILY, 'FAILED', { a: 'FAIL', b: 'SKIPPED', c: 'SUCCESS' }, { id: 'first' });
  const jobs = await read(log(first, retry(DAILY, 'a+ b+', 'FAILED', { a: 'FAIL', b: 'SKIPPED' })));
  const daily = jobs.get('daily')!;
  expect(daily).toMatchObject({
    FAILED_NODES: 'a+',
    SKIPPED_COUNT: 1,
    ROOT_RUN_ID: 'first',
    NEXT_ACTION: 'SELECTIVE_RETRY',
    NEXT_REASON: 'RETRY',
    NEXT_COMMAND: 'dbt build --select a+ b+',
    ATTEMPTS_MADE: 1,
    ATTEMPTS_LEFT: 2,
  });
  // The retry ended at 05:15; 24 hours later its failure is too old.
  expect(new Date(daily['RETRY_UNTIL'] as string | Date).toISOString()).toBe('2026-03-11T05:15:00.000Z');
  expect(jobs.get('hourly')).toMatchObject({ NEXT_REASON: 'FIRST_RUN' });
});

it('sees nothing else of the log', async () => {
  await read([]);
  await expect(account.client.run('SELECT * FROM EDW.O2C_AUDIT.DBT_RUN_LOG')).rejects.toThrow(
    /does not exist or not authorized/,
  );
});
