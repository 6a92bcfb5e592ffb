import { openBakery, type Local } from './local';

let local: Local;
beforeAll(async () => {
  local = await openBakery();
  for (const sql of [
    'CREATE TABLE LOAVES (ID NUMBER, KIND VARCHAR(20), PRICE NUMBER(10,2), BAKED TIMESTAMP_NTZ)',
    `INSERT INTO LOAVES VALUES (1, 'rye', 4.50, '2024-01-01 06:00:00'), (2, 'rye', 5.00, '2024-01-02 06:00:00'), (3, 'wheat', 3.25, '2024-01-02 07:00:00'), (4, NULL, NULL, NULL)`,
    'CREATE TABLE SALES (LOAF_ID NUMBER, SOLD NUMBER)',
    'INSERT INTO SALES VALUES (1, 10), (1, 5), (3, 7), (9, 1)',
    'CREATE TABLE DOUGH (RECIPE VARIANT)',
    `INSERT INTO DOUGH SELECT PARSE_JSON('{"name":"rye","flours":["rye","spelt"],"grams":{"water":350,"salt":9}}')`,
    'CREATE TABLE "Mixed" ("id" NUMBER, "ID" NUMBER)',
    'INSERT INTO "Mixed" VALUES (1, 2)',
  ])
    await local.session.execute(sql);
});
afterAll(() => local.close());

const names = async (sql: string): Promise<string[]> =>
  (await local.session.execute(sql)).columns.map((column) => column.name);

describe('names of result columns', () => {
  it('are upper case unless quoted, and the text of unnamed expressions', async () => {
    expect(
      await names(
        'select id, kind as "Sort", count(*), max(price) + 1, l.baked::date from loaves l group by all',
      ),
    ).toEqual(['ID', 'Sort', 'COUNT(*)', 'MAX(PRICE) + 1', 'L.BAKED::DATE']);
  });

  it('of quoted columns that differ by case stay apart', async () => {
    expect(await local.rows('SELECT "id", ID FROM "Mixed"')).toEqual([['1', '2']]);
  });

  it('may repeat', async () => {
    expect(
      await names('SELECT l.ID, s.LOAF_ID AS ID FROM LOAVES l JOIN SALES s ON l.ID = s.LOAF_ID'),
    ).toEqual(['ID', 'ID']);
  });

  it('of VALUES are COLUMN1, COLUMN2, and $1 means the first', async () => {
    expect(await local.rows("SELECT $2, column1 FROM VALUES (1, 'a'), (2, 'b') ORDER BY $1")).toEqual([
      ['a', '1'],
      ['b', '2'],
    ]);
  });
});

