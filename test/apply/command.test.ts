/** `apply`, as it is typed: a project in a folder of its own, the embedded account, the same driver as for a real one. */
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApplyReport } from '../../src/apply/report';
import { run } from '../../src/cli/run';
import { startEmbedded } from '../../src/local/server/embedded';

const CONFIG = `
import { auditTables, cron, defineConfig, procedureRunner } from 'dbt-auto-restart';

export default defineConfig({
  deployments: {
    bakery: {
      connection: { account: 'ORG-BAKERY', role: 'BAKER' },
      database: 'BAKERY',
      schema: 'OVEN',
      defaults: { warehouse: 'OVEN_WH', timeout: '4 hours' },
      state: auditTables({ layout: 'o2c', where: { environment: 'prod' } }),
      runner: procedureRunner('SYSTEM$DBT_RUN'),
      tasks: { DAILY_BREAD: { project: 'bread', schedule: cron('0 6 * * *', 'UTC') } },
      grants: { MILLER: ['read'] },
    },
  },
});
`;

const DAG = { project: 'bread', nodes: [{ name: 'flour' }, { name: 'dough', dependsOn: ['flour'] }] };

interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

async function command(...argv: string[]): Promise<Ran> {
  const shown = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    jest.spyOn(process[stream], 'write').mockImplementation((text) => {
      shown[stream] += String(text);
      return true;
    }),
  );
  try {
    return { code: await run(argv), ...shown };
  } finally {
    spies.forEach((spy) => spy.mockRestore());
  }
}

let folder: string;
const start = process.cwd();

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bakery-'));
  writeFileSync(join(folder, 'auto-restart.config.ts'), CONFIG);
  mkdirSync(join(folder, 'rehearsals', 'dags'), { recursive: true });
  writeFileSync(join(folder, 'rehearsals', 'dags', 'bread.json'), JSON.stringify(DAG));
  process.chdir(folder);
  expect(await command('generate')).toMatchObject({ code: 0 });
});

afterEach(() => process.chdir(start));

async function query(sql: string): Promise<unknown[][]> {
  const { account, close } = await startEmbedded({ file: join(folder, '.auto-restart', 'local.duckdb') });
  const session = account.openSession({ database: 'BAKERY', schema: 'OVEN' });
  const { rows } = await session.execute(sql);
  await session.close();
  await close();
  return rows;
}

describe('apply --connection local', () => {
  it('makes the account ready, applies every statement, and lasts', async () => {
    const { code, stdout, stderr } = await command('apply', '--connection', 'local');
    expect(stderr).toContain('local: created database BAKERY');
    expect(stdout).toContain('bakery in BAKERY.OVEN');
    expect(stdout).toMatch(/done +create +procedure BAKERY\.OVEN\.RUN_DBT_AUTO_RESTART/);
    expect(stdout).not.toContain('failed');
    expect(code).toBe(0);
    expect(await query("SHOW TASKS LIKE 'DAILY_BREAD'")).toHaveLength(1);
  });

  it('does nothing the second time', async () => {
    await command('apply', '--connection', 'local');
    const again = await command('apply', '--connection', 'local');
    expect(again.code).toBe(0);
    expect(again.stderr).not.toContain('local: created');
    expect(again.stdout).toMatch(/nothing to do; \d+ unchanged/);
  });

  it('what was applied runs: the procedure builds the DAG of the project', async () => {
    await command('apply', '--connection', 'local');
    const [row] = await query("CALL RUN_DBT_AUTO_RESTART('bread')");
    expect(String(row?.[0])).toContain('FULL');
    expect(await query('SELECT COUNT(*) FROM DBT_MODEL_LOG')).toEqual([[2]]);
  });

  it('reports as JSON', async () => {
    const { code, stdout } = await command('apply', '--connection', 'local', '--json');
    const [report] = JSON.parse(stdout) as [ApplyReport & { target: string }];
    expect(report).toMatchObject({
      target: 'the local Snowflake',
      ok: true,
      deployments: [{ deployment: 'bakery' }],
    });
    const steps = report.deployments.flatMap((deployment) => deployment.steps);
    expect(new Set(steps.map(({ status }) => status))).toEqual(new Set(['done']));
    expect(code).toBe(0);
  });

  it('shows the statement that failed, and what was not run', async () => {
    await command('apply', '--connection', 'local');
    await query('DROP VIEW V_AUTO_RESTART_HISTORY');
    await query('DROP TASK DAILY_BREAD');
    await query('CREATE TABLE V_AUTO_RESTART_HISTORY (N NUMBER)');
    const { code, stdout } = await command('apply', '--connection', 'local');
    expect(code).toBe(1);
    expect(stdout).toMatch(/failed +create +view/);
    expect(stdout).toMatch(/not run +create +graph/);
    expect(stdout).toMatch(/generated\/bakery\/0\d_\S+\.sql/);
    expect(stdout).toMatch(/query id [0-9a-f-]{36}/);
  });
});

describe('apply refuses', () => {
  it('when generated/ is not what the config renders', async () => {
    appendFileSync(join(folder, 'generated', 'bakery', 'setup.sql'), '-- edited\n');
    const { code, stderr } = await command('apply', '--connection', 'local');
    expect(code).toBe(1);
    expect(stderr).toContain('generated/ is not what the config says: bakery/setup.sql is stale');
    expect(existsSync(join(folder, '.auto-restart'))).toBe(false);
  });

  it('without a terminal and without --yes', async () => {
    const { code, stderr } = await command('apply', '--connection', 'prod');
    expect(code).toBe(2);
    expect(stderr).toContain('add --yes');
  });

  it('a connection that is not there', async () => {
    process.env.SNOWFLAKE_HOME = folder;
    const { code, stderr } = await command('apply', '--connection', 'prod', '--yes');
    delete process.env.SNOWFLAKE_HOME;
    expect(code).toBe(4);
    expect(stderr).toContain("there is no connection 'prod'");
  });
});
