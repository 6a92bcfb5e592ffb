import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LocalSnowflake, Session } from '../../../src/local/engine/contract';
import { openLocalSnowflake } from '../../../src/local/engine/open';
import { features } from '../../../src/local/features';

let account: LocalSnowflake;
let session: Session;
beforeEach(async () => {
  account = await openLocalSnowflake({ features });
  session = account.openSession({});
  await session.execute('CREATE DATABASE SHOP');
  const manifest = pathToFileURL(join(__dirname, 'expected', 'manifest.json')).href;
  await session.execute(`CREATE DBT PROJECT SHOP.PUBLIC.BAKERY FROM '${manifest}'`);
});
afterEach(async () => account.close());

const dbt = (args: string) => session.execute(`EXECUTE DBT PROJECT SHOP.PUBLIC.BAKERY ARGS = '${args}'`);

/** `SKIPPED model dm_sales`, in the order in which dbt dealt with them. */
async function outcome(args: string): Promise<string[]> {
  const log = await dbt(args).then(
    ({ rows }) => String(rows[0]![2]),
    async (error: Error) => {
      const id = /GET_DBT_LOG\('(.*)'\)/.exec(error.message)?.[1] ?? '';
      return String((await session.execute(`SELECT SYSTEM$GET_DBT_LOG('${id}')`)).rows[0]![0]);
    },
  );
  return [...log.matchAll(/^\d+ of \d+ (.*) \[in /gm)].map(([, line]) => line!);
}

it('a unit test runs before its model in build', async () => {
  expect(await outcome('build --select agg_sales_daily')).toEqual([
    'PASS unit_test loyalty_counts',
    'SUCCESS model agg_sales_daily',
    'PASS test assert_days_complete',
  ]);
});

it('a unit test that fails skips its model and what is downstream', async () => {
  await session.execute(`SELECT SYSTEM$LOCAL_DBT_FAIL('BAKERY', 'taste_of_customers', 1)`);
  expect(await outcome('build --select customer_taste')).toEqual([
    'FAIL unit_test taste_of_customers',
    'SKIPPED model customer_taste',
  ]);
});

it('dbt test runs unit tests among the tests, and dbt run none', async () => {
  expect((await outcome('test --select agg_sales_daily')).sort()).toEqual([
    'PASS test assert_days_complete',
    'PASS unit_test loyalty_counts',
  ]);
  expect(await outcome('run --select agg_sales_daily')).toEqual(['SUCCESS model agg_sales_daily']);
});

it('a type of resource can be left out', async () => {
  expect(await outcome('build --select agg_sales_daily --exclude-resource-type unit_test test')).toEqual([
    'SUCCESS model agg_sales_daily',
  ]);
});

it('exposures, metrics and sources are selected, but not run', async () => {
  expect(await outcome('build --select +exposure:sales_board,resource_type:exposure')).toEqual([]);
});

it('docs generate leaves results that the next run may select by', async () => {
  await dbt('docs generate --select dm_sales');
  const { rows } = await session.execute(
    `EXECUTE DBT PROJECT SHOP.PUBLIC.BAKERY ARGS = 'list --select result:success --state target --output name'`,
  );
  expect(rows[0]![2]).toMatch(/\ndm_sales\n$/);
  const { rows: found } = await session.execute(
    `SELECT SYSTEM$DBT_GET_LAST_SUCCESSFUL_RUN_TARGET('SHOP.PUBLIC.BAKERY')`,
  );
  expect(found[0]![0]).toMatch(/^snow:.*target$/);
});

it('clean takes the target away: there is nothing to retry', async () => {
  await dbt('build --select dm_sales');
  await dbt('clean');
  await expect(dbt('retry')).rejects.toThrow('Could not find previous run');
});
