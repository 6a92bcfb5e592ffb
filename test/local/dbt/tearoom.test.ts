/** A project with what the real dbt was asked about in expected/tearoom: a default selector, versions, two models `tea`. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { EXECUTE, type O2cAccount, openO2c } from './account';

const MANIFEST = pathToFileURL(join(__dirname, 'expected', 'tearoom', 'manifest.json')).href;
const DBT = EXECUTE.replace('DBT_O2C_ENHANCED', 'TEAROOM');

let o2c: O2cAccount;
beforeEach(async () => {
  o2c = await openO2c('none', 'elementary');
  await o2c.rows(`CREATE DBT PROJECT TEAROOM FROM '${MANIFEST}'`);
  await o2c.rows(`SELECT SYSTEM$LOCAL_DBT_HOOKS('TEAROOM', 'on-run-end', 'elementary')`);
});
afterEach(() => o2c.account.close());

const dbt = (args: string, more = '') => o2c.rows(`${DBT} ARGS = '${args}' ${more}`);
const failing = (args: string) => o2c.failure(`${DBT} ARGS = '${args}'`);
/** `tea error`, in order of unique ids. */
const results = async () =>
  (
    await o2c.rows(`SELECT UNIQUE_ID, STATUS FROM DBT_RUN_RESULTS
      WHERE RESOURCE_TYPE IN ('model', 'unit_test') QUALIFY RANK() OVER (ORDER BY GENERATED_AT DESC) = 1 ORDER BY 1`)
  ).map(([id, status]) => `${String(id).replace(/^(?:model|unit_test)\./, '')} ${String(status)}`);

describe('the default of selectors.yml', () => {
  const models = async () =>
    (await results()).filter((line) => !/_v\d|small/.test(line)).map((line) => line.split(' ')[0]);

  it('is what a command selects that selects nothing', async () => {
    await dbt('build');
    expect(await models()).toEqual(['tearoom.bill', 'tearoom.table.v1', 'tearoom.table.v2']);
  });

  it('is switched off by --select and by --exclude', async () => {
    await dbt('run --select tea tip');
    expect(await models()).toEqual(['cellar.tea', 'tearoom.tea', 'tearoom.tip']);
    o2c.account.clock.set(new Date(o2c.account.clock.nowDate().getTime() + 3_600_000));
    await dbt('run --exclude tea');
    expect(await models()).toContain('tearoom.tip');
  });

  it('is named in no log, while --selector is', async () => {
    await dbt('build');
    await dbt('build --selector daily');
    expect(
      await o2c.rows('SELECT SELECTED, YAML_SELECTOR FROM DBT_INVOCATIONS ORDER BY RUN_STARTED_AT'),
    ).toEqual([
      ['[]', null],
      ['[]', 'daily'],
    ]);
  });

  it('fails a run whose --selector there is not, with the names that there are', async () => {
    expect(await failing('build --selector nightly')).toContain(
      "Could not find selector named nightly, expected one of ['open', 'daily',",
    );
  });
});

