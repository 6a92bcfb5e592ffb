/** The doctor: what is wrong with an account is named, with what to do; what is right is not. */
import { readFileSync } from 'node:fs';
import { readDoctorFacts } from '../../src/cli/doctor-facts';
import { checkPrivileges } from '../../src/doctor/check-privileges';
import { diagnose } from '../../src/doctor/doctor';
import { FINDINGS, type Finding } from '../../src/doctor/finding';
import type { Deployment } from '../../src/model/deployment';
import { resolveDeployments } from '../../src/model/resolve';
import type { Session } from '../../src/snowflake/session';
import { DAILY, full, log, NOW, run } from '../decision/logs';
import type { LoggedRun } from '../decision/reference/history';
import { openMorning, type Morning } from './morning';

let morning: Morning;
beforeAll(async () => {
  morning = await openMorning();
});
afterAll(async () => morning.account.close());

const inside = (sql: string) => morning.account.inside.run(sql);
const findings = async (
  deployment: Deployment = morning.deployment,
  role = 'ACCOUNTADMIN',
): Promise<Finding[]> => {
  const reader = { session: morning.account.client };
  return diagnose(await readDoctorFacts(reader, deployment, role, new Date(NOW).toISOString()), []);
};
const lines = async (deployment?: Deployment, role?: string): Promise<string[]> =>
  (await findings(deployment, role)).map(({ code, where, message }) => `${code} ${where}: ${message}`);
const succeeded = (more: object = {}): LoggedRun =>
  full(DAILY, 'SUCCESS', { a: 'SUCCESS', b: 'SUCCESS' }, { started: 2, ended: 1.75, ...more });

it('finds nothing on a good morning', async () => {
  await morning.logged(...log(succeeded()));
  expect(await lines()).toEqual([]);
});

describe('of the runs', () => {
  it('one that is stuck, and how it is abandoned', async () => {
    await morning.logged(
      ...log(succeeded({ started: 26, ended: 25.75 }), full(DAILY, 'RUNNING', {}, { started: 2 })),
    );
    const [first] = await findings();
    expect(first).toMatchObject({
      severity: 'error',
      code: 'RUN_STUCK',
      where: 'run-2',
      hint: expect.stringContaining('abandon run-2'),
    });
  });

  it('those that never ended', async () => {
    await morning.logged(...log(full(DAILY, 'RUNNING', {}, { started: 30 }), succeeded()));
    expect(await lines()).toEqual([
      'RUN_NEVER_ENDED bakery: 1 run logged as running for longer than staleRunHours, the latest run-1 of Mon 00:00',
    ]);
  });

  it('one that starts in the future', async () => {
    await morning.logged(...log(succeeded(), full(DAILY, 'RUNNING', {}, { started: -87_600 })));
    expect(await lines()).toEqual(['CLOCK daily: a run says that it starts in the future: it is left out']);
  });
});

describe('of a log that matches no job, the column that differs', () => {
  it.each([
    ['project', { project: 'dbt_o2c' }, 'project is "dbt_o2c" in 2 of 2 runs, and "dbt_o2c_enhanced" here'],
    [
      'environment',
      { environment: 'production' },
      'environment is "production" in 2 of 2 runs, and "prod" here',
    ],
    ['command', { command: 'run' }, 'command is "run" in 2 of 2 runs, and "build" here'],
    [
      'selection',
      { selection: 'tag:nightly' },
      'selection is "tag:nightly" in 2 of 2 runs, and "(none)" here',
    ],
  ])('%s', async (_, other, said) => {
    await morning.logged(
      ...log(
        ...[3, 2].map((started) => ({
          ...run('SUCCESS', { a: 'SUCCESS' }, { started, ...other }),
          ...other,
        })),
      ),
    );
    const found = await findings();
    expect(found).toContainEqual(
      expect.objectContaining({ code: 'LOG_MATCHES_NO_JOB', message: expect.stringContaining(said) }),
    );
  });
});

