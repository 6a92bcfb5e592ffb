/** https://docs.snowflake.com/en/developer-guide/snowflake-scripting/exceptions */
import { openLocal, type Local } from './local';

let local: Local;
beforeAll(async () => {
  local = await openLocal();
  await local.session.execute('CREATE TABLE log (what VARCHAR)');
});
afterAll(() => local.close());

const REPORT = "RETURN OBJECT_CONSTRUCT('code', SQLCODE, 'text', SQLERRM, 'state', SQLSTATE);";

describe('an exception nobody handles', () => {
  it('of the block names itself, its line and position', async () => {
    const error = await local.error(`EXECUTE IMMEDIATE $$
DECLARE
  my_exception EXCEPTION (-20002, 'Raised MY_EXCEPTION.');
BEGIN
  LET counter := 0;
  LET should_raise := true;
  IF (should_raise) THEN
    RAISE my_exception;
  END IF;
  RETURN counter;
END;
$$`);
    expect(error).toEqual({
      code: '-20002',
      sqlState: 'P0001',
      message: "Uncaught exception of type 'MY_EXCEPTION' on line 8 at position 4 : Raised MY_EXCEPTION.",
    });
  });

  it('of a statement keeps its code and text', async () => {
    const error = await local.error('BEGIN\n  SELECT 1 FROM no_such_table;\nEND;');
    expect(error).toMatchObject({ code: '002003', sqlState: '42S02' });
    expect(error.message).toMatch(
      /^Uncaught exception of type 'STATEMENT_ERROR' on line 2 at position 2 : SQL compilation error:\nObject '.*NO_SUCH_TABLE' does not exist or not authorized\.$/,
    );
  });

  it('leaves a called procedure as an error of the CALL', async () => {
    await local.session.execute(`CREATE OR REPLACE PROCEDURE burn() RETURNS VARCHAR LANGUAGE SQL AS $$
DECLARE burnt EXCEPTION (-20100, 'the bread is black');
BEGIN
  RAISE burnt;
END $$`);
    const error = await local.error('BEGIN\n  CALL burn();\nEND;');
    expect(error).toMatchObject({ code: '-20100', sqlState: 'P0001' });
    expect(error.message).toBe(
      "Uncaught exception of type 'STATEMENT_ERROR' on line 2 at position 2 : Uncaught exception of type 'BURNT' on line 4 at position 2 : the bread is black",
    );
  });
});

