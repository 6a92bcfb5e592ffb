import { openBakery, type Local } from './local';

/** What the README says is refused by name: the statement, and the name in the refusal. */
const REFUSED: [sql: string, name: string][] = [
  ['SELECT ID FROM T START WITH ID = 1 CONNECT BY ID = PRIOR ID', 'CONNECT BY'],
  ['SELECT * FROM T PIVOT (SUM(ID) FOR K IN (ANY))', 'PIVOT ... IN (ANY or a query)'],
  ['SELECT * FROM T PIVOT (SUM(ID) FOR K IN (SELECT K FROM T))', 'PIVOT ... IN (ANY or a query)'],
  ['SELECT * FROM T PIVOT (SUM(ID), MAX(ID) FOR K IN (1))', 'PIVOT with several aggregates'],
  ['SELECT * FROM T MATCH_RECOGNIZE (PATTERN (a))', 'MATCH_RECOGNIZE'],
  ['SELECT * FROM T SAMPLE SYSTEM (10)', 'SAMPLE of blocks'],
  ['SELECT * FROM T AT (OFFSET => -60)', 'Time Travel (AT)'],
  ["SELECT * FROM T BEFORE (STATEMENT => 'x')", 'Time Travel (BEFORE)'],
  ['SELECT * FROM T CHANGES (INFORMATION => DEFAULT)', 'CHANGES'],
  ['SELECT * FROM T ASOF JOIN T U MATCH_CONDITION (T.ID >= U.ID)', 'ASOF JOIN'],
  ['SELECT SUM(ID) OVER W FROM T WINDOW W AS (ORDER BY ID)', 'WINDOW'],
  ['SELECT * FROM T FOR UPDATE', 'FOR UPDATE'],
  ['SELECT COUNT(*) FILTER (WHERE ID > 1) FROM T', 'FILTER'],
  ["SELECT K COLLATE 'de' FROM T", 'COLLATE'],
  ['INSERT FIRST WHEN ID > 1 THEN INTO T SELECT * FROM T', 'INSERT FIRST'],
  ['MERGE INTO T USING T U ON T.ID = U.ID WHEN MATCHED THEN UPDATE ALL BY NAME', 'BY NAME'],
  ['SELECT $1 FROM @STAGE', 'stage'],
  ['COPY INTO T FROM @S', 'COPY INTO T'],
  ['PUT file://x @S', 'PUT'],
  ['CREATE FUNCTION F() RETURNS NUMBER AS $$1$$', 'CREATE FUNCTION'],
  ['CREATE STREAM S ON TABLE T', 'CREATE STREAM'],
  ['CREATE MATERIALIZED VIEW V AS SELECT 1', 'MATERIALIZED'],
  ["CREATE DYNAMIC TABLE D TARGET_LAG = '1 minute' AS SELECT 1", 'DYNAMIC'],
  ['CREATE EXTERNAL TABLE E (A NUMBER)', 'EXTERNAL'],
  ['CREATE EVENT TABLE E', 'EVENT'],
  ['CREATE MASKING POLICY P AS (A NUMBER) RETURNS NUMBER -> A', 'CREATE MASKING'],
  ['GRANT SELECT ON TABLE T TO SHARE S', 'SHARE'],
  ['ALTER TABLE T RENAME TO OTHER.T', 'another schema'],
  ['CREATE DATABASE D CLONE BAKERY', 'CREATE DATABASE ... CLONE'],
  ['CREATE TABLE X (A ARRAY(NUMBER))', 'structured type ARRAY'],
  ['CREATE TABLE X (A GEOGRAPHY)', 'GEOGRAPHY'],
  ['CREATE TABLE X (A VECTOR(FLOAT, 3))', 'VECTOR'],
  ['CREATE TABLE X (A NUMBER, FOREIGN KEY (A) REFERENCES T (ID))', 'FOREIGN KEY'],
  ['CREATE TABLE X (A NUMBER) WITH TAG (COST = 1)', 'CREATE TABLE'],
  ['UNDROP TABLE T', 'UNDROP TABLE T'],
  ['ALTER TABLE T SWAP WITH U', 'ALTER TABLE ... SWAP'],
  ['SELECT TO_CHAR(CURRENT_DATE(), K) FROM T', 'computed format'],
  ["SELECT TO_CHAR(CURRENT_TIMESTAMP(), 'HH:MI')", 'format element'],
  ["SELECT TO_NUMBER('FF', '0XX')", "number format '0XX'"],
  ["SELECT TO_CHAR(5, '9V9')", "number format '9V9'"],
  ["SELECT REGEXP_INSTR('abc', '(b)', 1, 1, 0, 'e')", 'REGEXP_INSTR of a group'],
  ["SELECT ROUND(2.5, 0, 'UP')", 'ROUND with the mode'],
  ["SELECT TO_BINARY('a', 'base32')", "binary format 'base32'"],
  ["SELECT TO_TIMESTAMP('+02 10:00', 'TZH HH24:MI')", 'offset that is not at the end'],
  ["SELECT * FROM TABLE(FLATTEN(INPUT => PARSE_JSON('[]'), RECURSIVE => TRUE, OUTER => TRUE))", 'RECURSIVE'],
  ['SELECT ARRAY_CONSTRUCT(*) FROM T', '* in ARRAY_CONSTRUCT'],
  ['SELECT NTH_VALUE(ID, 2) FROM LAST OVER (ORDER BY ID) FROM T', 'NTH_VALUE ... FROM LAST'],
  ["SELECT OBJECT_INSERT(OBJECT_CONSTRUCT(), 'a', 1, K) FROM (SELECT TRUE AS K)", 'computed update flag'],
  ['SELECT * FROM TABLE(GENERATOR(TIMELIMIT => 1))', 'GENERATOR'],
  ['SELECT FILTER(ARRAY_CONSTRUCT(1), x -> x > 1)', 'lambda'],
  ['SELECT CURRENT_TIMESTAMP() - SYSDATE()', '- between'],
  ["SELECT SHA2('a', 512)", '512'],
  ['GRANT SELECT ON TABLE T TO DATABASE ROLE R', 'DATABASE'],
  ['GRANT USAGE ON FUNCTION F() TO ROLE PUBLIC', 'FUNCTION'],
  ['REVOKE GRANT OPTION FOR SELECT ON TABLE T FROM ROLE PUBLIC', 'REVOKE GRANT OPTION FOR'],
  ['SHOW PIPES', 'SHOW PIPES'],
  ['DESCRIBE FUNCTION F()', 'DESCRIBE FUNCTION F'],
  ['EXPLAIN SELECT 1', 'EXPLAIN'],
];

