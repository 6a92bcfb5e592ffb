import { openBakery, type Local } from '../sql/local';

let local: Local;
beforeEach(async () => {
  local = await openBakery();
  for (const sql of [
    'CREATE TABLE LOAVES (ID NUMBER)',
    'CREATE TABLE "Odd one" (ID NUMBER)',
    'CREATE VIEW FRESH AS SELECT ID FROM LOAVES',
    'CREATE SCHEMA ARCHIVE',
    'CREATE TABLE ARCHIVE.OLD (ID NUMBER)',
    'USE SCHEMA PUBLIC',
    'CREATE ROLE BAKER',
    'CREATE WAREHOUSE OVEN WITH WAREHOUSE_SIZE = XSMALL AUTO_SUSPEND = 60',
  ])
    await local.session.execute(sql);
});
afterEach(() => local.close());

const run = (sql: string): Promise<unknown> => local.session.execute(sql);
const names = (sql: string): Promise<unknown> =>
  local.rows(`${sql} ->> SELECT "name" FROM $1 ORDER BY 1`).then((rows) => rows.flat());

describe('SHOW', () => {
  it.each([
    [
      'SCHEMAS',
      'created_on name is_default is_current database_name owner comment options retention_time owner_role_type classification_profile_database classification_profile_schema classification_profile object_visibility is_nested',
    ],
    [
      'OBJECTS',
      'created_on name database_name schema_name kind comment cluster_by rows bytes owner retention_time owner_role_type is_hybrid is_dynamic is_iceberg is_interactive',
    ],
    [
      'SEQUENCES',
      'name database_name schema_name next_value interval created_on owner comment owner_role_type ordered',
    ],
    [
      'VIEWS',
      'created_on name reserved database_name schema_name owner comment text is_secure is_materialized owner_role_type change_tracking',
    ],
  ])('%s has the columns of an account, in its order', async (kind, columns) => {
    const result = await local.session.execute(`SHOW ${kind}`);
    expect(result.columns.map(({ name }) => name)).toEqual(columns.split(' '));
  });

  it('says whether a sequence is ordered', async () => {
    await run('CREATE SEQUENCE FIRST_SEQ ORDER');
    await run('CREATE SEQUENCE SECOND_SEQ NOORDER');
    expect(await local.rows('SHOW SEQUENCES ->> SELECT "name", "ordered" FROM $1 ORDER BY 1')).toEqual([
      ['FIRST_SEQ', 'Y'],
      ['SECOND_SEQ', 'N'],
    ]);
  });

  it('has lower-case columns', async () => {
    const { columns } = await local.session.execute('SHOW TABLES');
    expect(columns.map((column) => column.name).slice(0, 4)).toEqual([
      'created_on',
      'name',
      'database_name',
      'schema_name',
    ]);
  });

  it.each([
    ['SHOW TABLES', ['LOAVES', 'Odd one']],
    ["SHOW TABLES LIKE 'loa%'", ['LOAVES']],
    ['SHOW TABLES IN SCHEMA ARCHIVE', ['OLD']],
    ['SHOW TABLES IN DATABASE BAKERY', ['LOAVES', 'OLD', 'Odd one']],
    ['SHOW TABLES IN ACCOUNT', ['LOAVES', 'OLD', 'Odd one']],
    ["SHOW TABLES STARTS WITH 'L' LIMIT 1", ['LOAVES']],
    ['SHOW TERSE TABLES IN BAKERY.ARCHIVE', ['OLD']],
    ['SHOW VIEWS', ['FRESH']],
    ['SHOW SCHEMAS IN DATABASE BAKERY', ['ARCHIVE', 'INFORMATION_SCHEMA', 'PUBLIC']],
    ["SHOW DATABASES LIKE 'BAK%'", ['BAKERY']],
    ["SHOW ROLES LIKE 'BAKER'", ['BAKER']],
    ['SHOW WAREHOUSES', ['OVEN']],
  ])('%s', async (sql, expected) => {
    expect(await names(sql)).toEqual(expected);
  });

  it('OBJECTS, COLUMNS, USERS and SEQUENCES', async () => {
    await run('CREATE SEQUENCE S');
    await run("CREATE USER BEA PASSWORD = 'x' DEFAULT_ROLE = BAKER");
    expect(await names('SHOW OBJECTS')).toEqual(['FRESH', 'LOAVES', 'Odd one']);
    expect(await names('SHOW SEQUENCES')).toEqual(['S']);
    expect(await names('SHOW USERS')).toEqual(['BEA']);
    expect(
      await local.rows('SHOW COLUMNS IN TABLE LOAVES ->> SELECT "table_name", "column_name" FROM $1'),
    ).toEqual([['LOAVES', 'ID']]);
  });

  it('refuses what is not there', async () => {
    expect(await local.refusal('SHOW TABLES IN SCHEMA NONE')).toMatch(
      /^002003 .*Schema 'BAKERY.NONE' does not exist/s,
    );
    expect(await local.refusal('SHOW STAGES')).toMatch(/Unsupported feature 'SHOW STAGES'/);
    expect(await local.refusal('DESCRIBE STAGE S')).toMatch(/Unsupported feature 'DESCRIBE STAGE S'/);
  });

  it('PARAMETERS tells value and default', async () => {
    await run("ALTER SESSION SET TIMEZONE = 'UTC', QUERY_TAG = 'oven'");
    expect(
      await local.rows(
        `SHOW PARAMETERS LIKE 'TIMEZONE' IN SESSION ->> SELECT "key", "value", "default", "level" FROM $1`,
      ),
    ).toEqual([['TIMEZONE', 'UTC', 'America/Los_Angeles', 'SESSION']]);
    await run('ALTER SESSION UNSET TIMEZONE');
    expect(await local.rows(`SHOW PARAMETERS LIKE 'TIMEZONE' ->> SELECT "value" FROM $1`)).toEqual([
      ['America/Los_Angeles'],
    ]);
  });
});

