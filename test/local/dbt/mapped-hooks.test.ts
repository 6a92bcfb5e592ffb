/** Logs that people write by hand, as the local dbt's hooks fill them: every manner of the field, every type of column. */
import { EXECUTE, type O2cAccount, openO2c } from './account';

const MAPPING = {
  runs: {
    table: 'BAKES',
    runId: 'bake_id',
    startedAt: 'began',
    endedAt: 'finished',
    status: 'outcome',
    project: 'recipe_book',
    environment: 'kitchen',
    command: 'verb',
    selection: 'picked',
    testsFailed: 'tastings_failed',
  },
  nodes: {
    table: 'CAKES',
    runId: 'bake_id',
    name: 'cake',
    status: 'outcome',
    endedAt: 'finished',
    resourceType: 'sort',
  },
  statuses: { succeeded: ['golden'], failed: ['burnt'], running: ['in the oven'] },
};
const BAKES = `BAKE_ID VARCHAR, BEGAN TIMESTAMP_NTZ, FINISHED TIMESTAMP_NTZ, OUTCOME VARCHAR, RECIPE_BOOK VARCHAR,
  KITCHEN VARCHAR, VERB VARCHAR, PICKED VARCHAR, TASTINGS_FAILED NUMBER`;
const CAKES = 'BAKE_ID VARCHAR, CAKE VARCHAR, OUTCOME VARCHAR, FINISHED TIMESTAMP_NTZ, SORT VARCHAR';

let o2c: O2cAccount;
beforeEach(async () => {
  o2c = await openO2c('none');
});
afterEach(() => o2c.account.close());

type Writes = Record<string, unknown>;

const hooks = (mapping: object, mode = 'on-run-end') =>
  `SELECT SYSTEM$LOCAL_DBT_HOOKS('DBT_O2C_ENHANCED', '${mode}', '${JSON.stringify(mapping).replaceAll("'", "''")}')`;

/** One run in which `dm_o2c_orders` fails, logged into tables of these columns. */
async function bake(
  writes: Writes = {},
  { bakes = BAKES, cakes = CAKES, mode = 'on-run-end', more = {} } = {},
): Promise<void> {
  await o2c.rows(`CREATE TABLE BAKES (${bakes})`);
  await o2c.rows(`CREATE TABLE CAKES (${cakes})`);
  await o2c.rows(hooks({ ...MAPPING, ...more, writes }, mode));
  await o2c.rows(`SELECT SYSTEM$LOCAL_DBT_FAIL('DBT_O2C_ENHANCED', 'stg_orders', 1)`);
  await o2c.failure(`${EXECUTE} ARGS = 'build --select stg_orders stg_payments --target prod'`);
}

const cakes = () => o2c.rows('SELECT CAKE, OUTCOME, SORT FROM CAKES ORDER BY 1, 2');

it('one row of a run, inserted at the start and updated at the end, in the words of the mapping', async () => {
  await bake();
  expect(await o2c.rows('SELECT * EXCLUDE BAKE_ID, BEGAN::VARCHAR, FINISHED::VARCHAR FROM BAKES')).toEqual([
    [
      ...[expect.anything(), expect.anything()],
      ...['burnt', 'dbt_o2c_enhanced', 'prod', 'build', 'stg_orders,stg_payments', 0],
      ...['2026-11-22 06:00:00.000', '2026-11-22 06:00:20.000'],
    ],
  ]);
  expect(await cakes()).toEqual([
    ['not_null_stg_orders_order_id', 'SKIPPED', 'test'],
    ['stg_orders', 'burnt', 'model'],
    ['stg_payments', 'golden', 'model'],
  ]);
});

it('is in the oven while it runs, and for ever when dbt dies', async () => {
  await o2c.rows(`CREATE TABLE BAKES (${BAKES})`);
  await o2c.rows(`CREATE TABLE CAKES (${CAKES})`);
  await o2c.rows(hooks(MAPPING));
  await o2c.rows(`SELECT SYSTEM$LOCAL_DBT_CRASH('DBT_O2C_ENHANCED', 'stg_payments')`);
  await o2c.failure(`${EXECUTE} ARGS = 'build'`);
  expect(await o2c.rows('SELECT OUTCOME, FINISHED FROM BAKES')).toEqual([['in the oven', null]]);
});

it('a row for the start and one for the end, under one id', async () => {
  await bake({ rows: 'start-and-end', nodeRows: 'start-and-end' });
  expect(await o2c.rows('SELECT OUTCOME, FINISHED IS NULL FROM BAKES ORDER BY 1')).toEqual([
    ['burnt', false],
    ['in the oven', true],
  ]);
  expect(await o2c.value('SELECT COUNT(DISTINCT BAKE_ID) FROM BAKES')).toBe(1);
  expect(await cakes()).toEqual([
    ['not_null_stg_orders_order_id', 'SKIPPED', 'test'],
    ['stg_orders', 'burnt', 'model'],
    ['stg_orders', 'in the oven', 'model'],
    ['stg_payments', 'golden', 'model'],
    ['stg_payments', 'in the oven', 'model'],
  ]);
});

