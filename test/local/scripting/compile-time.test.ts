/**
 * What is found before a body runs, and where. https://docs.snowflake.com/en/sql-reference/sql/create-procedure,
 * https://docs.snowflake.com/en/sql-reference/snowflake-scripting/begin
 */
import { openLocal, type Local } from './local';

let local: Local;
beforeAll(async () => {
  local = await openLocal();
  await local.session.execute('CREATE TABLE loaves (n INTEGER)');
});
afterAll(() => local.close());

const create = (body: string): string => `CREATE OR REPLACE PROCEDURE bake() RETURNS INT AS $$${body}$$`;

function lines(...unexpected: [number, number, string][]): string {
  const each = unexpected.map(
    ([line, position, token]) => `syntax error line ${line} at position ${position} unexpected '${token}'.`,
  );
  return ['SQL compilation error:', ...each].join('\n');
}

describe('a missing semicolon is found by CREATE PROCEDURE', () => {
  it.each<[string, string, number, number, string]>([
    ['after a LET', 'BEGIN\n  LET n := 1\n  RETURN n;\nEND', 3, 2, 'RETURN'],
    ['after an assignment', 'BEGIN\n  LET n := 1;\n  n := 2\n  RETURN n;\nEND', 4, 2, 'RETURN'],
    ['after a query, whose alias the word is', "BEGIN\n  SELECT 'rye'\n  RETURN 1;\nEND", 3, 9, '1'],
    [
      'after a query, before a variable',
      "BEGIN\n  LET n := 1;\n  SELECT 'rye'\n  RETURN :n;\nEND",
      4,
      9,
      ':',
    ],
    [
      'after a query, before an assignment',
      "BEGIN\n  LET n := 1;\n  SELECT 'rye'\n  n := 1;\nEND",
      4,
      4,
      ':=',
    ],
    ['after a query with an alias', "BEGIN\n  SELECT 'rye' AS s\n  RETURN 1;\nEND", 3, 2, 'RETURN'],
    ['after FROM', 'BEGIN\n  SELECT n FROM loaves\n  RETURN 1;\nEND', 3, 9, '1'],
    ['after ORDER BY', 'BEGIN\n  SELECT 1 ORDER BY 1\n  RETURN 1;\nEND', 3, 2, 'RETURN'],
    ['after an INSERT', 'BEGIN\n  INSERT INTO loaves VALUES (1)\n  RETURN 1;\nEND', 3, 2, 'RETURN'],
    ['after an UPDATE', 'BEGIN\n  UPDATE loaves SET n = 2\n  RETURN 1;\nEND', 3, 2, 'RETURN'],
    [
      'after a DELETE with a variable',
      'BEGIN\n  LET n := 1;\n  DELETE FROM loaves WHERE n = :n\n  RETURN 1;\nEND',
      4,
      2,
      'RETURN',
    ],
    ['between two queries', 'BEGIN\n  SELECT 1\n  SELECT 2;\nEND', 3, 2, 'SELECT'],
    ['after RETURN', 'BEGIN\n  RETURN 1 1;\nEND', 2, 11, '1'],
    ['after END LOOP, whose label the word is', 'BEGIN\n  LOOP BREAK; END LOOP\n  RETURN 1;\nEND', 3, 9, '1'],
    ['after END FOR', 'BEGIN\n  FOR i IN 1 TO 2 DO NULL; END FOR END', 2, 35, 'END'],
    [
      'in a branch that is never reached',
      'BEGIN\n  IF (FALSE) THEN\n    LET n := 1\n    NULL;\n  END IF;\nEND',
      4,
      4,
      'NULL',
    ],
    ['in a handler', 'BEGIN\n  NULL;\nEXCEPTION WHEN OTHER THEN\n  LET n := 1\n  NULL;\nEND', 5, 2, 'NULL'],
  ])('%s', async (_, body, line, position, token) => {
    expect(await local.error(create(body))).toEqual({
      code: '001003',
      sqlState: '42000',
      message: lines([line, position, token]),
    });
    expect(await local.rows("SHOW PROCEDURES LIKE 'BAKE'")).toEqual([]);
  });

  it.each([
    ['a query whose column is called RETURN', "BEGIN SELECT 'rye' RETURN; RETURN 2; END"],
    ['FETCH FIRST', 'BEGIN SELECT n FROM loaves FETCH FIRST 1 ROWS ONLY; RETURN 2; END'],
    ['an INSERT of a query', 'BEGIN INSERT INTO loaves SELECT n FROM loaves; RETURN 2; END'],
    [
      'a MERGE',
      'BEGIN MERGE INTO loaves USING (SELECT 1 AS m) s ON n = m WHEN MATCHED THEN DELETE; RETURN 2; END',
    ],
    ['a query with a CASE', "BEGIN SELECT CASE WHEN 1 = 1 THEN 'a' END FROM loaves; RETURN 2; END"],
  ])('while %s is whole', async (_, body) => {
    await local.session.execute(create(body));
    expect(await local.value('CALL bake()')).toBe(2);
    await local.session.execute('DROP PROCEDURE bake()');
  });
});