/** Functions of Snowflake's that are known and not modelled. */
const FUNCTIONS = `PARSE_XML('<a/>') CHECK_XML('<a/>') TO_XML(1) XMLGET(1,'a')
  AS_BINARY(1) AS_DATE(1) AS_TIME(1) AS_TIMESTAMP_NTZ(1) AS_TIMESTAMP_LTZ(1) AS_TIMESTAMP_TZ(1)
  IS_BINARY(1) IS_DATE(1) IS_DATE_VALUE(1) IS_TIME(1) IS_TIMESTAMP_NTZ(1) IS_TIMESTAMP_LTZ(1) IS_TIMESTAMP_TZ(1)
  HASH(1) HASH_AGG(1) HLL_ACCUMULATE(1) HLL_COMBINE(1) HLL_ESTIMATE(1) MINHASH(1,1) MINHASH_COMBINE(1)
  APPROXIMATE_SIMILARITY(1) APPROX_PERCENTILE(1,0.5) APPROX_TOP_K(1) COMPRESS('a','SNAPPY') DECOMPRESS_BINARY(1)
  DECOMPRESS_STRING(1) ENCRYPT('a','b') DECRYPT('a','b') PARSE_URL('a') PARSE_IP('1.2.3.4','INET') COLLATION('a')
  RANDSTR(1,1) NORMAL(0,1,1) ZIPF(1,1,1) ARRAY_UNION_AGG(1) ARRAYS_ZIP(1) BITMAP_BIT_POSITION(1) BITMAP_COUNT(1)
  CURRENT_TRANSACTION() CURRENT_IP_ADDRESS() CURRENT_AVAILABLE_ROLES() CURRENT_SECONDARY_ROLES() CURRENT_SCHEMAS()
  CURRENT_ROLE_TYPE() INVOKER_ROLE() INVOKER_SHARE() IS_ROLE_IN_SESSION('A') ALL_USER_NAMES() TO_QUERY('A')
  FILTER(1) TRANSFORM(1) REDUCE(1) CONDITIONAL_CHANGE_EVENT(1)`;

describe('refused by name', () => {
  it.each(FUNCTIONS.split(/\s+/))('the function in SELECT %s', async (call) => {
    expect(await local.refusal(`SELECT ${call}`)).toContain(
      `000002 Unsupported feature 'the function ${call.split('(')[0]!}'`,
    );
  });

  let local: Local;
  beforeAll(async () => {
    local = await openBakery();
    await local.session.execute('CREATE TABLE T (ID NUMBER, K VARCHAR)');
    await local.session.execute('CREATE TABLE U (ID NUMBER)');
  });
  afterAll(() => local.close());

  it.each(REFUSED)('%s', async (sql, name) => {
    const refusal = await local.refusal(sql);
    expect(refusal).toMatch(/^000002 Unsupported feature/);
    expect(refusal).toContain(name);
  });
});
