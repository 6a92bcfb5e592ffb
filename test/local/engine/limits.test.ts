/** How large a value and a result may be, and what DuckDB may not reach. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engineSession } from '../../../src/local/engine/account';
import { features } from '../../../src/local/features';
import { openBakery, type Local } from '../sql/local';

let local: Local;
beforeAll(async () => {
  local = await openBakery({ features: [...features] });
  await local.session.execute('CREATE TABLE loaves (id NUMBER, name VARCHAR)');
  await local.session.execute(`INSERT INTO loaves VALUES (1, 'rye')`);
});
afterAll(() => local.close());

const TOO_LARGE = /^100082 Max LOB size \(134217728\) exceeded, actual size of parsed column is \d+/;

describe('a value has 128 MB at most', () => {
  it.each([
    'SELECT SPACE(3000000000)',
    "SELECT REPEAT('a', 2000000000)",
    "SELECT REPEAT('ab', 67108865)",
    "SELECT LENGTH(REPEAT('a', 134217729))",
    "SELECT REPEAT(REPEAT('a', 20000), 20000)",
    "SELECT LPAD('a', 2000000000)",
    "SELECT RPAD('a', 2000000000, 'xyz')",
    "SELECT LPAD('a', 9000000000)",
    "SELECT REPLACE(REPEAT('a', 100000), 'a', REPEAT('b', 100000))",
    "SELECT REGEXP_REPLACE(REPEAT('a', 100000), 'a', REPEAT('b', 100000))",
    "SELECT REPEAT('a', 100000000) || REPEAT('b', 100000000)",
    "SELECT CONCAT(REPEAT('a', 100000000), REPEAT('b', 100000000))",
    'SELECT ARRAY_GENERATE_RANGE(0, 1000000000)',
    'SELECT REPEAT(name, 2000000000) FROM loaves',
    "SELECT REPEAT('a', id * 2000000000) FROM loaves",
    "INSERT INTO loaves SELECT 2, REPEAT('a', 2000000000)",
    "BEGIN RETURN REPEAT('a', 2000000000); END",
  ])('%s', async (sql) => {
    const refusal = await local.refusal(sql);
    expect(refusal.replace(/Uncaught .* : /, '')).toMatch(TOO_LARGE);
  });

  it('of a Scripting variable too, which doubles until it is full', async () => {
    const block = `DECLARE x VARCHAR DEFAULT 'ab'; BEGIN LOOP x := x || x; END LOOP; END`;
    expect(await local.refusal(block)).toMatch(/100082/);
  });

  it('and a handler takes that as any other error', async () => {
    const block = `BEGIN SELECT SPACE(3000000000); EXCEPTION WHEN OTHER THEN RETURN SQLCODE; END`;
    expect(String((await local.session.execute(block)).rows[0]![0])).toBe('100082');
  });

  it.each([
    ["LENGTH(REPEAT('ab', 1000000))", '2000000'],
    ['LENGTH(SPACE(1000000))', '1000000'],
    ["LENGTH(LPAD('a', 1000000, 'xy'))", '1000000'],
    ["LENGTH(REPLACE(REPEAT('ab', 20000), 'b', REPEAT('c', 1000)))", '20020000'],
    ["LENGTH(REGEXP_REPLACE(REPEAT('ab', 20000), 'b', REPEAT('c', 1000)))", '20020000'],
    ["REPLACE('abc', '', 'x')", 'abc'],
    ["REPLACE('abc', 'b', NULL)", null],
    ["REPEAT('a', -1)", ''],
    ['REPEAT(NULL, 3)', null],
    ["REPEAT('a', NULL)", null],
    ['ARRAY_SIZE(ARRAY_GENERATE_RANGE(0, 2000000))', '2000000'],
    ['ARRAY_GENERATE_RANGE(5, 0, -2)', '[5,3,1]'],
  ])('%s is %s', async (expression, value) => {
    expect(await local.value(expression)).toBe(value);
  });
});

it('what is padded can be grouped by, ordered by and told apart', async () => {
  expect(
    await local.rows(
      `SELECT LPAD(id, 3, '0'), COUNT(*) FROM loaves GROUP BY LPAD(id, 3, '0') ORDER BY LPAD(id, 3, '0')`,
    ),
  ).toEqual([['001', '1']]);
  expect(await local.rows(`SELECT DISTINCT REPEAT(name, 2) FROM loaves GROUP BY 1`)).toEqual([['ryerye']]);
});

describe('what memory does not hold is refused by name', () => {
  it.each([
    [
      "SELECT REPEAT('a', 1000000) FROM TABLE(GENERATOR(ROWCOUNT => 10000))",
      'texts of more than 256 MB at once',
    ],
    ["SELECT REPEAT('a', 100000) FROM TABLE(GENERATOR(ROWCOUNT => 10000))", 'a result of more than 128 MB'],
    [
      "SELECT REPEAT('a', 1000000 + SEQ4()) FROM TABLE(GENERATOR(ROWCOUNT => 10000))",
      'texts of more than 256 MB at once',
    ],
    [
      "SELECT REPEAT('a', 100000000) FROM TABLE(GENERATOR(ROWCOUNT => 100))",
      'texts of more than 256 MB at once',
    ],
    [
      "SELECT LENGTH(LISTAGG(REPEAT('a', 1000), '')) FROM TABLE(GENERATOR(ROWCOUNT => 1000000))",
      'a statement that takes more than 512 MB of memory',
    ],
    ['SELECT SEQ4() FROM TABLE(GENERATOR(ROWCOUNT => 1000000000))', 'a result of more than 128 MB'],
  ])(
    '%s',
    async (sql, what) => {
      expect(await local.refusal(sql)).toMatch(`000002 Unsupported feature '${what}'`);
    },
    120_000,
  );

  it('and the session goes on', async () => {
    expect(await local.rows('SELECT name FROM loaves')).toEqual([['rye']]);
  });
});

describe('DuckDB', () => {
  const inDuck = (sql: string) =>
    engineSession(local.session).reading(async ({ raw }) => (await raw.runAndReadAll(sql)).getRowsJson());

  it.each([
    "COPY (SELECT 1) TO '/tmp/stolen.csv'",
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM '/etc/passwd'",
    "ATTACH '/tmp/other.duckdb'",
    "EXPORT DATABASE '/tmp/stolen'",
    'INSTALL httpfs',
    'LOAD httpfs',
    "SET memory_limit = '100GB'",
    'SET enable_external_access = true',
    'SET lock_configuration = false',
    'RESET memory_limit',
  ])('may not %s', async (sql) => {
    await expect(inDuck(sql)).rejects.toThrow(/disabled|locked|Cannot change|does not exist/);
  });

  it('computes in the zone of the session all the same', async () => {
    await local.session.execute("ALTER SESSION SET TIMEZONE = 'Asia/Tokyo'");
    expect(await local.value("'2026-03-02 00:00:00 +0000'::TIMESTAMP_LTZ::VARCHAR")).toBe(
      '2026-03-02 09:00:00.000 +0900',
    );
    await local.session.execute('ALTER SESSION UNSET TIMEZONE');
  });

  it('leaves no file beside the account’s own', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bakery-'));
    const file = join(folder, 'account.duckdb');
    const kept = await openBakery({ file });
    await kept.session.execute(
      'CREATE TABLE t AS SELECT SEQ4() AS id FROM TABLE(GENERATOR(ROWCOUNT => 200000))',
    );
    await kept.rows('SELECT COUNT(*) FROM (SELECT id FROM t ORDER BY RANDOM())');
    expect(existsSync(`${file}.tmp`)).toBe(false);
    await kept.close();
    rmSync(folder, { recursive: true });
  });
});
