/** Who is told what, by the generated procedure on the local Snowflake, when dbt goes on failing. */
import { auditTables, cron, procedureRunner } from '../../../src/config/define';
import type { NotificationConfig } from '../../../src/config/types';
import type { Deployment } from '../../../src/model/deployment';
import { resolveDeployments } from '../../../src/model/resolve';
import { renderDeployment } from '../../../src/render/render';
import { openBakery, type Bakery, type Row } from './account';

const WEBHOOK: NotificationConfig = { integration: 'BELL' };
const EMAIL: NotificationConfig = {
  integration: 'POST',
  kind: 'email',
  recipients: ['a@bake.ry', 'b@bake.ry'],
};
const QUEUE: NotificationConfig = { integration: 'BELT', kind: 'queue' };
const HISTORY =
  'SELECT * FROM TABLE(INFORMATION_SCHEMA.NOTIFICATION_HISTORY(START_TIME => DATEADD(day, -7, CURRENT_TIMESTAMP())))';

/** Two retries between full builds, one call a day. */
function deploymentWith(notification: NotificationConfig, database = 'BAKERY'): Deployment {
  const [deployment] = resolveDeployments({
    deployments: {
      told: {
        database,
        schema: 'OVEN',
        defaults: { warehouse: 'COMPUTE_WH' },
        state: auditTables({ layout: 'o2c' }),
        runner: procedureRunner('SYSTEM$DBT_RUN'),
        tasks: {
          BREAD_DAILY: {
            project: 'dbt_bakery',
            retry: { maxAttempts: 2, maxAgeHours: 1000 },
            schedule: cron('0 6 * * *', 'UTC'),
          },
        },
        notification,
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
  await bakery.run(`USE SCHEMA "${deployment.database}".OVEN`);
}

interface Sent {
  source: string;
  integration: string;
  contentType: string;
  content: string;
  subject: string | null;
  recipients: string[];
}

async function sent(): Promise<Sent[]> {
  const [row] = await bakery.run('SELECT SYSTEM$LOCAL_NOTIFICATIONS() AS sent');
  return JSON.parse(String(row!['SENT']));
}

const failing = (times: number) =>
  bakery.run(`SELECT SYSTEM$LOCAL_DBT_FAIL('dbt_bakery', 'orders', ${times})`);

/** Lets days pass; after each one, how many messages there are so far. */
async function messagesAfterEachOf(days: number): Promise<number[]> {
  const counts: number[] = [];
  while (counts.length < days) {
    await bakery.run('SELECT SYSTEM$LOCAL_ADVANCE(86400)');
    counts.push((await sent()).length);
  }
  return counts;
}

/** The task's runs, oldest first. */
function taskRuns(): Promise<Row[]> {
  return bakery.run(
    "SELECT state, error_message, return_value FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY()) WHERE state <> 'SCHEDULED' ORDER BY scheduled_time",
  );
}

describe.each([WEBHOOK, EMAIL, QUEUE])('a failure that stays, told to $integration', (notification) => {
  it('is told once in a chain: when the last allowed retry has failed', async () => {
    await open(deploymentWith(notification));
    await failing(7);
    // Full build, two retries, full build, two retries, full build; then it heals.
    expect(await messagesAfterEachOf(8)).toEqual([0, 0, 1, 1, 1, 2, 2, 2]);
    const history = await bakery.run(HISTORY);
    expect(history.map((row) => [row['INTEGRATION_NAME'], row['STATUS']])).toEqual([
      [notification.integration, 'SUCCESS'],
      [notification.integration, 'SUCCESS'],
    ]);
  });

  it('is not told when the last retry heals it', async () => {
    await open(deploymentWith(notification));
    await failing(2);
    expect(await messagesAfterEachOf(4)).toEqual([0, 0, 0, 0]);
  });
});

describe('the message', () => {
  const text =
    'dbt-auto-restart: dbt_bakery / BREAD_DAILY: 🔄 RETRY #2: Rerunning failed models: orders+ (and 1 skipped)';

  it('to a webhook is plain text', async () => {
    await open(deploymentWith(WEBHOOK));
    await failing(3);
    await messagesAfterEachOf(3);
    expect(await sent()).toMatchObject([{ contentType: 'text/plain', content: text, recipients: [] }]);
  });

  it('by email has recipients and a subject', async () => {
    await open(deploymentWith(EMAIL));
    await failing(3);
    await messagesAfterEachOf(3);
    expect(await sent()).toMatchObject([
      {
        ...{ source: 'SYSTEM$SEND_EMAIL', content: text, recipients: EMAIL.recipients },
        subject: 'dbt-auto-restart: dbt_bakery',
      },
    ]);
  });

  it('to a queue is JSON', async () => {
    await open(deploymentWith(QUEUE));
    await failing(3);
    await messagesAfterEachOf(3);
    const [message] = await sent();
    expect(message?.contentType).toBe('application/json');
    expect(JSON.parse(message!.content)).toEqual({ text });
  });
});

describe('a log that cannot be read', () => {
  const call = (mode: string) => `CALL RUN_DBT_AUTO_RESTART('dbt_bakery', NULL, 'BREAD_DAILY', '${mode}')`;

  beforeEach(async () => {
    await open(deploymentWith(WEBHOOK, '"My Bakery"'));
    await bakery.run("SELECT SYSTEM$LOCAL_DBT_HOOKS('dbt_bakery', 'none')");
    await bakery.run('ALTER TABLE DBT_RUN_LOG RENAME TO DBT_RUN_LOG_OF_YESTERDAY');
  });

  it('is told once, while everything is built', async () => {
    const [row] = await bakery.run(call('AUTO'));
    expect(Object.values(row!)[0]).toMatch(
      /^⚠️ ERROR in retry logic: .* \| Executed full build as fallback$/,
    );
    const [message, ...more] = await sent();
    expect(message?.content).toMatch(
      /^dbt-auto-restart: dbt_bakery \/ BREAD_DAILY: ⚠️ STATE_UNREADABLE: .*DBT_RUN_LOG/,
    );
    expect(more).toEqual([]);
  });

  it('is told without what would break the JSON of a webhook', async () => {
    await bakery.run(call('AUTO'));
    const [message] = await sent();
    expect(message?.content).toContain("'My Bakery'.OVEN.DBT_RUN_LOG");
    expect(message?.content).not.toMatch(/["\\\n]/);
  });

  it('is told when nothing may be built instead', async () => {
    expect(await bakery.failure(call('RETRY_ONLY'))).toContain('DBT_RUN_LOG');
    expect(await sent()).toHaveLength(1);
  });

  it('is not told by a plan', async () => {
    await bakery.run(call('PLAN'));
    expect(await sent()).toEqual([]);
  });

  it('is noted in the answer when nobody can be told', async () => {
    await bakery.run('DROP INTEGRATION BELL');
    const [row] = await bakery.run(call('AUTO'));
    expect(Object.values(row!)[0]).toMatch(/ \| NOT_NOTIFIED$/);
  });

  it('is noted together with what else went wrong', async () => {
    await bakery.run('DROP INTEGRATION BELL');
    await failing(1);
    await bakery.run('SELECT SYSTEM$LOCAL_ADVANCE(86400)');
    const [run] = await taskRuns();
    expect(run!['RETURN_VALUE']).toMatch(/ \| FAILURE_NOT_RECORDED \| NOT_NOTIFIED$/);
  });
});

describe.each([
  ['is disabled', 'ALTER NOTIFICATION INTEGRATION BELL SET ENABLED = FALSE'],
  ['is gone', 'DROP INTEGRATION BELL'],
])('an integration that %s', (_, statement) => {
  it("leaves dbt's own error the one that is raised, and NOT_NOTIFIED in the return value", async () => {
    await open(deploymentWith(WEBHOOK));
    await failing(3);
    await bakery.run(statement);
    expect(await messagesAfterEachOf(3)).toEqual([0, 0, 0]);
    const runs = await taskRuns();
    expect(runs.map((row) => row['STATE'])).toEqual(['FAILED', 'FAILED', 'FAILED']);
    expect(runs[2]!['ERROR_MESSAGE']).toMatch(
      /: dbt build of BAKERY\.OVEN\.DBT_BAKERY failed: Database Error in model orders/,
    );
    expect(runs[1]!['RETURN_VALUE']).not.toContain('NOT_NOTIFIED');
    expect(runs[2]!['RETURN_VALUE']).toMatch(/^RETRY RETRY .* \| NOT_NOTIFIED$/);
  });
});
