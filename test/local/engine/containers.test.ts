import { features } from '../../../src/local/features';
import { openBakery, type Local } from '../sql/local';

let local: Local;
beforeEach(async () => {
  local = await openBakery({ features: [...features] });
  for (const sql of [
    'CREATE SCHEMA OVEN',
    'CREATE TABLE LOAVES (ID NUMBER)',
    'CREATE VIEW FRESH AS SELECT ID FROM LOAVES',
    'CREATE ROLE BAKER',
  ])
    await local.session.execute(sql);
});
afterEach(() => local.close());

/** A dbt project of one model. */
const RECIPES = '{"project":"recipes","nodes":[{"name":"rye"}]}';

const run = (sql: string): Promise<unknown> => local.session.execute(sql);
const shown = (sql: string, columns: string): Promise<(string | null)[][]> =>
  local.rows(`${sql} ->> SELECT ${columns} FROM $1 ORDER BY 1`);

describe('ALTER VIEW', () => {
  it('RENAME TO keeps the query and the grants, and GET_DDL has the new name', async () => {
    await run('INSERT INTO LOAVES VALUES (1)');
    await run('GRANT SELECT ON VIEW FRESH TO ROLE BAKER');
    await run('ALTER VIEW FRESH RENAME TO "Warm"');
    expect(await local.rows('SELECT * FROM "Warm"')).toEqual([['1']]);
    expect(await local.refusal('SELECT * FROM FRESH')).toMatch(/^002003/);
    expect(await shown('SHOW GRANTS TO ROLE BAKER', '"name"')).toEqual([['BAKERY.OVEN."Warm"']]);
    expect(await local.value(`GET_DDL('VIEW', '"Warm"')`)).toBe(
      'create or replace view "Warm"(\n\tID\n) as SELECT ID FROM LOAVES;',
    );
  });

  it('sets and unsets comment, secure and the comment of a column', async () => {
    await run("ALTER VIEW FRESH SET COMMENT = 'of today'");
    await run('ALTER VIEW FRESH SET SECURE');
    await run("ALTER VIEW FRESH ALTER COLUMN ID COMMENT 'the loaf'");
    expect(await shown('SHOW VIEWS', '"comment", "is_secure"')).toEqual([['of today', 'true']]);
    expect(
      await local.rows("SELECT COMMENT FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_NAME = 'FRESH'"),
    ).toEqual([['the loaf']]);
    await run('ALTER VIEW FRESH UNSET COMMENT');
    await run('ALTER VIEW FRESH UNSET SECURE');
    expect(await shown('SHOW VIEWS', '"comment", "is_secure"')).toEqual([['', 'false']]);
  });

  it.each([
    ['ALTER VIEW STALE SET SECURE', '002003'],
    ['ALTER VIEW LOAVES SET SECURE', '002003'],
    ['ALTER VIEW FRESH RENAME TO LOAVES', '002002'],
    ['ALTER VIEW FRESH RENAME TO PUBLIC.FRESH', "'ALTER VIEW ... RENAME TO another schema'"],
    ["ALTER VIEW FRESH SET TAG COST = 'low'", "'ALTER VIEW ... SET TAG'"],
    ["ALTER VIEW FRESH ALTER COLUMN PRICE COMMENT 'x'", '002003'],
  ])('%s is refused', async (sql, expected) => {
    expect(await local.refusal(sql)).toContain(expected);
  });

  it('IF EXISTS of a view that is not there does nothing', async () => {
    expect(await local.rows('ALTER VIEW IF EXISTS STALE SET SECURE')).toEqual([
      ['Statement executed successfully.'],
    ]);
  });
});

describe('ALTER TABLE ... RENAME', () => {
  it('keeps the grants', async () => {
    await run('GRANT SELECT ON TABLE LOAVES TO ROLE BAKER');
    await run('ALTER TABLE LOAVES RENAME TO BREADS');
    expect(await shown('SHOW GRANTS TO ROLE BAKER', '"name"')).toEqual([['BAKERY.OVEN.BREADS']]);
  });
});