describe('a condition stands in parentheses', () => {
  it.each<[string, [number, number, string][]]>([
    [
      'BEGIN IF 1 = 1 THEN RETURN 1; END IF; END',
      [
        [1, 9, '1'],
        [1, 15, 'THEN'],
      ],
    ],
    [
      "BEGIN IF 'x' THEN RETURN 1; END IF; END",
      [
        [1, 9, "'x'"],
        [1, 13, 'THEN'],
      ],
    ],
    [
      'BEGIN IF NOT TRUE THEN RETURN 1; END IF; END',
      [
        [1, 9, 'NOT'],
        [1, 18, 'THEN'],
      ],
    ],
    [
      'BEGIN IF (FALSE) THEN NULL; ELSEIF TRUE THEN NULL; END IF; END',
      [
        [1, 35, 'TRUE'],
        [1, 40, 'THEN'],
      ],
    ],
    [
      'BEGIN WHILE 1 = 1 DO BREAK; END WHILE; END',
      [
        [1, 12, '1'],
        [1, 18, 'DO'],
      ],
    ],
    [
      'BEGIN REPEAT BREAK; UNTIL 1 = 1 END REPEAT; END',
      [
        [1, 26, '1'],
        [1, 32, 'END'],
      ],
    ],
    ["BEGIN IF UPPER('x') THEN RETURN 1; END IF; END", [[1, 9, 'UPPER']]],
    ['BEGIN IF 1 = 1) THEN RETURN 1; END IF; END', [[1, 9, '1']]],
    ['BEGIN IF (1 = 1 THEN RETURN 1; END IF; END', [[1, 16, 'THEN']]],
    ['BEGIN WHILE (TRUE) OR (FALSE) DO BREAK; END WHILE; END', [[1, 19, 'OR']]],
  ])('%s', async (body, unexpected) => {
    expect((await local.error(body)).message).toBe(lines(...unexpected));
  });

  it.each(['((TRUE) OR (FALSE))', '(EXISTS (SELECT 1))', '(CASE WHEN TRUE THEN TRUE END)', '(NOT (FALSE))'])(
    'of any kind: %s',
    async (condition) => {
      expect(await local.block(`IF ${condition} THEN RETURN 1; END IF;`)).toBe(1);
    },
  );
});

describe('a construct that is not whole', () => {
  it.each<[string, number, number, string]>([
    ['BEGIN WHILE (FALSE) DO END WHILE; END', 1, 23, 'END'],
    ['BEGIN LOOP END LOOP; END', 1, 11, 'END'],
    ['BEGIN REPEAT UNTIL (TRUE) END REPEAT; END', 1, 13, 'UNTIL'],
    ['BEGIN IF (TRUE) THEN END IF; END', 1, 21, 'END'],
    ['BEGIN IF (TRUE) THEN NULL; ELSE END IF; END', 1, 32, 'END'],
    ['BEGIN NULL; EXCEPTION WHEN OTHER THEN END', 1, 38, 'END'],
    ['BEGIN RETURN 1; END; END;', 1, 21, 'END'],
    ['BEGIN\n  BEGIN\n    RETURN 1;\n  END;', 4, 6, '<EOF>'],
    ['DECLARE n INTEGER; BEGIN RETURN n;\n', 2, 0, '<EOF>'],
    ['BEGIN RETURN TRUE AND; END', 1, 21, ';'],
    ['BEGIN LET n := AND TRUE; END', 1, 15, 'AND'],
    ['BEGIN LET n INT :=; END', 1, 18, ';'],
    ['BEGIN LET rs RESULTSET := 1; END', 1, 26, '1'],
    ["BEGIN EXECUTE IMMEDIATE 'SELECT ?' USING (5); END", 1, 42, '5'],
    ["DECLARE n INT; BEGIN EXECUTE IMMEDIATE 'SELECT ?' USING (n + 1); END", 1, 59, '+'],
  ])('%s', async (body, line, position, token) => {
    expect((await local.error(body)).message).toBe(lines([line, position, token]));
  });
});

