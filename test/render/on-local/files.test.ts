/** Every generated file on the local Snowflake, statement by statement and unchanged. */
import { renderDeployment } from '../../../src/render/render';
import { CASES } from '../golden/cases';
import { deployment as bread } from '../golden/bread/deployment';
import { EVERYTHING } from '../everything';
import { openBakery, statementsOf, type Bakery } from './account';

const ALL = [
  ...CASES.map((deployment) => ({ what: deployment.name, deployment })),
  ...EVERYTHING.map(({ over, deployment }) => ({ what: `everything over ${over}`, deployment })),
];

describe.each(ALL)('the files of $what', ({ deployment }) => {
  const { files } = renderDeployment(deployment);
  let bakery: Bakery;
  beforeAll(async () => {
    bakery = await openBakery(deployment);
  });
  afterAll(() => bakery.close());

  it('set up everything, twice', async () => {
    await bakery.runAll(files['setup.sql']!);
    await bakery.runAll(files['setup.sql']!);
  });

  it('answer the questions of monitoring.sql', async () => {
    const results = await bakery.runAll(files['monitoring.sql']!);
    expect(results.length).toBe(statementsOf(files['monitoring.sql']!).length);
  });

  it('verify that nothing is missing', async () => {
    const results = await bakery.runAll(files['verify.sql']!);
    const tasks = deployment.graphs.flatMap(({ root, children }) => [root, ...children]);
    expect(results.at(-1)?.map(({ name }) => name)).toEqual(tasks.map(({ name }) => name.name).sort());
  });

  it('tear everything down, twice', async () => {
    await bakery.runAll(files['teardown.sql']!);
    await bakery.runAll(files['teardown.sql']!);
    for (const { root } of deployment.graphs) expect(await bakery.stateOf(root.name.name)).toBeUndefined();
  });
});

describe('the quick test of QUICK_REFERENCE.md', () => {
  const { files } = renderDeployment(bread);
  const [, simulateAndPlan = '', call = '', cleanUp = ''] = quickTestBlocks(files['QUICK_REFERENCE.md']!);
  let bakery: Bakery;
  beforeEach(async () => {
    bakery = await openBakery(bread);
    await bakery.runAll(files['setup.sql']!);
  });
  afterEach(() => bakery.close());

  const lastText = async (sql: string) => Object.values((await bakery.runAll(sql)).at(-1)?.[0] ?? {})[0];

  it('plans a retry of the model on an empty log, and cleans up', async () => {
    expect(await lastText(simulateAndPlan)).toMatch(
      /^PLAN: 🔄 RETRY #1: Rerunning failed models: dm_o2c_reconciliation\+ \| would run: dbt run --select dm_o2c_reconciliation\+/,
    );
    await bakery.runAll(cleanUp);
    expect(await bakery.run('SELECT * FROM BAKERY.OVEN.DBT_RUN_LOG')).toEqual([]);
    expect(await bakery.run('SELECT * FROM BAKERY.OVEN.DBT_MODEL_LOG')).toEqual([]);
  });

  it('plans the same retry on a log that has runs', async () => {
    await bakery.runAll(call);
    expect((await bakery.run('SELECT * FROM BAKERY.OVEN.DBT_RUN_LOG')).length).toBeGreaterThan(0);
    expect(await lastText(simulateAndPlan)).toMatch(
      /^PLAN: 🔄 RETRY #1: Rerunning failed models: dm_o2c_reconciliation\+ \|/,
    );
  });
});

it.each(EVERYTHING.filter(({ over }) => over !== 'history'))(
  'the quick test over $over plans its retry, and cleans up',
  async ({ deployment }) => {
    const { files } = renderDeployment(deployment);
    const [, simulateAndPlan = '', , cleanUp = ''] = quickTestBlocks(files['QUICK_REFERENCE.md']!);
    const bakery = await openBakery(deployment);
    try {
      await bakery.runAll(files['setup.sql']!);
      const planned = (await bakery.runAll(simulateAndPlan)).at(-1)?.[0] ?? {};
      expect(Object.values(planned)[0]).toMatch(/^PLAN: 🔄 RETRY #1: Rerunning failed models: \w+\+ \|/);
      await bakery.runAll(cleanUp);
      const again = (await bakery.runAll(files['verify.sql']!))[0]?.[0] ?? {};
      expect(Object.values(again)[0]).toMatch(/^PLAN: 🔵 FULL BUILD: First run/);
    } finally {
      await bakery.close();
    }
  },
);

/** The SQL blocks from the heading "Quick test" on: simulate and plan, the real call, clean up. */
function quickTestBlocks(text: string): string[] {
  const [, section = ''] = text.split('## Quick test');
  return ['', ...[...section.matchAll(/```sql\n([\s\S]*?)```/g)].map(([, sql = '']) => sql)];
}
