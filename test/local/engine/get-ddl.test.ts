/** https://docs.snowflake.com/en/sql-reference/functions/get_ddl; the layouts are those that accounts give. */
import { features } from '../../../src/local/features';
import { openBakery, type Local } from '../sql/local';

let local: Local;
beforeEach(async () => {
  local = await openBakery({ features: [...features] });
  await run('CREATE SCHEMA S', 'USE SCHEMA S');
});
afterEach(() => local.close());

async function run(...statements: string[]): Promise<void> {
  for (const sql of statements) await local.session.execute(sql);
}
const ddl = (kind: string, name: string, more = ''): Promise<string | null> =>
  local.value(`GET_DDL('${kind}', '${name}'${more})`);

const EVERYTHING = [
  'CREATE TABLE Z_TAB (ID NUMBER(38,0), NAME VARCHAR(10))',
  'CREATE TABLE "a_lower" (X INT)',
  'CREATE TRANSIENT TABLE M_TRANS (X INT)',
  'CREATE TEMPORARY TABLE K_TEMP (X INT)',
  'CREATE VIEW Y_VIEW AS SELECT ID FROM Z_TAB',
  'CREATE SECURE VIEW B_VIEW AS SELECT X FROM M_TRANS',
  'CREATE SEQUENCE X_SEQ',
  'CREATE SEQUENCE C_SEQ START = 3 INCREMENT = 2 ORDER',
  "CREATE PROCEDURE G(B VARCHAR) RETURNS NUMBER LANGUAGE SQL AS 'BEGIN RETURN 1; END'",
  "CREATE PROCEDURE F() RETURNS NUMBER LANGUAGE SQL AS 'BEGIN RETURN 2; END'",
  "CREATE TASK T_TASK SCHEDULE = '60 MINUTE' AS SELECT 1",
  'CREATE TASK F_TASK AFTER T_TASK AS SELECT 2',
  "CREATE ALERT O_ALERT SCHEDULE = '60 MINUTE' IF (EXISTS (SELECT 1)) THEN SELECT 1",
];

/** With what comes before each name, and before those of procedures, which are in quotes when nothing does. */
const everything = (place: string, [g, f]: [string, string]): string =>
  `create or replace schema ${place === '' ? 'S' : 'BAKERY.S'};

create or replace sequence ${place}C_SEQ start with 3 increment by 2 order;
create or replace sequence ${place}X_SEQ start with 1 increment by 1 noorder;
create or replace TEMPORARY TABLE ${place}K_TEMP (
\tX NUMBER(38,0)
);
create or replace TRANSIENT TABLE ${place}M_TRANS (
\tX NUMBER(38,0)
);
create or replace TABLE ${place}Z_TAB (
\tID NUMBER(38,0),
\tNAME VARCHAR(10)
);
create or replace TABLE ${place}"a_lower" (
\tX NUMBER(38,0)
);
create or replace secure view ${place}B_VIEW(
\tX
) as SELECT X FROM M_TRANS;
create or replace view ${place}Y_VIEW(
\tID
) as SELECT ID FROM Z_TAB;
CREATE OR REPLACE PROCEDURE ${f}()
RETURNS NUMBER(38,0)
LANGUAGE SQL
EXECUTE AS OWNER
AS 'BEGIN RETURN 2; END';
CREATE OR REPLACE PROCEDURE ${g}("B" VARCHAR)
RETURNS NUMBER(38,0)
LANGUAGE SQL
EXECUTE AS OWNER
AS 'BEGIN RETURN 1; END';
create or replace task ${place}F_TASK
\tafter ${place}T_TASK
\tas SELECT 2;
create or replace task ${place}T_TASK
\tschedule='60 MINUTE'
\tas SELECT 1;
create or replace alert ${place}O_ALERT
\tschedule='60 MINUTE'
\tif (exists(
\t\tSELECT 1
\t))
\tthen
\tSELECT 1;`;

