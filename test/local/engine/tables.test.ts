import { openBakery, type Local } from '../sql/local';

let local: Local;
beforeEach(async () => void (local = await openBakery()));
afterEach(() => local.close());

const run = (sql: string): Promise<unknown> => local.session.execute(sql);
const columnsOf = (table: string): Promise<(string | null)[]> =>
  local.rows(`DESCRIBE TABLE ${table}`).then((rows) => rows.map((row) => row.slice(0, 2).join(' ')));

describe('CREATE TABLE', () => {
  it('says what Snowflake says, and again with OR REPLACE and IF NOT EXISTS', async () => {
    expect(await local.rows('CREATE TABLE T (A NUMBER)')).toEqual([['Table T successfully created.']]);
    expect(await local.refusal('CREATE TABLE T (A NUMBER)')).toBe(
      "002002 SQL compilation error:\nObject 'BAKERY.PUBLIC.T' already exists.",
    );
    expect(await local.rows('CREATE TABLE IF NOT EXISTS T (B NUMBER)')).toEqual([
      ['T already exists, statement succeeded.'],
    ]);
    expect(await local.rows('CREATE OR REPLACE TABLE T (C VARCHAR)')).toEqual([
      ['Table T successfully created.'],
    ]);
    expect(await columnsOf('T')).toEqual(['C VARCHAR(16777216)']);
  });

  it('keeps types, nullability, defaults, keys and comments for DESCRIBE', async () => {
    await run(`CREATE TABLE T (A INT PRIMARY KEY, B NUMBER(10,2) NOT NULL DEFAULT 1.5 COMMENT 'price', C STRING(5), D TIMESTAMP,
      E TIMESTAMP_LTZ, F DATE, G BOOLEAN, H VARIANT, I FLOAT, J BINARY, K TIME, L CHAR, UNIQUE (C))`);
    expect(await columnsOf('T')).toEqual([
      'A NUMBER(38,0)',
      'B NUMBER(10,2)',
      'C VARCHAR(5)',
      'D TIMESTAMP_NTZ(9)',
      'E TIMESTAMP_LTZ(9)',
      'F DATE',
      'G BOOLEAN',
      'H VARIANT',
      'I FLOAT',
      'J BINARY(8388608)',
      'K TIME(9)',
      'L VARCHAR(1)',
    ]);
    const [a, b, c] = await local.rows('DESC TABLE T');
    expect(a!.slice(2, 7)).toEqual(['COLUMN', 'N', null, 'Y', 'N']);
    expect([b![3], b![4], b![9]]).toEqual(['N', '1.5', 'price']);
    expect(c![6]).toBe('Y');
  });

  it('takes columns and rows from a query', async () => {
    await run("CREATE TABLE T AS SELECT 1 AS A, 'x' AS B, CURRENT_TIMESTAMP() AS C");
    expect(await local.rows('SELECT * FROM T')).toEqual([['1', 'x', '2026-03-02T15:04:05Z']]);
    await run('CREATE OR REPLACE TABLE T (N NUMBER) AS SELECT A + 1 FROM T');
    expect(await local.rows('SELECT N FROM T')).toEqual([['2']]);
  });

  it('LIKE takes the columns, CLONE the rows as well', async () => {
    await run("CREATE TABLE T (A NUMBER(5,0) NOT NULL, B VARCHAR DEFAULT 'x')");
    await run('INSERT INTO T (A) VALUES (1)');
    await run('CREATE TABLE EMPTY LIKE T');
    await run('CREATE TABLE COPY CLONE T');
    expect(await columnsOf('EMPTY')).toEqual(['A NUMBER(5,0)', 'B VARCHAR(16777216)']);
    expect(await local.rows('SELECT COUNT(*) FROM EMPTY')).toEqual([['0']]);
    expect(await local.rows('SELECT * FROM COPY')).toEqual([['1', 'x']]);
  });

  it('OR ALTER adds and drops columns and keeps the rows', async () => {
    await run('CREATE OR ALTER TABLE T (A NUMBER, B VARCHAR)');
    await run("INSERT INTO T VALUES (1, 'x')");
    await run('CREATE OR ALTER TABLE T (A NUMBER, C DATE)');
    expect(await local.rows('SELECT * FROM T')).toEqual([['1', null]]);
  });

  it('TEMPORARY hides a table of the same name from its own session only', async () => {
    await run('CREATE TABLE T (A NUMBER)');
    await run('INSERT INTO T VALUES (1)');
    await run('CREATE TEMPORARY TABLE T (A NUMBER)');
    const other = local.account.openSession({ database: 'BAKERY', schema: 'PUBLIC' });
    expect(await local.rows('SELECT COUNT(*) FROM T')).toEqual([['0']]);
    expect((await other.execute('SELECT COUNT(*) FROM T')).rows).toEqual([[1]]);
    await run('DROP TABLE T');
    expect(await local.rows('SELECT COUNT(*) FROM T')).toEqual([['1']]);
    await other.close();
  });

  it.each([
    ['CREATE TABLE T (A GEOGRAPHY)', "Unsupported feature 'type GEOGRAPHY'"],
    [
      'CREATE TABLE T (A NUMBER) STAGE_FILE_FORMAT = (TYPE = CSV)',
      "Unsupported feature 'CREATE TABLE ... STAGE_FILE_FORMAT'",
    ],
    [
      'CREATE TABLE NOWHERE.T (A NUMBER)',
      "002003 SQL compilation error:\nSchema 'BAKERY.NOWHERE' does not exist or not authorized.",
    ],
    [
      'CREATE TABLE NO.WHERE_.T (A NUMBER)',
      "002003 SQL compilation error:\nDatabase 'NO' does not exist or not authorized.",
    ],
    ['CREATE TABLE T (A NUMBER, A NUMBER)', "duplicate column name 'A'"],
    ['CREATE TABLE T (A NUMBER,', '001003'],
  ])('%s is refused', async (sql, expected) => {
    expect(await local.refusal(sql)).toContain(expected);
  });
});

