import { openBakery, type Local } from './local';

/** Clauses that reshape a relation or its columns: the statement and the rows that it gives. */
const QUERIES: Record<string, [sql: string, rows: (string | null)[][]][]> = {
  'PIVOT and UNPIVOT': [
    [
      "SELECT * FROM SALES PIVOT(SUM(AMOUNT) FOR MONTH IN ('JAN','FEB')) ORDER BY SHOP",
      [
        ['A', '1', '3.00', '5.00'],
        ['B', '1', null, '7.00'],
      ],
    ],
    [
      `SELECT SHOP, "'JAN'", "'FEB'" FROM SALES PIVOT(SUM(AMOUNT) FOR MONTH IN ('JAN','FEB')) AS P ORDER BY SHOP`,
      [
        ['A', '3.00', '5.00'],
        ['B', null, '7.00'],
      ],
    ],
    [
      "SELECT P.SHOP, JANUARY FROM SALES PIVOT(SUM(AMOUNT) FOR MONTH IN ('JAN' AS JANUARY,'FEB') DEFAULT ON NULL (0)) AS P ORDER BY SHOP",
      [
        ['A', '3.00'],
        ['B', '0.00'],
      ],
    ],
    [
      "SELECT * FROM (SELECT SHOP, MONTH, AMOUNT FROM SALES) PIVOT(COUNT(AMOUNT) FOR MONTH IN ('JAN','FEB')) AS P (S, J, F) ORDER BY S",
      [
        ['A', '2', '1'],
        ['B', '0', '1'],
      ],
    ],
    [
      'SELECT * FROM (SELECT 1 JAN, 2 FEB) UNPIVOT(AMOUNT FOR MONTH IN (JAN, FEB)) ORDER BY 1 DESC',
      [
        ['JAN', '1'],
        ['FEB', '2'],
      ],
    ],
    ['SELECT * FROM (SELECT 1 K, 2 V) PIVOT(SUM(V) FOR K IN (1, 3))', [['2', null]]],
    ['SELECT COUNT(*) FROM (SELECT 1 JAN) UNPIVOT(AMOUNT FOR MONTH IN (JAN))', [['1']]],
    [
      "SELECT * FROM (SELECT 'A' SHOP, 1 JAN, NULL::INT FEB) UNPIVOT(AMOUNT FOR MONTH IN (JAN, FEB))",
      [['A', 'JAN', '1']],
    ],
    [
      "SELECT * FROM (SELECT 'A' SHOP, 1 JAN, NULL::INT FEB) UNPIVOT INCLUDE NULLS (AMOUNT FOR MONTH IN (JAN AS 'January', FEB)) ORDER BY 2",
      [
        ['A', 'FEB', null],
        ['A', 'January', '1'],
      ],
    ],
  ],
  SAMPLE: [
    ['SELECT COUNT(*) FROM SALES SAMPLE (100)', [['4']]],
    ['SELECT COUNT(*) FROM SALES S TABLESAMPLE BERNOULLI (0)', [['0']]],
    ['SELECT COUNT(*) FROM SALES SAMPLE ROW (2 ROWS) SEED (3)', [['2']]],
    ['SELECT COUNT(*) FROM SALES AS A SAMPLE (3 ROWS) JOIN SALES AS B SAMPLE (2 ROWS) ON TRUE', [['6']]],
  ],
  'GROUP BY': [
    [
      'SELECT SHOP, MONTH, SUM(AMOUNT) FROM SALES GROUP BY GROUPING SETS ((SHOP, MONTH), (SHOP), ()) ORDER BY 1, 2',
      [
        ['A', 'FEB', '5.00'],
        ['A', 'JAN', '3.00'],
        ['A', null, '8.00'],
        ['B', 'FEB', '7.00'],
        ['B', null, '7.00'],
        [null, null, '15.00'],
      ],
    ],
    [
      'SELECT SHOP, MONTH, COUNT(*) FROM SALES GROUP BY GROUPING SETS (1, 2) ORDER BY 1, 2',
      [
        ['A', null, '3'],
        ['B', null, '1'],
        [null, 'FEB', '2'],
        [null, 'JAN', '2'],
      ],
    ],
    [
      'SELECT SHOP, GROUPING(SHOP), COUNT(*) FROM SALES GROUP BY ROLLUP(1) ORDER BY 1',
      [
        ['A', '0', '3'],
        ['B', '0', '1'],
        [null, '1', '4'],
      ],
    ],
    [
      'SELECT SHOP S, COUNT(*) FROM SALES GROUP BY CUBE(S) ORDER BY 1',
      [
        ['A', '3'],
        ['B', '1'],
        [null, '4'],
      ],
    ],
  ],
  'set operations and ORDER BY ALL': [
    [
      'SELECT 1 A, 2 B UNION ALL BY NAME SELECT 3 B, 4 A',
      [
        ['1', '2'],
        ['4', '3'],
      ],
    ],
    [
      "SELECT 1 A UNION BY NAME SELECT 'x' C ORDER BY 1",
      [
        ['1', null],
        [null, 'x'],
      ],
    ],
    [
      "SELECT 1 A, 'x' B UNION ALL SELECT 1, 'a' ORDER BY ALL",
      [
        ['1', 'a'],
        ['1', 'x'],
      ],
    ],
    ['SELECT * FROM SALES ORDER BY ALL DESC LIMIT 1', [['B', 'FEB', '7.00', '1']]],
    [
      "SELECT COUNT(*) OVER (ORDER BY D RANGE BETWEEN INTERVAL '1 day' PRECEDING AND CURRENT ROW) FROM (SELECT '2024-01-01'::DATE D UNION ALL SELECT '2024-01-02'::DATE UNION ALL SELECT '2024-01-09'::DATE) ORDER BY D",
      [['1'], ['2'], ['1']],
    ],
    [
      "SELECT LISTAGG(DISTINCT N, '#') WITHIN GROUP (ORDER BY N DESC) FROM (SELECT 3 N UNION ALL SELECT 20 UNION ALL SELECT 3)",
      [['20#3']],
    ],
    ["SELECT MIN_BY(K, N), MAX_BY(K, N) FROM (SELECT 'a' K, 1 N UNION ALL SELECT NULL, 2)", [['a', null]]],
    ['SELECT MIN_BY(N, N, 2) FROM (SELECT 1 N UNION ALL SELECT 2 UNION ALL SELECT 3)', [['[1,2]']]],
    [
      'SELECT BITXOR_AGG(N), BITOR_AGG(N) FROM (SELECT 1 N UNION ALL SELECT 2 UNION ALL SELECT 3)',
      [['0', '3']],
    ],
    [
      'SELECT SKEW(N), ROUND(KURTOSIS(N::FLOAT), 3) FROM (SELECT 1 N UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4)',
      [['0', '-1.2']],
    ],
  ],
  '* and its clauses': [
    ["SELECT * ILIKE 'm%' FROM SALES LIMIT 1", [['JAN']]],
    [
      'SELECT * EXCLUDE N REPLACE (AMOUNT * 2 AS AMOUNT) RENAME (AMOUNT AS DOUBLED) FROM SALES LIMIT 1',
      [['A', 'JAN', '2.00']],
    ],
    ["SELECT S.* REPLACE ('x' AS SHOP) FROM SALES S LIMIT 1", [['x', 'JAN', '1.00', '1']]],
    ['SELECT COUNT(S.*) FROM SALES S', [['4']]],
    ['SELECT OBJECT_CONSTRUCT(*) FROM SALES LIMIT 1', [['{"AMOUNT":1.0,"MONTH":"JAN","N":1,"SHOP":"A"}']]],
    ['SELECT {*} FROM (SELECT 1 B, 2 A)', [['{"A":2,"B":1}']]],
    ['SELECT {T.*} FROM (SELECT 1 B) T', [['{"B":1}']]],
    ['SELECT {* EXCLUDE B} FROM (SELECT 1 B, 2 A) T', [['{"A":2}']]],
    ['SELECT OBJECT_CONSTRUCT(T.*) FROM (SELECT 1 B) T', [['{"B":1}']]],
    [
      `SELECT KEY, PATH, INDEX, VALUE, THIS FROM TABLE(FLATTEN(INPUT => PARSE_JSON('{"a":1,"b":[77,88]}')))`,
      [
        ['a', 'a', null, '1', '{"a":1,"b":[77,88]}'],
        ['b', 'b', null, '[77,88]', '{"a":1,"b":[77,88]}'],
      ],
    ],
    [
      `SELECT PATH, VALUE FROM TABLE(FLATTEN(INPUT => PARSE_JSON('{"a":1,"b":[77,88]}'), PATH => 'b'))`,
      [
        ['b[0]', '77'],
        ['b[1]', '88'],
      ],
    ],
    ["SELECT COUNT(*) FROM TABLE(FLATTEN(INPUT => PARSE_JSON('[]')))", [['0']]],
    [
      "SELECT * FROM TABLE(FLATTEN(INPUT => PARSE_JSON('[]'), OUTER => TRUE))",
      [['1', null, '', null, null, '[]']],
    ],
    [
      `SELECT KEY, PATH, INDEX, VALUE FROM TABLE(FLATTEN(INPUT => PARSE_JSON('{"a":1,"b":[77,88],"c":{"d":"X"}}'), RECURSIVE => TRUE))`,
      [
        ['a', 'a', null, '1'],
        ['b', 'b', null, '[77,88]'],
        [null, 'b[0]', '0', '77'],
        [null, 'b[1]', '1', '88'],
        ['c', 'c', null, '{"d":"X"}'],
        ['d', 'c.d', null, '"X"'],
      ],
    ],
    [
      `SELECT PATH, THIS FROM TABLE(FLATTEN(INPUT => PARSE_JSON('{"a":{"b":[5]}}'), PATH => 'a', RECURSIVE => TRUE))`,
      [
        ['a.b', '{"b":[5]}'],
        ['a.b[0]', '[5]'],
      ],
    ],
  ],
  IDENTIFIER: [
    ["SELECT IDENTIFIER('SHOP') FROM SALES LIMIT 1", [['A']]],
    ["SELECT IDENTIFIER('S.SHOP') FROM SALES S LIMIT 1", [['A']]],
    ["SELECT IDENTIFIER('UPPER')('a')", [['A']]],
  ],
  windows: [
    [
      'SELECT ROW_NUMBER() OVER (ORDER BY SEQ4()) FROM TABLE(GENERATOR(ROWCOUNT => 3))',
      [['1'], ['2'], ['3']],
    ],
    [
      'SELECT SHOP, CONDITIONAL_TRUE_EVENT(AMOUNT > 2) OVER (ORDER BY AMOUNT) FROM SALES ORDER BY AMOUNT',
      [
        ['A', '0'],
        ['A', '0'],
        ['A', '1'],
        ['B', '2'],
      ],
    ],
    ['SELECT NTH_VALUE(AMOUNT, 2) FROM FIRST OVER (ORDER BY AMOUNT) FROM SALES LIMIT 1', [['2.00']]],
  ],
  GENERATOR: [
    ['SELECT SUM(SEQ4()) FROM TABLE(GENERATOR(ROWCOUNT => 4))', [['6']]],
    [
      "SELECT DATEADD(day, SEQ4(), '2024-01-01'::DATE) FROM TABLE(GENERATOR(ROWCOUNT => 2)) ORDER BY 1 DESC",
      [['2024-01-02'], ['2024-01-01']],
    ],
  ],
  aggregates: [
    ['SELECT MAX_BY(SHOP, AMOUNT, 2) FROM SALES', [['["B","A"]']]],
    [
      "SELECT T.SHOP, W.INDEX, W.VALUE FROM (SELECT 'A B' SHOP) T, LATERAL STRTOK_SPLIT_TO_TABLE(T.SHOP) W ORDER BY 2",
      [
        ['A B', '1', 'A'],
        ['A B', '2', 'B'],
      ],
    ],
  ],
  'FLATTEN and SPLIT_TO_TABLE': [
    [
      "SELECT INDEX, VALUE, KEY, PATH, SEQ FROM TABLE(FLATTEN(INPUT => PARSE_JSON('[1,77]')))",
      [
        ['0', '1', null, '[0]', '1'],
        ['1', '77', null, '[1]', '1'],
      ],
    ],
    ['SELECT F.VALUE FROM TABLE(FLATTEN(INPUT => NULL)) F', []],
    [
      "SELECT SEQ, INDEX, VALUE FROM TABLE(SPLIT_TO_TABLE('a.b', '.'))",
      [
        ['1', '1', 'a'],
        ['1', '2', 'b'],
      ],
    ],
  ],
};

