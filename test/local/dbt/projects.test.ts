import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { EXECUTE, type O2cAccount, openO2c } from './account';

let o2c: O2cAccount;
beforeEach(async () => {
  o2c = await openO2c('none');
});
afterEach(() => o2c.account.close());

async function file(...names: string[]): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'dag-')), 'dag.json');
  await writeFile(path, JSON.stringify({ project: 'bakery', nodes: names.map((name) => ({ name })) }));
  return pathToFileURL(path).href;
}

const described = async (name: string) => {
  const { columns, rows } = await o2c.session.execute(`DESCRIBE DBT PROJECT ${name}`);
  return Object.fromEntries(columns.map((column, index) => [column.name, rows[0]![index]]));
};

describe('dbt project objects', () => {
  it('are created from a file, with properties', async () => {
    await o2c.rows(`CREATE DBT PROJECT bakery FROM '${await file('loaf')}'
      DBT_VERSION = '1.10.15' DEFAULT_TARGET = 'prod' DEFAULT_WRITEBACK = FALSE AUTO_COMPILE = TRUE
      EXTERNAL_ACCESS_INTEGRATIONS = (hub) COMMENT = 'bread'`);
    expect(await described('BAKERY')).toMatchObject({
      name: 'BAKERY',
      comment: 'bread',
      dbt_version: '1.10.15',
      default_version: 'LIVE',
      default_target: 'prod',
      default_writeback: false,
      external_access_integrations: '["HUB"]',
      default_version_location_uri: 'snow://dbt/EDW.O2C_AUDIT.BAKERY/versions/live/',
    });
    await o2c.rows(`EXECUTE DBT PROJECT BAKERY ARGS = 'run'`);
  });

  it('are created once', async () => {
    const from = await file('loaf');
    await o2c.rows(`CREATE DBT PROJECT bakery FROM '${from}'`);
    expect(await o2c.failure(`CREATE DBT PROJECT bakery FROM '${from}'`)).toContain('already exists');
    await o2c.rows(`CREATE DBT PROJECT IF NOT EXISTS bakery FROM '${from}'`);
    await o2c.rows(`CREATE OR REPLACE DBT PROJECT bakery FROM '${from}'`);
  });

  it.each([
    ["CREATE DBT PROJECT x FROM '@stage/dbt'", 'Unsupported feature'],
    ["CREATE DBT PROJECT x FROM 'file:///nowhere/manifest.json'", 'cannot be read'],
    ["ALTER DBT PROJECT DBT_O2C_ENHANCED SET COLOUR = 'red'", "invalid property 'COLOUR'"],
    ['ALTER DBT PROJECT DBT_O2C_ENHANCED UNSET COLOUR', "invalid property 'COLOUR'"],
    ["ALTER DBT PROJECT DBT_O2C_ENHANCED SET DBT_VERSION = '0.1'", "'0.1'"],
    ['ALTER DBT PROJECT DBT_O2C_ENHANCED', 'syntax error'],
    ['DESCRIBE DBT PROJECT nobody', 'does not exist'],
    ['DROP DBT PROJECT nobody', 'does not exist'],
    ["SELECT SYSTEM$LOCAL_DBT_FAIL('DBT_O2C_ENHANCED', 'nobody', 1)", "no node 'nobody'"],
    ["SELECT SYSTEM$LOCAL_DBT_HOOKS('DBT_O2C_ENHANCED', 'sometimes')", "'sometimes' is none of"],
  ])('refuse what is wrong: %s', async (sql, message) => {
    expect(await o2c.failure(sql)).toContain(message);
  });

  it('change their properties', async () => {
    await o2c.rows(`ALTER DBT PROJECT DBT_O2C_ENHANCED SET DEFAULT_TARGET = 'prod' COMMENT = 'daily'`);
    expect(await described('DBT_O2C_ENHANCED')).toMatchObject({ default_target: 'prod', comment: 'daily' });
    await o2c.rows('ALTER DBT PROJECT DBT_O2C_ENHANCED UNSET COMMENT');
    expect(await described('DBT_O2C_ENHANCED')).toMatchObject({ default_target: 'prod', comment: null });
    await o2c.rows(`ALTER DBT PROJECT IF EXISTS nobody SET COMMENT = 'x'`);
  });

  it('keep their history under a new name', async () => {
    await o2c.rows(`${EXECUTE} ARGS = 'build'`);
    await o2c.rows('ALTER DBT PROJECT DBT_O2C_ENHANCED RENAME TO O2C');
    expect(
      await o2c.rows('SELECT OBJECT_NAME FROM TABLE(INFORMATION_SCHEMA.DBT_PROJECT_EXECUTION_HISTORY())'),
    ).toEqual([['O2C']]);
    expect(await o2c.failure(`${EXECUTE} ARGS = 'build'`)).toContain('does not exist');
  });

  it('are deployed anew without losing history, but nothing is left to retry', async () => {
    await o2c.rows(`SELECT SYSTEM$LOCAL_DBT_FAIL('DBT_O2C_ENHANCED', 'stg_orders', 1)`);
    await o2c.failure(`${EXECUTE} ARGS = 'build'`);
    await o2c.rows(`ALTER DBT PROJECT DBT_O2C_ENHANCED DEPLOY FROM '${await file('loaf', 'cake')}'`);
    expect(await o2c.failure(`${EXECUTE} ARGS = 'retry'`)).toContain('Could not find previous run');
    expect(
      await o2c.rows('SELECT STATE FROM TABLE(INFORMATION_SCHEMA.DBT_PROJECT_EXECUTION_HISTORY())'),
    ).toHaveLength(2);
    const [row] = await o2c.rows(`${EXECUTE} ARGS = 'list'`);
    expect(row![2]).toContain('bakery.cake\nbakery.loaf\n');
  });

  it.each([
    ["CREATE DBT PROJECT EDW.NOWHERE.P FROM 'FILE'", "Schema 'EDW.NOWHERE' does not exist"],
    ["CREATE DBT PROJECT NOWHERE.X.P FROM 'FILE'", "Database 'NOWHERE' does not exist"],
    ['ALTER DBT PROJECT DBT_O2C_ENHANCED RENAME TO EDW.NOWHERE.P', "Schema 'EDW.NOWHERE' does not exist"],
    ['SHOW DBT PROJECTS IN SCHEMA EDW.NOWHERE', "Schema 'EDW.NOWHERE' does not exist"],
    ['SHOW DBT PROJECTS IN DATABASE NOWHERE', "Database 'NOWHERE' does not exist"],
    ["CREATE OR REPLACE DBT PROJECT IF NOT EXISTS P FROM 'FILE'", 'syntax error'],
    ["CREATE DBT PROJECT P FROM 'FILE' COMMENT = 'a' COMMENT = 'b'", "'COMMENT' is given twice"],
    ['ALTER DBT PROJECT DBT_O2C_ENHANCED SET', 'syntax error'],
    ['SHOW DBT PROJECTS LIMIT -1', 'syntax error'],
    [`${EXECUTE} ARGS = 'run' ARGS = 'test'`, "'ARGS' is given twice"],
    [`${EXECUTE} ENV_VARS = ('DBT_A' = 'b', 'DBT_A' = 'c')`, "'DBT_A' is given twice"],
    [
      'SELECT * FROM TABLE(INFORMATION_SCHEMA.DBT_PROJECT_EXECUTION_HISTORY(START_TIME_RANGE_END => 1))',
      'are timestamps',
    ],
  ])('are refused: %s', async (sql, message) => {
    expect(await o2c.failure(sql.replace('FILE', await file('loaf')))).toContain(message);
  });

  it('are shown where one looks for them', async () => {
    await o2c.rows('CREATE SCHEMA EDW.OTHER');
    await o2c.rows(`CREATE DBT PROJECT EDW.OTHER.bakery FROM '${await file('loaf')}'`);
    const names = async (sql: string) => (await o2c.rows(sql)).map((row) => row[0]);
    await o2c.rows('USE SCHEMA EDW.O2C_AUDIT');
    expect(await names('SHOW DBT PROJECTS')).toEqual(['DBT_O2C_ENHANCED']);
    expect(await names('SHOW DBT PROJECTS IN DATABASE EDW')).toEqual(['DBT_O2C_ENHANCED', 'BAKERY']);
    expect(await names('SHOW DBT PROJECTS IN ACCOUNT')).toHaveLength(2);
    expect(await names(`SHOW DBT PROJECTS LIKE 'bak%' IN SCHEMA EDW.OTHER`)).toEqual(['BAKERY']);
    expect(await names(`SHOW DBT PROJECTS IN ACCOUNT STARTS WITH 'DBT' LIMIT 1`)).toEqual([
      'DBT_O2C_ENHANCED',
    ]);
  });

  it('are dropped', async () => {
    await o2c.rows('DROP DBT PROJECT DBT_O2C_ENHANCED');
    await o2c.rows('DROP DBT PROJECT IF EXISTS DBT_O2C_ENHANCED');
    expect(await o2c.rows('SHOW DBT PROJECTS')).toEqual([]);
  });
});