describe('SELECT', () => {
  it('uses an alias in WHERE, GROUP BY, QUALIFY and other items', async () => {
    expect(
      await local.rows(
        `SELECT UPPER(KIND) AS K, K || '!' AS LOUD, COUNT(*) AS N FROM LOAVES WHERE K <> 'WHEAT' GROUP BY K, LOUD QUALIFY ROW_NUMBER() OVER (ORDER BY N DESC) = 1`,
      ),
    ).toEqual([['RYE', 'RYE!', '2']]);
  });

  it('takes a column before an alias of its name, and the alias first in ORDER BY', async () => {
    expect(await local.rows(`SELECT -ID AS ID FROM LOAVES WHERE ID > 2 ORDER BY ID`)).toEqual([
      ['-4'],
      ['-3'],
    ]);
  });

  it('sorts NULLs last upwards and first downwards', async () => {
    expect((await local.rows('SELECT PRICE FROM LOAVES ORDER BY PRICE')).at(-1)).toEqual([null]);
    expect((await local.rows('SELECT PRICE FROM LOAVES ORDER BY PRICE DESC'))[0]).toEqual([null]);
    expect((await local.rows('SELECT PRICE FROM LOAVES ORDER BY PRICE DESC NULLS LAST'))[0]).toEqual([
      '5.00',
    ]);
  });

  it('leaves out and renames columns of a star', async () => {
    expect(await names('SELECT * EXCLUDE (PRICE, BAKED) RENAME KIND AS SORT FROM LOAVES')).toEqual([
      'ID',
      'SORT',
    ]);
  });

  it('joins in every way', async () => {
    const joined = (join: string): Promise<(string | null)[][]> =>
      local.rows(`SELECT l.ID, s.SOLD FROM LOAVES l ${join} SALES s ON l.ID = s.LOAF_ID ORDER BY 1, 2`);
    expect(await joined('JOIN')).toEqual([
      ['1', '5'],
      ['1', '10'],
      ['3', '7'],
    ]);
    expect(await joined('LEFT JOIN')).toHaveLength(5);
    expect(await joined('RIGHT OUTER JOIN')).toHaveLength(4);
    expect(await joined('FULL JOIN')).toHaveLength(6);
    expect(await local.rows('SELECT COUNT(*) FROM LOAVES, SALES')).toEqual([['16']]);
    expect(
      await local.rows(
        'SELECT ID, COUNT(*) FROM LOAVES JOIN (SELECT LOAF_ID AS ID FROM SALES) USING (ID) GROUP BY ID ORDER BY ID',
      ),
    ).toEqual([
      ['1', '2'],
      ['3', '1'],
    ]);
  });

  it('reads common tables, recursive ones too', async () => {
    expect(
      await local.rows(
        `WITH RECURSIVE days (D) AS (SELECT 1 UNION ALL SELECT D + 1 FROM days WHERE D < 4), even AS (SELECT D FROM days WHERE D % 2 = 0) SELECT SUM(D) FROM even`,
      ),
    ).toEqual([['6']]);
  });

  it('combines results', async () => {
    expect(await local.rows("SELECT 1 UNION SELECT 1 UNION ALL SELECT '2' ORDER BY 1")).toEqual([
      ['1.00000'],
      ['2.00000'],
    ]);
    expect(await local.rows('SELECT ID FROM LOAVES MINUS SELECT LOAF_ID FROM SALES ORDER BY 1')).toEqual([
      ['2'],
      ['4'],
    ]);
    expect(await local.rows('SELECT ID FROM LOAVES INTERSECT SELECT LOAF_ID FROM SALES ORDER BY 1')).toEqual([
      ['1'],
      ['3'],
    ]);
  });

  it('limits, with an offset', async () => {
    expect(await local.rows('SELECT ID FROM LOAVES ORDER BY ID LIMIT 2 OFFSET 1')).toEqual([['2'], ['3']]);
    expect(await local.rows('SELECT TOP 1 ID FROM LOAVES ORDER BY ID DESC')).toEqual([['4']]);
    expect(await local.rows('SELECT ID FROM LOAVES ORDER BY ID FETCH FIRST 1 ROWS ONLY')).toEqual([['1']]);
  });
});

it('DUAL is one row, and VALUES may be named inside its parentheses', async () => {
  expect(await local.rows('SELECT 5 FROM DUAL')).toEqual([['5']]);
  expect(await local.rows('SELECT D.A FROM (VALUES (1, 2) AS D(A, B))')).toEqual([['1']]);
});

it('an object may be made of a subquery', async () => {
  expect(await local.rows("SELECT OBJECT_CONSTRUCT('n', (SELECT COUNT(*) FROM DUAL))")).toEqual([
    ['{\"n\":1}'],
  ]);
});

it('of equal values MAX_BY and MIN_BY take the first', async () => {
  const values = 'FROM VALUES (1, 10), (2, 10), (3, 5), (4, 10) AS V(E, S)';
  expect(await local.rows(`SELECT MAX_BY(E, S), MAX_BY(E, S, 3), MIN_BY(E, S, 2) ${values}`)).toEqual([
    ['1', '[1,2,4]', '[3,1]'],
  ]);
});

