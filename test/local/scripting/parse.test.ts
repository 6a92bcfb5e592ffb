/** The parser alone: where statements end, what is a bind, where messages point. */
import { SnowflakeError } from '../../../src/local/errors';
import type { SqlText, Statement } from '../../../src/local/scripting/ast';
import { compile, parseBody } from '../../../src/local/scripting/program';

function statements(body: string): Statement[] {
  return parseBody(body).statements;
}

function only(body: string): Statement {
  const [statement, ...rest] = statements(`BEGIN ${body} END`);
  expect(rest).toEqual([]);
  return statement!;
}

function sqlParts(body: string): SqlText['parts'] {
  const statement = only(body);
  if (statement.is !== 'sql') throw new Error(`${statement.is} is not SQL`);
  return statement.parts;
}

function refusal(body: string): SnowflakeError {
  try {
    compile(body);
  } catch (error) {
    if (error instanceof SnowflakeError) return error;
    throw error;
  }
  throw new Error('the body compiled');
}

describe('statements of a block', () => {
  it('end at semicolons outside of literals, comments and nested blocks', () => {
    const body = `BEGIN
      INSERT INTO loaves VALUES ('a;b'); -- not here;
      /* nor; here */ EXECUTE IMMEDIATE $$ SELECT 1; $$;
      BEGIN NULL; END;
      RETURN 'done';
    END;`;
    expect(statements(body).map((statement) => statement.is)).toEqual([
      'sql',
      'executeImmediate',
      'block',
      'return',
    ]);
  });

  it('may create an object whose body is a block of its own', () => {
    const body = `BEGIN
      CREATE OR REPLACE TASK bake SCHEDULE = '60 MINUTES' AS BEGIN SELECT 1; IF (TRUE) THEN SELECT 2; END IF; END;
      RETURN 1;
    END`;
    const [create, end] = statements(body);
    expect(create).toMatchObject({ is: 'sql', keyword: 'CREATE' });
    expect((create as SqlText).parts).toEqual([
      expect.stringMatching(/^CREATE OR REPLACE TASK .*END IF; END$/),
    ]);
    expect(end).toMatchObject({ is: 'return' });
  });

  it.each(['BEGIN;', 'BEGIN TRANSACTION;', 'BEGIN WORK;', 'BEGIN NAME t1;'])(
    'takes %s for a transaction',
    (begin) => {
      expect(statements(`BEGIN ${begin} COMMIT; END`).map((statement) => statement.is)).toEqual([
        'sql',
        'sql',
      ]);
    },
  );

  it('tells the THEN of a CASE expression from the THEN of an IF', () => {
    const statement = only(`IF (CASE WHEN 1 = 1 THEN TRUE ELSE FALSE END) THEN NULL; END IF;`);
    expect(statement).toMatchObject({
      is: 'if',
      branches: [{ condition: { text: 'CASE WHEN 1 = 1 THEN TRUE ELSE FALSE END' } }],
    });
  });

  it('count lines from 1 and positions from 0', () => {
    expect(statements('BEGIN\n  NULL;\n    NULL;\nEND').map((statement) => statement.place)).toEqual([
      { line: 2, position: 2 },
      { line: 3, position: 4 },
    ]);
  });
});

describe('binds in SQL', () => {
  const bind = (name: string, position: number) => ({
    is: 'value',
    variable: { name, column: undefined },
    place: { line: 1, position },
  });

  it('are names after a colon', () => {
    expect(sqlParts('DELETE FROM loaves WHERE id = :wanted AND name = :name;')).toEqual([
      'DELETE FROM loaves WHERE id = ',
      bind('WANTED', 36),
      ' AND name = ',
      bind('NAME', 55),
    ]);
  });

  it.each([
    ['a column of a row variable', 'BEGIN INSERT INTO t VALUES (:rec.price); END', 32, '.'],
    ['a quoted name', 'BEGIN INSERT INTO t VALUES (:"price"); END', 29, '"price"'],
    ['a column in an expression', 'BEGIN RETURN :rec.price; END', 17, '.'],
    ['a quoted name in an expression', 'BEGIN RETURN :"price"; END', 14, '"price"'],
  ])('are not %s', (_, body, position, token) => {
    expect(refusal(body).message).toBe(
      `SQL compilation error:\nsyntax error line 1 at position ${position} unexpected '${token}'.`,
    );
  });

  it('are not paths into semi-structured values, casts, or keys of objects', () => {
    const sql = `INSERT INTO t SELECT src:customer.name::VARCHAR, v[0]:id, {'a': 1, 'b':2} FROM s`;
    expect(sqlParts(`${sql};`)).toEqual([sql]);
  });

  it('are found as the value of an object key and right after a keyword', () => {
    expect(sqlParts(`UPDATE t SET c = {'a': :x} WHERE d IN(:y);`)).toEqual([
      "UPDATE t SET c = {'a': ",
      bind('X', 29),
      '} WHERE d IN(',
      bind('Y', 44),
      ')',
    ]);
  });

  it('are not looked for in literals and comments', () => {
    const sql = `INSERT INTO t VALUES (':a', $$:b$$ /* :c */)`;
    expect(sqlParts(`${sql};`)).toEqual([sql]);
  });

  it('stand for object names in IDENTIFIER and TABLE', () => {
    expect(sqlParts('TRUNCATE TABLE IDENTIFIER(:name);')).toEqual([
      'TRUNCATE TABLE ',
      {
        is: 'identifier',
        variable: { name: 'NAME', column: undefined },
        place: { line: 1, position: 32 },
      },
    ]);
    expect(sqlParts('INSERT INTO t SELECT * FROM TABLE(:name);')).toEqual([
      'INSERT INTO t SELECT * FROM ',
      {
        is: 'table',
        variable: { name: 'NAME', column: undefined },
        place: { line: 1, position: 40 },
        text: '',
      },
    ]);
  });

  it('take INTO out of a SELECT wherever it stands', () => {
    const body = 'DECLARE a INT; b INT; BEGIN SELECT x, y INTO :a, :b FROM t; SELECT x FROM t INTO a; END';
    const [first, second] = statements(body) as SqlText[];
    expect(first).toMatchObject({ into: ['A', 'B'], parts: ['SELECT x, y FROM t'] });
    expect(second).toMatchObject({ into: ['A'], parts: ['SELECT x FROM t'] });
  });
});