describe('what a rehearsal sets', () => {
  it('a node that was deployed away is no longer selected, nor are its tests', async () => {
    await o2c.rows(`SELECT SYSTEM$LOCAL_DBT_REMOVE_NODE('dbt_o2c_enhanced', 'dm_o2c_reconciliation')`);
    expect((await o2c.rows(`${EXECUTE} ARGS = 'run --select dm_o2c_reconciliation+'`))[0]![2]).toContain(
      'Nothing to do',
    );
    expect((await o2c.rows(`${EXECUTE} ARGS = 'build --select dm_o2c_orders+'`))[0]![2]).not.toContain(
      'assert_rec',
    );
    expect((await o2c.rows(`${EXECUTE} ARGS = 'run --select dm_o2c_orders+'`))[0]![2]).toContain(
      'agg_o2c_by_customer',
    );
  });

  it('a failure may be meant for some runs only', async () => {
    await o2c.rows(`SELECT SYSTEM$LOCAL_DBT_FAIL('dbt_o2c_enhanced', 'dm_o2c_orders', 1, 'tag:merge')`);
    await o2c.rows(`${EXECUTE} ARGS = 'build'`);
    await o2c.failure(`${EXECUTE} ARGS = 'run --select tag:merge'`);
    await o2c.rows(`${EXECUTE} ARGS = 'run --select tag:merge'`);
  });

  it('a failure may be called off', async () => {
    await o2c.rows(`SELECT SYSTEM$LOCAL_DBT_FAIL('dbt_o2c_enhanced', 'stg_orders', NULL)`);
    for (let index = 0; index < 3; index += 1)
      await o2c.failure(`${EXECUTE} ARGS = 'run --select stg_orders'`);
    await o2c.rows(`SELECT SYSTEM$LOCAL_DBT_FAIL('dbt_o2c_enhanced', 'stg_orders', 0)`);
    await o2c.rows(`${EXECUTE} ARGS = 'run --select stg_orders'`);
  });

  it('a rate fails about as often as it says, the same way each time', async () => {
    const outcomes = async () => {
      await o2c.rows(`SELECT SYSTEM$LOCAL_DBT_FAIL_RATE('dbt_o2c_enhanced', '*', 0.5, 7)`);
      const seen: boolean[] = [];
      for (let index = 0; index < 40; index += 1) {
        seen.push(
          await o2c.session.execute(`${EXECUTE} ARGS = 'run --select stg_orders'`).then(
            () => true,
            () => false,
          ),
        );
      }
      return seen;
    };
    const first = await outcomes();
    expect(first.filter(Boolean).length).toBeGreaterThan(8);
    expect(first.filter(Boolean).length).toBeLessThan(32);
    expect(await outcomes()).toEqual(first);
  });

  it('the target stands in the log, unless the run or the object names one', async () => {
    await o2c.rows(`SELECT SYSTEM$LOCAL_DBT_HOOKS('dbt_o2c_enhanced', 'on-run-end')`);
    await o2c.rows(`${EXECUTE} ARGS = 'run --select stg_orders'`);
    await o2c.rows(`SELECT SYSTEM$LOCAL_DBT_TARGET('dbt_o2c_enhanced', 'prod')`);
    await o2c.rows(`${EXECUTE} ARGS = 'run --select stg_orders'`);
    await o2c.rows(`ALTER DBT PROJECT DBT_O2C_ENHANCED SET DEFAULT_TARGET = 'stage'`);
    await o2c.rows(`${EXECUTE} ARGS = 'run --select stg_orders'`);
    await o2c.rows(`${EXECUTE} ARGS = 'run --select stg_orders --target ci'`);
    expect(await o2c.rows('SELECT environment FROM DBT_RUN_LOG ORDER BY run_started_at')).toEqual([
      ['dev'],
      ['prod'],
      ['stage'],
      ['ci'],
    ]);
  });
});
