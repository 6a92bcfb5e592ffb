/**
 * Where a name is seen. https://docs.snowflake.com/en/developer-guide/snowflake-scripting/blocks,
 * https://docs.snowflake.com/en/sql-reference/snowflake-scripting/let
 */
import { openLocal, type Local } from './local';

let local: Local;
beforeAll(async () => {
  local = await openLocal();
  await local.session.execute('CREATE TABLE loaves (n INTEGER)');
});
afterAll(() => local.close());

describe('a LET is gone where its scope ends', () => {
  it.each([
    ['IF', 'IF (TRUE) THEN LET n := 2; END IF;'],
    ['ELSE', 'IF (FALSE) THEN NULL; ELSE LET n := 2; END IF;'],
    ['ELSEIF', 'IF (FALSE) THEN NULL; ELSEIF (TRUE) THEN LET n := 2; END IF;'],
    ['CASE WHEN', 'CASE WHEN TRUE THEN LET n := 2; END CASE;'],
    ['CASE ... ELSE', 'CASE (1) WHEN 2 THEN NULL; ELSE LET n := 2; END;'],
    ['FOR', 'FOR i IN 1 TO 2 DO LET n := n + 10; END FOR;'],
    ['WHILE', 'WHILE (TRUE) DO LET n := 2; BREAK; END WHILE;'],
    ['REPEAT', 'REPEAT LET n := 2; UNTIL (TRUE) END REPEAT;'],
    ['LOOP', 'LOOP LET n := 2; BREAK; END LOOP;'],
    ['a nested block', 'BEGIN LET n := 2; END;'],
    ['a handler', 'BEGIN SELECT 1 / 0; EXCEPTION WHEN OTHER THEN LET n := 2; END;'],
    ['a branch, assigned to there', 'IF (TRUE) THEN LET n := 2; n := 3; END IF;'],
    ['a branch, of another type', "IF (TRUE) THEN LET n VARCHAR := 'two'; END IF;"],
  ])('in %s', async (_, statements) => {
    expect(await local.block(`LET n := 1; ${statements} RETURN n + 0;`)).toBe(1);
  });

  it('while an assignment in a branch stays', async () => {
    expect(await local.block('LET n := 1; IF (TRUE) THEN n := 2; END IF; RETURN n;')).toBe(2);
  });

  it('so that each turn of a loop declares it anew', async () => {
    const body = 'LET sum := 0; FOR i IN 1 TO 3 DO LET n := i; sum := sum + n; END FOR; RETURN sum;';
    expect(await local.block(body)).toBe(6);
  });

  it('and the outer name has its own type again', async () => {
    const body = "LET n := 1; IF (TRUE) THEN LET n VARCHAR := 'a'; END IF; n := '5'; RETURN n + 1;";
    expect(await local.block(body)).toBe(6);
  });
});