describe('aggregates', () => {
  it.each([
    ['COUNT(KIND), COUNT(DISTINCT KIND), COUNT(*)', ['3', '2', '4']],
    ['SUM(PRICE), AVG(PRICE), AVG(ID)', ['12.75', '4.25000000', '2.500000']],
    ['MIN(BAKED), MAX(KIND)', ['2024-01-01 06:00:00', 'wheat']],
    ["LISTAGG(KIND, ',') WITHIN GROUP (ORDER BY ID DESC)", ['wheat,rye,rye']],
    ["LISTAGG(DISTINCT KIND, '+') WITHIN GROUP (ORDER BY KIND)", ['rye+wheat']],
    ['ARRAY_AGG(KIND) WITHIN GROUP (ORDER BY ID)', ['["rye","rye","wheat"]']],
    ['ARRAY_AGG(DISTINCT KIND) WITHIN GROUP (ORDER BY KIND)', ['["rye","wheat"]']],
    ['ARRAY_AGG(ID) WITHIN GROUP (ORDER BY PRICE DESC NULLS LAST)', ['[2,1,3,4]']],
    ['COUNT_IF(PRICE > 4), BOOLOR_AGG(ID = 3), BOOLAND_AGG(ID < 4)', ['2', 'true', 'false']],
    ['MAX_BY(KIND, PRICE), MIN_BY(ID, PRICE)', ['rye', '3']],
    ['MEDIAN(ID), APPROX_COUNT_DISTINCT(KIND)', ['2.500', '2']],
    ['OBJECT_AGG(ID, KIND)', ['{"1":"rye","2":"rye","3":"wheat"}']],
    ['PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY ID)', ['2.500']],
    ["ANY_VALUE(IFF(ID > 0, 'x', NULL)), MODE(KIND)", ['x', 'rye']],
    ['BOOLXOR_AGG(ID = 3), BITAND_AGG(ID), BITOR_AGG(ID), HLL(KIND)', ['true', '0', '7', '2']],
    ['STDDEV(ID) = STDDEV_SAMP(ID), ROUND(STDDEV_POP(ID), 4)', ['true', '1.118']],
    ['ROUND(VARIANCE(ID), 4), VAR_SAMP(ID) = VARIANCE_SAMP(ID)', ['1.6667', 'true']],
    ['VAR_POP(ID), VARIANCE_POP(ID)', ['1.250000', '1.250000']],
    ['ROUND(CORR(ID, ID * 2), 6), COVAR_POP(ID, ID), ROUND(COVAR_SAMP(ID, ID), 4)', ['1', '1.25', '1.6667']],
    [
      'REGR_SLOPE(ID * 2 + 1, ID), REGR_INTERCEPT(ID * 2 + 1, ID), ROUND(REGR_R2(ID * 2, ID), 6)',
      ['2', '1', '1'],
    ],
    ['PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY ID)', ['2']],
    ['ARRAYAGG(KIND) WITHIN GROUP (ORDER BY KIND DESC)', ['["wheat","rye","rye"]']],
    ['ARRAY_SIZE(ARRAY_UNIQUE_AGG(KIND))', ['2']],
  ])('%s', async (items, expected) => {
    expect(await local.rows(`SELECT ${items} FROM LOAVES`)).toEqual([expected]);
  });

  it('of nothing are NULL, but a count of 0, an empty text, an empty array', async () => {
    expect(
      await local.rows(
        "SELECT COUNT(*), SUM(ID), LISTAGG(KIND, ','), ARRAY_AGG(ID), COUNT_IF(TRUE) FROM LOAVES WHERE ID > 99",
      ),
    ).toEqual([['0', null, '', '[]', '0']]);
  });

  it('over groups of groups say which they are', async () => {
    expect(
      await local.rows(
        'SELECT KIND, GROUPING(KIND), GROUPING_ID(KIND), COUNT(*) FROM LOAVES WHERE ID < 3 GROUP BY ROLLUP (KIND) ORDER BY 2',
      ),
    ).toEqual([
      ['rye', '0', '0', '2'],
      [null, '1', '1', '2'],
    ]);
  });

  it('of DISTINCT values are not ordered by something else', async () => {
    expect(
      await local.refusal("SELECT LISTAGG(DISTINCT KIND, ',') WITHIN GROUP (ORDER BY ID) FROM LOAVES"),
    ).toMatch(/is not a valid order by expression/);
  });

  it('beside a column that is not grouped are refused', async () => {
    expect(await local.refusal('SELECT KIND, COUNT(*) FROM LOAVES')).toMatch(
      /^000979 .*is not a valid group by expression/s,
    );
  });
});

