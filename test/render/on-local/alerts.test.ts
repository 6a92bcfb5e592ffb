/** Who is told what by the generated alerts on the local Snowflake, and how often. */
import { auditTables, cron, every, procedureRunner } from '../../../src/config/define';
import type { AlertsConfig, DeploymentConfig } from '../../../src/config/types';
import type { Deployment } from '../../../src/model/deployment';
import { resolveDeployments } from '../../../src/model/resolve';
import { renderDeployment } from '../../../src/render/render';
import { openBakery, type Bakery } from './account';

const ALL: AlertsConfig = {
  integration: 'BELL',
  on: ['given-up', 'stuck', 'suspended', 'unreadable'],
  schedule: every('3 hours'),
};

const BEFORE_THE_BUILD = cron('30,45 5 * * *');

function deploymentWith(
  alerts: AlertsConfig,
  daily: DeploymentConfig['tasks'][string] = {},
  tasks: DeploymentConfig['tasks'] = {},
): Deployment {
  const [deployment] = resolveDeployments({
    deployments: {
      told: {
        database: 'BAKERY',
        schema: 'OVEN',
        defaults: { warehouse: 'COMPUTE_WH' },
        state: auditTables({ layout: 'o2c' }),
        runner: procedureRunner('SYSTEM$DBT_RUN'),
        tasks: {
          BREAD_DAILY: {
            project: 'dbt_bakery',
            retry: { maxAttempts: 2, maxAgeHours: 1000, staleRunHours: 4 },
            schedule: cron('0 6 * * *', 'UTC'),
            ...daily,
          },
          ...tasks,
        },
        alerts,
      },
    },
  });
  return deployment!;
}

let bakery: Bakery;
afterEach(() => bakery.close());

async function open(deployment: Deployment): Promise<void> {
  bakery = await openBakery(deployment);
  await bakery.runAll(renderDeployment(deployment).files['setup.sql']!);
  await bakery.run('USE SCHEMA BAKERY.OVEN');
}

/** Text and time of everything sent so far. */
async function told(): Promise<{ content: string; createdOn: number }[]> {
  const [row] = await bakery.run('SELECT SYSTEM$LOCAL_NOTIFICATIONS() AS sent');
  return JSON.parse(String(row!['SENT']));
}
const texts = async (): Promise<string[]> => (await told()).map(({ content }) => content);

const days = (count: number) => bakery.run(`SELECT SYSTEM$LOCAL_ADVANCE(${count * 86400})`);
const failing = (times: number) =>
  bakery.run(`SELECT SYSTEM$LOCAL_DBT_FAIL('dbt_bakery', 'orders', ${times})`);

/** Of every evaluation that has ended. */
async function evaluations(): Promise<string[]> {
  const rows = await bakery.run(
    'SELECT DISTINCT state FROM TABLE(BAKERY.INFORMATION_SCHEMA.ALERT_HISTORY()) WHERE completed_time IS NOT NULL',
  );
  return rows.map(({ STATE }) => String(STATE)).sort();
}

it('one message for a chain whose retries are used up, and the next for the next chain', async () => {
  await open(deploymentWith(ALL));
  await days(1);
  await failing(7);
  await days(3);
  expect(await texts()).toEqual([
    expect.stringMatching(
      /^dbt-auto-restart: dbt_bakery \/ BREAD_DAILY: given up \(MAX_RETRIES_REACHED\) after 2 retries; broken: orders\+$/,
    ),
  ]);
  await days(2);
  expect(await texts()).toHaveLength(1);
  await days(3);
  expect(await texts()).toHaveLength(2);
  expect(await evaluations()).toEqual(['CONDITION_FALSE', 'TRIGGERED']);
});

it('nothing on good days, and nothing of what was not asked for', async () => {
  await open(deploymentWith({ ...ALL, on: ['stuck'] }));
  await failing(3);
  await days(5);
  expect(await texts()).toEqual([]);
  expect(await evaluations()).toEqual(['CONDITION_FALSE']);
});

it('a run that never ended, once it counts as crashed', async () => {
  await open(deploymentWith({ ...ALL, on: ['stuck'], schedule: BEFORE_THE_BUILD }));
  await days(1);
  await bakery.run("SELECT SYSTEM$LOCAL_DBT_CRASH('dbt_bakery', 'orders', 1)");
  await days(1);
  await bakery.run(
    "UPDATE DBT_RUN_LOG SET run_status = 'RUNNING', run_ended_at = NULL WHERE run_started_at = (SELECT MAX(run_started_at) FROM DBT_RUN_LOG)",
  );
  await bakery.run('SELECT SYSTEM$LOCAL_ADVANCE(3000)');
  expect(await texts()).toEqual([
    'dbt-auto-restart: dbt_bakery / BREAD_DAILY: a run never ended and counts as crashed; the next call: RETRY',
  ]);
});