describe('a name outside of its scope is an invalid identifier', () => {
  it.each([
    ['after IF', 'BEGIN IF (TRUE) THEN LET rye := 2; END IF; RETURN rye; END;', 50],
    ['in the other branch', 'BEGIN IF (FALSE) THEN LET rye := 2; ELSE RETURN rye; END IF; END;', 48],
    ['after CASE', 'BEGIN CASE WHEN TRUE THEN LET rye := 1; END CASE; RETURN rye; END;', 57],
    ['after the loop of a counter', 'BEGIN FOR rye IN 1 TO 2 DO NULL; END FOR; RETURN rye; END;', 49],
    ['before it is declared', 'BEGIN RETURN rye; LET rye := 1; END;', 13],
    ['in its own value', 'BEGIN LET rye := rye + 1; END;', 17],
    ['where nothing runs', 'BEGIN IF (FALSE) THEN RETURN rye; END IF; RETURN 1; END;', 29],
    ['in a handler, of a LET', 'BEGIN LET rye := 1; EXCEPTION WHEN OTHER THEN RETURN rye; END;', 53],
  ])('%s', async (_, sql, position) => {
    expect(await local.error(sql)).toEqual({
      code: '000904',
      sqlState: '42000',
      message: `SQL compilation error: error line 1 at position ${position}\ninvalid identifier 'RYE'`,
    });
  });

  it.each([
    [
      'in SQL, at its colon',
      'BEGIN IF (FALSE) THEN INSERT INTO loaves VALUES (:rye); END IF; END;',
      49,
      'RYE',
    ],
    ['in the query of a RESULTSET', 'BEGIN LET rs RESULTSET := (SELECT :rye); END;', 34, 'RYE'],
    ['in a subquery, as it is written', 'BEGIN RETURN (SELECT :Rye); END;', 21, 'Rye'],
    ['in an expression, as it is written', 'BEGIN RETURN :rye || 1; END;', 13, 'rye'],
    ['quoted', 'BEGIN RETURN "rye"; END;', 13, '"rye"'],
    ['the column of a row that is not there', 'BEGIN RETURN rye.price; END;', 13, 'RYE.PRICE'],
    ['in USING', "BEGIN EXECUTE IMMEDIATE 'SELECT ?' USING (rye); END;", 42, 'RYE'],
  ])('%s', async (_, sql, position, shown) => {
    const { message } = await local.error(sql);
    expect(message).toBe(
      `SQL compilation error: error line 1 at position ${position}\ninvalid identifier '${shown}'`,
    );
    expect(await local.value('SELECT COUNT(*) FROM loaves')).toBe(0);
  });

  it('and no handler takes the error, since nothing has run', async () => {
    const sql = 'BEGIN INSERT INTO loaves VALUES (1); RETURN rye; EXCEPTION WHEN OTHER THEN RETURN 2; END;';
    expect((await local.error(sql)).code).toBe('000904');
    expect(await local.value('SELECT COUNT(*) FROM loaves')).toBe(0);
  });

  it('but in a query without its colon it is a column, looked up when the query runs', async () => {
    const body = 'IF (FALSE) THEN LET n INT := (SELECT rye FROM loaves); END IF; RETURN 1;';
    expect(await local.block(body)).toBe(1);
  });

  it.each(['DATEADD(day, 1, d)', "DATEDIFF('hour', d, d)", 'DATE_TRUNC(month, d)', 'EXTRACT(year FROM d)'])(
    'while a part of a date is none: %s',
    async (expression) => {
      const value = await local.block(`RETURN ${expression};`, "d TIMESTAMP_NTZ := '2026-01-05';");
      expect(value).not.toBeNull();
    },
  );
});

describe('a name that is no value is not used as one', () => {
  it.each([
    ['a cursor', 'DECLARE c CURSOR FOR SELECT 1; BEGIN RETURN c; END;', 44, "Invalid use of cursor 'C'."],
    ['a RESULTSET', 'DECLARE r RESULTSET; BEGIN RETURN r || 1; END;', 34, "Invalid use of resultset 'R'."],
    [
      'a cursor in USING',
      "DECLARE c CURSOR FOR SELECT 1; BEGIN EXECUTE IMMEDIATE 'SELECT ?' USING (c); END;",
      73,
      "Invalid use of cursor 'C'.",
    ],
  ])('%s', async (_, sql, position, said) => {
    expect((await local.error(sql)).message).toBe(
      `SQL compilation error: error line 1 at position ${position}\n ${said}`,
    );
  });

  it('nor is an exception one', async () => {
    const sql = 'DECLARE rye EXCEPTION; BEGIN RETURN rye; END;';
    expect((await local.error(sql)).message).toMatch(/invalid identifier 'RYE'$/);
  });
});

