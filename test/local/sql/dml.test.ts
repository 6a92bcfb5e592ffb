import { openBakery, type Local } from './local';

let local: Local;
beforeEach(async () => {
  local = await openBakery();
  await local.session.execute(
    'CREATE TABLE LOAVES (ID NUMBER, KIND VARCHAR(5), PRICE NUMBER(10,2) DEFAULT 1.5)',
  );
  await local.session.execute("INSERT INTO LOAVES VALUES (1, 'rye', 4), (2, 'spelt', 5)");
});
afterEach(() => local.close());

const loaves = (): Promise<(string | null)[][]> => local.rows('SELECT * FROM LOAVES ORDER BY ID');

describe('INSERT', () => {
  it('fills the columns that are left out with their defaults', async () => {
    const result = await local.session.execute("INSERT INTO LOAVES (KIND, ID) VALUES ('corn', 3), (NULL, 4)");
    expect(result.columns.map((column) => column.name)).toEqual(['number of rows inserted']);
    expect([result.rows, result.rowsAffected]).toEqual([[[2]], 2]);
    expect((await loaves()).slice(2)).toEqual([
      ['3', 'corn', '1.50'],
      ['4', null, '1.50'],
    ]);
  });

  it('takes DEFAULT for a value', async () => {
    await local.session.execute("INSERT INTO LOAVES VALUES (3, 'corn', DEFAULT)");
    expect((await loaves())[2]).toEqual(['3', 'corn', '1.50']);
  });

  it('takes DEFAULT in one row and a value in the next', async () => {
    await local.session.execute("INSERT INTO LOAVES VALUES (3, 'corn', DEFAULT), (4, 'oat', 9)");
    expect((await loaves()).slice(2)).toEqual([
      ['3', 'corn', '1.50'],
      ['4', 'oat', '9.00'],
    ]);
  });

  it('takes a query, also of its own table and with common tables', async () => {
    await local.session.execute(
      'INSERT INTO LOAVES (ID, KIND) WITH more AS (SELECT ID + 10 AS N, KIND FROM LOAVES) SELECT N, KIND FROM more',
    );
    expect(await local.rows('SELECT COUNT(*), SUM(ID) FROM LOAVES')).toEqual([['4', '26']]);
  });

  it('OVERWRITE empties the table first', async () => {
    await local.session.execute("INSERT OVERWRITE INTO LOAVES SELECT 9, 'oat', 2");
    expect(await loaves()).toEqual([['9', 'oat', '2.00']]);
  });

  it('OVERWRITE may read the table that it empties', async () => {
    await local.session.execute('INSERT OVERWRITE INTO LOAVES SELECT * FROM LOAVES WHERE ID = 2');
    expect(await loaves()).toEqual([['2', 'spelt', '5.00']]);
  });

  it('converts what it is given', async () => {
    await local.session.execute("INSERT INTO LOAVES SELECT '7', 8, '9.456'");
    expect((await loaves())[2]).toEqual(['7', '8', '9.46']);
  });

  it.each([
    [
      "INSERT INTO LOAVES VALUES (3, 'pumpernickel', 1)",
      "100078 String 'pumpernickel' is too long and would be truncated",
    ],
    [
      "INSERT INTO LOAVES (ID, COLOUR) VALUES (3, 'x')",
      "000904 SQL compilation error: error line 1 at position 12\ninvalid identifier 'COLOUR'",
    ],
    ['INSERT INTO LOAVES (ID) VALUES (1, 2)', 'Insert value list does not match column list'],
    ["INSERT INTO LOAVES (ID) VALUES ('many')", "100038 Numeric value 'many' is not recognized"],
    [
      'INSERT INTO CAKES VALUES (1)',
      "002003 SQL compilation error:\nTable 'BAKERY.PUBLIC.CAKES' does not exist or not authorized.",
    ],
    ['INSERT ALL INTO LOAVES SELECT 1', "Unsupported feature 'multi-table INSERT ALL'"],
  ])('%s is refused', async (sql, expected) => {
    expect(await local.refusal(sql)).toContain(expected);
    expect(await loaves()).toHaveLength(2);
  });

  it('refuses NULL where it is not allowed', async () => {
    await local.session.execute('CREATE TABLE STRICT (ID NUMBER NOT NULL)');
    expect(await local.refusal('INSERT INTO STRICT VALUES (NULL)')).toBe(
      '100072 NULL result in a non-nullable column',
    );
  });

  it('counts up AUTOINCREMENT columns and keeps given numbers', async () => {
    await local.session.execute(
      'CREATE TABLE LOG (ID NUMBER AUTOINCREMENT START 10 INCREMENT 5, LINE VARCHAR)',
    );
    await local.session.execute("INSERT INTO LOG (LINE) VALUES ('a'), ('b')");
    await local.session.execute("INSERT INTO LOG (ID, LINE) VALUES (1, 'c')");
    expect(await local.rows('SELECT ID, LINE FROM LOG ORDER BY LINE')).toEqual([
      ['10', 'a'],
      ['15', 'b'],
      ['1', 'c'],
    ]);
  });

  it('writes the clock and the session into defaults', async () => {
    await local.session.execute(
      'CREATE TABLE STAMPED (ID NUMBER, AT TIMESTAMP_NTZ DEFAULT CURRENT_TIMESTAMP(), BY_USER VARCHAR DEFAULT CURRENT_USER())',
    );
    await local.session.execute('INSERT INTO STAMPED (ID) VALUES (1)');
    expect(await local.rows('SELECT AT, BY_USER FROM STAMPED')).toEqual([['2026-03-02 07:04:05', 'ADA']]);
  });
});