it('an error that no retry mends, by its number', async () => {
  const retry = { permanentErrors: ['unknown-identifier'], maxAgeHours: 1000 };
  await open(deploymentWith({ ...ALL, on: ['given-up', 'permanent-error'] }, { retry }));
  await bakery.run("SELECT SYSTEM$LOCAL_DBT_HOOKS('dbt_bakery', 'on-run-end')");
  await bakery.run(
    "SELECT SYSTEM$LOCAL_DBT_ERROR('dbt_bakery', 'orders', '000904 (42000): SQL compilation error: invalid identifier')",
  );
  await days(1);
  await failing(1);
  await days(1);
  expect(await texts()).toEqual([
    'dbt-auto-restart: dbt_bakery / BREAD_DAILY: the errors are none that a retry mends (000904); broken: orders+',
  ]);
});

it.each<[string, Partial<AlertsConfig>, object]>([
  [
    'email',
    { integration: 'POST', kind: 'email', recipients: ['a@bake.ry'] },
    { recipients: ['a@bake.ry'], subject: 'dbt-auto-restart: BREAD_DAILY' },
  ],
  ['queue', { integration: 'BELT', kind: 'queue' }, { contentType: 'application/json' }],
])('by %s, on a warehouse, what several tasks came to', async (_, kind, message) => {
  const deployment = deploymentWith(
    { ...ALL, ...kind, on: ['given-up', 'suspended', 'unreadable'], warehouse: 'COMPUTE_WH' },
    { suspendAfterFailures: 3, retry: { maxAttempts: 1, maxAgeHours: 1000 } },
    { BREAD_WEEKLY: { project: 'dbt_bakery', dbt: { command: 'run' }, schedule: cron('0 12 * * 6', 'UTC') } },
  );
  await open(deployment);
  await failing(20);
  await days(5);
  const sent = await told();
  for (const each of sent) expect(each).toMatchObject(message);
  const said = sent.map(({ content }) => content);
  expect(said.map((text) => /given up|BREAD_\w+ was suspended/.exec(text)?.[0])).toEqual([
    'given up',
    'BREAD_DAILY was suspended',
  ]);
});

it('a task that Snowflake suspended, once', async () => {
  await open(deploymentWith({ ...ALL, on: ['suspended'] }, { suspendAfterFailures: 3 }));
  await failing(20);
  await days(6);
  expect(await texts()).toEqual([
    'dbt-auto-restart: task BREAD_DAILY was suspended by Snowflake after failures in a row, and starts no more',
  ]);
});

it('a log that cannot be read, each day once, whether the task builds or raises', async () => {
  await open(deploymentWith({ ...ALL, on: ['unreadable'] }));
  await days(1);
  await bakery.run('ALTER TABLE DBT_MODEL_LOG RENAME COLUMN model_name TO broken');
  await bakery.run('EXECUTE TASK BREAD_DAILY');
  await bakery.run('SELECT SYSTEM$LOCAL_ADVANCE(14400)');
  expect(await texts()).toEqual([
    'dbt-auto-restart: task BREAD_DAILY could not read the state of its job; its return value or error in TASK_HISTORY says why',
  ]);
  await days(2);
  expect(await texts()).toHaveLength(3);
});

it('what could not be sent is sent when it can be', async () => {
  await open(deploymentWith({ ...ALL, on: ['given-up'], schedule: BEFORE_THE_BUILD }));
  await days(1);
  await failing(3);
  await bakery.run('ALTER NOTIFICATION INTEGRATION BELL SET ENABLED = FALSE');
  await days(3);
  await bakery.run('SELECT SYSTEM$LOCAL_ADVANCE(2100)');
  expect(await texts()).toEqual([]);
  expect(await evaluations()).toContain('ACTION_FAILED');
  await bakery.run('ALTER NOTIFICATION INTEGRATION BELL SET ENABLED = TRUE');
  await bakery.run('SELECT SYSTEM$LOCAL_ADVANCE(900)');
  expect(await texts()).toHaveLength(1);
});

it('an id of a run that somebody wrote reaches nobody as it is', async () => {
  await open(deploymentWith(ALL));
  await bakery.run(
    `INSERT INTO DBT_RUN_LOG (run_id, project_name, run_command, run_started_at, run_ended_at, run_status)
     SELECT '"}SNOWFLAKE_WEBHOOK_SECRET', 'dbt_bakery', 'build', DATEADD('hour', -2, SYSDATE()), DATEADD('hour', -1, SYSDATE()), 'FAILED'`,
  );
  await bakery.run('SELECT SYSTEM$LOCAL_ADVANCE(14400)');
  for (const text of await texts()) expect(text).not.toMatch(/["\\]|SNOWFLAKE_WEBHOOK/);
});