describe('GET_DDL of a schema', () => {
  it('lists kind by kind, temporary tables first, in order of name, wherever the session is', async () => {
    await run(...EVERYTHING);
    const expected = everything('', ['"G"', '"F"']);
    expect(await ddl('SCHEMA', 's')).toBe(expected);
    await run('USE SCHEMA BAKERY.PUBLIC');
    expect(await ddl('schema', 'BAKERY.S')).toBe(expected);
  });

  it('writes names in full when it is told so', async () => {
    await run(...EVERYTHING);
    expect(await ddl('SCHEMA', 'S', ', TRUE')).toBe(everything('BAKERY.S.', ['BAKERY.S.G', 'BAKERY.S.F']));
  });

  it.each([
    ['CREATE SCHEMA E', 'E', 'create or replace schema E;\n'],
    [
      "CREATE TRANSIENT SCHEMA E COMMENT = 'it''s here'",
      'E',
      "create or replace transient schema E COMMENT='it''s here';\n",
    ],
    ['CREATE SCHEMA "my Schema"', '"my Schema"', 'create or replace schema "my Schema";\n'],
  ])('%s without anything in it', async (create, name, text) => {
    await run(create);
    expect(await ddl('SCHEMA', name)).toBe(text);
  });

  it.each([
    ['TRUE', 'BAKERY.S'],
    ["'yes'", 'BAKERY.S'],
    ['1', 'BAKERY.S'],
    ['FALSE', 'S'],
    ["'no'", 'S'],
    ['0', 'S'],
  ])('takes %s for whether names are in full', async (third, name) => {
    expect(await ddl('SCHEMA', 'S', `, ${third}`)).toBe(`create or replace schema ${name};\n`);
  });

  it.each(["GET_DDL('SCHEMA', NULL)", "GET_DDL(NULL, 'S')", "GET_DDL('SCHEMA', 'S', NULL)"])(
    '%s is NULL',
    async (expression) => {
      expect(await local.value(expression)).toBeNull();
    },
  );
});

describe('GET_DDL of a database', () => {
  it('lists the schemas in order of name', async () => {
    await run(
      "CREATE DATABASE LARDER COMMENT = 'd''b'",
      'CREATE SCHEMA LARDER.N2',
      'CREATE TABLE LARDER.N2.T (X INT)',
      'CREATE SCHEMA LARDER."a2"',
      "CREATE SCHEMA LARDER.Z9 COMMENT = 'zz'",
    );
    const text = (place: string): string => `create or replace database LARDER COMMENT='d''b';

create or replace schema ${place}N2;

create or replace TABLE ${place && 'LARDER.N2.'}T (
\tX NUMBER(38,0)
);
create or replace schema ${place}PUBLIC;

create or replace schema ${place}Z9 COMMENT='zz';

create or replace schema ${place}"a2";
`;
    expect(await ddl('DATABASE', 'larder')).toBe(text(''));
    expect(await ddl('DATABASE', 'LARDER', ', TRUE')).toBe(text('LARDER.'));
  });

  it('says that it is transient', async () => {
    await run('CREATE TRANSIENT DATABASE LARDER');
    expect(await ddl('DATABASE', 'LARDER')).toMatch(/^create or replace transient database LARDER;\n\n/);
  });
});

describe('GET_DDL of a table', () => {
  it.each([
    [
      "CREATE TABLE T (A INT COMMENT 'col c', B VARCHAR(5) DEFAULT 'x') CLUSTER BY (A) COMMENT = 'tab''le'",
      "create or replace TABLE T cluster by (A)(\n\tA NUMBER(38,0) COMMENT 'col c',\n\tB VARCHAR(5) DEFAULT 'x'\n)COMMENT='tab''le'\n;",
    ],
    [
      "CREATE TABLE T (A INT) COMMENT = 'c'",
      "create or replace TABLE T (\n\tA NUMBER(38,0)\n)COMMENT='c'\n;",
    ],
    [
      'CREATE TRANSIENT TABLE T (A INT, B INT) CLUSTER BY (A, B)',
      'create or replace TRANSIENT TABLE T cluster by (A, B)(\n\tA NUMBER(38,0),\n\tB NUMBER(38,0)\n);',
    ],
    [
      'CREATE TABLE T (A INT PRIMARY KEY)',
      'create or replace TABLE T (\n\tA NUMBER(38,0) NOT NULL,\n\tprimary key (A)\n);',
    ],
  ])('%s', async (create, text) => {
    await run(create);
    expect(await ddl('TABLE', 'T')).toBe(text);
  });
});