describe('compilation', () => {
  it('points at what it did not expect', () => {
    expect(refusal('BEGIN\n  IF (TRUE)\n    NULL;\n  END IF;\nEND')).toMatchObject({
      code: '001003',
      message: "SQL compilation error:\nsyntax error line 3 at position 4 unexpected 'NULL'.",
    });
  });

  it.each([
    ['an END that is missing', 'BEGIN RETURN 1;'],
    ['a semicolon that is missing', 'BEGIN RETURN 1 END'],
    ['an empty block', 'BEGIN END'],
    ['an IF closed by END alone', 'BEGIN IF (TRUE) THEN NULL; END; END'],
    ['a loop closed by another word', 'BEGIN WHILE (TRUE) DO NULL; END LOOP; END'],
    ['text after the block', 'BEGIN NULL; END; SELECT 1'],
    ['a FOR without its body', 'BEGIN FOR i IN 1 TO 3; END'],
    ['a CASE without WHEN', 'BEGIN CASE (1) ELSE NULL; END CASE; END'],
  ])('refuses %s', (_, body) => {
    expect(refusal(body).code).toBe('001003');
  });

  it.each([
    ['an assignment', 'BEGIN flour := 1; END'],
    ['INTO', 'BEGIN SELECT 1 INTO :flour; END'],
    ['RAISE', 'BEGIN RAISE flour; END'],
    ['a handler', 'BEGIN NULL; EXCEPTION WHEN flour THEN NULL; END'],
    ['OPEN', 'BEGIN OPEN flour; END'],
    ['a label', 'BEGIN LOOP BREAK flour; END LOOP bake; END'],
    [
      'a handler that uses what LET declared',
      'BEGIN LET flour := 1; EXCEPTION WHEN OTHER THEN flour := 2; END',
    ],
  ])('refuses a name that is not declared in %s', (_, body) => {
    const error = refusal(body);
    expect(error.code).toBe('000904');
    expect(error.message).toMatch(/invalid identifier 'FLOUR'$/);
  });

  it('refuses a variable whose type nothing tells', () => {
    expect(refusal('DECLARE\n  profit;\nBEGIN NULL; END')).toMatchObject({
      code: '092228',
      sqlState: 'P0000',
      message:
        "SQL compilation error: error line 2 at position 2\n variable 'PROFIT' cannot have its type inferred from initializer",
    });
  });

  it.each([
    ['BREAK outside of a loop', 'BEGIN BREAK; END'],
    ['CONTINUE outside of a loop', 'BEGIN CONTINUE; END'],
    ['RAISE without a name outside of a handler', 'BEGIN RAISE; END'],
    ['two values', 'BEGIN RETURN 1, 2; END'],
    ['a query without parentheses as a value', 'BEGIN LET n := SELECT COUNT(*) FROM loaves; END'],
    ['what is no expression', 'BEGIN LET n := price FROM loaves; END'],
    ['what is no statement', 'BEGIN bake the bread; END'],
    ['a reserved word as a variable', 'BEGIN LET table := 1; END'],
    ['a reserved word as the row of a loop', 'BEGIN FOR order IN c DO NULL; END FOR; END'],
    ['an exception number out of range', "DECLARE e EXCEPTION (-19999, 'too high'); BEGIN NULL; END"],
  ])('refuses %s', (_, body) => {
    expect(refusal(body).code).toBe('001003');
  });

  it.each([
    ['EXECUTE IMMEDIATE FROM', 'BEGIN EXECUTE IMMEDIATE FROM @stage/file.sql; END'],
    [
      'DEFAULT in a nested procedure',
      'DECLARE p PROCEDURE (a INT DEFAULT 1) RETURNS INT AS BEGIN RETURN 1; END; BEGIN NULL; END',
    ],
    ['type GEOGRAPHY', 'DECLARE g GEOGRAPHY; BEGIN NULL; END'],
  ])('refuses %s by name', (name, body) => {
    expect(refusal(body)).toMatchObject({ code: '000002', message: expect.stringContaining(`'${name}'`) });
  });

  it('happens once for each text', () => {
    const body = "BEGIN RETURN 'the same text'; END";
    expect(compile(body)).toBe(compile(body));
  });
});
