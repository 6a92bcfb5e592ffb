import { openBakery, type Local } from './local';

let local: Local;
beforeAll(async () => {
  local = await openBakery();
  await local.session.execute('CREATE TABLE LOAVES (BAKED TIMESTAMP_TZ, KIND VARCHAR, PRICE NUMBER(10,2))');
  await local.session.execute(
    "INSERT INTO LOAVES VALUES ('2024-01-01 10:00:00 +0200', 'rye', 4.5), ('2024-01-01 09:00:00 +0100', 'rye', 5)",
  );
});
afterAll(() => local.close());

describe('TIMESTAMP_TZ values of one instant', () => {
  it.each([
    'SELECT COUNT(*) FROM (SELECT DISTINCT BAKED FROM LOAVES)',
    'SELECT COUNT(*) FROM (SELECT BAKED, COUNT(*) FROM LOAVES GROUP BY BAKED)',
    'SELECT COUNT(*) FROM (SELECT BAKED, COUNT(*) FROM LOAVES GROUP BY 1)',
    'SELECT COUNT(*) FROM (SELECT BAKED AS B, MAX(PRICE) FROM LOAVES GROUP BY B)',
    'SELECT COUNT(DISTINCT BAKED) FROM LOAVES',
    'SELECT APPROX_COUNT_DISTINCT(BAKED) FROM LOAVES',
    'SELECT COUNT(*) FROM (SELECT BAKED, COUNT(*) FROM LOAVES GROUP BY ALL)',
    'SELECT COUNT(*) FROM (SELECT 7, UPPER(KIND), BAKED, MAX(PRICE), ROW_NUMBER() OVER (ORDER BY BAKED) FROM LOAVES GROUP BY ALL)',
    'SELECT COUNT(*) FROM (SELECT BAKED FROM LOAVES WHERE PRICE = 5 UNION SELECT BAKED FROM LOAVES)',
    'SELECT COUNT(*) FROM (SELECT KIND, BAKED FROM LOAVES WHERE PRICE = 5 INTERSECT SELECT KIND, BAKED FROM LOAVES WHERE PRICE = 4.5)',
    "SELECT COUNT(*) FROM (SELECT BAKED FROM LOAVES EXCEPT SELECT '2024-01-01 00:00:00 +0000'::TIMESTAMP_TZ)",
  ])('are one in %s', async (sql) => {
    expect(await local.rows(sql)).toEqual([['1']]);
  });

  it('are taken away by EXCEPT, and kept apart by UNION ALL', async () => {
    expect(
      await local.rows(
        'SELECT BAKED FROM LOAVES WHERE PRICE = 5 EXCEPT SELECT BAKED FROM LOAVES WHERE PRICE = 4.5',
      ),
    ).toEqual([]);
    expect(
      await local.rows('SELECT COUNT(*) FROM (SELECT BAKED FROM LOAVES UNION ALL SELECT BAKED FROM LOAVES)'),
    ).toEqual([['4']]);
  });

  it('and NULLs are one in a UNION', async () => {
    expect(
      await local.rows(
        'SELECT BAKED, 1 FROM LOAVES UNION SELECT NULL, 1 UNION SELECT NULL, 1 ORDER BY 1 NULLS FIRST',
      ),
    ).toEqual([
      [null, '1'],
      [expect.stringContaining('2024-01-01T08:00:00Z'), '1'],
    ]);
  });

  it('show one of their offsets', async () => {
    expect(await local.rows('SELECT BAKED::VARCHAR, SUM(PRICE) FROM LOAVES GROUP BY BAKED')).toEqual([
      [expect.stringMatching(/^2024-01-01 (10:00:00.000 \+0200|09:00:00.000 \+0100)$/), '9.50'],
    ]);
  });
});