describe('windows', () => {
  it('number, look back, and sum up to the row', async () => {
    expect(
      await local.rows(
        'SELECT ID, ROW_NUMBER() OVER (PARTITION BY KIND ORDER BY ID), LAG(ID, 1, 0) OVER (ORDER BY ID), SUM(PRICE) OVER (ORDER BY ID) FROM LOAVES WHERE KIND IS NOT NULL ORDER BY ID',
      ),
    ).toEqual([
      ['1', '1', '0', '4.50'],
      ['2', '2', '1', '9.50'],
      ['3', '1', '2', '12.75'],
    ]);
  });

  it('rank, divide, and look ahead', async () => {
    expect(
      await local.rows(
        `SELECT ID, DENSE_RANK() OVER (ORDER BY KIND), NTILE(2) OVER (ORDER BY ID), PERCENT_RANK() OVER (ORDER BY ID), CUME_DIST() OVER (ORDER BY ID),
           LEAD(ID) OVER (ORDER BY ID), FIRST_VALUE(ID) OVER (ORDER BY ID), NTH_VALUE(ID, 2) OVER (ORDER BY ID), RATIO_TO_REPORT(ID) OVER () FROM LOAVES WHERE ID IN (1, 3) ORDER BY ID`,
      ),
    ).toEqual([
      ['1', '1', '1', '0', '0.5', '3', '1', '3', '0.250000'],
      ['3', '2', '2', '1', '1', null, '1', '3', '0.750000'],
    ]);
  });

  it('take FIRST_VALUE and LAST_VALUE over the whole partition', async () => {
    expect(await local.rows('SELECT DISTINCT LAST_VALUE(ID) OVER (ORDER BY ID) FROM LOAVES')).toEqual([
      ['4'],
    ]);
  });

  it('filter with QUALIFY', async () => {
    expect(
      await local.rows(
        'SELECT ID FROM LOAVES QUALIFY RANK() OVER (PARTITION BY KIND ORDER BY PRICE DESC) = 1 ORDER BY ID',
      ),
    ).toEqual([['2'], ['3'], ['4']]);
  });

  it('of ranks need an order', async () => {
    expect(await local.refusal('SELECT ROW_NUMBER() OVER (PARTITION BY KIND) FROM LOAVES')).toMatch(
      /requires ORDER BY/,
    );
  });
});

describe('semi-structured data', () => {
  it('is reached by paths', async () => {
    expect(
      await local.rows(
        'SELECT RECIPE:name::STRING, RECIPE:grams.water::INT, d.RECIPE:flours[1]::STRING FROM DOUGH d',
      ),
    ).toEqual([['rye', '350', 'spelt']]);
  });

  it('is flattened beside its row', async () => {
    expect(
      await local.rows(
        'SELECT f.INDEX, f.VALUE::STRING, f.PATH FROM DOUGH d, LATERAL FLATTEN(INPUT => d.RECIPE:flours) f ORDER BY f.INDEX',
      ),
    ).toEqual([
      ['0', 'rye', '[0]'],
      ['1', 'spelt', '[1]'],
    ]);
    expect(
      await local.rows('SELECT KEY, VALUE FROM DOUGH, TABLE(FLATTEN(RECIPE:grams)) ORDER BY KEY'),
    ).toEqual([
      ['salt', '9'],
      ['water', '350'],
    ]);
  });

  it('keeps rows without entries when OUTER says so', async () => {
    expect(
      await local.rows('SELECT COUNT(*) FROM DOUGH, LATERAL FLATTEN(INPUT => RECIPE:nothing, OUTER => TRUE)'),
    ).toEqual([['1']]);
    expect(await local.rows('SELECT COUNT(*) FROM DOUGH, LATERAL FLATTEN(INPUT => RECIPE:nothing)')).toEqual([
      ['0'],
    ]);
  });

  it('numbers the rows that are flattened, where they are stored', async () => {
    const flattened = 'FROM LOAVES l, LATERAL FLATTEN(INPUT => ARRAY_CONSTRUCT(l.ID, 0)) f';
    expect(await local.rows(`SELECT COUNT(DISTINCT f.SEQ), COUNT(*) ${flattened}`)).toEqual([['4', '8']]);
    expect(
      await local.refusal(
        'SELECT f.SEQ FROM (SELECT RECIPE AS R FROM DOUGH) d, LATERAL FLATTEN(d.R:flours) f',
      ),
    ).toContain("Unsupported feature 'SEQ of FLATTEN beside anything but stored tables'");
  });

  it('is flattened from a value alone', async () => {
    expect(
      await local.rows(
        "SELECT VALUE::STRING FROM TABLE(FLATTEN(INPUT => SPLIT('a,b', ','))) ORDER BY INDEX DESC",
      ),
    ).toEqual([['b'], ['a']]);
  });
});