describe('of the tasks', () => {
  afterEach(async () => {
    await inside('ALTER TASK DAILY_BUILD RESUME');
    await inside('ALTER TASK DAILY_HEAL RESUME');
  });

  it('one that a person suspended', async () => {
    await morning.logged(...log(succeeded()));
    await inside('ALTER TASK DAILY_HEAL SUSPEND');
    expect(await lines()).toEqual([
      'TASK_SUSPENDED DAILY_HEAL: task DAILY_HEAL suspended by a person since 06:00',
    ]);
  });

  it('one whose start led to nothing', async () => {
    await morning.logged(...log(succeeded({ started: 26, ended: 25.75 })));
    expect(await lines()).toEqual([
      'TASK_OVERDUE daily: task DAILY_BUILD was to start at 04:00, and the log has no run since; last success Mon 04:15',
    ]);
  });

  it('one that is near its timeout', async () => {
    await morning.logged(...log(succeeded({ started: 5.5, ended: 1.6 })));
    expect(await lines()).toContain(
      'TIMEOUT_NEAR DAILY_BUILD: the longest successful run of daily took 3 h 54, and the task is cancelled after 4 h',
    );
  });

  it('one that Snowflake suspended after its failures', async () => {
    await morning.logged(...log(full(DAILY, 'FAILED', { a: 'FAIL' }, { started: 2, ended: 1.75 })));
    await inside('ALTER TASK DAILY_HEAL SUSPEND');
    await inside('ALTER TASK DAILY_HEAL SET SUSPEND_TASK_AFTER_NUM_FAILURES = 1');
    await inside('ALTER TASK DAILY_HEAL RESUME');
    await inside('EXECUTE TASK DAILY_HEAL');
    await inside('SELECT SYSTEM$LOCAL_ADVANCE(120)');
    expect(await findings()).toContainEqual(
      expect.objectContaining({
        severity: 'error',
        code: 'TASK_SUSPENDED_BY_ERRORS',
        where: 'DAILY_HEAL',
        hint: 'see what failed with history --failed, then resume DAILY_HEAL',
      }),
    );
    morning.account.setClock(NOW);
  });
});

describe('of the privileges of the role that owns the tasks', () => {
  const owned = (): Deployment => ({ ...morning.deployment, graphs: tasksOf('OTHER_BUILD') });
  const tasksOf = (name: string): Deployment['graphs'] => {
    const { root } = morning.deployment.graphs[0]!;
    return [{ root: { ...root, name: { ...root.name, name } }, children: [] }];
  };

  beforeAll(async () => {
    await morning.logged(...log(succeeded()));
    await inside('CREATE ROLE IF NOT EXISTS BAKER_ROLE');
    await inside('CREATE ROLE IF NOT EXISTS FLOUR_ROLE');
    await inside(
      "CREATE TASK OTHER_BUILD WAREHOUSE = FLOUR_WH SCHEDULE = 'USING CRON 0 4 * * * UTC' AS SELECT 1",
    );
    await inside('GRANT OWNERSHIP ON TASK OTHER_BUILD TO ROLE BAKER_ROLE');
  });

  it('each that is missing, with the statement that grants it', async () => {
    const missing = (await findings(owned())).filter(({ code }) => code === 'PRIVILEGE_MISSING');
    expect(missing.map(({ hint }) => hint)).toEqual([
      'GRANT EXECUTE TASK ON ACCOUNT TO ROLE BAKER_ROLE',
      'GRANT USAGE ON WAREHOUSE FLOUR_WH TO ROLE BAKER_ROLE',
      'GRANT USAGE ON DATABASE EDW TO ROLE BAKER_ROLE',
      'GRANT USAGE ON SCHEMA EDW.O2C_AUDIT TO ROLE BAKER_ROLE',
      'GRANT USAGE ON PROCEDURE EDW.O2C_AUDIT.BAKE(VARCHAR, VARCHAR) TO ROLE BAKER_ROLE',
      'GRANT SELECT ON TABLE EDW.O2C_AUDIT.DBT_RUN_LOG TO ROLE BAKER_ROLE',
      'GRANT SELECT ON TABLE EDW.O2C_AUDIT.DBT_MODEL_LOG TO ROLE BAKER_ROLE',
      'GRANT INSERT ON TABLE EDW.O2C_AUDIT.DBT_RUN_LOG TO ROLE BAKER_ROLE',
      'GRANT UPDATE ON TABLE EDW.O2C_AUDIT.DBT_RUN_LOG TO ROLE BAKER_ROLE',
    ]);
  });

  it('none once they are granted, some of them through another role', async () => {
    const missing = (await findings(owned())).filter(({ code }) => code === 'PRIVILEGE_MISSING');
    for (const [at, { hint }] of missing.entries())
      await inside(at % 2 === 0 ? hint : hint.replace('BAKER_ROLE', 'FLOUR_ROLE'));
    await inside('GRANT ROLE FLOUR_ROLE TO ROLE BAKER_ROLE');
    expect((await findings(owned())).filter(({ code }) => code === 'PRIVILEGE_MISSING')).toEqual([]);
  });

  it('a role whose grants nobody shows is told as such, and no privilege is called missing', async () => {
    const hidden: Deployment = {
      ...owned(),
      graphs: tasksOf('NOBODY_BUILD'),
    };
    const found = await findings(hidden, 'GHOST');
    expect(found.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['TASK_MISSING', 'GRANTS_NOT_SEEN']),
    );
    expect(found.map(({ code }) => code)).not.toContain('PRIVILEGE_MISSING');
  });

  it('what comes by way of a database role may be there: none is called missing', async () => {
    const { client } = morning.account;
    const granted = { privilege: 'USAGE', granted_on: 'DATABASE_ROLE', name: 'EDW.READER' };
    const session: Session = {
      ...client,
      run: (sql, binds) =>
        sql === 'SHOW GRANTS TO ROLE BAKER_ROLE'
          ? Promise.resolve({ rows: [granted], queryId: '' })
          : client.run(sql, binds),
    };
    const facts = await readDoctorFacts({ session }, owned(), 'BAKER_ROLE', new Date(NOW).toISOString());
    const found = checkPrivileges(facts);
    expect(found.map(({ code }) => code)).toEqual(['GRANTS_NOT_SEEN']);
    expect(found[0]?.message).toContain('what database role EDW.READER has is not looked up');
  });
});

