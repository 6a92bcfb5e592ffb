/** What Snowflake has and the local Snowflake has not is refused by name; only what Snowflake has not is absent. */
import { NotModelled } from '../../src/local/errors';
import { features } from '../../src/local/features';
import { functionsOfSnowflake } from '../../src/local/reference/functions';
import { SESSION_PARAMETERS } from '../../src/local/reference/parameters';
import {
  tableFunctionsOfInformationSchema,
  tableFunctionsOfSnowflake,
} from '../../src/local/reference/table-functions';
import { viewsOfAccountUsage, viewsOfInformationSchema } from '../../src/local/reference/views';
import { openBakery, type Local } from './sql/local';

let local: Local;
beforeAll(async () => {
  local = await openBakery({ features: [...features] });
  await local.session.execute('CREATE TABLE t (id NUMBER)');
  await local.session.execute('CREATE TABLE noticed (what VARCHAR)');
  await local.session.execute('CREATE ROLE baker');
  await local.session.execute('CREATE WAREHOUSE oven');
});
afterAll(() => local.close());

/** The error of a statement, or what it answers. */
async function outcome(sql: string): Promise<{ code: string; message: string } | 'answered'> {
  try {
    await local.session.execute(sql);
    return 'answered';
  } catch (error) {
    return error as { code: string; message: string };
  }
}

/** What an account says of a name that it does not know. */
const ABSENT = /unknown (user-defined )?(table )?function|does not exist|invalid parameter|unexpected/i;

const saysAbsent = async (sql: string): Promise<boolean> => {
  const said = await outcome(sql);
  return said !== 'answered' && ABSENT.test(said.message);
};

describe('no name of the list is answered as absent', () => {
  // EXTRACT and POSITION have a syntax of their own, without which the text is no call.
  it.each(functionsOfSnowflake().filter((name) => !/^(EXTRACT|POSITION)$/.test(name)))(
    'function %s',
    async (name) => {
      expect(await saysAbsent(`SELECT ${name}()`)).toBe(false);
    },
  );

  it.each(tableFunctionsOfInformationSchema())('INFORMATION_SCHEMA.%s()', async (name) => {
    expect(await saysAbsent(`SELECT * FROM TABLE(INFORMATION_SCHEMA.${name}())`)).toBe(false);
  });

  it.each(tableFunctionsOfSnowflake())('TABLE(%s())', async (name) => {
    expect(await saysAbsent(`SELECT * FROM TABLE(${name}())`)).toBe(false);
  });

  it.each(viewsOfInformationSchema())('INFORMATION_SCHEMA.%s', async (name) => {
    expect(await saysAbsent(`SELECT * FROM INFORMATION_SCHEMA.${name}`)).toBe(false);
  });

  it.each(viewsOfAccountUsage())('SNOWFLAKE.ACCOUNT_USAGE.%s', async (name) => {
    expect(await outcome(`SELECT * FROM SNOWFLAKE.ACCOUNT_USAGE.${name}`)).toMatchObject({
      code: '000002',
      message: expect.stringContaining(`the view SNOWFLAKE.ACCOUNT_USAGE.${name}`),
    });
  });

  it.each([...SESSION_PARAMETERS])('session parameter %s, which may be set to %p', async (name, standard) => {
    const value = /^\d+$|^(true|false)$/.test(standard) ? standard : `'${standard}'`;
    expect(await outcome(`ALTER SESSION SET ${name} = ${value}`)).toBe('answered');
    expect(await outcome(`ALTER SESSION UNSET ${name}`)).toBe('answered');
  });
});

