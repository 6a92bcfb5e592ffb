/** The seed's own procedure and tasks, made by hand from its document, taken over with consent. */
import { readChains } from '../../src/account/chains';
import { auditTables, cron, procedureRunner } from '../../src/config/define';
import type { Config } from '../../src/config/types';
import { chainNotes } from '../../src/plan/chain-notes';
import { objections } from '../../src/plan/consent';
import { hazardsOf, openAccount, stepsOf, type TestAccount } from '../plan/account';

const config: Config = {
  app: 'acme',
  deployments: {
    o2c: {
      connection: { role: 'BAKER' },
      database: 'EDW',
      schema: 'O2C_AUDIT',
      defaults: { warehouse: 'COMPUTE_WH', timeout: '4 hours' },
      state: auditTables({ layout: 'o2c', where: { environment: 'prod' } }),
      runner: procedureRunner('SYSTEM$DBT_RUN'),
      tasks: {
        O2C_DAILY_BUILD: {
          project: 'dbt_o2c_enhanced',
          retry: { maxAttempts: 3 },
          schedule: cron('0 6 * * *'),
        },
        O2C_HOURLY_INCREMENTAL: {
          project: 'dbt_o2c_enhanced',
          dbt: { command: 'run', select: ['tag:merge'] },
          retry: { maxAgeHours: 2 },
          schedule: cron('5 * * * *'),
        },
      },
      grants: { DBT_O2C_DEVELOPER: ['read'], DBT_O2C_PROD: ['call'] },
    },
  },
};

const PROCEDURE = `CREATE OR REPLACE PROCEDURE EDW.O2C_AUDIT.RUN_DBT_AUTO_RESTART(
    project_name VARCHAR DEFAULT 'dbt_o2c_enhanced', max_retry_age_hours NUMBER DEFAULT 24)
RETURNS VARCHAR
LANGUAGE SQL
EXECUTE AS CALLER
AS
$$
BEGIN
    CALL SYSTEM$DBT_RUN(:project_name, 'dbt build');
    RETURN 'FULL BUILD';
END;
$$`;

const BY_HAND = [
  PROCEDURE,
  `CREATE OR REPLACE VIEW EDW.O2C_AUDIT.V_AUTO_RESTART_HISTORY AS SELECT RUN_ID FROM EDW.O2C_AUDIT.DBT_RUN_LOG`,
  `CREATE OR REPLACE TASK EDW.O2C_AUDIT.O2C_DAILY_BUILD WAREHOUSE = COMPUTE_WH SCHEDULE = 'USING CRON 0 6 * * * UTC'
   AS CALL EDW.O2C_AUDIT.RUN_DBT_AUTO_RESTART('dbt_o2c_enhanced')`,
  `CREATE OR REPLACE TASK EDW.O2C_AUDIT.O2C_HOURLY_INCREMENTAL WAREHOUSE = COMPUTE_WH SCHEDULE = 'USING CRON 5 * * * * UTC'
   AS CALL EDW.O2C_AUDIT.RUN_DBT_AUTO_RESTART('dbt_o2c_enhanced', 2)`,
  'GRANT USAGE ON PROCEDURE EDW.O2C_AUDIT.RUN_DBT_AUTO_RESTART(VARCHAR, NUMBER) TO ROLE ANALYST',
  'GRANT MONITOR ON TASK EDW.O2C_AUDIT.O2C_DAILY_BUILD TO ROLE ANALYST',
  'ALTER TASK EDW.O2C_AUDIT.O2C_DAILY_BUILD RESUME',
];

let account: TestAccount;
beforeEach(async () => {
  account = await openAccount();
  await account.prepare(config);
  await account.run('CREATE ROLE IF NOT EXISTS ANALYST');
  for (const sql of BY_HAND) await account.run(sql);
});
afterEach(() => account.close());

const overloads = async (): Promise<unknown[]> =>
  (await account.run('SHOW PROCEDURES IN SCHEMA EDW.O2C_AUDIT')).map(
    ({ name, arguments: types }) => `${name} ${types}`,
  );
const grantsOf = async (role: string): Promise<unknown[]> =>
  (await account.run(`SHOW GRANTS TO ROLE ${role}`)).map(({ privilege, name }) => `${privilege} ${name}`);

it('is refused without consent, each object by name', async () => {
  const plan = await account.plan(config);
  const found = objections(plan, { allow: new Set(), adopt: false });
  expect(new Set(found.map(({ code, consent }) => `${code} ${consent}`))).toEqual(new Set(['ADOPT --adopt']));
  expect(found.map(({ message }) => message).join('\n')).toContain(
    'procedure EDW.O2C_AUDIT.RUN_DBT_AUTO_RESTART(VARCHAR, NUMBER) is there already, without a mark of ours',
  );
});