describe('of Snowflake’s own history', () => {
  const native = (object: string): Deployment =>
    resolveDeployments({
      deployments: {
        native: {
          database: 'EDW',
          schema: 'O2C_AUDIT',
          names: { view: 'V_NATIVE_HISTORY', procedure: 'RUN_NATIVE' },
          state: { kind: 'execution-history' },
          runner: { kind: 'execute-dbt-project', object },
          jobs: { daily: { project: 'bakery', dbt: { command: 'build' } } },
          tasks: {},
        },
      },
    })[0]!;

  it('a project that is not there, and one in another schema', async () => {
    expect(await lines(native('EDW.O2C_AUDIT.NOWHERE'))).toContain(
      'PROJECT_MISSING EDW.O2C_AUDIT.NOWHERE: the dbt project is not there, or not visible to this role',
    );
    await inside('CREATE SCHEMA IF NOT EXISTS EDW.ELSEWHERE');
    await inside('USE SCHEMA EDW.O2C_AUDIT');
    const dag = JSON.stringify({ project: 'bakery', nodes: [{ name: 'a' }] });
    await inside(`SELECT SYSTEM$LOCAL_DBT_CREATE('EDW.ELSEWHERE.BAKERY', '${dag}')`);
    expect(await lines(native('EDW.ELSEWHERE.BAKERY'))).toContain(
      'PROJECT_IN_OTHER_SCHEMA EDW.ELSEWHERE.BAKERY: the tasks are in EDW.O2C_AUDIT',
    );
  });

  it('one that shows no run', async () => {
    const deployment = native('EDW.ELSEWHERE.BAKERY');
    const { renderDeployment } = await import('../../src/render/render');
    for (const { kind, sql } of renderDeployment(deployment).statements)
      if (kind === 'view') await inside(sql);
    expect(await findings(deployment)).toContainEqual(
      expect.objectContaining({ severity: 'error', code: 'HISTORY_BLIND', where: 'daily' }),
    );
  });
});

it('of a log that cannot be read, the words of the account', async () => {
  await inside('ALTER TABLE DBT_RUN_LOG RENAME TO DBT_RUN_LOG_OLD');
  expect((await lines())[0]).toMatch(/^STATE_UNREADABLE bakery: .*DBT_RUN_LOG/);
  await inside('ALTER TABLE DBT_RUN_LOG_OLD RENAME TO DBT_RUN_LOG');
});

it('every code has its line in docs/doctor.md', () => {
  const page = readFileSync(`${__dirname}/../../docs/doctor.md`, 'utf8');
  const named = [...page.matchAll(/^\| `([A-Z_]+)` +\| (\w+) +\| (.+?) +\|/gm)].map(
    ([, code, severity, meaning]) => [code, severity, meaning],
  );
  expect(named).toEqual(
    Object.entries(FINDINGS).map(([code, { severity, meaning }]) => [code, severity, meaning]),
  );
});
