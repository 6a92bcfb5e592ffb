import { openBakery, type Local } from './local';

let bakery: Local;
beforeAll(async () => {
  bakery = await openBakery();
  await bakery.session.execute('CREATE TABLE LOAVES (KIND VARCHAR, PIECES NUMBER)');
  await bakery.session.execute("INSERT INTO LOAVES VALUES ('rye', 2), ('bun', 3), (NULL, 4)");
});
afterAll(async () => bakery.close());

/** Calls around calls, each of which names its argument more than once in DuckDB's words. */
function nested(depth: number, inner: string): string {
  return depth === 0
    ? inner
    : `ARRAY_DISTINCT(ARRAY_CAT(${nested(depth - 1, inner)}, ARRAY_CONSTRUCT(${depth})))`;
}

it('calls around calls are no longer than they are deep', async () => {
  const [[list]] = (await bakery.rows(
    `SELECT ARRAY_TO_STRING(${nested(12, 'ARRAY_CONSTRUCT(1, 2)')}, ',')`,
  )) as [[string]];
  expect(list).toBe('1,2,3,4,5,6,7,8,9,10,11,12');
});

it.each([
  [
    'columns',
    `SELECT ARRAY_SIZE(${nested(5, 'ARRAY_CONSTRUCT(KIND, PIECES)')}) AS N FROM LOAVES ORDER BY PIECES`,
    ['6', '6', '6'],
  ],
  ['an aggregate', `SELECT ARRAY_SIZE(${nested(5, 'ARRAY_AGG(PIECES)')}) FROM LOAVES`, ['5']],
  ['a subquery', `SELECT ARRAY_SIZE(${nested(5, '(SELECT ARRAY_AGG(PIECES) FROM LOAVES)')})`, ['5']],
  [
    'what is grouped by',
    `SELECT ARRAY_SIZE(${nested(5, 'ARRAY_CONSTRUCT(KIND)')}), COUNT(*) FROM LOAVES GROUP BY ${nested(5, 'ARRAY_CONSTRUCT(KIND)')} ORDER BY 1 LIMIT 1`,
    ['6'],
  ],
  ['NULL', `SELECT ${nested(5, 'NULL::ARRAY')}`, [null]],
])('%s may stand inside of them', async (_, sql, expected) => {
  expect((await bakery.rows(sql)).map(([first]) => first)).toEqual(expected);
});