describe('a CREATE TABLE ... AS that fails', () => {
  it('makes no table', async () => {
    expect(await local.refusal("CREATE TABLE T (A VARCHAR(1)) AS SELECT 'ab'")).toMatch(/^100078/);
    expect(await local.refusal('SELECT * FROM T')).toMatch(/^002003/);
  });

  it('leaves the table that it was to replace', async () => {
    await run('CREATE TABLE T AS SELECT 1 AS A');
    expect(await local.refusal("CREATE OR REPLACE TABLE T (A NUMBER) AS SELECT 'x'")).toMatch(/^100038/);
    expect(await local.rows('SELECT A FROM T')).toEqual([['1']]);
  });
});

describe('ALTER and DROP TABLE', () => {
  it('add, rename, drop columns, rename the table, comment on it', async () => {
    await run('CREATE TABLE T (A NUMBER)');
    await run('INSERT INTO T VALUES (1)');
    await run("ALTER TABLE T ADD COLUMN B VARCHAR(5) DEFAULT 'x'");
    await run('ALTER TABLE T ADD C DATE, D NUMBER');
    await run('ALTER TABLE T RENAME COLUMN A TO ID');
    await run('ALTER TABLE T DROP COLUMN C, D');
    await run("ALTER TABLE T SET COMMENT = 'loaves'");
    await run('ALTER TABLE T RENAME TO LOAVES');
    expect(await local.rows('SELECT * FROM LOAVES')).toEqual([['1', 'x']]);
    expect(await columnsOf('LOAVES')).toEqual(['ID NUMBER(38,0)', 'B VARCHAR(5)']);
    expect(await local.refusal('SELECT * FROM T')).toMatch(/^002003/);
  });

  it('change a column', async () => {
    await run('CREATE TABLE T (A VARCHAR(3) NOT NULL, B NUMBER)');
    await run('ALTER TABLE T ALTER COLUMN A SET DATA TYPE VARCHAR(10)');
    await run('ALTER TABLE T MODIFY COLUMN A DROP NOT NULL');
    await run("ALTER TABLE T ALTER A COMMENT 'longer'");
    await run("INSERT INTO T (A) VALUES (NULL), ('longer')");
    expect(await columnsOf('T')).toEqual(['A VARCHAR(10)', 'B NUMBER(38,0)']);
  });

  it.each([
    ['ALTER TABLE NONE ADD COLUMN A NUMBER', '002003'],
    [
      'DROP TABLE NONE',
      "002003 SQL compilation error:\nTable 'BAKERY.PUBLIC.NONE' does not exist or not authorized.",
    ],
    ['DROP VIEW NONE', "View 'BAKERY.PUBLIC.NONE' does not exist"],
    ['UNDROP TABLE NONE', "Unsupported feature 'UNDROP TABLE NONE'"],
  ])('%s is refused', async (sql, expected) => {
    expect(await local.refusal(sql)).toContain(expected);
  });

  it('IF EXISTS lets a missing table pass', async () => {
    expect(await local.rows('DROP TABLE IF EXISTS NONE')).toEqual([
      ['Drop statement executed successfully (NONE already dropped).'],
    ]);
  });
});