it('a row at the end alone: none of a run that dies', async () => {
  await bake({ rows: 'end' });
  expect(await o2c.rows('SELECT OUTCOME FROM BAKES')).toEqual([['burnt']]);
  await o2c.rows(`SELECT SYSTEM$LOCAL_DBT_CRASH('DBT_O2C_ENHANCED', 'stg_payments')`);
  await o2c.failure(`${EXECUTE} ARGS = 'build'`);
  expect(await o2c.value('SELECT COUNT(*) FROM BAKES')).toBe(1);
});

it('successes alone, from post-hooks, under a run that calls itself one', async () => {
  await bake({}, { mode: 'post-hook' });
  expect(await o2c.rows('SELECT OUTCOME FROM BAKES')).toEqual([['golden']]);
  expect(await cakes()).toEqual([['stg_payments', 'golden', 'model']]);
});

describe('times', () => {
  const at = (type: string, writes: Writes = {}, more: Writes = {}) =>
    bake(writes, {
      bakes: BAKES.replaceAll('TIMESTAMP_NTZ', type),
      cakes: CAKES.replace('TIMESTAMP_NTZ', type),
      more,
    });
  const times = () => o2c.rows('SELECT BEGAN::VARCHAR, FINISHED::VARCHAR FROM BAKES');

  it('of a clock in a zone', async () => {
    await at('TIMESTAMP_NTZ', {}, { zones: { startedAt: 'Asia/Tokyo', endedAt: 'America/Los_Angeles' } });
    expect(await times()).toEqual([['2026-11-22 15:00:00.000', '2026-11-21 22:00:20.000']]);
  });

  it.each([
    ['TIMESTAMP_LTZ', {}, '2026-11-22 06:00:20.000'],
    ['TIMESTAMP_TZ', {}, '2026-11-22 06:00:20.000'],
    ['VARCHAR', {}, '2026-11-22 06:00:20.000000'],
    ['VARCHAR', { times: 'text-with-offset' }, '2026-11-22 06:00:20.000000+00:00'],
    ['NUMBER', {}, '1795327220'],
    ['NUMBER', { times: 'milliseconds' }, '1795327220000'],
    ['FLOAT', {}, '1795327220'],
    ['DATE', {}, '2026-11-22'],
  ])('as %s %j', async (type, writes, expected) => {
    await at(type, writes, { zones: { startedAt: 'UTC', endedAt: 'UTC' } });
    const shown = type.startsWith('TIMESTAMP')
      ? `CONVERT_TIMEZONE('UTC', FINISHED)::TIMESTAMP_NTZ`
      : 'FINISHED';
    expect(await o2c.rows(`SELECT ${shown}::VARCHAR FROM BAKES`)).toEqual([[expected]]);
    expect(await o2c.value('SELECT COUNT(*) FROM CAKES WHERE FINISHED IS NOT NULL')).toBe(2);
  });
});

describe('words', () => {
  it.each([
    [{ statuses: 'capitals' }, 'VARCHAR', 'BURNT'],
    [{ statuses: 'padded' }, 'VARCHAR', ' burnt '],
    [{ statuses: 'boolean' }, 'BOOLEAN', false],
    [{}, 'NUMBER', 0],
  ])('of a status %j in a column of type %s', async (writes, type, expected) => {
    await bake(writes, { bakes: BAKES.replace('OUTCOME VARCHAR', `OUTCOME ${type}`) });
    expect(await o2c.rows('SELECT OUTCOME FROM BAKES')).toEqual([[expected]]);
  });

  it.each([
    ['commas', 'stg_orders,stg_payments'],
    ['spaces', 'stg_orders stg_payments'],
    ['json', '["stg_orders", "stg_payments"]'],
    ['python', "['stg_orders', 'stg_payments']"],
  ])('of a selection, as %s', async (selections, expected) => {
    await bake({ selections });
    expect(await o2c.rows('SELECT PICKED FROM BAKES')).toEqual([[expected]]);
  });

  it('of no selection', async () => {
    for (const [selections, expected] of [
      ['commas', null],
      ['spaces', ''],
      ['json', '[]'],
      ['python', 'None'],
    ]) {
      await o2c.rows(`CREATE OR REPLACE TABLE BAKES (${BAKES})`);
      await o2c.rows(`CREATE OR REPLACE TABLE CAKES (${CAKES})`);
      await o2c.rows(hooks({ ...MAPPING, writes: { selections } }));
      await o2c.rows(`${EXECUTE} ARGS = 'build'`);
      expect(await o2c.rows('SELECT PICKED FROM BAKES')).toEqual([[expected]]);
    }
  });

  it('of the whole command line, of a selector and what is excluded, in columns of their own or in one', async () => {
    await bake({ commands: 'line' });
    expect(await o2c.rows('SELECT VERB FROM BAKES')).toEqual([
      ['dbt build --select stg_orders stg_payments --target prod'],
    ]);
    const runs = {
      table: 'BREADS',
      runId: 'id',
      startedAt: 'began',
      commandLine: 'line',
      exclude: 'without',
    };
    await o2c.rows('CREATE TABLE BREADS (ID NUMBER, BEGAN TIMESTAMP_LTZ, LINE VARCHAR, WITHOUT ARRAY)');
    await o2c.rows(hooks({ ...MAPPING, runs }));
    await o2c.rows(`${EXECUTE} ARGS = 'run --exclude stg_orders+'`);
    expect(await o2c.rows('SELECT LINE, WITHOUT[0]::VARCHAR, ID > 1e12 FROM BREADS')).toEqual([
      ['dbt run --exclude stg_orders+', 'stg_orders+', true],
    ]);
  });
});

