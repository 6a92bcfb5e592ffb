/** Worked cases 37 and 38: Snowflake's own history, whose retries need what an earlier run left. */
import { openLocal } from '../../src/local/index';
import type { LocalSnowflake, Session } from '../../src/local/engine/contract';
import type { SqlValue } from '../../src/local/values';
import { resolveDeployments } from '../../src/model/resolve';
import { prepareAccount } from '../../src/rehearse/account';
import { renderDeployment } from '../../src/render/render';

const DAG = {
  project: 'bakery',
  nodes: [
    { name: 'flour', seconds: 1 },
    { name: 'bread', seconds: 1, dependsOn: ['flour'] },
  ],
};

const [deployment] = resolveDeployments({
  deployments: {
    native: {
      database: 'BAKERY',
      schema: 'SHOP',
      state: { kind: 'execution-history' },
      runner: { kind: 'execute-dbt-project', object: 'BAKERY.SHOP.BAKERY' },
      jobs: { daily: { project: 'bakery', dbt: { command: 'build' } } },
      tasks: {},
    },
  },
});

let account: LocalSnowflake;
let session: Session;
beforeEach(async () => {
  account = await openLocal({ start: new Date('2026-03-10T06:00:00Z') });
  await prepareAccount(account, deployment!, { dagOf: () => JSON.stringify(DAG) });
  session = account.openSession({ database: 'BAKERY', schema: 'SHOP' });
  for (const { sql } of renderDeployment(deployment!).statements) await session.execute(sql);
});
afterEach(async () => account.close());

async function call(mode: string): Promise<SqlValue | undefined> {
  const { rows } = await session.execute(`CALL RUN_DBT_AUTO_RESTART('bakery', NULL, 'daily', '${mode}')`);
  return rows[0]?.[0];
}

const fails = (what: string): Promise<unknown> => session.execute(`SELECT SYSTEM$LOCAL_DBT_${what}`);

describe('37: a run that left no results', () => {
  beforeEach(async () => {
    await fails("CRASH('bakery', '', 1)");
    await expect(call('FULL_BUILD')).rejects.toThrow();
  });

  it('cannot be retried: the next call is a full build', async () => {
    expect(await call('PLAN')).toBe('PLAN: 🔵 FULL BUILD: No failed models identified | would run: build');
    expect(await call('AUTO')).toBe('🔵 FULL BUILD: No failed models identified');
  });

  it('is left to the next full build by RETRY_ONLY, which does not raise', async () => {
    expect(await call('RETRY_ONLY')).toBe('⚠️ NOT RETRIED: No failed models identified');
  });
});

describe('38: a model that failed and was renamed', () => {
  beforeEach(async () => {
    await fails("FAIL('bakery', 'bread', 1)");
    await expect(call('FULL_BUILD')).rejects.toThrow('bread');
    await fails("REMOVE_NODE('bakery', 'bread')");
  });

  it('makes the retry build nothing: a full build follows in the same call', async () => {
    expect(await call('AUTO')).toBe('🔵 FULL BUILD: The failed models no longer exist');
    expect(await call('PLAN')).toBe('PLAN: 🔵 FULL BUILD: Normal scheduled run | would run: build');
  });

  it('is not retried by RETRY_ONLY, whose task does not fail, and given up after three times', async () => {
    for (let attempt = 1; attempt <= 3; attempt += 1)
      expect(await call('RETRY_ONLY')).toBe('⚠️ NOT RETRIED: The failed models no longer exist');
    expect(await call('RETRY_ONLY')).toBe('⚠️ NOT RETRIED: Max retries reached, reset with full build');
  });
});