describe('names of a procedure are looked at when it is called, before it runs', () => {
  it.each<[string, string, string, string]>([
    [
      'a variable',
      'BEGIN INSERT INTO loaves VALUES (1); RETURN rye; END',
      '000904',
      "44\ninvalid identifier 'RYE'",
    ],
    ['a bind', 'BEGIN INSERT INTO loaves VALUES (:rye); END', '000904', "33\ninvalid identifier 'RYE'"],
    [
      'a target',
      'BEGIN INSERT INTO loaves VALUES (1); rye := 1; END',
      '000904',
      "41\ninvalid identifier 'RYE'",
    ],
    [
      'a counter',
      'BEGIN FOR i IN 1 TO 1 DO i := 2; END FOR; END',
      '001003',
      "27\n Assignment to variable 'I' is not permitted.",
    ],
    [
      'an exception',
      'BEGIN INSERT INTO loaves VALUES (1); RAISE rye; END',
      '000904',
      "37\ninvalid identifier 'RYE'",
    ],
  ])('%s', async (_, body, code, said) => {
    await local.session.execute(create(body));
    expect(await local.error('CALL bake()')).toMatchObject({
      code,
      message: `SQL compilation error: error line 1 at position ${said}`,
    });
    expect(await local.value('SELECT COUNT(*) FROM loaves WHERE n = 1')).toBe(0);
    await local.session.execute('DROP PROCEDURE bake()');
  });

  it('which a block that calls it may handle', async () => {
    await local.session.execute(create('BEGIN RETURN rye; END'));
    const block = 'BEGIN CALL bake(); EXCEPTION WHEN STATEMENT_ERROR THEN RETURN SQLCODE; END;';
    expect(await local.value(block)).toBe('904');
    await local.session.execute('DROP PROCEDURE bake()');
  });
});

describe('a body', () => {
  it('may be one statement with its semicolon; its result is not the call’s', async () => {
    await local.session.execute(create(' INSERT INTO loaves VALUES (40); '));
    expect(await local.value('CALL bake()')).toBeNull();
    expect(await local.value('SELECT COUNT(*) FROM loaves WHERE n = 40')).toBe(1);
    await local.session.execute('DROP PROCEDURE bake()');
  });

  it.each<[string, string, number, number, string]>([
    ['is no statement without its semicolon', ' SELECT 1 ', 3, 4, '<EOF>'],
    ['is no LET', ' LET n := 1;', 1, 1, 'LET'],
    ['is no IF', ' IF (TRUE) THEN RETURN 1; END IF;', 1, 1, 'IF'],
    ['is no DECLARE alone', ' DECLARE n INT; ', 1, 16, '<EOF>'],
  ])('%s', async (_, body, line, position, token) => {
    expect((await local.error(create(body))).message).toBe(lines([line, position, token]));
  });

  it('counts its lines from its own first one, but for a syntax error in one that is no literal', async () => {
    const sql = 'CREATE PROCEDURE bake() RETURNS INT AS\nBEGIN\n  RETURN 1 1;\nEND;';
    expect((await local.error(sql)).message).toBe(lines([3, 11, '1']));
    await local.session.execute('CREATE PROCEDURE bake() RETURNS INT AS\nBEGIN\n  RETURN rye;\nEND;');
    expect((await local.error('CALL bake()')).message).toContain('error line 2 at position 9');
    await local.session.execute('DROP PROCEDURE bake()');
  });
});