describe('table functions', () => {
  it('GENERATOR gives so many rows', async () => {
    expect(await local.rows('SELECT SEQ4() FROM TABLE(GENERATOR(ROWCOUNT => 3)) ORDER BY 1')).toEqual([
      ['0'],
      ['1'],
      ['2'],
    ]);
  });

  it('RESULT_SCAN reads the last result', async () => {
    await local.session.execute('SELECT ID, KIND FROM LOAVES WHERE ID < 3');
    expect(await local.rows('SELECT COUNT(*), MAX(KIND) FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()))')).toEqual([
      ['2', 'rye'],
    ]);
  });

  it('->> hands a result on', async () => {
    expect(await local.rows(`SHOW TABLES LIKE 'L%' ->> SELECT "name" FROM $1`)).toEqual([['LOAVES']]);
  });

  it('that are not known are refused', async () => {
    expect(await local.refusal('SELECT * FROM TABLE(KNEAD(1))')).toMatch(
      /^002141 .*Unknown user-defined table function KNEAD/s,
    );
  });
});

describe('subqueries', () => {
  it.each([
    ['SELECT ID FROM LOAVES l WHERE EXISTS (SELECT 1 FROM SALES s WHERE s.LOAF_ID = l.ID)', '2'],
    ['SELECT ID FROM LOAVES WHERE ID IN (SELECT LOAF_ID FROM SALES)', '2'],
    ['SELECT ID FROM LOAVES WHERE ID NOT IN (SELECT LOAF_ID FROM SALES)', '2'],
    ['SELECT ID FROM LOAVES l WHERE 7 < (SELECT SUM(SOLD) FROM SALES s WHERE s.LOAF_ID = l.ID)', '1'],
    ['SELECT ID FROM LOAVES WHERE ID = (SELECT MAX(ID) FROM LOAVES)', '1'],
    ['SELECT ID FROM LOAVES WHERE ID > ALL (SELECT LOAF_ID FROM SALES WHERE LOAF_ID < 3)', '3'],
  ])('%s', async (sql, count) => {
    expect(await local.rows(`SELECT COUNT(*) FROM (${sql})`)).toEqual([[count]]);
  });

  it.each([
    ['without an aggregate', 'SELECT (SELECT SOLD FROM SALES s WHERE s.LOAF_ID = l.ID) FROM LOAVES l'],
    ['with LIMIT', 'SELECT (SELECT MAX(SOLD) FROM SALES s WHERE s.LOAF_ID = l.ID LIMIT 1) FROM LOAVES l'],
    [
      'with another comparison',
      'SELECT ID FROM LOAVES l WHERE EXISTS (SELECT 1 FROM SALES s WHERE s.LOAF_ID = l.ID AND s.SOLD > l.PRICE)',
    ],
    [
      'with a union',
      'SELECT ID FROM LOAVES l WHERE ID IN (SELECT LOAF_ID FROM SALES s WHERE s.LOAF_ID = l.ID UNION SELECT 1)',
    ],
    [
      'with a window',
      'SELECT ID FROM LOAVES l WHERE EXISTS (SELECT ROW_NUMBER() OVER (ORDER BY SOLD) FROM SALES s WHERE s.LOAF_ID = l.ID)',
    ],
    [
      'that use the outer column beside WHERE',
      'SELECT (SELECT MAX(s.SOLD + l.ID) FROM SALES s WHERE s.LOAF_ID = l.ID) FROM LOAVES l',
    ],
  ])('that are correlated %s are refused as on Snowflake', async (_, sql) => {
    expect(await local.refusal(sql)).toBe(
      '002031 SQL compilation error:\nUnsupported subquery type cannot be evaluated',
    );
  });

  it('with more than one row are no value', async () => {
    expect(await local.refusal('SELECT (SELECT ID FROM LOAVES)')).toMatch(
      /^090150 Single-row subquery returns more than one row/,
    );
  });
});