describe('a node that is told to fail', () => {
  const fail = (node: string) => o2c.rows(`SELECT SYSTEM$LOCAL_DBT_FAIL('TEAROOM', '${node}', 1)`);

  it('is one of two of that name in two packages', async () => {
    await fail('cellar.tea');
    await failing('run --select tea+');
    expect(await results()).toEqual([
      'cellar.old_tea skipped',
      'cellar.tea error',
      'tearoom.bill success',
      'tearoom.table.v1 success',
      'tearoom.table.v2 success',
      'tearoom.tea success',
      'tearoom.tip success',
    ]);
  });

  it('is one version of a model', async () => {
    await fail('table.v1');
    await failing('run --select table+');
    expect(await results()).toEqual([
      'tearoom.bill skipped',
      'tearoom.table.v1 error',
      'tearoom.table.v2 success',
      'tearoom.tip success',
    ]);
  });

  it('is a unit test of one version, which skips that version alone', async () => {
    await fail('unit_test.tearoom.table.table_is_laid_v2');
    await failing('build --select table+');
    expect(await results()).toEqual(
      expect.arrayContaining([
        'tearoom.table.table_is_laid_v1 pass',
        'tearoom.table.table_is_laid_v2 fail',
        'tearoom.table.v1 success',
        'tearoom.table.v2 skipped',
        'tearoom.tip skipped',
      ]),
    );
  });

  it.each([
    [
      'test --select table_is_laid+',
      ['tearoom.table.table_is_laid_v1 pass', 'tearoom.table.table_is_laid_v2 pass'],
    ],
    [
      'test --select table_is_laid',
      ['tearoom.table.table_is_laid_v1 pass', 'tearoom.table.table_is_laid_v2 pass'],
    ],
    ['test --select table.v2', ['tearoom.table.table_is_laid_v2 pass']],
    ['test --select table,version:latest', ['tearoom.table.table_is_laid_v2 pass']],
  ])('of a versioned model’s unit tests: %s', async (args, expected) => {
    await dbt(`${args} --resource-type unit_test`);
    expect(await results()).toEqual(expected);
  });

  it.each([
    ['tea', 'say cellar.tea, tearoom.tea'],
    ['table', 'say table.v1, table.v2'],
    ['table_is_laid', 'say table_is_laid.v1, table_is_laid.v2'],
  ])('must be told apart: %s', async (name, hint) => {
    expect(await o2c.failure(`SELECT SYSTEM$LOCAL_DBT_FAIL('TEAROOM', '${name}', 1)`)).toContain(hint);
    expect(await o2c.failure(`SELECT SYSTEM$LOCAL_DBT_REMOVE_NODE('TEAROOM', '${name}')`)).toContain(hint);
  });
});

describe('--defer', () => {
  const NEEDS = '--state or --defer-state are required for deferral, but neither was provided';

  it.each(['run', 'build', 'test', 'seed', 'compile', 'docs generate'])(
    'without a state fails %s before its first hook',
    async (command) => {
      expect(await failing(`${command} --defer --select +table`)).toContain(NEEDS);
      expect(await o2c.value('SELECT COUNT(*) FROM DBT_INVOCATIONS')).toBe(0);
      expect(o2c.now()).toBe('2026-11-22T06:00:00.000Z');
    },
  );

  it('without a state does nothing where nothing is run', async () => {
    await dbt('run --defer --select nobody');
    await dbt('list --defer');
    await dbt('run --defer --no-defer --select tea');
  });

  it('takes the project it had, a run of before, and fails where that left no manifest', async () => {
    expect(await failing('run --defer --state target')).toContain(
      'Could not find manifest in --state path: "target"',
    );
    await dbt('run --select tea');
    await dbt('run --defer --state target --select tip');
    const id = await o2c.value(`SELECT QUERY_ID FROM TABLE(INFORMATION_SCHEMA.DBT_PROJECT_EXECUTION_HISTORY())
      ORDER BY QUERY_START_TIME DESC LIMIT 1`);
    const imports = `IMPORTS = (SYSTEM$LOCATE_DBT_ARTIFACTS('${String(id)}') AS 'prod')`;
    await dbt('run --defer --defer-state ./imports/prod/target --select tip', imports);
    expect(
      await o2c.failure(`${DBT} ARGS = 'run --defer --defer-state ./imports/none' ${imports}`),
    ).toContain('--state ./imports/none is not the path of an import');
  });
});

it('dbt retry runs unit tests after their model, and repeats what was repeated', async () => {
  await o2c.rows(`SELECT SYSTEM$LOCAL_DBT_FAIL('TEAROOM', 'tearoom.tea', 2)`);
  await failing('build --select tearoom.tea+1');
  expect(await failing('retry')).toContain('Database Error in model tea');
  await o2c.rows(`SELECT SYSTEM$LOCAL_DBT_FAIL('TEAROOM', 'only_the_first', 1)`);
  expect(await failing('retry')).toContain('Failure in test only_the_first');
  expect(await results()).toEqual(
    expect.arrayContaining(['tearoom.table.only_the_first_v1 fail', 'tearoom.table.v1 success']),
  );
});

it('any version that looks like one is run: which Snowflake has changes from month to month', async () => {
  for (const version of ['1.11.16', '2.0.0', '2.0.0-preview.210'])
    await o2c.rows(`ALTER DBT PROJECT TEAROOM SET DBT_VERSION = '${version}'`);
  for (const version of ['1.11', 'latest', '0.21.0', '1.11.x'])
    expect(await o2c.failure(`ALTER DBT PROJECT TEAROOM SET DBT_VERSION = '${version}'`)).toContain(
      `'${version}'`,
    );
});