describe('a query against the rules', () => {
  it.each([
    ['SELECT KIND FROM LOAVES GROUP BY 2', '000979', '[2] is not a valid group by expression'],
    ['SELECT KIND FROM LOAVES GROUP BY 0', '000979', '[0] is not a valid group by expression'],
    ["SELECT KIND FROM LOAVES HAVING KIND = 'rye'", '000979', '[KIND] is not a valid group by expression'],
    [
      'SELECT DISTINCT KIND FROM LOAVES ORDER BY PRICE',
      '001038',
      '[PRICE] is not a valid order by expression',
    ],
    ['SELECT KIND FROM LOAVES LIMIT -1', '001003', "position 30 unexpected '-'"],
    ['SELECT KIND FROM LOAVES LIMIT 1 OFFSET -1', '001003', "unexpected '-'"],
    ['SELECT KIND FROM LOAVES QUALIFY PRICE > 1', '002303', 'QUALIFY requires at least one window function'],
    [
      'SELECT LISTAGG(KIND, KIND) FROM LOAVES',
      '001015',
      'argument 2 to function LISTAGG needs to be constant',
    ],
    ['WITH A AS (SELECT 1), A AS (SELECT 2) SELECT * FROM A', '002014', "duplicate alias 'A'"],
    ["UPDATE LOAVES SET KIND = 'a', KIND = 'b'", '002012', "duplicate column name 'KIND'"],
    ['SELECT * FROM LOAVES WHERE KIND IN ()', '001003', "unexpected ')'"],
    ['SELECT $9 FROM LOAVES', '000904', "invalid identifier '$9'"],
    ['SELECT KIND FROM LOAVES GROUP BY KIND, ROLLUP(PRICE)', '000002', 'ROLLUP beside other expressions'],
  ])('%s is refused', async (sql, code, text) => {
    const refusal = await local.refusal(sql);
    expect(refusal.slice(0, 6)).toBe(code);
    expect(refusal).toContain(text);
  });

  it.each([
    ['1 + TRUE', 9, '+', 'NUMBER(1,0), BOOLEAN'],
    ["TO_DATE('2024-01-01') + TRUE", 29, '+', 'DATE, BOOLEAN'],
    ["'rye' - TRUE", 13, '-', 'VARCHAR(3), BOOLEAN'],
    ['1.5 * (1 = 1)', 11, '*', 'NUMBER(2,1), BOOLEAN'],
    ['TRUE / NULL', 12, '/', 'BOOLEAN, NULL'],
    ["PARSE_JSON('1') % TRUE", 23, '%', 'VARIANT, BOOLEAN'],
    ["X'0A' + 1", 13, '+', 'BINARY(67108864), NUMBER(1,0)'],
    ["1 + '2024-01-01'::TIMESTAMP_LTZ", 9, '+', 'NUMBER(1,0), TIMESTAMP_LTZ(9)'],
    ["TRUE AND TO_DATE('2024-01-01')", 12, 'AND', 'BOOLEAN, DATE'],
    ["NOT TO_DATE('2024-01-01')", 7, 'NOT', 'DATE'],
    ["X'0A' OR NULL", 13, 'OR', 'BINARY(67108864), NULL'],
  ])('an operator takes operands of some types: %s', async (sum, at, op, types) => {
    expect(await local.refusal(`SELECT ${sum}`)).toBe(
      `001044 SQL compilation error: error line 1 at position ${at}\nInvalid argument types for function '${op}': (${types})`,
    );
  });

  it.each([
    ['CREATE TABLE WRONG (A VARCHAR(0))', 0, 30],
    ["SELECT 'rye'::VARCHAR(0)", 0, 22],
    ["SELECT CAST('rye' AS STRING(134217729))", 134_217_729, 28],
  ])('a text has a length: %s', async (sql, length, at) => {
    expect(await local.refusal(sql)).toBe(
      `002262 SQL compilation error: error line 1 at position ${at}\nInvalid character length: ${length}. Must be between 1 and 134,217,728.`,
    );
  });

  it('a column of SELECT DISTINCT orders it', async () => {
    expect(await local.rows('SELECT DISTINCT KIND AS K FROM LOAVES ORDER BY LOAVES.KIND')).toEqual([['rye']]);
  });
});