describe('refused by name', () => {
  it.each([
    ['SELECT ST_AREA(1)', 'the function ST_AREA'],
    ['CREATE RECURSIVE VIEW v (n) AS SELECT 1', 'CREATE RECURSIVE VIEW'],
    ['CREATE OR REPLACE SECURE RECURSIVE VIEW v (n) AS SELECT 1', 'CREATE RECURSIVE VIEW'],
    ['ALTER TABLE t ADD DATA METRIC FUNCTION f ON (id)', 'DATA METRIC'],
    ['SHOW CALLER GRANTS ON TABLE t', 'SHOW CALLER GRANTS'],
    ["SELECT GET_PRESIGNED_URL(@s, 'a')", 'a stage as an argument'],
    ['SELECT GET_STAGE_LOCATION(@~)', 'a stage as an argument'],
    ["SELECT BUILD_SCOPED_FILE_URL(@a.b.c, 'd')", 'a stage as an argument'],
    ['SELECT * FROM SNOWFLAKE_SAMPLE_DATA.TPCH_SF1.ORDERS', 'the view SNOWFLAKE_SAMPLE_DATA.TPCH_SF1.ORDERS'],
    ['USE DATABASE SNOWFLAKE_SAMPLE_DATA', 'the database SNOWFLAKE_SAMPLE_DATA'],
    ['CREATE TABLE g (a GEOGRAPHY)', 'type GEOGRAPHY'],
    ['SELECT 1::UUID', 'type UUID'],
    ['SELECT SYSTEM$CLUSTERING_DEPTH(1) OVER ()', 'the function SYSTEM$CLUSTERING_DEPTH'],
    ["SELECT AI_COMPLETE(model => 'm', prompt => 'p')", 'the function AI_COMPLETE'],
    ["SELECT SNOWFLAKE.CORTEX.COMPLETE('m', 'p')", 'the function SNOWFLAKE.CORTEX.COMPLETE'],
    ['SELECT REGR_COUNT(DISTINCT id, id) FROM t', 'the function REGR_COUNT'],
    ['CALL SNOWFLAKE.ML.FORECAST()', 'the procedure SNOWFLAKE.ML.FORECAST'],
    [
      'SELECT * FROM TABLE(INFORMATION_SCHEMA.QUERY_HISTORY_BY_SESSION(RESULT_LIMIT => 1))',
      'the table function INFORMATION_SCHEMA.QUERY_HISTORY_BY_SESSION',
    ],
    ['SELECT * FROM TABLE(BAKERY.INFORMATION_SCHEMA.COPY_HISTORY())', 'COPY_HISTORY'],
    [
      'SELECT * FROM TABLE(GET_QUERY_OPERATOR_STATS(LAST_QUERY_ID()))',
      'the table function GET_QUERY_OPERATOR_STATS',
    ],
    ['SELECT * FROM SNOWFLAKE.ACCOUNT_USAGE.TASK_HISTORY', 'the view SNOWFLAKE.ACCOUNT_USAGE.TASK_HISTORY'],
    ['SELECT * FROM SNOWFLAKE.ORGANIZATION_USAGE.ACCOUNTS', 'SNOWFLAKE.ORGANIZATION_USAGE.ACCOUNTS'],
    ['SELECT * FROM INFORMATION_SCHEMA.STAGES', 'the view BAKERY.INFORMATION_SCHEMA.STAGES'],
    ['USE DATABASE SNOWFLAKE', 'the database SNOWFLAKE'],
    ['USE SCHEMA SNOWFLAKE.ACCOUNT_USAGE', 'the database SNOWFLAKE'],
    ['GRANT IMPORTED PRIVILEGES ON DATABASE SNOWFLAKE TO ROLE baker', 'grants on the database SNOWFLAKE'],
    ['ALTER ACCOUNT SET TIMEZONE = UTC', 'ALTER ACCOUNT SET TIMEZONE'],
    ['ALTER USER ada SET DEFAULT_ROLE = baker', 'ALTER USER ADA SET'],
    ['CREATE STAGE s', 'CREATE STAGE S'],
    ['CREATE OR REPLACE SECURE MATERIALIZED VIEW v AS SELECT 1', 'MATERIALIZED'],
    ['DROP FILE FORMAT f', 'DROP FILE FORMAT F'],
    ['SHOW LOCKS', 'SHOW LOCKS'],
    ['SHOW ROW ACCESS POLICIES', 'SHOW ROW ACCESS POLICIES'],
    ['DESCRIBE STAGE s', 'DESCRIBE STAGE S'],
    ['EXECUTE NOTEBOOK n()', 'EXECUTE NOTEBOOK N'],
    ["ALTER SESSION SET TIMESTAMP_TYPE_MAPPING = 'TIMESTAMP_LTZ'", 'TIMESTAMP_TYPE_MAPPING = TIMESTAMP_LTZ'],
    ['ALTER SESSION SET WEEK_START = 1', 'session parameter WEEK_START = 1'],
    ['ALTER SESSION SET QUOTED_IDENTIFIERS_IGNORE_CASE = TRUE', 'QUOTED_IDENTIFIERS_IGNORE_CASE = TRUE'],
    ["ALTER SESSION SET DATE_OUTPUT_FORMAT = 'DD.MM.YYYY'", 'DATE_OUTPUT_FORMAT = DD.MM.YYYY'],
    ['SHOW WAREHOUSES WITH PRIVILEGES USAGE', 'SHOW WAREHOUSES WITH'],
    ['DROP TABLE t, u', "unexpected ','"],
  ])('%s', async (sql, name) => {
    const said = await outcome(sql);
    expect(said).toMatchObject({ message: expect.stringContaining(name) });
    if (!name.startsWith('unexpected')) expect(said).toBeInstanceOf(NotModelled);
  });

  it.each([
    'SELECT ST_AREA(1) INTO :x',
    'CALL SYSTEM$ABORT_TRANSACTION(1)',
    'SELECT 1 FROM SNOWFLAKE.ACCOUNT_USAGE.TASK_HISTORY',
    'SELECT 1 FROM TABLE(INFORMATION_SCHEMA.QUERY_HISTORY())',
    'CREATE STREAM s ON TABLE t',
    'ALTER SESSION SET WEEK_START = 1',
    'x := ST_AREA(1)',
    'RETURN ST_AREA(1)',
    'IF (ST_AREA(1) > 0) THEN RETURN 1; END IF',
    `EXECUTE IMMEDIATE 'SELECT ST_AREA(1)'`,
    'BEGIN SELECT ST_AREA(1); EXCEPTION WHEN STATEMENT_ERROR THEN NULL; END',
    'CALL inner_one()',
  ])('no handler catches %s', async (statement) => {
    await local.session.execute(
      `CREATE OR REPLACE PROCEDURE inner_one() RETURNS VARCHAR AS
       'BEGIN SELECT ST_AREA(1); EXCEPTION WHEN OTHER THEN INSERT INTO noticed VALUES (''inside''); END'`,
    );
    const block = `DECLARE x VARCHAR; BEGIN ${statement};
      EXCEPTION WHEN OTHER CONTINUE THEN INSERT INTO noticed VALUES ('caught'); END`;
    expect(await outcome(block)).toBeInstanceOf(NotModelled);
    expect(await local.rows('SELECT * FROM noticed')).toEqual([]);
  });
});

