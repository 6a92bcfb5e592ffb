/** What VARIANTs are ordered by: https://docs.snowflake.com/en/sql-reference/data-types-semistructured */
import { openBakery, type Local } from './local';

let local: Local;
beforeAll(async () => {
  local = await openBakery();
  await local.session.execute('CREATE TABLE TRAYS (N INT, V VARIANT)');
  await local.session.execute(
    `INSERT INTO TRAYS SELECT COLUMN1, PARSE_JSON(COLUMN2) FROM VALUES
     (1, '10'), (2, '9'), (3, '"b"'), (4, '9.5'), (5, 'true'), (6, 'null'), (7, NULL), (8, '"B"'), (9, '-3'), (10, '{"a":1}'), (11, '[1]'), (12, 'false')`,
  );
});
afterAll(() => local.close());

const ORDER = ['12', '5', '9', '2', '4', '1', '8', '3', '10', '11', '6', '7'];
const numbers = async (sql: string): Promise<(string | null)[]> => (await local.rows(sql)).map(([n]) => n!);

it('booleans come before numbers, texts, objects, arrays and JSON nulls, each by value', async () => {
  expect(await numbers('SELECT N FROM TRAYS ORDER BY V')).toEqual(ORDER);
});

it.each([
  'SELECT N, V FROM TRAYS ORDER BY 2',
  'SELECT N, V AS X FROM TRAYS ORDER BY X',
  'SELECT DISTINCT N, V FROM TRAYS ORDER BY V',
  'SELECT N, V FROM TRAYS UNION ALL SELECT N, V FROM TRAYS WHERE FALSE ORDER BY V',
  'SELECT N, MAX(V) AS M FROM TRAYS GROUP BY N ORDER BY M',
  'SELECT N FROM TRAYS ORDER BY ROW_NUMBER() OVER (ORDER BY V)',
])('%s is in that order', async (sql) => {
  expect(await numbers(sql)).toEqual(ORDER);
});

it('and descending in the other', async () => {
  expect(await numbers('SELECT N FROM TRAYS ORDER BY V DESC')).toEqual([...ORDER].reverse());
});

it.each([
  ["PARSE_JSON('9') < PARSE_JSON('10')", 'true'],
  ["PARSE_JSON('1') = PARSE_JSON('1.0')", 'true'],
  ["PARSE_JSON('1') IN (PARSE_JSON('2'), PARSE_JSON('1.0'))", 'true'],
  ["PARSE_JSON('1') = PARSE_JSON('\"1\"')", 'false'],
  ["GREATEST(PARSE_JSON('10'), PARSE_JSON('9'))", '10'],
  ["LEAST(PARSE_JSON('10'), PARSE_JSON('9'))", '9'],
  ["GREATEST_IGNORE_NULLS(NULL::VARIANT, PARSE_JSON('9'))", '9'],
  ['MIN(V) FROM TRAYS WHERE N < 5', '9'],
  ['MAX(V) FROM TRAYS WHERE N IN (1, 2, 4)', '10'],
  ['MAX_BY(N, V) FROM TRAYS WHERE N IN (1, 2, 4)', '1'],
  ["LISTAGG(N, ',') WITHIN GROUP (ORDER BY V) FROM TRAYS WHERE N IN (1, 2, 4)", '2,4,1'],
  ["NULLIF(PARSE_JSON('1'), PARSE_JSON('1.0'))", null],
])('%s is %s', async (expression, value) => {
  expect(await local.value(expression)).toBe(value);
});