describe('UPDATE', () => {
  it('changes rows and counts them', async () => {
    const result = await local.session.execute(
      'UPDATE LOAVES SET PRICE = PRICE * 2, KIND = UPPER(KIND) WHERE ID = 1',
    );
    expect([result.rows[0]![0], result.rowsAffected]).toEqual([1, 1]);
    expect(await loaves()).toEqual([
      ['1', 'RYE', '8.00'],
      ['2', 'spelt', '5.00'],
    ]);
  });

  it('reads other tables', async () => {
    await local.session.execute(
      'UPDATE LOAVES l SET PRICE = p.PRICE, KIND = DEFAULT FROM (SELECT 2 AS ID, 7.25 AS PRICE) p WHERE l.ID = p.ID',
    );
    expect((await loaves())[1]).toEqual(['2', null, '7.25']);
  });
});

/** https://docs.snowflake.com/en/sql-reference/sql/update */
describe('UPDATE ... FROM', () => {
  beforeEach(async () => {
    await local.session.execute('CREATE OR REPLACE TABLE TRAYS (ID NUMBER, N NUMBER)');
    await local.session.execute('INSERT INTO TRAYS VALUES (1, 0), (2, 0), (3, 0), (NULL, 0)');
  });
  const sources = (...rows: string[]): string =>
    `(SELECT COLUMN1 AS ID, COLUMN2 AS X FROM VALUES ${rows.join(', ')}) S`;
  const update = (source: string, where = 'T.ID = S.ID'): Promise<(string | null)[][]> =>
    local.rows(`UPDATE TRAYS T SET N = S.X + T.ID FROM ${source} WHERE ${where}`);

  it('changes and counts a row once, however many rows it joins, and says of how many rows that is so', async () => {
    expect(await update(sources('(1, 5)', '(1, 5)', '(2, 7)'))).toEqual([['2', '1']]);
    expect(await local.rows('SELECT N FROM TRAYS ORDER BY ID')).toEqual([['6'], ['9'], ['0'], ['0']]);
  });

  it.each([
    [
      'several rows that join several',
      sources('(1, 5)', '(1, 6)', '(2, 7)', '(2, 7)', '(2, 8)', '(3, 1)'),
      '3',
      '2',
    ],
    ['rows that join one each', sources('(1, 5)', '(2, 7)'), '2', '0'],
    ['rows that join none', sources('(8, 5)', '(8, 5)'), '0', '0'],
    ['NULLs, which join nothing', sources('(NULL, 5)', '(NULL, 6)', '(1, 1)'), '1', '0'],
  ])('%s', async (_, source, updated, multiJoined) => {
    expect(await update(source)).toEqual([[updated, multiJoined]]);
  });

  it('leaves out what WHERE takes away', async () => {
    expect(await update(sources('(1, 5)', '(1, 6)'), 'T.ID = S.ID AND S.X > 5')).toEqual([['1', '0']]);
  });

  it('counts those of an earlier statement of the transaction', async () => {
    await local.session.execute('BEGIN');
    await local.session.execute('UPDATE TRAYS SET ID = 1 WHERE ID = 2');
    expect(await update(sources('(1, 5)', '(1, 6)'))).toEqual([['2', '2']]);
    await local.session.execute('ROLLBACK');
  });

  it('without FROM joins nothing', async () => {
    expect(await local.rows('UPDATE TRAYS SET N = 1')).toEqual([['4', '0']]);
  });
});