describe('a handler', () => {
  it('takes the exception it names', async () => {
    const sql = `DECLARE my_exception EXCEPTION (-20002, 'Raised MY_EXCEPTION.');
      BEGIN RAISE my_exception; EXCEPTION WHEN my_exception THEN ${REPORT} END;`;
    expect(JSON.parse(String(await local.value(sql)))).toEqual({
      code: -20002,
      text: 'Raised MY_EXCEPTION.',
      state: 'P0001',
    });
  });

  it('takes STATEMENT_ERROR of a statement', async () => {
    const sql = `BEGIN SELECT 1/0; EXCEPTION WHEN EXPRESSION_ERROR THEN RETURN 'no'; WHEN STATEMENT_ERROR THEN ${REPORT} END;`;
    expect(JSON.parse(String(await local.value(sql)))).toEqual({
      code: 100051,
      text: 'Division by zero',
      state: '22012',
    });
  });

  it('takes EXPRESSION_ERROR of an expression', async () => {
    const sql = `BEGIN LET x := 1/0; EXCEPTION WHEN STATEMENT_ERROR THEN RETURN 'no'; WHEN EXPRESSION_ERROR THEN ${REPORT} END;`;
    expect(JSON.parse(String(await local.value(sql)))).toMatchObject({ code: 100051, state: '22012' });
  });

  it('takes everything else with OTHER', async () => {
    const sql = `DECLARE a EXCEPTION (-20001, 'a'); b EXCEPTION (-20002, 'b');
      BEGIN RAISE b; EXCEPTION WHEN a THEN RETURN 'a'; WHEN OTHER THEN RETURN 'other ' || SQLERRM; END;`;
    expect(await local.value(sql)).toBe('other b');
  });

  it('takes several exceptions with OR', async () => {
    const sql = (
      name: string,
    ) => `DECLARE a EXCEPTION (-20001, 'a'); b EXCEPTION (-20002, 'b'); c EXCEPTION (-20003, 'c');
      BEGIN RAISE ${name}; EXCEPTION WHEN a OR b THEN RETURN 'a or b'; WHEN c OR STATEMENT_ERROR THEN RETURN 'c'; END;`;
    expect(await local.value(sql('a'))).toBe('a or b');
    expect(await local.value(sql('b'))).toBe('a or b');
    expect(await local.value(sql('c'))).toBe('c');
  });

  it('lets the outer block take what the inner one does not', async () => {
    const sql = `DECLARE e1 EXCEPTION (-20001, 'Exception e1');
      BEGIN
        DECLARE e2 EXCEPTION (-20002, 'Exception e2');
        BEGIN
          RAISE e1;
        EXCEPTION WHEN e2 THEN RETURN 'inner';
        END;
      EXCEPTION WHEN e1 THEN RETURN 'outer';
      END;`;
    expect(await local.value(sql)).toBe('outer');
  });

  it('ends its block, and the outer one goes on', async () => {
    const body = `BEGIN SELECT 1/0; n := 100; EXCEPTION WHEN OTHER THEN n := n + 1; END; n := n + 1; RETURN n;`;
    expect(await local.block(body, 'n INTEGER := 0;')).toBe(2);
  });

  it('does not cover its own errors', async () => {
    const sql = `BEGIN
        BEGIN SELECT 1/0;
        EXCEPTION WHEN OTHER THEN SELECT 1 FROM no_such_table; END;
      EXCEPTION WHEN OTHER THEN RETURN SQLCODE;
      END;`;
    expect(await local.value(sql)).toBe('2003');
  });

  it('does not cover the DECLARE section of its block', async () => {
    const error = await local.error(
      'DECLARE x INTEGER := 1/0; BEGIN NULL; EXCEPTION WHEN OTHER THEN RETURN 1; END;',
    );
    expect(error.code).toBe('100051');
  });

  it('may hold a block with a handler of its own', async () => {
    const sql = `BEGIN SELECT 1/0;
      EXCEPTION WHEN OTHER THEN
        LET first := SQLERRM;
        BEGIN SELECT 1 FROM no_such_table; EXCEPTION WHEN OTHER THEN RETURN first || SQLCODE; END;
      END;`;
    expect(await local.value(sql)).toBe('Division by zero2003');
  });

  it('does not see what LET declared', async () => {
    const error = await local.error('BEGIN LET x := 1; SELECT 1/0; EXCEPTION WHEN OTHER THEN RETURN x; END;');
    expect(error.message).toMatch(/invalid identifier 'X'/);
  });

  it('sees arguments and what DECLARE declared, with the values of the moment', async () => {
    expect(
      await local.block('x := 7; SELECT 1/0; EXCEPTION WHEN OTHER THEN RETURN x;', 'x INTEGER := 1;'),
    ).toBe(7);
  });

  it('may use its variables in SQL', async () => {
    const sql = `BEGIN SELECT 1/0; EXCEPTION WHEN OTHER THEN INSERT INTO log VALUES (:SQLCODE || ' ' || :SQLERRM); RETURN 1; END;`;
    expect(await local.value(sql)).toBe(1);
    expect(await local.value('SELECT what FROM log')).toBe('100051 Division by zero');
  });

  it('passes the exception on with RAISE', async () => {
    const error = await local.error(
      "BEGIN\n  SELECT 1/0;\nEXCEPTION WHEN OTHER THEN\n  INSERT INTO log VALUES ('seen');\n  RAISE;\nEND;",
    );
    expect(error).toMatchObject({
      code: '100051',
      message: "Uncaught exception of type 'STATEMENT_ERROR' on line 2 at position 2 : Division by zero",
    });
    expect(await local.value("SELECT COUNT(*) FROM log WHERE what = 'seen'")).toBe(1);
  });

  it('may raise another exception', async () => {
    const sql = `DECLARE tired EXCEPTION (-20003, 'tired');
      BEGIN SELECT 1/0; EXCEPTION WHEN OTHER THEN RAISE tired; END;`;
    expect((await local.error(sql)).code).toBe('-20003');
  });

  it('catches what a called procedure lets out, with its whole text', async () => {
    await local.session.execute(
      "CREATE OR REPLACE PROCEDURE fail() RETURNS VARCHAR LANGUAGE SQL AS 'BEGIN SELECT 1/0; END'",
    );
    expect(await local.block('CALL fail(); EXCEPTION WHEN STATEMENT_ERROR THEN RETURN SQLERRM;')).toBe(
      "Uncaught exception of type 'STATEMENT_ERROR' on line 1 at position 6 : Division by zero",
    );
  });

  it('never hides what the local Snowflake does not model', async () => {
    const refused = await local.error(
      "BEGIN EXECUTE IMMEDIATE 'BEGIN EXECUTE IMMEDIATE FROM @stage/file.sql; END'; EXCEPTION WHEN OTHER THEN RETURN 'hidden'; END;",
    );
    expect(refused).toMatchObject({
      code: '000002',
      message: expect.stringContaining("'EXECUTE IMMEDIATE FROM'"),
    });
  });
});

describe('a CONTINUE handler', () => {
  it('goes on with the next statement', async () => {
    const body = `x := x + 1; SELECT 1/0; x := x + 1; RETURN x; EXCEPTION WHEN OTHER CONTINUE THEN x := x + 10;`;
    expect(await local.block(body, 'x INTEGER := 0;')).toBe(12);
  });

  it('goes on inside of a loop and a branch', async () => {
    const body = `FOR i IN 0 TO 2 DO
        IF (TRUE) THEN
          LET y := 6 / i;
          s := s || i;
        END IF;
      END FOR;
      RETURN s;
      EXCEPTION WHEN EXPRESSION_ERROR CONTINUE THEN s := s || 'x';`;
    expect(await local.block(body, "s VARCHAR := '';")).toBe('x012');
  });

  it('goes on after the inner block that failed', async () => {
    const body = `BEGIN SELECT 1/0; s := s || 'never'; END; s := s || 'after'; RETURN s;
      EXCEPTION WHEN OTHER CONTINUE THEN s := s || 'handled ';`;
    expect(await local.block(body, "s VARCHAR := '';")).toBe('handled after');
  });

  it('may end the block with RETURN', async () => {
    expect(
      await local.block("SELECT 1/0; RETURN 'no'; EXCEPTION WHEN OTHER CONTINUE THEN RETURN 'yes';"),
    ).toBe('yes');
  });

  it('does not cover its own errors', async () => {
    const error = await local.error(
      'BEGIN IF (TRUE) THEN SELECT 1/0; END IF; EXCEPTION WHEN OTHER CONTINUE THEN SELECT 1 FROM no_such_table; END;',
    );
    expect(error.code).toBe('002003');
  });

  it('EXIT says what is the default', async () => {
    expect(await local.block("SELECT 1/0; RETURN 'no'; EXCEPTION WHEN OTHER EXIT THEN RETURN 'exit';")).toBe(
      'exit',
    );
  });
});