describe('a value that does not fit', () => {
  it.each([
    ["SELECT '123.45'::NUMBER(4,2)", "100039 Numeric value '123.45' is out of range"],
    ["SELECT '9999'::NUMBER(3)", "100039 Numeric value '9999' is out of range"],
    [
      'SELECT 1234::NUMBER(3)',
      '100046 Number out of representable range: type FIXED[SB2](3,0){nullable}, value 1234',
    ],
    [
      'SELECT 123.456::NUMBER(4,2)',
      '100046 Number out of representable range: type FIXED[SB2](4,2){nullable}, value 123.456',
    ],
    ['SELECT 1e10::NUMBER(3)', '100046 Number out of representable range'],
    ['SELECT 99999999999999999999999999999999999999 * 10', '100046'],
    ['SELECT 1::NUMBER(39,0)', 'Invalid number precision: 39. Must be between 0 and 38.'],
    ['SELECT 1::NUMBER(5,6)', 'Invalid number scale: 6. Must be between 0 and 5.'],
    ["SELECT '1x'::NUMBER(3)", "100038 Numeric value '1x' is not recognized"],
    ["SELECT INSERT('abc', 0, 1, 'x')", '100015 Invalid parameter value: 0'],
    ["SELECT INSERT('abc', 2, 3, 'x')", '100015 Invalid parameter value: 3'],
    ["SELECT REGEXP_SUBSTR('abc', '(')", '100048 Invalid regular expression: missing ): ('],
    ["SELECT 'abc' RLIKE '*a'", '100048 Invalid regular expression: no argument for repetition operator'],
    ["SELECT 'a' LIKE 'a' ESCAPE 'ab'", '100050 Invalid escape character'],
    ['SELECT CHR(-1)', '100062 Invalid character code -1 in the CHR input'],
    ["SELECT TO_BINARY('XY')", "100115 The following string is not a legal hex-encoded value: 'XY'"],
    ["SELECT OBJECT_CONSTRUCT('a', 1, 'a', 2)", "100080 Duplicate field key 'a'"],
    ["SELECT OBJECT_INSERT(OBJECT_CONSTRUCT('a', 1), 'a', 2)", "100080 Duplicate field key 'a'"],
    ["SELECT OBJECT_CONSTRUCT('a')", '000938'],
    ["SELECT TO_OBJECT(PARSE_JSON('[1]'))", '100071 Failed to cast variant value [1] to OBJECT'],
  ])('%s is refused', async (sql, expected) => {
    expect(await local.refusal(sql)).toContain(expected);
  });

  it.each([
    ["'99999999999999999999999999999999999999'::NUMBER", '99999999999999999999999999999999999999'],
    ["'1.4999999999'::INT", '1'],
    ["TRY_TO_NUMBER('12345678901234567890123456789012345')", '12345678901234567890123456789012345'],
    ['0.12345678901234567890123456789012345678', '0.12345678901234567890123456789012345678'],
  ])('%s has all its digits', async (expression, expected) => {
    expect(await local.value(expression)).toBe(expected);
  });
});

describe('text and letters that are no number', () => {
  it.each([
    ["SELECT '1_000'::NUMBER", "100038 Numeric value '1_000' is not recognized"],
    ["SELECT '1_0.5'::FLOAT", "100038 Numeric value '1_0.5' is not recognized"],
    ["SELECT KIND || '1_0' || PRICE + 1 FROM LOAVES", '100038 Numeric value'],
    ['SELECT PARSE_JSON(\'"1_000"\')::NUMBER(10,2)', '100071 Failed to cast variant value "1_000" to FIXED'],
    ["SELECT PARSE_JSON('[1]') + 1", '100071 Failed to cast variant value [1] to REAL'],
    ['SELECT 0x1F', "001003 SQL compilation error:\nsyntax error line 1 at position 8 unexpected 'x1F'"],
    ['SELECT 1_000', "001003 SQL compilation error:\nsyntax error line 1 at position 8 unexpected '_000'"],
    ['SELECT 12loaves', "unexpected 'loaves'"],
    ["SELECT PARSE_JSON('[1]')::OBJECT", '100071 Failed to cast variant value [1] to OBJECT'],
  ])('%s is refused', async (sql, expected) => {
    expect(await local.refusal(sql)).toContain(expected);
  });

  it('TRY_TO_NUMBER gives NULL for them', async () => {
    expect(await local.value("TRY_TO_NUMBER('1_000')")).toBeNull();
  });

  it('a number may still stand right before AS, and before an alias', async () => {
    expect((await local.session.execute('SELECT 1AS A, 2 B')).columns.map(({ name }) => name)).toEqual([
      'A',
      'B',
    ]);
  });

  it('nor does an array get into an OBJECT column', async () => {
    await local.session.execute('CREATE TABLE RECIPES (STEPS OBJECT)');
    expect(await local.refusal("INSERT INTO RECIPES SELECT PARSE_JSON('[1]')")).toContain('100071');
  });
});

describe('GETVARIABLE', () => {
  it('is the value of a session variable as text', async () => {
    await local.session.execute('SET TRAYS = 5');
    expect(await local.value("GETVARIABLE('TRAYS') || GETVARIABLE('trays')")).toBe('55');
  });
});

describe('TRUNCATE', () => {
  it('IF EXISTS of a table that is not there does nothing', async () => {
    expect(await local.rows('TRUNCATE TABLE IF EXISTS CAKES')).toEqual([
      ['Statement executed successfully.'],
    ]);
  });
});