describe('DELETE and TRUNCATE', () => {
  it('take rows away and count them', async () => {
    expect((await local.session.execute('DELETE FROM LOAVES WHERE ID = 1')).rowsAffected).toBe(1);
    expect(await loaves()).toEqual([['2', 'spelt', '5.00']]);
    await local.session.execute('TRUNCATE TABLE LOAVES');
    expect(await loaves()).toEqual([]);
  });

  it('USING reads other tables', async () => {
    await local.session.execute('DELETE FROM LOAVES l USING (SELECT 2 AS ID) s WHERE l.ID = s.ID');
    expect(await loaves()).toEqual([['1', 'rye', '4.00']]);
  });
});

describe('MERGE', () => {
  const merge = (source: string): Promise<unknown> =>
    local.session.execute(`MERGE INTO LOAVES l USING (${source}) s ON l.ID = s.ID
      WHEN MATCHED AND s.KIND = 'gone' THEN DELETE
      WHEN MATCHED THEN UPDATE SET KIND = s.KIND
      WHEN NOT MATCHED THEN INSERT (ID, KIND) VALUES (s.ID, s.KIND)`);

  it('takes a plain name in the INSERT for a column of the source, as dbt writes it', async () => {
    await local.session.execute(`MERGE INTO LOAVES l USING (SELECT 9 AS ID, 'rye' AS KIND) s ON l.ID = s.ID
      WHEN MATCHED THEN UPDATE SET KIND = s.KIND
      WHEN NOT MATCHED AND KIND = 'rye' THEN INSERT ("ID", "KIND") VALUES ("ID", "KIND")`);
    expect(await loaves()).toContainEqual(['9', 'rye', '1.50']);
    await expect(
      local.session.execute(`MERGE INTO LOAVES l USING (SELECT 10 AS ID) s ON l.ID = s.ID
        WHEN NOT MATCHED THEN INSERT (ID) VALUES (l.ID)`),
    ).rejects.toMatchObject({ code: '000904' });
  });

  it('inserts, updates, deletes, and counts each', async () => {
    expect(
      await merge("SELECT column1 AS ID, column2 AS KIND FROM VALUES (1, 'gone'), (2, 'oat'), (3, 'corn')"),
    ).toMatchObject({
      rows: [[1, 1, 1]],
      rowsAffected: 3,
    });
    expect(await loaves()).toEqual([
      ['2', 'oat', '5.00'],
      ['3', 'corn', '1.50'],
    ]);
  });

  it('refuses two source rows for one target row', async () => {
    await expect(
      merge("SELECT column1 AS ID, column2 AS KIND FROM VALUES (2, 'oat'), (2, 'corn')"),
    ).rejects.toMatchObject({ code: '100090' });
  });
});

describe('transactions', () => {
  it('are undone by ROLLBACK and kept by COMMIT', async () => {
    for (const sql of [
      'BEGIN',
      'DELETE FROM LOAVES WHERE ID = 1',
      'ROLLBACK',
      'BEGIN TRANSACTION',
      'DELETE FROM LOAVES WHERE ID = 2',
      'COMMIT',
    ])
      await local.session.execute(sql);
    expect(await loaves()).toEqual([['1', 'rye', '4.00']]);
  });

  it('are not seen by others before COMMIT', async () => {
    const other = local.account.openSession({ database: 'BAKERY', schema: 'PUBLIC' });
    await local.session.execute('BEGIN');
    await local.session.execute('DELETE FROM LOAVES');
    expect((await other.execute('SELECT COUNT(*) FROM LOAVES')).rows).toEqual([[2]]);
    await local.session.execute('COMMIT');
    expect((await other.execute('SELECT COUNT(*) FROM LOAVES')).rows).toEqual([[0]]);
    await other.close();
  });

  it('survive a statement that fails', async () => {
    await local.session.execute('BEGIN');
    await local.session.execute('DELETE FROM LOAVES WHERE ID = 1');
    expect(await local.refusal("INSERT INTO LOAVES (ID) VALUES ('many')")).toMatch(/^100038/);
    await local.session.execute('COMMIT');
    expect(await loaves()).toEqual([['2', 'spelt', '5.00']]);
  });

  it('end with a statement that defines something', async () => {
    await local.session.execute('BEGIN');
    await local.session.execute('DELETE FROM LOAVES WHERE ID = 1');
    await local.session.execute('CREATE TABLE OTHER (A NUMBER)');
    await local.session.execute('ROLLBACK');
    expect(await loaves()).toHaveLength(1);
    expect(await local.rows('SELECT COUNT(*) FROM OTHER')).toEqual([['0']]);
  });
});