describe('ALTER SCHEMA and ALTER DATABASE', () => {
  it('set and unset the comment', async () => {
    await run("ALTER SCHEMA OVEN SET DATA_RETENTION_TIME_IN_DAYS = 1 COMMENT = 'hot'");
    await run("ALTER DATABASE BAKERY SET COMMENT = 'since 1900'");
    expect(await shown("SHOW SCHEMAS LIKE 'OVEN'", '"comment"')).toEqual([['hot']]);
    expect(await shown('SHOW DATABASES', '"comment"')).toEqual([['since 1900']]);
    await run('ALTER SCHEMA BAKERY.OVEN UNSET COMMENT');
    await run('ALTER DATABASE BAKERY UNSET COMMENT, DATA_RETENTION_TIME_IN_DAYS');
    expect(await shown("SHOW SCHEMAS LIKE 'OVEN'", '"comment"')).toEqual([['']]);
    expect(await shown('SHOW DATABASES', '"comment"')).toEqual([['']]);
  });

  it.each([
    ['ALTER SCHEMA OVEN SET DATA_RETENTION_TIME_IN_DAYS = 3', 'DATA_RETENTION_TIME_IN_DAYS = 3'],
    ['ALTER SCHEMA OVEN RENAME TO STOVE', "'ALTER SCHEMA ... RENAME'"],
    ['ALTER SCHEMA OVEN SWAP WITH PUBLIC', "'ALTER SCHEMA ... SWAP'"],
    ['ALTER SCHEMA OVEN ENABLE MANAGED ACCESS', "'ALTER SCHEMA ... ENABLE'"],
    ["ALTER DATABASE BAKERY SET LOG_LEVEL = 'INFO'", "'ALTER DATABASE ... SET LOG_LEVEL'"],
    ['ALTER DATABASE BAKERY RENAME TO BREADS', "'ALTER DATABASE ... RENAME'"],
    ["ALTER DATABASE CAKES SET COMMENT = 'x'", '002003'],
    ['CREATE SCHEMA S WITH MANAGED ACCESS', "'CREATE SCHEMA ... WITH'"],
  ])('%s is refused', async (sql, expected) => {
    expect(await local.refusal(sql)).toContain(expected);
  });

  it('IF EXISTS of one that is not there does nothing', async () => {
    expect(await local.rows("ALTER SCHEMA IF EXISTS STOVE SET COMMENT = 'x'")).toHaveLength(1);
  });
});

describe('schemas', () => {
  it('may be transient, which SHOW and GET_DDL say', async () => {
    await run('CREATE TRANSIENT SCHEMA SHELF');
    expect(await shown("SHOW SCHEMAS LIKE 'SHELF'", '"options"')).toEqual([['TRANSIENT']]);
    expect(await local.value("GET_DDL('SCHEMA', 'SHELF')")).toBe(
      'create or replace transient schema SHELF;\n',
    );
  });

  it('take everything in them along when they are dropped, with its grants', async () => {
    await run('GRANT SELECT ON TABLE LOAVES TO ROLE BAKER');
    await run('GRANT SELECT ON FUTURE TABLES IN SCHEMA OVEN TO ROLE BAKER');
    await run("CREATE PROCEDURE BAKE() RETURNS VARCHAR LANGUAGE SQL AS 'BEGIN RETURN 1; END'");
    await run("CREATE TASK KNEAD SCHEDULE = '1 minute' AS SELECT 1");
    await run(`SELECT SYSTEM$LOCAL_DBT_CREATE('RECIPES', '${RECIPES}')`);
    await run('DROP SCHEMA OVEN');
    await run('CREATE SCHEMA OVEN');
    expect(await shown('SHOW GRANTS TO ROLE BAKER', '"name"')).toEqual([]);
    expect(await shown('SHOW DBT PROJECTS', '"name"')).toEqual([]);
    expect(await shown('SHOW FUTURE GRANTS IN SCHEMA OVEN', '"name"')).toEqual([]);
    expect(await local.value("GET_DDL('SCHEMA', 'OVEN')")).toBe('create or replace schema OVEN;\n');
  });
});

describe('GET_DDL', () => {
  beforeEach(async () => {
    await run('CREATE SEQUENCE NUMBERS START 5');
    await run("CREATE TASK KNEAD SCHEDULE = '1 minute' AS SELECT 1");
  });
  const ddl = [
    'create or replace schema OVEN;\n',
    'create or replace sequence NUMBERS start with 5 increment by 1 noorder;',
    'create or replace TABLE LOAVES (\n\tID NUMBER(38,0)\n);',
    'create or replace view FRESH(\n\tID\n) as SELECT ID FROM LOAVES;',
    "create or replace task KNEAD\n\tschedule='1 minute'\n\tas SELECT 1;",
  ];

  it('of a schema gives everything in it', async () => {
    expect(await local.value("GET_DDL('SCHEMA', 'BAKERY.OVEN')")).toBe(ddl.join('\n'));
  });

  it('of a database gives schema by schema', async () => {
    expect(await local.value("GET_DDL('database', 'BAKERY')")).toBe(
      ['create or replace database BAKERY;\n', ...ddl, 'create or replace schema PUBLIC;\n'].join('\n'),
    );
  });

  it('of a sequence', async () => {
    expect(await local.value("GET_DDL('SEQUENCE', 'OVEN.NUMBERS')")).toBe(ddl[1]);
  });

  it('of a dbt project gives its source and properties', async () => {
    await run(`SELECT SYSTEM$LOCAL_DBT_CREATE('RECIPES', '${RECIPES}')`);
    await run(
      "ALTER DBT PROJECT RECIPES SET DEFAULT_TARGET = 'prod' COMMENT = 'it''s warm' AUTO_COMPILE = TRUE",
    );
    expect(await local.value("GET_DDL('DBT_PROJECT', 'RECIPES')")).toBe(
      "create or replace dbt project RECIPES\n\tfrom 'inline'\n\tDEFAULT_TARGET='prod'\n\tCOMMENT='it''s warm'\n\tAUTO_COMPILE=TRUE;",
    );
  });

  it.each([
    ["GET_DDL('SCHEMA', 'STOVE')", '002003'],
    ["GET_DDL('DATABASE', 'CAKES')", '002003'],
    ["GET_DDL('SEQUENCE', 'NONE')", '002003'],
    ["GET_DDL('STREAM', 'S')", "'GET_DDL('STREAM', ...)'"],
  ])('%s is refused', async (expression, expected) => {
    expect(await local.refusal(`SELECT ${expression}`)).toContain(expected);
  });
});

