/** What `status` costs: statements, however many jobs and deployments there are. */
import { resolveDeployments } from '../../src/model/resolve';
import { readJobStates } from '../../src/readings/job-state';
import { readTaskStates } from '../../src/readings/task-state';
import { withValues } from '../../src/readings/send';
import { statusOf } from '../../src/oncall/status';
import { renderDeployment } from '../../src/render/render';
import { openAccount, type Account } from '../decision/harness/account';
import { createLog } from '../decision/harness/log-tables';
import { o2cLog } from '../decision/harness/layouts/o2c';
import { NOW } from '../decision/logs';

let account: Account;
beforeAll(async () => {
  account = await openAccount();
});
afterAll(async () => account.close());

/** Fifty jobs in each of two schemas. */
const deployments = resolveDeployments({
  deployments: Object.fromEntries(
    ['O2C_AUDIT', 'P2P_AUDIT'].map((schema) => [
      schema.toLowerCase(),
      {
        database: 'EDW',
        schema,
        state: o2cLog().state,
        runner: { kind: 'procedure', procedure: 'EDW.O2C_AUDIT.BAKE' },
        jobs: Object.fromEntries(
          Array.from({ length: 50 }, (_, at) => [
            `job_${at}`,
            { project: `project_${at}`, dbt: { command: 'build' } },
          ]),
        ),
        tasks: {},
      },
    ]),
  ),
});

it('100 jobs in two deployments are two statements', async () => {
  const { inside, client } = account;
  for (const deployment of deployments) {
    await inside.run(`CREATE SCHEMA IF NOT EXISTS EDW.${deployment.schema}`);
    await inside.run(`USE SCHEMA EDW.${deployment.schema}`);
    await createLog(inside, o2cLog());
    for (const { kind, sql } of renderDeployment(deployment).statements)
      if (kind === 'view') await inside.run(sql);
  }
  const sent: string[] = [];
  const reader = { session: client, onSend: (sql: string) => void sent.push(sql) };
  const found = await readJobStates(reader, deployments);
  const tasks = await readTaskStates(reader, deployments);
  expect(sent).toHaveLength(2);
  expect(sent[1]).toBe('SHOW TASKS IN DATABASE EDW');
  const statuses = statusOf(deployments, { ...found, tasks, tasksUnseen: null, now: NOW });
  expect(statuses).toHaveLength(100);
  expect(new Set(statuses.map(({ kind }) => kind))).toEqual(new Set(['never logged']));
});

it('a deployment that cannot be read hides no other', async () => {
  await account.inside.run('DROP TABLE EDW.P2P_AUDIT.DBT_RUN_LOG');
  const { states, unreadable } = await readJobStates({ session: account.client }, deployments);
  expect(new Set(states.map(({ deployment }) => deployment))).toEqual(new Set(['o2c_audit']));
  expect(unreadable).toMatchObject([{ deployment: 'p2p_audit', code: '002003', isMissing: false }]);
});

it('a statement is shown as a worksheet takes it', () => {
  expect(withValues('SELECT ?, \'?\', "?" WHERE A = ?', ["it's", 3])).toBe(
    "SELECT 'it''s', '?', \"?\" WHERE A = 3",
  );
});