it('the calls of the seed still work, so that its signature is no hazard', async () => {
  expect(hazardsOf(await account.plan(config, { adopt: true }))).not.toContain('SIGNATURE_CHANGED');
});

it('replaces the procedure with its grants, and leaves the tasks in their states', async () => {
  expect(await account.apply(config, { adopt: true })).toMatchObject({ ok: true });
  expect(await overloads()).toHaveLength(1);
  expect(await grantsOf('ANALYST')).toEqual(
    expect.arrayContaining([
      'USAGE EDW.O2C_AUDIT.RUN_DBT_AUTO_RESTART(VARCHAR, NUMBER, VARCHAR, VARCHAR)',
      'MONITOR EDW.O2C_AUDIT.O2C_DAILY_BUILD',
    ]),
  );
  expect(await account.states()).toEqual({ O2C_DAILY_BUILD: 'started', O2C_HOURLY_INCREMENTAL: 'suspended' });
  expect(stepsOf(await account.plan(config))).toEqual([]);
});

it('goes on with the chain that is in the log', async () => {
  await account.run(`INSERT INTO EDW.O2C_AUDIT.DBT_RUN_LOG (RUN_ID, PROJECT_NAME, ENVIRONMENT, RUN_STARTED_AT, RUN_ENDED_AT, RUN_STATUS, RUN_COMMAND)
    SELECT 'r1', 'dbt_o2c_enhanced', 'prod', DATEADD('hour', -2, SYSDATE()), DATEADD('hour', -1, SYSDATE()), 'FAILED', 'build'`);
  await account.run(`INSERT INTO EDW.O2C_AUDIT.DBT_MODEL_LOG (LOG_ID, RUN_ID, MODEL_NAME, STATUS, STARTED_AT, ENDED_AT)
    SELECT 'l1', 'r1', 'dm_o2c_reconciliation', 'FAIL', DATEADD('hour', -2, SYSDATE()), DATEADD('hour', -1, SYSDATE())`);
  await account.apply(config, { adopt: true });
  const [row] = await account.run(
    "CALL EDW.O2C_AUDIT.RUN_DBT_AUTO_RESTART(PROJECT_NAME => 'dbt_o2c_enhanced', JOB_NAME => 'O2C_DAILY_BUILD', RUN_MODE => 'PLAN')",
  );
  expect(String(Object.values(row!)[0])).toContain('RETRY #1');
  const session = await account.open();
  const { views } = account.deployments(config)[0]!;
  const chains = await readChains(session, views.state);
  await session.close();
  expect(chainNotes([], chains)).toEqual([
    { code: 'CHAIN_GOES_ON', message: 'the chain of O2C_DAILY_BUILD has made 0 of 3 retries and goes on' },
  ]);
});

it.each([1, 2, 3, 4])('a cancel at statement %i of the replacing leaves nothing behind', async (at) => {
  await account.run(`SELECT SYSTEM$LOCAL_INJECT('CANCEL', ${at}, 'RENAME TO')`);
  const first = await account.apply(config, { adopt: true, id: 'first' });
  const [left] = await account.run("SELECT SYSTEM$LOCAL_INJECT('NONE') AS ANSWER");
  expect([first.ok, left!['ANSWER']]).toEqual([false, '0 faults taken back']);
  const locked =
    (await account.run("SHOW VIEWS LIKE 'V_AUTO_RESTART_APPLYING%' IN SCHEMA EDW.O2C_AUDIT")).length > 0;
  expect(
    await account.apply(config, { adopt: true, ...(locked ? { takeOver: 'first' } : {}) }),
  ).toMatchObject({ ok: true });
  expect(await overloads()).toHaveLength(1);
  expect(await grantsOf('ANALYST')).toEqual(
    expect.arrayContaining(['USAGE EDW.O2C_AUDIT.RUN_DBT_AUTO_RESTART(VARCHAR, NUMBER, VARCHAR, VARCHAR)']),
  );
});

it('an error while the new one is made puts the old one back', async () => {
  await account.run("SELECT SYSTEM$LOCAL_INJECT('ERROR', 2, 'RENAME TO')");
  expect(await account.apply(config, { adopt: true })).toMatchObject({ ok: false });
  expect(await overloads()).toEqual([
    expect.stringContaining('RUN_DBT_AUTO_RESTART(DEFAULT VARCHAR, DEFAULT NUMBER)'),
  ]);
});
