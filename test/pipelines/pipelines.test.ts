/** A pipeline, played from each of the examples: a pull request, its merge, a change by hand, a roll back. */
import '../local/server/quiet-driver';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbedded } from '../../src/local/server/embedded';
import { newFolder, removeProgram, type Ended } from '../cli/program';
import { commandsIn, EXAMPLES, exampleText, git, runLine, stagesOf } from './commands';

afterAll(removeProgram);

const configWith = (maxAttempts: number): string => `
import { auditTables, cron, defineConfig, procedureRunner } from 'dbt-auto-restart';

export default defineConfig({
  app: 'acme-bakery',
  environments: ['dev', 'prod'],
  deployments: ({ env }) => ({
    bakery: {
      connection: { name: env, account: env === 'prod' ? 'ORG-PROD' : 'ORG-DEV', role: 'DBT_DEPLOY' },
      database: env === 'prod' ? 'BAKERY' : 'BAKERY_DEV',
      schema: 'OVEN',
      defaults: { warehouse: 'OVEN_WH', timeout: '2 hours' },
      state: auditTables({ layout: 'o2c', where: { environment: env } }),
      runner: procedureRunner('SYSTEM$DBT_RUN'),
      jobs: { bread: { project: 'bread', retry: { maxAttempts: ${maxAttempts}, maxAgeHours: 20 } } },
      tasks: { DAILY_BREAD: { job: 'bread', schedule: cron('0 6 * * *', 'UTC') } },
    },
  }),
});
`;

const REHEARSAL = `
import { defineRehearsal } from 'dbt-auto-restart';
export default defineRehearsal({
  title: 'an ordinary day',
  deployment: 'bakery',
  projects: [{ project: 'bread', nodes: [{ name: 'flour' }, { name: 'dough', dependsOn: ['flour'] }] }],
  start: '2026-01-05T05:00:00Z',
  end: '2026-01-05T08:00:00Z',
  expect: [{ task: 'DAILY_BREAD', action: 'FULL_BUILD', outcome: 'SUCCEEDED' }],
});
`;

/** A repository with a first commit, applied to both environments. */
function newRepository(): string {
  const folder = newFolder(configWith(3));
  mkdirSync(join(folder, 'rehearsals', 'dags'), { recursive: true });
  writeFileSync(join(folder, 'rehearsals', '1-day.ts'), REHEARSAL);
  writeFileSync(join(folder, '.gitignore'), '.auto-restart/\nplan.md\n');
  succeed(runLine(folder, 'npx dbt-auto-restart generate'));
  git(folder, 'init', '--quiet', '--initial-branch', 'main');
  git(folder, 'add', '.');
  git(folder, 'commit', '--quiet', '--message', 'a first deployment');
  return folder;
}

function succeed(ended: Ended): Ended {
  expect({ code: ended.code, said: ended.code === 0 ? '' : ended.stdout + ended.stderr }).toEqual({
    code: 0,
    said: '',
  });
  return ended;
}

const runAll = (folder: string, lines: readonly string[]): Ended[] =>
  lines.map((line) => succeed(runLine(folder, line)));

/** By hand, past everything. */
async function changeByHand(folder: string, sql: string): Promise<void> {
  const { account, close } = await startEmbedded({ file: join(folder, '.auto-restart', 'local.duckdb') });
  const session = account.openSession({ role: 'DBT_DEPLOY', database: 'BAKERY', schema: 'OVEN' });
  await session.execute(sql);
  await session.close();
  await close();
}

describe.each(EXAMPLES)('%s', (example) => {
  const { check, plan, apply, drift, all } = stagesOf(example);

  it('has every stage: check, plan, apply dev before prod, drift', () => {
    expect(check).toEqual([
      'npx dbt-auto-restart generate --check',
      'npx dbt-auto-restart rehearse --env prod',
    ]);
    expect(plan).toHaveLength(2);
    expect(apply.map((line) => /--env (\w+)/.exec(line)?.[1])).toEqual(['dev', 'prod']);
    expect(drift).toHaveLength(1);
    expect(all).toHaveLength(7);
  });

  it('stores no secret of Snowflake', () => {
    const text = exampleText(example);
    expect(text).toMatch(/SNOWFLAKE_WORKLOAD_IDENTITY_PROVIDER: OIDC/);
    expect(text).not.toMatch(/SNOWFLAKE\w*_(?:PASSWORD|PRIVATE_KEY\w*|PASSPHRASE):|secrets\.SNOWFLAKE/);
  });

  it('runs the commands that are played below', () => {
    expect(all).toEqual(stagesOf('github-actions.yml').all);
  });
});

describe('the commands of the examples', () => {
  const { check, plan, apply, drift } = stagesOf('github-actions.yml');

  it('take a change from a pull request to prod, find one made by hand, and go back', async () => {
    const folder = newRepository();
    runAll(folder, apply);
    expect(runLine(folder, drift[0]!)).toMatchObject({ code: 0 });

    writeFileSync(join(folder, 'auto-restart.config.ts'), configWith(5));
    expect(runLine(folder, check[0]!)).toMatchObject({ code: 3 });
    succeed(runLine(folder, 'npx dbt-auto-restart generate'));
    git(folder, 'commit', '--quiet', '--all', '--message', 'five attempts');
    runAll(folder, check);
    runAll(folder, plan);
    const comment = readFileSync(join(folder, 'plan.md'), 'utf8');
    expect(comment).toMatch(/BAKERY_DEV\.OVEN[\s\S]*BAKERY\.OVEN/);
    expect(comment).toMatch(/^\+.*\b5\b/m);
    expect(runLine(folder, drift[0]!)).toMatchObject({ code: 3 });

    const [dev] = runAll(folder, apply);
    expect(dev!.stdout).toContain('BAKERY_DEV');
    expect(runLine(folder, drift[0]!)).toMatchObject({ code: 0 });

    await changeByHand(folder, 'ALTER TASK DAILY_BREAD SUSPEND');
    await changeByHand(folder, 'ALTER TASK DAILY_BREAD SET USER_TASK_TIMEOUT_MS = 60000');
    const found = runLine(folder, drift[0]!);
    expect(found).toMatchObject({ code: 3, stdout: expect.stringContaining('DAILY_BREAD') });
    runAll(folder, apply.slice(1));
    expect(runLine(folder, drift[0]!)).toMatchObject({ code: 0 });

    const back = commandsIn(readFileSync(join(__dirname, '..', '..', 'docs', 'rolling-back.md'), 'utf8'));
    git(folder, 'revert', '--no-edit', 'HEAD');
    const [, planned] = runAll(folder, back);
    expect(planned!.stdout).toMatch(/\b5\b[\s\S]*\b3\b/);
    expect(runLine(folder, drift[0]!)).toMatchObject({ code: 0 });
  });
});
