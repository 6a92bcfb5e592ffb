import fc from '../../properties';
import {
  appendRows,
  changeAppendedRows,
  writeAhead,
  type AppendedRow,
} from '../../../src/local/engine/append';
import { boolean, integer, text, timestampNtz } from '../../../src/local/values';
import { type O2cAccount, openO2c } from './account';

let o2c: O2cAccount;
let looked = 0;
beforeEach(async () => {
  o2c = await openO2c('none');
  await o2c.rows(`CREATE TABLE LOAVES (NAME VARCHAR(5) NOT NULL, WEIGHT NUMBER(6,2), SLICES INTEGER, SWEET BOOLEAN,
    BAKED TIMESTAMP_NTZ, SHELF VARCHAR, LABEL OBJECT)`);
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
      LABEL: { type: { kind: 'OBJECT' }, value: '{"flour":["rye",1.5],"on":null}' },
    });
    await o2c.rows(`INSERT INTO LOAVES SELECT 'rye🍞', 1.5, 12, FALSE, '2026-11-22 06:00:00.123456', NULL,
      PARSE_JSON('{ "on": null, "flour": ["rye", 1.50] }')::OBJECT`);
    const [appended, inserted] = await o2c.rows('SELECT * FROM LOAVES');
    expect(appended).toEqual(inserted);
    expect(await o2c.rows('SELECT LABEL:flour[0]::VARCHAR, TYPEOF(LABEL:on) FROM LOAVES')).toEqual([
      ['rye', 'NULL_VALUE'],
      ['rye', 'NULL_VALUE'],
    ]);
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