describe('grants', () => {
  const granted = (sql: string): Promise<unknown> =>
    local.rows(`${sql} ->> SELECT "privilege", "granted_on", "name", "grantee_name" FROM $1 ORDER BY 1, 2`);

  it('are shown on the object, to the role, and gone when revoked', async () => {
    await run('GRANT SELECT, INSERT ON TABLE LOAVES TO ROLE BAKER');
    await run('GRANT USAGE ON SCHEMA BAKERY.PUBLIC TO ROLE BAKER');
    await run('GRANT USAGE ON WAREHOUSE OVEN TO ROLE BAKER WITH GRANT OPTION');
    const one = ['INSERT', 'TABLE', 'BAKERY.PUBLIC.LOAVES', 'BAKER'];
    const two = ['SELECT', 'TABLE', 'BAKERY.PUBLIC.LOAVES', 'BAKER'];
    expect(await granted('SHOW GRANTS TO ROLE BAKER')).toEqual([
      one,
      two,
      ['USAGE', 'SCHEMA', 'BAKERY.PUBLIC', 'BAKER'],
      ['USAGE', 'WAREHOUSE', 'OVEN', 'BAKER'],
    ]);
    await run('REVOKE INSERT ON TABLE LOAVES FROM ROLE BAKER');
    expect(
      await local.rows(
        `SHOW GRANTS ON TABLE LOAVES ->> SELECT "privilege", "grantee_name" FROM $1 ORDER BY 1`,
      ),
    ).toEqual([
      ['OWNERSHIP', 'ACCOUNTADMIN'],
      ['SELECT', 'BAKER'],
    ]);
  });

  it('go with a table that is replaced, and stay with COPY GRANTS', async () => {
    await run('GRANT SELECT ON TABLE LOAVES TO ROLE BAKER');
    await run('CREATE OR REPLACE TABLE LOAVES (ID NUMBER) COPY GRANTS');
    expect(await granted('SHOW GRANTS TO ROLE BAKER')).toHaveLength(1);
    await run('CREATE OR REPLACE TABLE LOAVES (ID NUMBER)');
    expect(await granted('SHOW GRANTS TO ROLE BAKER')).toEqual([]);
  });

  it('on all tables of a schema reach those there are, on future ones those to come', async () => {
    await run('GRANT SELECT ON ALL TABLES IN SCHEMA PUBLIC TO ROLE BAKER');
    await run('GRANT SELECT ON FUTURE TABLES IN SCHEMA PUBLIC TO ROLE BAKER');
    await run('CREATE TABLE NEWER (ID NUMBER)');
    expect(await local.rows(`SHOW GRANTS TO ROLE BAKER ->> SELECT "name" FROM $1 ORDER BY 1`)).toEqual([
      ['BAKERY.PUBLIC."Odd one"'],
      ['BAKERY.PUBLIC.LOAVES'],
      ['BAKERY.PUBLIC.NEWER'],
    ]);
    expect(
      await local.rows(
        `SHOW FUTURE GRANTS IN SCHEMA PUBLIC ->> SELECT "privilege", "grant_on", "grantee_name" FROM $1`,
      ),
    ).toEqual([['SELECT', 'TABLE', 'BAKER']]);
  });

  it('of a role to a role and to a user', async () => {
    await run("CREATE USER BEA PASSWORD = 'x'");
    await run('GRANT ROLE BAKER TO ROLE SYSADMIN');
    await run('GRANT ROLE BAKER TO USER BEA');
    expect(
      await local.rows(
        `SHOW GRANTS OF ROLE BAKER ->> SELECT "role", "granted_to", "grantee_name" FROM $1 ORDER BY 2`,
      ),
    ).toEqual([
      ['BAKER', 'ROLE', 'SYSADMIN'],
      ['BAKER', 'USER', 'BEA'],
    ]);
  });

  it('of ownership change the owner', async () => {
    await run('GRANT OWNERSHIP ON TABLE LOAVES TO ROLE BAKER COPY CURRENT GRANTS');
    expect(await local.rows(`SHOW TABLES LIKE 'LOAVES' ->> SELECT "owner" FROM $1`)).toEqual([['BAKER']]);
  });

  it.each([
    ['GRANT SELECT ON TABLE NONE TO ROLE BAKER', "Table 'NONE' does not exist"],
    ['GRANT SELECT ON TABLE LOAVES TO ROLE NONE', "Role 'NONE' does not exist"],
    ['GRANT USAGE ON WAREHOUSE NONE TO ROLE BAKER', "Warehouse 'NONE' does not exist"],
    ['GRANT FLY ON TABLE LOAVES TO ROLE BAKER', 'FLY'],
    ['USE ROLE NONE', 'NONE'],
  ])('%s is refused', async (sql, expected) => {
    expect(await local.refusal(sql)).toContain(expected);
  });
});

