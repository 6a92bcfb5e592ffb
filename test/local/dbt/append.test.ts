import { appendRows, type AppendedRow } from '../../../src/local/engine/append';
import { boolean, integer, text, timestampNtz } from '../../../src/local/values';
import { type O2cAccount, openO2c } from './account';

let o2c: O2cAccount;
beforeEach(async () => {
  o2c = await openO2c('none');
  await o2c.rows(`CREATE TABLE LOAVES (NAME VARCHAR(5) NOT NULL, WEIGHT NUMBER(6,2), SLICES INTEGER, SWEET BOOLEAN,
    BAKED TIMESTAMP_NTZ, SHELF VARCHAR)`);
});
afterEach(() => o2c.account.close());

const append = (...rows: AppendedRow[]) =>
  appendRows(o2c.session, { database: 'EDW', schema: 'O2C_AUDIT', name: 'LOAVES' }, rows);

describe('rows appended without a statement', () => {
  it('are what an INSERT of the same values gives', async () => {
    await append({
      NAME: text('rye🍞'),
      WEIGHT: { type: { kind: 'FLOAT' }, value: 1.5 },
      SLICES: integer(12),
      SWEET: boolean(false),
      BAKED: timestampNtz(1_795_327_200_123_456n),
    });
    await o2c.rows(`INSERT INTO LOAVES VALUES ('rye🍞', 1.5, 12, FALSE, '2026-11-22 06:00:00.123456', NULL)`);
    const [appended, inserted] = await o2c.rows('SELECT * FROM LOAVES');
    expect(appended).toEqual(inserted);
  });

  it.each<[string, AppendedRow]>([
    ['a text that is too long', { NAME: text('pumpernickel') }],
    ['NULL where there may be none', { NAME: text(null) }],
    ['a required column left out', { SLICES: integer(1) }],
    ['a column that does not exist', { NAME: text('rye'), COLOUR: text('brown') }],
    ['a value of another type', { NAME: text('rye'), SLICES: text('12') }],
    ['a number that does not fit', { NAME: text('rye'), WEIGHT: integer(12_345) }],
  ])('leave to an INSERT %s', async (_, row) => {
    expect(await append(row)).toBe(false);
    expect(await o2c.value('SELECT COUNT(*) FROM LOAVES')).toBe(0);
  });

  it('leave to an INSERT a default, a view, a table that does not exist', async () => {
    await o2c.rows('CREATE TABLE STAMPED (NAME VARCHAR, AT TIMESTAMP_NTZ DEFAULT CURRENT_TIMESTAMP())');
    await o2c.rows('CREATE VIEW SHOWN AS SELECT NAME FROM LOAVES');
    for (const name of ['STAMPED', 'SHOWN', 'NOTHING']) {
      const at = { database: 'EDW', schema: 'O2C_AUDIT', name };
      expect(await appendRows(o2c.session, at, [{ NAME: text('rye') }])).toBe(false);
    }
  });
});

it('the log of a user with fewer or other columns is written all the same, or says what is missing', async () => {
  await o2c.rows(`SELECT SYSTEM$LOCAL_DBT_HOOKS('dbt_o2c_enhanced', 'on-run-end')`);
  const run = `EXECUTE DBT PROJECT DBT_O2C_ENHANCED ARGS = 'run --select stg_orders dm_o2c_products'`;
  await o2c.rows('ALTER TABLE DBT_MODEL_LOG ADD COLUMN TEAM VARCHAR');
  await o2c.rows(`CREATE OR REPLACE TABLE DBT_RUN_LOG AS SELECT * FROM DBT_RUN_LOG`);
  await o2c.rows(run);
  expect(await o2c.rows('SELECT model_name, team FROM DBT_MODEL_LOG ORDER BY 1')).toEqual([
    ['dm_o2c_products', null],
    ['stg_orders', null],
  ]);
  await o2c.rows('ALTER TABLE DBT_MODEL_LOG DROP COLUMN MODEL_ALIAS');
  expect(await o2c.failure(run)).toContain('on-run-end hook failed');
});