describe('views', () => {
  beforeEach(async () => {
    await run('CREATE TABLE T (A NUMBER, B VARCHAR)');
    await run("INSERT INTO T VALUES (1, 'x'), (2, 'y')");
  });

  it('are queried by their own names, from anywhere', async () => {
    await run("CREATE VIEW V (N, S) COMMENT = 'letters' AS SELECT A, UPPER(B) FROM T");
    await run('CREATE SCHEMA OTHER');
    expect(await local.rows('SELECT S, v.N FROM BAKERY.PUBLIC.V v WHERE N = 2')).toEqual([['Y', '2']]);
    expect(await local.rows('SELECT * FROM BAKERY.PUBLIC.V ORDER BY 1 LIMIT 1')).toEqual([['1', 'X']]);
  });

  it('may stand on each other and use common tables', async () => {
    await run('CREATE VIEW V AS WITH X AS (SELECT A FROM T) SELECT A * 2 AS D FROM X');
    await run('CREATE OR REPLACE VIEW W COPY GRANTS AS SELECT SUM(D) AS S FROM V');
    expect(await local.rows('SELECT S FROM W')).toEqual([['6']]);
  });

  it('are not made of what does not exist', async () => {
    expect(await local.refusal('CREATE VIEW V AS SELECT * FROM NONE')).toMatch(/^002003/);
    expect(await local.refusal('CREATE VIEW V AS SELECT Z FROM T')).toMatch(/^000904/);
    expect(await local.refusal('CREATE MATERIALIZED VIEW V AS SELECT 1')).toMatch(/MATERIALIZED/);
  });

  it('fail when their table has lost a column', async () => {
    await run('CREATE VIEW V AS SELECT B FROM T');
    await run('ALTER TABLE T DROP COLUMN B');
    expect(await local.refusal('SELECT * FROM V')).toMatch(/invalid identifier 'B'/);
  });

  it('OR ALTER replaces the query', async () => {
    await run('CREATE OR ALTER VIEW V AS SELECT A FROM T');
    await run('CREATE OR ALTER VIEW V AS SELECT B FROM T');
    expect(await local.rows('SELECT MAX(B) FROM V')).toEqual([['y']]);
  });
});

describe('a view', () => {
  it('has as many columns as when it was made, or is refused', async () => {
    await run('CREATE TABLE LOAVES (A NUMBER)');
    await run('CREATE VIEW ALL_LOAVES AS SELECT * FROM LOAVES');
    await run('ALTER TABLE LOAVES ADD COLUMN B NUMBER');
    expect(await local.refusal('SELECT * FROM ALL_LOAVES')).toBe(
      "002057 SQL compilation error:\nView definition for 'BAKERY.PUBLIC.ALL_LOAVES' declared 1 column(s), but view query produces 2 column(s).",
    );
  });

  it('may say something of its columns', async () => {
    await run("CREATE VIEW ONE (A COMMENT 'the first', B) AS SELECT 1, 2");
    expect(
      await local.rows(
        "SELECT COLUMN_NAME, COMMENT FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_NAME = 'ONE'",
      ),
    ).toEqual([
      ['A', 'the first'],
      ['B', null],
    ]);
  });

  it.each([
    ['INSERT INTO ONE VALUES (1)', "'INSERT on a view'"],
    ['UPDATE ONE SET A = 1', "'UPDATE on a view'"],
    ['DELETE FROM ONE', "'DELETE on a view'"],
    ['MERGE INTO ONE USING ONE O ON TRUE WHEN MATCHED THEN DELETE', "'MERGE on a view'"],
    ['CREATE VIEW TWO AS SELECT 1 AS A, 2 AS A', "duplicate column name 'A'"],
  ])('%s is refused', async (sql, expected) => {
    await run('CREATE VIEW ONE AS SELECT 1 AS A');
    expect(await local.refusal(sql)).toContain(expected);
  });
});