let local: Local;
beforeAll(async () => {
  local = await openBakery();
  await local.session.execute('CREATE TABLE SALES (SHOP VARCHAR, MONTH VARCHAR, AMOUNT NUMBER(10,2), N INT)');
  await local.session.execute(
    "INSERT INTO SALES VALUES ('A','JAN',1,1), ('A','JAN',2,1), ('A','FEB',5,1), ('B','FEB',7,1)",
  );
});
afterAll(() => local.close());

describe.each(Object.entries(QUERIES))('%s', (_, queries) => {
  it.each(queries)('%s', async (sql, expected) => {
    expect(await local.rows(sql)).toEqual(expected);
  });
});

describe('columns named twice', () => {
  it.each([
    "INSERT INTO SALES (SHOP, SHOP) VALUES ('a', 'b')",
    'CREATE TABLE TWICE AS SELECT 1 AS A, 2 AS A',
    'MERGE INTO SALES USING (SELECT 1 AS N) S ON SALES.N = S.N AND FALSE WHEN NOT MATCHED THEN INSERT (N, N) VALUES (1, 2)',
  ])('%s is refused', async (sql) => {
    expect(await local.refusal(sql)).toMatch(/^002012 SQL compilation error:\nduplicate column name/);
  });
});

it('* REPLACE of a column that is not there is refused', async () => {
  expect(await local.refusal('SELECT * REPLACE (1 AS COLOUR) FROM SALES')).toContain(
    "000904 SQL compilation error: error line 1 at position 7\ninvalid identifier 'COLOUR'",
  );
});