describe('IN of a list', () => {
  it.each([
    ["1 IN ('1', 2, NULL)", 'true'],
    ["3 IN ('1', 2)", 'false'],
    ["3 NOT IN ('1', '2.5')", 'true'],
    ["3 NOT IN ('1', NULL)", null],
    ["PARSE_JSON('2') IN (1, '2', 2.5)", 'true'],
    [
      "'2024-01-01 10:00:00 +0200'::TIMESTAMP_TZ IN ('2024-01-01 08:00:00 +0000'::TIMESTAMP_TZ, NULL)",
      'true',
    ],
    ["'2024-01-01'::DATE NOT IN ('2024-01-02', '2024-01-03'::TIMESTAMP)", 'true'],
  ])('%s', async (expression, expected) => {
    expect(await local.value(expression)).toBe(expected);
  });

  it('finds a number among thousands of texts', async () => {
    const texts = Array.from({ length: 3000 }, (_, index) => `'${2 * index}'`).join(', ');
    expect(await local.value(`4000 IN (${texts})`)).toBe('true');
    expect(await local.value(`4001 IN (${texts})`)).toBe('false');
  });
});

describe('a query that is wrong', () => {
  it.each([
    [
      'SELECT FLOUR FROM LOAVES',
      "000904 SQL compilation error: error line 1 at position 7\ninvalid identifier 'FLOUR'",
    ],
    [
      'SELECT l.FLOUR\nFROM LOAVES l',
      "000904 SQL compilation error: error line 1 at position 7\ninvalid identifier 'L.FLOUR'",
    ],
    [
      'SELECT "kind" FROM LOAVES',
      '000904 SQL compilation error: error line 1 at position 7\ninvalid identifier \'"kind"\'',
    ],
    [
      'SELECT ID FROM LOAVES JOIN (SELECT 1 AS ID) ON TRUE',
      "002025 SQL compilation error: error line 1 at position 7\nambiguous column name 'ID'",
    ],
    [
      'SELECT * FROM CAKES',
      "002003 SQL compilation error:\nObject 'CAKES' does not exist or not authorized.",
    ],
    ['SELECT 1 +', "001003 SQL compilation error:\nsyntax error line 1 at position 10 unexpected '<EOF>'."],
    [
      'SELECT 1\nFROM LOAVES WHERE )',
      "001003 SQL compilation error:\nsyntax error line 2 at position 18 unexpected ')'.",
    ],
    ['KNEAD 1', "001003 SQL compilation error:\nsyntax error line 1 at position 0 unexpected 'KNEAD'."],
    ['SELECT KNEAD(1)', '002140 SQL compilation error: error line 1 at position 7\nUnknown function KNEAD'],
    [
      'SELECT UPPER()',
      '000938 SQL compilation error: error line 1 at position 7\nnot enough arguments for function [UPPER], expected 1, got 0',
    ],
    [
      "SELECT UPPER('a', 'b')",
      '000939 SQL compilation error: error line 1 at position 7\ntoo many arguments for function [UPPER], expected 1, got 2',
    ],
    ["SELECT 'abc'::NUMBER", "100038 Numeric value 'abc' is not recognized"],
    ['SELECT KIND + 1 FROM LOAVES WHERE ID = 1', "100038 Numeric value 'rye' is not recognized"],
    ["SELECT 'soon'::TIMESTAMP_NTZ", "100035 Timestamp 'soon' is not recognized"],
    ["SELECT 'soon'::DATE", "100040 Date 'soon' is not recognized"],
    ["SELECT 'maybe'::BOOLEAN", "100037 Boolean value 'maybe' is not recognized"],
    ['SELECT 1 / 0', '100051 Division by zero'],
    [
      'SELECT ID FROM LOAVES ORDER BY 3',
      '000904 SQL compilation error:\ninvalid column position 3 in ORDER BY',
    ],
    ['SELECT * FROM LOAVES, LOAVES', "002014 SQL compilation error:\nduplicate alias 'LOAVES'"],
    [
      'SELECT SUM(PRICE), KIND FROM LOAVES GROUP BY ID',
      '000979 SQL compilation error:\n[KIND] is not a valid group by expression',
    ],
    ['SELECT ID FROM LOAVES WHERE ROW_NUMBER() OVER (ORDER BY ID) = 1', '002303'],
    ['SELECT ID FROM LOAVES WHERE SUM(ID) > 1', '002036'],
    ["SELECT PARSE_JSON('{')", '100069 Error parsing JSON: incomplete object value, pos 2'],
    ['', '000900 SQL compilation error:\nEmpty SQL statement.'],
    ['SELECT * FROM LOAVES CHANGES (INFORMATION => DEFAULT)', "Unsupported feature 'CHANGES'"],
    ['SELECT * FROM LOAVES AT (OFFSET => -60)', "Unsupported feature 'Time Travel (AT)'"],
    ["SELECT 'a' COLLATE 'de'", "Unsupported feature 'COLLATE'"],
    ['EXPLAIN SELECT 1', "Unsupported feature 'EXPLAIN SELECT'"],
    ['CREATE STAGE S', "Unsupported feature 'CREATE STAGE S'"],
    ['SELECT DATEDIFF(fortnight, 1, 2)', "'fortnight' is not a valid date/time component"],
  ])('%s', async (sql, expected) => {
    expect(await local.refusal(sql)).toContain(expected);
  });
});