describe('constraints', () => {
  it('may say that they are not enforced', async () => {
    await run(
      'CREATE TABLE LOAVES (A NUMBER PRIMARY KEY NOT ENFORCED RELY, B NUMBER, UNIQUE (A, B) NOT ENFORCED)',
    );
    expect(await columnsOf('LOAVES')).toEqual(['A NUMBER(38,0)', 'B NUMBER(38,0)']);
  });

  it.each([
    ['CREATE TABLE LOAVES (A NUMBER REFERENCES T (A))', "'FOREIGN KEY'"],
    ['CREATE TABLE LOAVES (A NUMBER PRIMARY KEY ENFORCED)', "'ENFORCED keys'"],
    ["CREATE TABLE LOAVES (A VARCHAR COLLATE 'de')", "'COLLATE'"],
  ])('%s is refused', async (sql, expected) => {
    expect(await local.refusal(sql)).toContain(expected);
  });
});

describe('a column that cannot change so', () => {
  it.each([
    [
      'ALTER TABLE LOAVES ALTER COLUMN A SET DATA TYPE VARCHAR(2)',
      '002108 SQL compilation error: cannot change column A from type VARCHAR(5) to VARCHAR(2) because reducing the byte-length of a varchar is not supported.',
    ],
    ['ALTER TABLE LOAVES RENAME COLUMN A TO B', "001430 SQL compilation error:\ncolumn 'B' already exists"],
  ])('%s is refused', async (sql, expected) => {
    await run('CREATE TABLE LOAVES (A VARCHAR(5), B NUMBER)');
    expect(await local.refusal(sql)).toBe(expected);
  });
});

describe('sequences', () => {
  it('count down from where they start', async () => {
    await run('CREATE SEQUENCE S START 10 INCREMENT -2');
    expect(await local.rows('SELECT S.NEXTVAL')).toEqual([['10']]);
    expect(await local.rows('SELECT S.NEXTVAL')).toEqual([['8']]);
    await run('CREATE TABLE T (ID NUMBER AUTOINCREMENT START 5 INCREMENT -1, A NUMBER)');
    await run('INSERT INTO T (A) VALUES (1), (2)');
    expect(await local.rows('SELECT ID FROM T ORDER BY A')).toEqual([['5'], ['4']]);
  });

  it('count up wherever NEXTVAL stands', async () => {
    await run('CREATE SEQUENCE S START = 5 INCREMENT = 2');
    expect(await local.rows('SELECT S.NEXTVAL')).toEqual([['5']]);
    await run('CREATE TABLE T (ID NUMBER DEFAULT S.NEXTVAL, A NUMBER)');
    await run('INSERT INTO T (A) VALUES (1)');
    expect(await local.rows('SELECT ID FROM T')).toEqual([['7']]);
    expect(await local.refusal('SELECT NONE.NEXTVAL')).toMatch(/Sequence 'NONE' does not exist/);
  });
});

describe('GET_DDL', () => {
  it('gives a view and a table by their columns', async () => {
    await run("CREATE TABLE T (A NUMBER(38,0) NOT NULL, B VARCHAR(5) DEFAULT 'x')");
    await run('CREATE VIEW V AS SELECT A FROM T');
    expect(await local.value("GET_DDL('TABLE', 'BAKERY.PUBLIC.T')")).toBe(
      "create or replace TABLE T (\n\tA NUMBER(38,0) NOT NULL,\n\tB VARCHAR(5) DEFAULT 'x'\n);",
    );
    expect(await local.value("GET_DDL('VIEW', 'V')")).toBe(
      'create or replace view V(\n\tA\n) as SELECT A FROM T;',
    );
    expect(await local.refusal("SELECT GET_DDL('VIEW', 'NONE')")).toMatch(/^002003/);
  });

  it('writes comments so that they can be read again', async () => {
    const comment = "the baker''s \\\\new";
    await run(`CREATE TABLE T (A NUMBER COMMENT '${comment}') COMMENT = '${comment}'`);
    await run(String(await local.value("GET_DDL('TABLE', 'T')")));
    expect(await local.rows(`SHOW TABLES LIKE 'T' ->> SELECT "comment" FROM $1`)).toEqual([
      ["the baker's \\new"],
    ]);
    expect(await local.rows(`DESCRIBE TABLE T ->> SELECT "comment" FROM $1`)).toEqual([
      ["the baker's \\new"],
    ]);
  });
});