describe('INFORMATION_SCHEMA', () => {
  it('lists tables, columns, views and schemata of its database', async () => {
    expect(
      await local.rows(
        "SELECT TABLE_NAME, TABLE_TYPE FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'PUBLIC' ORDER BY 1",
      ),
    ).toEqual([
      ['FRESH', 'VIEW'],
      ['LOAVES', 'BASE TABLE'],
      ['Odd one', 'BASE TABLE'],
    ]);
    expect(
      await local.rows(
        "SELECT COLUMN_NAME, DATA_TYPE FROM BAKERY.INFORMATION_SCHEMA.COLUMNS WHERE TABLE_NAME = 'OLD'",
      ),
    ).toEqual([['ID', 'NUMBER']]);
    expect(await local.rows('SELECT VIEW_DEFINITION FROM INFORMATION_SCHEMA.VIEWS')).toEqual([
      ['CREATE VIEW FRESH AS SELECT ID FROM LOAVES'],
    ]);
    expect(await local.rows('SELECT COUNT(*) FROM INFORMATION_SCHEMA.SCHEMATA')).toEqual([['3']]);
  });

  it.each([
    ['DATABASES', 11, 'DATABASE_NAME', 'OBJECT_VISIBILITY'],
    ['SCHEMATA', 16, 'CATALOG_NAME', 'OBJECT_VISIBILITY'],
    ['TABLES', 29, 'TABLE_CATALOG', 'IS_HYBRID'],
    ['VIEWS', 14, 'TABLE_CATALOG', 'COMMENT'],
    ['COLUMNS', 45, 'TABLE_CATALOG', 'DATA_TYPE_ALIAS'],
  ])('%s has all %d columns that are documented', async (view, count, first, last) => {
    const { columns } = await local.session.execute(`SELECT * FROM INFORMATION_SCHEMA.${view}`);
    expect(columns).toHaveLength(count);
    expect([columns[0]!.name, columns[count - 1]!.name]).toEqual([first, last]);
  });

  it('tells what kind of table a table is, and when it was made', async () => {
    await run('CREATE TRANSIENT TABLE ARCHIVE.SEEDS (ID NUMBER) CLUSTER BY (ID)');
    expect(
      await local.rows(
        'SELECT TABLE_NAME, CLUSTERING_KEY IS NULL, AUTO_CLUSTERING_ON, RETENTION_TIME, LAST_DDL, IS_TRANSIENT, IS_DYNAMIC, IS_ICEBERG, IS_HYBRID, IS_IMMUTABLE, ROW_COUNT ' +
          "FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'ARCHIVE' ORDER BY 1",
      ),
    ).toEqual([
      ['OLD', 'true', 'NO', '1', '2026-03-02T15:04:05Z', 'NO', 'NO', 'NO', 'NO', 'NO', null],
      ['SEEDS', 'false', 'YES', '1', '2026-03-02T15:04:05Z', 'YES', 'NO', 'NO', 'NO', 'NO', null],
    ]);
  });

  it('tells how large columns are and how identities count', async () => {
    await run(
      'CREATE TABLE ARCHIVE.SEEDS (ID NUMBER(10,2) IDENTITY(5, 2) ORDER, NAME VARCHAR(10), NOTE VARCHAR, BYTES BINARY, MADE DATE)',
    );
    expect(
      await local.rows(
        'SELECT COLUMN_NAME, CHARACTER_MAXIMUM_LENGTH, CHARACTER_OCTET_LENGTH, NUMERIC_PRECISION, NUMERIC_PRECISION_RADIX, NUMERIC_SCALE, IS_IDENTITY, IDENTITY_GENERATION, IDENTITY_START, IDENTITY_INCREMENT, IDENTITY_ORDERED, DTD_IDENTIFIER ' +
          "FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_NAME = 'SEEDS' ORDER BY ORDINAL_POSITION",
      ),
    ).toEqual([
      ['ID', null, null, '10', '10', '2', 'YES', 'BY DEFAULT', '5', '2', 'YES', null],
      ['NAME', '10', '40', null, null, null, 'NO', null, null, null, null, null],
      ['NOTE', '16777216', '16777216', null, null, null, 'NO', null, null, null, null, null],
      ['BYTES', '8388608', '8388608', null, null, null, 'NO', null, null, null, null, null],
      ['MADE', null, null, null, null, null, 'NO', null, null, null, null, null],
    ]);
    expect((await local.rows("SELECT GET_DDL('TABLE', 'ARCHIVE.SEEDS')"))[0]![0]).toContain(
      'autoincrement start 5 increment 2 order',
    );
  });

  it('answers what `dbt docs generate` asks for its catalog', async () => {
    const catalog = `WITH tables AS (
        SELECT table_catalog AS "table_database", table_schema AS "table_schema", table_name AS "table_name",
          CASE WHEN is_dynamic = 'YES' AND table_type = 'BASE TABLE' THEN 'DYNAMIC TABLE' ELSE table_type END AS "table_type",
          row_count AS "stats:row_count:value", (bytes IS NOT NULL) AS "stats:bytes:include",
          to_varchar(convert_timezone('UTC', last_altered), 'yyyy-mm-dd HH24:MI'||'UTC') AS "stats:last_modified:value"
        FROM BAKERY.INFORMATION_SCHEMA.tables
        WHERE ("table_schema" ILIKE 'ARCHIVE' AND upper("table_schema") = upper('ARCHIVE'))),
      columns AS (
        SELECT table_catalog AS "table_database", table_schema AS "table_schema", table_name AS "table_name",
          column_name AS "column_name", ordinal_position AS "column_index", data_type AS "column_type"
        FROM BAKERY.INFORMATION_SCHEMA.columns)
      SELECT * FROM tables JOIN columns USING ("table_database", "table_schema", "table_name") ORDER BY "column_index"`;
    expect(await local.rows(catalog)).toEqual([
      [
        ...['BAKERY', 'ARCHIVE', 'OLD', 'BASE TABLE', null, 'false', '2026-03-02 15:04UTC'],
        ...['ID', '1', 'NUMBER'],
      ],
    ]);
  });

  it('refuses a view it does not have', async () => {
    expect(await local.refusal('SELECT * FROM INFORMATION_SCHEMA.LOAVES')).toMatch(/^002003/);
  });
});