describe('a column without an alias', () => {
  it.each([
    ['1 + 1', '1 + 1'],
    ["'a'", "'A'"],
    ["'12'::number", "'12'::NUMBER"],
    ['median (1)', 'MEDIAN (1)'],
    ["date_trunc('quarter', '2015-05-08'::date)", "DATE_TRUNC('QUARTER', '2015-05-08'::DATE)"],
    ['case when true then 1 end', 'CASE WHEN TRUE THEN 1 END'],
    ['min(1) over (partition by 2)', 'MIN(1) OVER (PARTITION BY 2)'],
    ['count_if(1 is not null and 2 > 1)', 'COUNT_IF(1 IS NOT NULL AND 2 > 1)'],
  ])('%s is named %s', async (expression, name) => {
    const { columns } = await local.session.execute(`SELECT ${expression}`);
    expect(columns.map((column) => column.name)).toEqual([name]);
  });
});

describe('binds', () => {
  const letters = ['a', 'b'].map((value) => ({ type: { kind: 'VARCHAR' } as const, value }));

  it('take the place of ? in the order of the text', async () => {
    expect((await local.session.execute('SELECT ? || ?', letters)).rows).toEqual([['ab']]);
  });

  it('take the place of :1 and :2', async () => {
    expect((await local.session.execute('SELECT :2 || :1 || :2', letters)).rows).toEqual([['bab']]);
  });

  it('keep their places in their thousands', async () => {
    const count = 4000;
    const type = { kind: 'NUMBER', precision: 38, scale: 0 } as const;
    const binds = Array.from({ length: count }, (_, value) => ({ type, value }));
    const rows = new Array<string>(count / 2).fill('(?, ?)').join(', ');
    const sql = `SELECT COUNT(*), SUM(COLUMN1), COUNT_IF(COLUMN2 = COLUMN1 + 1) FROM VALUES ${rows}`;
    const result = await local.session.execute(sql, binds);
    expect(result.rows[0]!.map(String)).toEqual(['2000', '3998000', '2000']);
  });

  it('that are missing are an error', async () => {
    await expect(local.session.execute('SELECT ?, ?, ?', letters)).rejects.toMatchObject({ code: '100132' });
  });

  it.each([
    [{ kind: 'NUMBER', precision: 38, scale: 0 }, 12, '12'],
    [{ kind: 'NUMBER', precision: 38, scale: 2 }, '12.50', '12.50'],
    [{ kind: 'VARCHAR' }, "it's", "it's"],
    [{ kind: 'BOOLEAN' }, true, 'true'],
    [{ kind: 'FLOAT' }, 0.5, '0.5'],
    [{ kind: 'DATE' }, 19723, '19723'],
    [{ kind: 'TIME' }, 3_600_000_000n, '3600000000'],
    [{ kind: 'TIMESTAMP_NTZ' }, 1_700_000_000_000_000n, '1700000000000000'],
    [{ kind: 'TIMESTAMP_LTZ' }, 1_700_000_000_000_000n, '1700000000000000'],
    [{ kind: 'TIMESTAMP_TZ' }, '1700000000000000 -480', '1700000000000000 -480'],
    [{ kind: 'VARIANT' }, '{"a":1}', '{"a":1}'],
    [{ kind: 'BINARY' }, 'CAFE', 'CAFE'],
  ] as const)('of type %j keep their type and value', async (type, value, expected) => {
    const { columns, rows } = await local.session.execute('SELECT ?', [{ type, value }]);
    expect([columns[0]!.type.kind, String(rows[0]![0])]).toEqual([type.kind, expected]);
  });

  it('may be NULL', async () => {
    const { rows } = await local.session.execute('SELECT COALESCE(?, 5)', [
      { type: { kind: 'NUMBER', precision: 38, scale: 0 }, value: null },
    ]);
    expect(rows).toEqual([[5]]);
  });
});