describe('a name is declared once in a scope', () => {
  const twice = (position: number): string =>
    `SQL compilation error: error line 1 at position ${position}\n Variable with name 'RYE' declared twice.`;

  it.each([
    ['DECLARE', 'DECLARE rye INT; rye INT; BEGIN RETURN 1; END;', 17],
    ['DECLARE, exceptions', 'DECLARE rye EXCEPTION; rye EXCEPTION; BEGIN RETURN 1; END;', 23],
    ['LET', 'BEGIN LET rye := 1; LET rye := 2; END;', 20],
    ['LET in a branch', 'BEGIN IF (FALSE) THEN LET rye := 1; LET rye := 2; END IF; END;', 36],
  ])('%s', async (_, sql, position) => {
    expect((await local.error(sql)).message).toBe(twice(position));
  });

  it('an argument in DECLARE: found by CREATE PROCEDURE', async () => {
    const sql = 'CREATE PROCEDURE bake(rye INT) RETURNS INT AS $$DECLARE rye INT; BEGIN RETURN 1; END$$';
    expect((await local.error(sql)).message).toBe(twice(8));
  });

  it('but an exception may have the name of a variable', async () => {
    const body = 'RAISE rye; EXCEPTION WHEN rye THEN RETURN rye;';
    expect(await local.block(body, "rye INT := 6; rye EXCEPTION (-20001, 'burnt');")).toBe(6);
  });

  it('but an inner scope may have it again', async () => {
    const body = 'LET rye := 1; BEGIN LET rye := 2; BEGIN LET rye := 3; END; END; RETURN rye;';
    expect(await local.block(body)).toBe(1);
  });
});

describe('the row of a FOR loop', () => {
  const two = 'c CURSOR FOR SELECT 1 AS a UNION ALL SELECT 2; t INT := 0;';

  it.each([
    [
      'is the next one at the next turn',
      'FOR q IN c DO t := t + q.a; q := 5; t := t + q; END FOR; RETURN t;',
      13,
    ],
    [
      'may be assigned in a branch',
      'FOR q IN c DO IF (TRUE) THEN q := 5; END IF; t := t + q; END FOR; RETURN t;',
      10,
    ],
    ['is its own thing beside an outer variable', 'LET q := 7; FOR q IN c DO q := 5; END FOR; RETURN q;', 7],
  ])('%s', async (_, body, expected) => {
    expect(await local.block(body, two)).toBe(expected);
  });
});

describe('the counter of a FOR loop', () => {
  const refused = (position: number): string =>
    `SQL compilation error: error line 1 at position ${position}\n Assignment to variable 'I' is not permitted.`;

  it.each([
    ['in the body', 'BEGIN FOR i IN 1 TO 1 DO i := 5; END FOR; END;', 27],
    ['of a loop without turns', 'BEGIN FOR i IN 1 TO 0 DO i := 5; END FOR; END;', 27],
    ['in a branch', 'BEGIN FOR i IN 1 TO 1 DO IF (TRUE) THEN i := 5; END IF; END FOR; END;', 42],
    ['in an inner loop', 'BEGIN FOR i IN 1 TO 1 DO FOR j IN 1 TO 1 DO i := 5; END FOR; END FOR; END;', 46],
    ['over a variable of its name', 'DECLARE i INT; BEGIN FOR i IN 1 TO 1 DO i := 5; END FOR; END;', 42],
  ])('is not assigned to %s', async (_, sql, position) => {
    expect((await local.error(sql)).message).toBe(refused(position));
  });

  it.each([
    ['its body declares the name', 'FOR i IN 1 TO 1 DO LET i := 5; i := 6; END FOR; RETURN 0;', 0],
    ['the loop is over', 'LET i := 0; FOR i IN 1 TO 3 DO NULL; END FOR; i := 5; RETURN i;', 5],
    [
      'an inner loop has the name',
      'FOR i IN 1 TO 2 DO FOR i IN 3 TO 4 DO NULL; END FOR; END FOR; RETURN 0;',
      0,
    ],
  ])('is no matter where %s', async (_, body, expected) => {
    expect(await local.block(body)).toBe(expected);
  });

  it.each([
    ['a cursor', 'DECLARE c CURSOR FOR SELECT 1; BEGIN c := 5; END;', 'C', 39],
    [
      'a cursor, before its value is looked at',
      'DECLARE c CURSOR FOR SELECT 1; BEGIN c := rye; END;',
      'C',
      39,
    ],
  ])('is like %s', async (_, sql, name, position) => {
    expect((await local.error(sql)).message).toBe(
      `SQL compilation error: error line 1 at position ${position}\n Assignment to variable '${name}' is not permitted.`,
    );
  });
});