describe('rows that nothing has read yet', () => {
  const at = { database: 'EDW', schema: 'O2C_AUDIT', name: 'LOAVES' };
  const rye = ['NAME', text('rye')] as const;
  const slices = (changes: AppendedRow): boolean => changeAppendedRows(o2c.session, at, rye, changes);

  it('are changed on their way, all that have the key', async () => {
    await append({ NAME: text('rye'), SLICES: integer(1) }, { NAME: text('bun'), SLICES: integer(1) });
    await append({ NAME: text('rye'), SLICES: integer(2) });
    expect(slices({ SLICES: integer(12), SHELF: text('top') })).toBe(true);
    expect(await o2c.rows('SELECT NAME, SLICES, SHELF FROM LOAVES ORDER BY 1')).toEqual([
      ['bun', 1, null],
      ['rye', 12, 'top'],
      ['rye', 12, 'top'],
    ]);
  });

  it('are left to an UPDATE once they were read, and where a value does not fit', async () => {
    await append({ NAME: text('rye'), SLICES: integer(1) });
    expect(slices({ NAME: text('pumpernickel') })).toBe(false);
    expect(slices({ COLOUR: text('brown') })).toBe(false);
    expect(await o2c.value('SELECT SLICES FROM LOAVES')).toBe(1);
    expect(slices({ SLICES: integer(12) })).toBe(false);
  });

  it('are stored ahead once no more come, where statements ask for their table: then they are left to an UPDATE', async () => {
    const count = (): Promise<unknown> => o2c.value('SELECT COUNT(*) FROM LOAVES');
    await append({ NAME: text('rye'), SLICES: integer(1) });
    writeAhead(o2c.session);
    expect(slices({ SLICES: integer(2) })).toBe(false);
    expect(await count()).toBe(1);
    for (const made of [2, 3, 4]) {
      await append({ NAME: text('rye'), SLICES: made === 3 ? integer(null) : integer(made) });
      writeAhead(o2c.session);
      expect(slices({ SLICES: integer(12) })).toBe(false);
      expect(await count()).toBe(made);
    }
    expect(await o2c.rows('SELECT SLICES FROM LOAVES ORDER BY 1')).toEqual([[1], [2], [4], [null]]);
  });

  it('are stored ahead in every type, and after their table has changed', async () => {
    const row: AppendedRow = {
      NAME: text("r'ye"),
      WEIGHT: { type: { kind: 'FLOAT' }, value: -0.25 },
      SLICES: integer(12),
      SWEET: boolean(true),
      BAKED: timestampNtz(-1n),
      LABEL: { type: { kind: 'OBJECT' }, value: '{"flour":"rye"}' },
    };
    const one = 'SELECT NAME, WEIGHT, SLICES, SWEET, BAKED, LABEL FROM LOAVES';
    await append(row);
    const [before] = await o2c.rows(one);
    for (const change of [
      'ALTER TABLE LOAVES ADD COLUMN GLAZE VARCHAR',
      'ALTER TABLE LOAVES DROP COLUMN SHELF',
    ]) {
      await o2c.rows('DELETE FROM LOAVES');
      await o2c.rows(change);
      await o2c.rows(one);
      await append(row);
      writeAhead(o2c.session);
      expect(await o2c.rows(one)).toEqual([before]);
    }
  });

  it('are there for every statement that may see them, however far on their way they are', async () => {
    await o2c.rows('CREATE TABLE SHELVES (PLACE NUMBER)');
    const steps = fc.array(
      fc.oneof(
        fc.integer({ min: 1, max: 200 }).map((count) => ({ does: 'append' as const, count })),
        fc
          .constantFrom('finish', 'look elsewhere', 'count', 'add a column', 'update')
          .map((does) => ({ does })),
      ),
      { minLength: 4, maxLength: 25 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        await o2c.rows('DELETE FROM LOAVES');
        let baked = 0;
        for (const step of all) {
          if (step.does === 'append') {
            const rows = Array.from({ length: step.count }, () => ({
              NAME: text('rye'),
              SLICES: integer((baked += 1)),
            }));
            await append(...rows);
          } else if (step.does === 'finish') writeAhead(o2c.session);
          else if (step.does === 'look elsewhere')
            await o2c.rows(`SELECT COUNT(*) + ${(looked += 1)} FROM SHELVES`);
          else if (step.does === 'add a column')
            await o2c.rows(`ALTER TABLE LOAVES ADD COLUMN C${(looked += 1)} VARCHAR`);
          else if (step.does === 'update') await o2c.rows('UPDATE LOAVES SET SHELF = NAME');
          else
            expect(await o2c.rows('SELECT COUNT(*), MAX(SLICES) FROM LOAVES')).toEqual([
              [baked, baked || null],
            ]);
        }
        const order = await o2c.rows('SELECT SLICES FROM LOAVES');
        expect(order.flat()).toEqual(Array.from({ length: baked }, (_, index) => index + 1));
      }),
      { numRuns: 60 },
    );
  });

  it('of which thousands come are stored while the account goes on', async () => {
    await o2c.rows('CREATE TABLE SHELVES (PLACE NUMBER)');
    for (let run = 0; run < 50; run += 1) {
      await append(...Array.from({ length: 1000 }, (_, n) => ({ NAME: text('rye'), SLICES: integer(n) })));
      writeAhead(o2c.session);
      await o2c.rows(`SELECT COUNT(*) + ${run} FROM SHELVES`);
    }
    expect(await o2c.rows('SELECT COUNT(*), SUM(SLICES) FROM LOAVES')).toEqual([[50_000, 50 * 499_500]]);
  });

  it('go with an account that is closed while they are on their way', async () => {
    const other = await openO2c('none');
    const rows = await other.rows('SELECT * FROM EDW.O2C_AUDIT.DBT_RUN_LOG');
    expect(rows).toEqual([]);
    await other.rows('CREATE TABLE LOAVES (NAME VARCHAR)');
    const at = { database: 'EDW', schema: 'O2C_AUDIT', name: 'LOAVES' };
    await appendRows(
      other.session,
      at,
      Array.from({ length: 100 }, () => ({ NAME: text('rye') })),
    );
    writeAhead(other.session);
    const looking = other.rows('SELECT COUNT(*) FROM DBT_RUN_LOG');
    await other.account.close();
    await looking.catch(() => undefined);
  });

  it.each([
    [
      'a new column',
      'ALTER TABLE LOAVES ADD COLUMN GLAZE VARCHAR',
      'SELECT NAME, GLAZE FROM LOAVES',
      [['rye', null]],
    ],
    ['a column dropped', 'ALTER TABLE LOAVES DROP COLUMN SHELF', 'SELECT NAME FROM LOAVES', [['rye']]],
    ['another name', 'ALTER TABLE LOAVES RENAME TO BREADS', 'SELECT NAME FROM BREADS', [['rye']]],
    ['an UPDATE', 'UPDATE LOAVES SET NAME = UPPER(NAME)', 'SELECT NAME FROM LOAVES', [['RYE']]],
    ['a copy', 'CREATE TABLE COPIED CLONE LOAVES', 'SELECT NAME FROM COPIED', [['rye']]],
    ['a DELETE', 'DELETE FROM LOAVES', 'SELECT NAME FROM LOAVES', []],
    ['a table in their place', 'CREATE OR REPLACE TABLE LOAVES (A NUMBER)', 'SELECT A FROM LOAVES', []],
  ])('are there for %s', async (_, change, query, expected) => {
    await append({ NAME: text('rye') });
    await o2c.rows(change);
    expect(await o2c.rows(query)).toEqual(expected);
  });

  it('are there for a transaction that begins after them, and stay when it is rolled back', async () => {
    await append({ NAME: text('rye') });
    await o2c.rows('BEGIN');
    expect(await o2c.value('SELECT COUNT(*) FROM LOAVES')).toBe(1);
    await o2c.rows('ROLLBACK');
    expect(await o2c.value('SELECT COUNT(*) FROM LOAVES')).toBe(1);
  });

  it('are left to an INSERT inside a transaction', async () => {
    await o2c.rows('BEGIN');
    expect(await append({ NAME: text('rye') })).toBe(false);
    await o2c.rows('COMMIT');
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