describe('IN with a long list', () => {
  let local: Local;
  beforeAll(async () => {
    local = await openBakery();
    await local.session.execute(
      'CREATE TABLE T AS SELECT COLUMN1 AS N, COLUMN1::VARCHAR AS X FROM VALUES (1), (2), (300), (NULL)',
    );
  });
  afterAll(() => local.close());

  const numbers = Array.from({ length: 30 }, (_, index) => index + 1);
  const texts = numbers.map((number) => `'${number}'`);

  it.each([
    [`SELECT N FROM T WHERE N IN (${numbers}) ORDER BY 1`, [['1'], ['2']]],
    [`SELECT N FROM T WHERE N NOT IN (${texts})`, [['300']]],
    [`SELECT N FROM T WHERE N NOT IN (${numbers}, NULL)`, []],
    [`SELECT COUNT(*) FROM T WHERE (N IN (${numbers})) IS NULL`, [['1']]],
    [
      `SELECT T.N, U.N FROM T LEFT JOIN T U ON T.N = U.N AND (U.X IN (${texts}) OR T.X = 'q') ORDER BY 1`,
      [
        ['1', '1'],
        ['2', '2'],
        ['300', null],
        [null, null],
      ],
    ],
    [
      `SELECT MAX(IFF(X IN (${texts}), 1, 0)) FROM T GROUP BY X IN (${texts}) ORDER BY 1`,
      [['0'], ['0'], ['1']],
    ],
    [`SELECT COUNT(*) FROM T HAVING COUNT(*) IN (${numbers})`, [['4']]],
  ])('%s', async (sql, rows) => {
    expect(await local.rows(sql)).toEqual(rows);
  });
});