describe('GET_DDL of a view', () => {
  it.each([
    [
      "CREATE VIEW V (X COMMENT 'vx', Y) COMMENT = 'vi''ew' AS SELECT 1, 2",
      "create or replace view V(\n\tX COMMENT 'vx',\n\tY\n) COMMENT='vi''ew'\n as SELECT 1, 2;",
    ],
    ['CREATE VIEW V AS SELECT 1 AS ONE;', 'create or replace view V(\n\tONE\n) as SELECT 1 AS ONE;'],
    [
      "CREATE SECURE VIEW V COMMENT = 'v c' AS SELECT 1 AS X",
      "create or replace secure view V(\n\tX\n) COMMENT='v c'\n as SELECT 1 AS X;",
    ],
  ])('%s', async (create, text) => {
    await run(create);
    expect(await ddl('VIEW', 'V')).toBe(text);
    // TABLE and VIEW name whatever relation has the name.
    expect(await ddl('TABLE', 'V')).toBe(text);
    await run(text);
    expect(await ddl('VIEW', 'V')).toBe(text);
  });

  it('has what was altered since', async () => {
    await run(
      'CREATE VIEW V AS SELECT 1 AS X',
      "ALTER VIEW V SET COMMENT = 'new'",
      'ALTER VIEW V SET SECURE',
    );
    expect(await ddl('VIEW', 'V')).toBe(
      "create or replace secure view V(\n\tX\n) COMMENT='new'\n as SELECT 1 AS X;",
    );
  });

  it('escapes comments so that they can be read again', async () => {
    await run(String.raw`CREATE VIEW V COMMENT = 'b\\s "q" t\tn\ne''s' AS SELECT 1 AS X`);
    const text = (await ddl('VIEW', 'V'))!;
    expect(text).toContain(String.raw`COMMENT='b\\s \"q\" t\tn\ne''s'`);
    await run(text);
    expect(await local.rows('SHOW VIEWS ->> SELECT "comment" FROM $1')).toEqual([['b\\s "q" t\tn\ne\'s']]);
  });
});

describe('GET_DDL refuses', () => {
  const missing = (what: string): string =>
    `002003 SQL compilation error:\n${what} does not exist or not authorized.`;
  it.each([
    ["'SCHEMA', 'NOPE'", missing("Schema 'BAKERY.NOPE'")],
    ["'SCHEMA', '\"s\"'", missing('Schema \'BAKERY."s"\'')],
    ["'SCHEMA', 'NOPE.S'", missing("Database 'NOPE'")],
    ["'DATABASE', 'nope'", missing("Database 'NOPE'")],
    [
      "'SCHEMA', 'A.B.C'",
      '002043 SQL compilation error:\nObject does not exist, or operation cannot be performed.',
    ],
    [
      "'DATABASE', 'A.B'",
      '002043 SQL compilation error:\nObject does not exist, or operation cannot be performed.',
    ],
    ["'TABLE', 'nope'", missing("Table 'NOPE'")],
    ["'TABLE', 'S.NOPE'", missing("Table 'BAKERY.S.NOPE'")],
    ['\'TABLE\', \'"n""o"\'', missing('Table \'"n""o"\'')],
    ["'VIEW', 'NOPE'", missing("View 'NOPE'")],
    ["'SEQUENCE', 'NOPE'", missing("Sequence 'NOPE'")],
    ["'TASK', 'NOPE'", missing("Task 'NOPE'")],
    ["'ALERT', 'NOPE'", missing("Alert 'NOPE'")],
    ["' Schema ', 'S'", "001003 SQL compilation error:\nInvalid object type: ' SCHEMA '"],
    ["'PIPEX', 'S'", "001003 SQL compilation error:\nInvalid object type: 'PIPEX'"],
    ["'FILE FORMAT', 'S'", expect.stringContaining("GET_DDL('FILE_FORMAT', ...)")],
    [
      "'SCHEMA', 'S', 'abc'",
      "001015 SQL compilation error:\nInvalid value [CAST('abc' AS BOOLEAN)] for function '2', parameter IMPORT_DDL: constant arguments expected",
    ],
  ])('GET_DDL(%s)', async (args, refusal) => {
    expect(await local.refusal(`SELECT GET_DDL(${args})`)).toEqual(refusal);
  });
});