/** Statements that are modelled, with a clause or a property that is not. */
const CLAUSES = `
  ALTER DBT PROJECT p DROP VERSION v1
  ALTER DBT PROJECT p SET TAG a = 'b'
  CREATE DBT PROJECT q FROM 'x' WITH TAG (a = 'b')
  CREATE TABLE x (a NUMBER) DATA_RETENTION_TIME_IN_DAYS = 7
  CREATE TABLE x (a NUMBER) CHANGE_TRACKING = TRUE
  CREATE TABLE x (a NUMBER) ENABLE_SCHEMA_EVOLUTION = TRUE
  CREATE TABLE x (a NUMBER MASKING POLICY mp)
  CREATE TABLE x (a NUMBER WITH TAG (b = 'c'))
  CREATE TABLE x (a VARCHAR COLLATE 'en-ci')
  CREATE TABLE x (a NUMBER AS (b * 2), b NUMBER)
  CREATE TABLE x (a NUMBER CHECK (a > 0))
  CREATE TABLE x (a NUMBER, INDEX i (a))
  CREATE TABLE x (a NUMBER) ROW ACCESS POLICY p ON (a)
  CREATE TABLE x USING TEMPLATE (SELECT 1)
  CREATE TABLE x CLONE t AT (OFFSET => -60)
  CREATE HYBRID TABLE x (a NUMBER PRIMARY KEY)
  ALTER TABLE t ADD ROW ACCESS POLICY p ON (id)
  ALTER TABLE t ADD SEARCH OPTIMIZATION
  ALTER TABLE t SET TAG a = 'b'
  ALTER TABLE t SET DATA_RETENTION_TIME_IN_DAYS = 5
  ALTER TABLE t SUSPEND RECLUSTER
  ALTER TABLE t MODIFY COLUMN id SET MASKING POLICY p
  ALTER TABLE t DROP ALL ROW ACCESS POLICIES
  CREATE VIEW v4 CHANGE_TRACKING = TRUE AS SELECT 1 AS a
  CREATE SCHEMA s1 WITH MANAGED ACCESS
  CREATE SCHEMA s2 CLONE public
  CREATE OR ALTER SCHEMA s3
  CREATE DATABASE d1 FROM SHARE a.b
  ALTER DATABASE bakery SET LOG_LEVEL = INFO
  CREATE WAREHOUSE w1 WITH WAREHOUSE_SIZE = XSMALL MAX_CLUSTER_COUNT = 3
  CREATE OR ALTER WAREHOUSE w1
  ALTER WAREHOUSE oven SET STATEMENT_QUEUED_TIMEOUT_IN_SECONDS = 5
  ALTER WAREHOUSE oven ABORT ALL QUERIES
  ALTER WAREHOUSE oven SET TAG a = 'b'
  CREATE USER u1 NETWORK_POLICY = p
  CREATE USER u1 DAYS_TO_EXPIRY = 3
  CREATE ROLE r1 WITH TAG (a = 'b')
  CREATE PROCEDURE p2() RETURNS NUMBER MEMOIZABLE AS 'BEGIN RETURN 1; END'
  CREATE PROCEDURE p3() RETURNS NUMBER EXTERNAL_ACCESS_INTEGRATIONS = (x) AS 'BEGIN RETURN 1; END'
  CREATE TASK k1 WAREHOUSE = oven WITH TAG (a = 'b') AS SELECT 1
  GRANT DATABASE ROLE x TO ROLE baker
  GRANT APPLICATION ROLE x TO ROLE baker
  GRANT CALLER USAGE ON DATABASE bakery TO ROLE baker
  GRANT SELECT ON FUTURE DYNAMIC TABLES IN SCHEMA public TO ROLE baker
  COMMENT ON STAGE s IS 'x'
  TRUNCATE MATERIALIZED VIEW v
  SHOW TABLES HISTORY
  SHOW TABLES IN APPLICATION x
  SHOW GRANTS TO SHARE s
  SHOW GRANTS OF SHARE s
  SHOW PRIMARY KEYS
  SHOW PARAMETERS IN ACCOUNT
  SHOW PARAMETERS IN WAREHOUSE oven
  SHOW PARAMETERS FOR USER ada
  DESCRIBE TABLE t TYPE = STAGE
  SELECT * FROM t RESAMPLE (USING a INCREMENT BY INTERVAL '1 day')
  SELECT * FROM SEMANTIC_VIEW(sv METRICS m)
  SELECT * FROM DIRECTORY(@s)
  SELECT COUNT(*) OVER (ORDER BY id RANGE BETWEEN INTERVAL '1 day' PRECEDING AND CURRENT ROW) FROM t
  CREATE NOTIFICATION INTEGRATION n TYPE = EMAIL ENABLED = TRUE TAG = 'x'`;

