/** The log of an account, read through the driver with nothing of ours in it. */
import { readLog } from '../../src/backtest/read-log';
import type { Config } from '../../src/config/types';
import { bakery, nativeBakery } from '../model/bakery';
import { openAccount, type TestAccount } from '../plan/account';

const config = (deployment: Config['deployments'][string]): Config => ({
  deployments: { bakery: { ...deployment, connection: { role: 'BAKER' } } },
});

let account: TestAccount;
beforeEach(async () => {
  account = await openAccount();
});
afterEach(() => account.close());

it('has the runs and nodes of the stretch, times in UTC, nothing without an id, and numbers of errors where a policy asks', async () => {
  const own = config(
    bakery({ jobs: { bread: { project: 'bakery', retry: { permanentErrors: ['syntax'] } } }, tasks: {} }),
  );
  await account.prepare(own);
  await account.run('ALTER TABLE BAKERY.OVEN.DBT_RUN_LOG ALTER COLUMN run_id DROP NOT NULL');
  await account.run('ALTER TABLE BAKERY.OVEN.DBT_MODEL_LOG ALTER COLUMN run_id DROP NOT NULL');
  await account.run(
    `INSERT INTO BAKERY.OVEN.DBT_RUN_LOG (run_id, project_name, environment, run_command, selector_used, run_started_at, run_ended_at, run_status)
     SELECT column1, 'bakery', 'prod', 'build', 'all', DATEADD('day', column2, SYSDATE()), DATEADD('day', column2, SYSDATE()), 'FAILED'
     FROM VALUES ('new', -2), ('old', -200), (NULL, -2)`,
  );
  await account.run(
    `INSERT INTO BAKERY.OVEN.DBT_MODEL_LOG (log_id, run_id, model_name, status, error_message, started_at)
     SELECT column1, column1, 'loaf', 'FAIL', 'Database Error\\n  001003 (42000): SQL compilation error', SYSDATE() FROM VALUES ('new'), ('old')`,
  );
  await account.run(
    `INSERT INTO BAKERY.OVEN.DBT_MODEL_LOG (log_id, run_id, model_name, status, started_at)
     SELECT 'lost', NULL, 'loaf', 'FAIL', SYSDATE()`,
  );
  const session = await account.open();
  const [deployment] = account.deployments(own);
  const log = await readLog(session, deployment!, 90);
  await session.close();
  expect(log.runs).toMatchObject([
    {
      run_id: 'new',
      project_name: 'bakery',
      is_ours: true,
      command: 'build',
      selection: '',
      state: 'FAILED',
    },
  ]);
  expect(log.runs[0]?.started_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(log.nodes).toMatchObject([
    { run_id: 'new', node_name: 'loaf', result: 'FAILED', error_number: '001003', is_test: false },
  ]);
});

it("of Snowflake's own history there are runs and no nodes", async () => {
  const own = config(nativeBakery());
  await account.prepare(own);
  const session = await account.open();
  const [deployment] = account.deployments(own);
  const log = await readLog(session, deployment!, 7);
  await session.close();
  expect(log).toEqual({ format: 1, deployment: 'bakery', runs: [], nodes: [] });
});
