/** What a call does beside deciding: it waits, writes down what hooks cannot, and hands dbt exactly the job's command line. */
import fc from '../properties';
import config from '../../auto-restart.config';
import { o2cDag } from '../../rehearsals/dags/o2c';
import type { Config } from '../../src/config/types';
import { parseArgs } from '../../src/local/dbt/args';
import { executionsOf } from '../../src/local/dbt/executions';
import type { LocalSnowflake, Session } from '../../src/local/engine/contract';
import { openLocal } from '../../src/local/index';
import { prepareAccount } from '../../src/rehearse/account';
import type { SqlValue } from '../../src/local/values';
import type { Deployment } from '../../src/model/deployment';
import { resolveDeployments } from '../../src/model/resolve';
import { renderDeployment } from '../../src/render/render';

const START = '2026-01-05T06:00:00Z';
const CALL = "CALL EDW.O2C_AUDIT.RUN_DBT_AUTO_RESTART('dbt_o2c_enhanced', NULL, 'O2C_DAILY_BUILD'";

let account: LocalSnowflake;
let session: Session;

async function open(deployment: Deployment): Promise<void> {
  account = await openLocal({ start: new Date(START) });
  await prepareAccount(account, deployment, { dagOf: () => JSON.stringify(o2cDag) });
  session = account.openSession({ database: deployment.database, schema: deployment.schema });
  for (const { sql } of renderDeployment(deployment).statements) await session.execute(sql);
}

afterEach(() => account.close());

const shipped = (name: string): Deployment =>
  resolveDeployments(config).find((deployment) => deployment.name === name)!;

async function value(sql: string): Promise<SqlValue | undefined> {
  return (await session.execute(sql)).rows[0]?.[0];
}

/** A background task that runs `sql` once, so many minutes from now. */
async function later(minutes: number, sql: string): Promise<void> {
  await session.execute(
    `CREATE TASK LATER WAREHOUSE = COMPUTE_WH SCHEDULE = '${minutes} MINUTES' AS BEGIN ${sql}; ALTER TASK LATER SUSPEND; END`,
  );
  await session.execute('ALTER TASK LATER RESUME');
}

const runningRow = (id: string): string =>
  `INSERT INTO DBT_RUN_LOG (run_id, project_name, environment, run_command, selector_used, run_started_at, run_status)
   VALUES ('${id}', 'dbt_o2c_enhanced', 'prod', 'build', 'all', SYSDATE(), 'RUNNING')`;

describe('a log that only knows successes', () => {
  it('has its failure recorded, and the next call retries exactly the nodes that are missing', async () => {
    await open(shipped('o2c'));
    await session.execute("SELECT SYSTEM$LOCAL_DBT_HOOKS('dbt_o2c_enhanced', 'post-hook')");
    await session.execute(`${CALL}, 'FULL_BUILD')`);
    await session.execute("SELECT SYSTEM$LOCAL_DBT_FAIL('dbt_o2c_enhanced', 'dm_o2c_reconciliation', 1)");
    await expect(session.execute(`${CALL}, 'FULL_BUILD')`)).rejects.toThrow('dm_o2c_reconciliation');

    expect(await value("SELECT COUNT(*) FROM DBT_MODEL_LOG WHERE status <> 'SUCCESS'")).toBe(0);
    expect(await value('SELECT run_status FROM DBT_RUN_LOG ORDER BY run_started_at DESC LIMIT 1')).toBe(
      'FAILED',
    );
    const missing =
      'agg_o2c_by_customer+ agg_o2c_by_period+ agg_o2c_dunning+ agg_o2c_kpis+ agg_o2c_open_items+ dm_o2c_reconciliation+';
    expect(await value(`${CALL})`)).toBe(`🔄 RETRY #1: Rerunning failed models: ${missing}`);
    expect(await value(`${CALL}, 'PLAN')`)).toBe(
      'PLAN: 🔵 FULL BUILD: Normal scheduled run | would run: dbt build',
    );
  });
});

describe('recording a failure', () => {
  it('touches no row and says so where several can be the one', async () => {
    await open(shipped('o2c'));
    await session.execute("SELECT SYSTEM$LOCAL_DBT_HOOKS('dbt_o2c_enhanced', 'none')");
    await session.execute("SELECT SYSTEM$LOCAL_DBT_FAIL('dbt_o2c_enhanced', 'agg_o2c_kpis', 1)");
    await later(1, `${runningRow('one')}; ${runningRow('two')}`);
    await session.execute('EXECUTE TASK O2C_DAILY_BUILD');
    await session.execute('SELECT SYSTEM$LOCAL_ADVANCE(3600)');
    const [row] = (
      await session.execute(
        "SELECT state, return_value FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY(TASK_NAME => 'O2C_DAILY_BUILD')) WHERE state <> 'SCHEDULED'",
      )
    ).rows;
    expect(row![0]).toBe('FAILED');
    expect(row![1]).toMatch(/^FULL_BUILD FIRST_RUN .* \| RUN_NOT_IDENTIFIED$/);
    expect(await value("SELECT LISTAGG(run_status, ',') FROM DBT_RUN_LOG")).toBe('RUNNING,RUNNING');
  });
});

