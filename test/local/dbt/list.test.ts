/** LIST of what dbt leaves, checked against what the real dbt 1.11 writes into its target directory. */
import { EXECUTE, type O2cAccount, openO2c } from './account';

let o2c: O2cAccount;
beforeEach(async () => {
  o2c = await openO2c('none');
});
afterEach(() => o2c.account.close());

const RESULTS = 'snow://dbt/EDW.O2C_AUDIT.DBT_O2C_ENHANCED/results/';
const HISTORY = 'TABLE(SNOWFLAKE.INFORMATION_SCHEMA.DBT_PROJECT_EXECUTION_HISTORY())';
const fail = (node: string) => o2c.rows(`SELECT SYSTEM$LOCAL_DBT_FAIL('dbt_o2c_enhanced', '${node}', 1)`);
const crash = (node: string) => o2c.rows(`SELECT SYSTEM$LOCAL_DBT_CRASH('dbt_o2c_enhanced', '${node}')`);
const lastQuery = () => o2c.value(`SELECT QUERY_ID FROM ${HISTORY} ORDER BY QUERY_START_TIME DESC LIMIT 1`);

/** @returns whether dbt succeeded */
const run = (args: string) =>
  o2c.session.execute(`${EXECUTE} ARGS = '${args}'`).then(
    () => true,
    () => false,
  );

/** Runs dbt a second after whatever was before. @returns the files of the run, below its folder */
const filesOf = async (args: string) => {
  const { clock } = o2c.account;
  clock.set(new Date(clock.nowDate().getTime() + 1000));
  await run(args);
  const id = String(await lastQuery());
  const listed = await o2c.rows(`LIST '${RESULTS}query_id_${id}/'`);
  return listed.map(([name]) => String(name).replace(`/results/query_id_${id}/`, ''));
};

const LOG_ALONE = ['dbt_artifacts.zip', 'logs/dbt.log'];
const WITHOUT_RESULTS = [...LOG_ALONE, 'target/manifest.json', 'target/semantic_manifest.json'];
const WITH_RESULTS = [...WITHOUT_RESULTS, 'target/run_results.json'].sort();

it.each([
  'build --select stg_orders',
  'build --select nobody',
  'run',
  'test',
  'seed',
  'compile',
  'docs generate',
])('`dbt %s` leaves results', async (args) => {
  expect(await filesOf(args)).toEqual(WITH_RESULTS);
});

it('a run in which a node failed leaves results, and so does its retry', async () => {
  await fail('stg_orders');
  expect(await filesOf('run --select stg_orders')).toEqual(WITH_RESULTS);
  expect(await filesOf('retry')).toEqual(WITH_RESULTS);
});

it.each([
  'build --select result:error',
  'build --select state:modified',
  'build --select no_method:x',
  'build --select nobody --warn-error',
  'list',
  'parse',
])('`dbt %s` leaves a manifest without results', async (args) => {
  expect(await filesOf(args)).toEqual(WITHOUT_RESULTS);
});

it.each(['build --no-such-option', 'no_such_command', 'retry', 'deps', 'clean'])(
  '`dbt %s`, as the first that ever ran, leaves a log alone',
  async (args) => {
    expect(await filesOf(args)).toEqual(LOG_ALONE);
  },
);

it('a run that dies, in the middle or before its first hook, leaves nothing', async () => {
  await crash('stg_orders');
  expect(await filesOf('build')).toEqual([]);
  await crash('');
  expect(await filesOf('build')).toEqual([]);
});

it('nothing is left after 14 days, whether or not another run came', async () => {
  await run('build');
  expect(await o2c.rows(`LIST '${RESULTS}'`)).toHaveLength(WITH_RESULTS.length);
  const { clock } = o2c.account;
  clock.set(new Date(clock.nowDate().getTime() + 14.1 * 24 * 3_600_000));
  expect(await o2c.rows(`LIST '${RESULTS}'`)).toEqual([]);
});

it('has the columns of a stage, and takes a path that ends anywhere', async () => {
  await run('run --select stg_orders');
  const id = String(await lastQuery());
  const listed = await o2c.session.execute(`LS '${RESULTS}query_id_${id}/target/run'`);
  expect(listed.columns.map(({ name }) => name)).toEqual(['name', 'size', 'md5', 'last_modified']);
  expect(listed.rows).toEqual([
    [
      `/results/query_id_${id}/target/run_results.json`,
      expect.any(Number),
      expect.stringMatching(/^[0-9a-f]{32}$/),
      'Sun, 22 Nov 2026 06:00:10 GMT',
    ],
  ]);
});

it('takes a PATTERN for the whole name', async () => {
  await run('run --select stg_orders');
  expect(await o2c.rows(`LIST '${RESULTS}' PATTERN = '.*/target/.*[.]json'`)).toHaveLength(3);
  expect(await o2c.rows(`LIST '${RESULTS}' PATTERN = 'target'`)).toEqual([]);
  expect(await o2c.failure(`LIST '${RESULTS}' PATTERN = '('`)).toContain('Invalid regular expression');
});

it('is read in a block with RESULT_SCAN', async () => {
  await run('run --select stg_orders');
  const found = await o2c.value(`EXECUTE IMMEDIATE $$
    DECLARE
      place VARCHAR DEFAULT (SELECT SYSTEM$LOCATE_DBT_ARTIFACTS('${String(await lastQuery())}'));
      found NUMBER;
    BEGIN
      EXECUTE IMMEDIATE 'LIST ''' || place || '''';
      SELECT COUNT(*) INTO :found FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()))
        WHERE "name" LIKE '%/target/run_results.json';
      RETURN found;
    END $$`);
  expect(found).toBe(1);
});

it('refuses other places by name, and a project that is not there', async () => {
  expect(await o2c.failure('LIST @bread_stage')).toContain("Unsupported feature 'LIST of a stage'");
  expect(await o2c.failure(`LIST 'snow://dbt/EDW.O2C_AUDIT.DBT_O2C_ENHANCED/versions/live/'`)).toContain(
    'Unsupported feature',
  );
  expect(await o2c.failure(`LIST 'snow://dbt/EDW.O2C_AUDIT.NOBODY/results/'`)).toContain('does not exist');
});

it('a run without results can be imported, and then there is nothing to select by', async () => {
  await run('build --select result:error');
  const imports = `IMPORTS = (SYSTEM$LOCATE_DBT_ARTIFACTS('${String(await lastQuery())}') AS 'daily')`;
  const select = (what: string) =>
    `${EXECUTE} ARGS = 'build --state ./imports/daily/target --select ${what}' ${imports}`;
  expect(await o2c.failure(select('result:error+'))).toContain('No comparison run_results');
  // The manifest was written before dbt looked at the selection.
  expect((await o2c.rows(select('state:modified')))[0]![2]).toContain('does not match any enabled nodes');
});