it.each([
  ['unique-id', 'model.dbt_o2c_enhanced.stg_orders'],
  ['relation', 'EDW.O2C_AUDIT.stg_orders'],
  ['capitals', 'STG_ORDERS'],
])('names of nodes as %s, hooks among them', async (names, expected) => {
  await bake({ names, operations: true });
  const found = (await cakes()).map(([name]) => name);
  expect(found).toContain(expected);
  expect(found).toContain('operation.dbt_o2c_enhanced.dbt_o2c_enhanced-on-run-end-0');
});

it('one id for all runs of a day', async () => {
  await bake({ ids: 'day' });
  expect(await o2c.rows('SELECT DISTINCT BAKE_ID FROM CAKES')).toEqual([['2026-11-22']]);
});

it('columns that only the hooks know how to fill', async () => {
  await bake({ required: { VERSION: '1.0' } }, { bakes: `${BAKES}, VERSION VARCHAR NOT NULL` });
  expect(await o2c.rows('SELECT VERSION, OUTCOME FROM BAKES')).toEqual([['1.0', 'burnt']]);
});

describe('what the hooks cannot write is said before any run', () => {
  it.each([
    ['a column that is not there', BAKES.replace('VERB VARCHAR,', ''), 'BAKES has no column VERB'],
    ['a NOT NULL column without a value', `${BAKES}, AUTHOR VARCHAR NOT NULL`, 'BAKES.AUTHOR is NOT NULL'],
    [
      'a type',
      BAKES.replace('BEGAN TIMESTAMP_NTZ', 'BEGAN BINARY'),
      'BAKES.BEGAN is BINARY, which hooks here cannot write as startedAt',
    ],
    ['another', BAKES.replace('RECIPE_BOOK VARCHAR', 'RECIPE_BOOK NUMBER'), 'BAKES.RECIPE_BOOK is NUMBER'],
  ])('%s', async (_, bakes, problem) => {
    await o2c.rows(`CREATE TABLE BAKES (${bakes})`);
    await o2c.rows(`CREATE TABLE CAKES (${CAKES})`);
    expect(await o2c.failure(hooks(MAPPING))).toContain(problem);
    await o2c.rows(hooks(MAPPING, 'none'));
  });

  it('no table, a view', async () => {
    expect(await o2c.failure(hooks(MAPPING))).toContain(
      'there is no table EDW.O2C_AUDIT.BAKES; there is no table',
    );
    await o2c.rows(`CREATE TABLE LOAVES (${BAKES})`);
    await o2c.rows('CREATE VIEW BAKES AS SELECT * FROM LOAVES');
    await o2c.rows(`CREATE TABLE CAKES (${CAKES})`);
    expect(await o2c.failure(hooks(MAPPING))).toContain('EDW.O2C_AUDIT.BAKES is a view: hooks write tables');
  });

  it.each([
    ['{"runs": {}}', 'not a mapping: runs.table'],
    ['{"runs": ', 'not a mapping'],
    [JSON.stringify({ ...MAPPING, writes: { rows: 'twice' } }), 'not a mapping: writes.rows'],
    [JSON.stringify({ ...MAPPING, colour: 'brown' }), 'colour'],
    ['{}', 'not a mapping: runs'],
  ])('what is no mapping: %s', async (text, problem) => {
    expect(
      await o2c.failure(`SELECT SYSTEM$LOCAL_DBT_HOOKS('DBT_O2C_ENHANCED', 'on-run-end', '${text}')`),
    ).toContain(problem);
  });
});