describe('a run in progress', () => {
  it('is waited for, half a minute at a time', async () => {
    await open(shipped('o2c'));
    await session.execute(runningRow('going'));
    await later(
      3,
      "UPDATE DBT_RUN_LOG SET run_status = 'SUCCESS', run_ended_at = CURRENT_TIMESTAMP() WHERE run_id = 'going'",
    );
    expect(await value(`${CALL})`)).toBe('🔵 FULL BUILD: Normal scheduled run');
    const started = await value(
      "SELECT DATEDIFF('second', '2026-01-05 06:00:00', MAX(run_started_at)) FROM DBT_RUN_LOG",
    );
    expect(started).toBe(180);
  });

  it('that does not end raises after half an hour', async () => {
    await open(shipped('o2c'));
    await session.execute(runningRow('going'));
    await expect(session.execute(`${CALL})`)).rejects.toMatchObject({ code: '-20003' });
    expect(account.clock.nowDate().toISOString()).toBe('2026-01-05T06:30:00.000Z');
  });
});

describe('EXECUTE DBT PROJECT over audit tables', () => {
  it('runs with version, variables and writeback as the config says, and retries what the log names', async () => {
    const deployment = structuredClone(shipped('o2c'));
    deployment.runner = {
      kind: 'execute-dbt-project',
      object: { database: 'EDW', schema: 'O2C_AUDIT', name: 'DBT_O2C_ENHANCED' },
      dbtVersion: '1.10.15',
      envVars: [{ name: 'DBT_BAKERY', value: "baker's dozen" }],
      writeback: false,
    };
    await open(deployment);
    await session.execute("SELECT SYSTEM$LOCAL_DBT_FAIL('dbt_o2c_enhanced', 'agg_o2c_kpis', 1)");
    await expect(session.execute(`${CALL})`)).rejects.toThrow('agg_o2c_kpis');
    expect(await value(`${CALL})`)).toBe('🔄 RETRY #1: Rerunning failed models: agg_o2c_kpis+');
    const last = [...executionsOf(account.catalog).values()].at(-1)!;
    expect(last).toMatchObject({
      dbtVersion: '1.10.15',
      command: 'run',
      args: '--select agg_o2c_kpis+',
      state: 'SUCCESS',
    });
  });
});

describe('the command line of a job', () => {
  it.each(['o2c', 'o2c_native'])(
    'reaches dbt of %s as the config has it, whatever the variables hold',
    async (name) => {
      const awkward = fc.oneof(
        fc.constantFrom(
          "it's",
          'a"b',
          '\\',
          "\\'",
          '$$',
          '&x',
          '{{ x }}',
          '<% y %>',
          'é',
          '🥐',
          "'; DROP",
          ' --select z',
        ),
        fc.string({ maxLength: 12 }),
      );
      await open(shipped(name));
      await fc.assert(
        fc.asyncProperty(
          fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), awkward, { maxKeys: 3 }),
          async (vars) => {
            const deployment = withVars(name, vars);
            const { statements } = renderDeployment(deployment);
            await session.execute(statements.find(({ object }) => object.includes('_JOBS'))!.sql);
            const job = deployment.jobs[0]!;
            await session.execute(
              `CALL RUN_DBT_AUTO_RESTART('dbt_o2c_enhanced', NULL, '${job.name}', 'FULL_BUILD')`,
            );
            const last = [...executionsOf(account.catalog).values()].at(-1)!;
            const line = [last.command, last.args].join(' ');
            expect(yaml(parseArgs(line).vars)).toEqual(vars);
          },
        ),
        { numRuns: 12 },
      );
    },
  );
});

/** dbt reads YAML, which is JSON with one more escape: `\\U` and eight digits for a character beyond sixteen bits. */
function yaml(text: string | undefined): unknown {
  const json = (text ?? '{}').replace(/\\U([0-9a-fA-F]{8})/g, (_, digits: string) =>
    String.fromCodePoint(parseInt(digits, 16)),
  );
  return JSON.parse(json);
}

/** The shipped deployment with variables on its first job. */
function withVars(name: string, vars: Record<string, string>): Deployment {
  const copy = structuredClone(config) as Config;
  const deployment = copy.deployments[name]!;
  const job = deployment.jobs?.['daily'] ?? deployment.tasks['O2C_DAILY_BUILD']!;
  job.dbt = { ...job.dbt, vars };
  return resolveDeployments({ deployments: { [name]: deployment } })[0]!;
}