describe('grants on what features keep', () => {
  it('are given on an integration that exists', async () => {
    await run('CREATE NOTIFICATION INTEGRATION BELL TYPE = EMAIL ENABLED = TRUE');
    await run('GRANT USAGE ON INTEGRATION BELL TO ROLE BAKER');
    expect(await shown('SHOW GRANTS ON INTEGRATION BELL', '"privilege", "grantee_name"')).toEqual([
      ['USAGE', 'BAKER'],
    ]);
    expect(await local.refusal('GRANT USAGE ON INTEGRATION GONG TO ROLE BAKER')).toMatch(
      /^002003 SQL compilation error:\nIntegration 'GONG' does not exist/,
    );
  });

  it('are given on all procedures of a schema, each with its signature', async () => {
    await run("CREATE PROCEDURE BAKE(N NUMBER) RETURNS VARCHAR LANGUAGE SQL AS 'BEGIN RETURN 1; END'");
    await run("CREATE PROCEDURE PUBLIC.SELL() RETURNS VARCHAR LANGUAGE SQL AS 'BEGIN RETURN 1; END'");
    await run('GRANT USAGE ON ALL PROCEDURES IN SCHEMA OVEN TO ROLE BAKER');
    expect(await shown('SHOW GRANTS TO ROLE BAKER', '"name"')).toEqual([['BAKERY.OVEN.BAKE(NUMBER)']]);
  });
});

describe('INFORMATION_SCHEMA', () => {
  it('PROCEDURES lists those of the database', async () => {
    await run(
      "CREATE PROCEDURE BAKE(N NUMBER, K VARCHAR) RETURNS VARCHAR LANGUAGE SQL AS 'BEGIN RETURN 1; END'",
    );
    expect(
      await local.rows(
        'SELECT PROCEDURE_SCHEMA, PROCEDURE_NAME, ARGUMENT_SIGNATURE, DATA_TYPE, PROCEDURE_LANGUAGE FROM INFORMATION_SCHEMA.PROCEDURES',
      ),
    ).toEqual([['OVEN', 'BAKE', '(N NUMBER, K VARCHAR)', 'VARCHAR', 'SQL']]);
  });

  it('OBJECT_PRIVILEGES and APPLICABLE_ROLES list the grants', async () => {
    await run('GRANT SELECT ON TABLE LOAVES TO ROLE BAKER');
    await run('GRANT ROLE BAKER TO ROLE SYSADMIN');
    expect(
      await local.rows(
        "SELECT OBJECT_CATALOG, OBJECT_SCHEMA, OBJECT_NAME, OBJECT_TYPE, PRIVILEGE_TYPE, GRANTEE FROM INFORMATION_SCHEMA.OBJECT_PRIVILEGES WHERE OBJECT_NAME IN ('LOAVES', 'OVEN') ORDER BY ALL",
      ),
    ).toEqual([
      ['BAKERY', 'OVEN', 'LOAVES', 'TABLE', 'OWNERSHIP', 'ACCOUNTADMIN'],
      ['BAKERY', 'OVEN', 'LOAVES', 'TABLE', 'SELECT', 'BAKER'],
      ['BAKERY', null, 'OVEN', 'SCHEMA', 'OWNERSHIP', 'ACCOUNTADMIN'],
    ]);
    expect(
      await local.rows('SELECT GRANTEE, ROLE_NAME, IS_GRANTABLE FROM INFORMATION_SCHEMA.APPLICABLE_ROLES'),
    ).toEqual([['SYSADMIN', 'BAKER', 'NO']]);
  });
});