describe('a clause or property that is not modelled is refused by name', () => {
  beforeAll(() =>
    local.session.execute(
      `SELECT SYSTEM$LOCAL_DBT_CREATE('p', '{"project": "p", "nodes": [{"name": "a"}]}')`,
    ),
  );

  it.each(CLAUSES.trim().split('\n'))('%s', async (sql) => {
    expect(await outcome(sql)).toBeInstanceOf(NotModelled);
  });
});

describe('what Snowflake does not have is absent', () => {
  it.each([
    ['SELECT FROBNICATE(1)', '002140', 'Unknown function FROBNICATE'],
    ['CREATE TABLE f (a FROB)', '002040', "Unsupported data type 'FROB'"],
    ['SELECT 1::FROB', '002040', "Unsupported data type 'FROB'"],
    ['SELECT CAST(1 AS FROB)', '002040', "Unsupported data type 'FROB'"],
    ['CREATE PROCEDURE f(a FROB) RETURNS NUMBER AS $$ BEGIN RETURN 1; END $$', '002040', "type 'FROB'"],
    ['SELECT SYSTEM$FROBNICATE(1)', '002140', 'Unknown function SYSTEM$FROBNICATE'],
    ['SELECT SYSTEM$DBT_RUN(1)', '002140', 'Unknown function SYSTEM$DBT_RUN'],
    ['SELECT * FROM TABLE(INFORMATION_SCHEMA.FROBNICATE())', '002141', 'FROBNICATE'],
    ['SELECT * FROM SNOWFLAKE.ACCOUNT_USAGE.FROBNICATE', '002003', 'does not exist or not authorized'],
    ['SELECT * FROM SNOWFLAKE.FROBNICATE.TABLES', '002003', 'does not exist or not authorized'],
    ['SELECT * FROM INFORMATION_SCHEMA.FROBNICATE', '002003', 'does not exist or not authorized'],
    ['CREATE FROB x', '001003', "syntax error line 1 at position 7 unexpected 'FROB'"],
    ['ALTER FROB x', '001003', "unexpected 'FROB'"],
    ['SHOW FROBS', '001003', "unexpected 'FROBS'"],
    ['EXECUTE FROB x', '001003', "unexpected 'FROB'"],
    ['FROB x', '001003', "syntax error line 1 at position 0 unexpected 'FROB'"],
    ['CREATE WAREHOUSE w FROB = 1', '001420', "invalid property 'FROB' for 'WAREHOUSE'"],
    ['ALTER WAREHOUSE oven SET FROB = 1', '001420', "invalid property 'FROB' for 'WAREHOUSE'"],
    ['CREATE USER u FROB = 1', '001420', "invalid property 'FROB' for 'USER'"],
    ['CREATE ROLE r FROB = 1', '001420', "invalid property 'FROB' for 'ROLE'"],
    [
      'CREATE NOTIFICATION INTEGRATION n TYPE = EMAIL ENABLED = TRUE FROB = 1',
      '001420',
      "invalid property 'FROB' for 'INTEGRATION'",
    ],
    ['ALTER TABLE t ADD SEARCHED NUMBER FROB', '001003', "unexpected 'FROB'"],
    ['ALTER TASK k SUSPEND FROB', '002003', 'does not exist'],
    ['ALTER SESSION SET FROB = 1', '001006', "invalid parameter 'FROB'"],
    ['ALTER SESSION UNSET FROB', '001006', "invalid parameter 'FROB'"],
  ])('%s', async (sql, code, message) => {
    expect(await outcome(sql)).toMatchObject({ code, message: expect.stringContaining(message) });
  });
});
