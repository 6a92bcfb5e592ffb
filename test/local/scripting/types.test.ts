/**
 * Types of literals, variables and results.
 * https://docs.snowflake.com/en/developer-guide/snowflake-scripting/variables#how-snowflake-scripting-infers-the-data-type-of-a-variable
 */
import { showType } from '../../../src/local/sql/types';
import type { SqlValue } from '../../../src/local/values';
import { openLocal, type Local } from './local';

let local: Local;
beforeAll(async () => {
  local = await openLocal();
  await local.session.execute('CREATE TABLE loaves (n INTEGER)');
});
afterAll(() => local.close());

/** Type and value of what a block or CALL gives. */
async function answer(sql: string): Promise<[string, SqlValue]> {
  const { columns, rows } = await local.session.execute(sql);
  const [column] = columns;
  const value = rows[0]?.[0] ?? null;
  return [showType(column!.type), typeof value === 'bigint' ? String(value) : value];
}

describe('a number in a block is the exact number that it writes', () => {
  it.each<[string, string, SqlValue]>([
    ['4', 'NUMBER(1,0)', 4],
    ['1.0', 'NUMBER(1,0)', 1],
    ['1.10', 'NUMBER(2,1)', '1.1'],
    ['-1.50', 'NUMBER(2,1)', '-1.5'],
    ['.5', 'NUMBER(2,1)', '0.5'],
    ['1e0', 'NUMBER(1,0)', 1],
    ['1.5e3', 'NUMBER(4,0)', 1500],
    ['1e-3', 'NUMBER(4,3)', '0.001'],
    ['1e20', 'NUMBER(21,0)', '100000000000000000000'],
    ['12345678901234567890.10', 'NUMBER(21,1)', '12345678901234567890.1'],
    ['1 + 1', 'NUMBER(2,0)', 2],
    ['1 / 3', 'NUMBER(7,6)', '0.333333'],
    ['2.50 * 2', 'NUMBER(3,1)', '5.0'],
    ['10 / 10', 'NUMBER(8,6)', '1.000000'],
    ['12345678901234567890123 * 10', 'NUMBER(25,0)', '123456789012345678901230'],
    ['1.0::VARCHAR', 'VARCHAR(16777216)', '1'],
    ["CONCAT(1.50, '')", 'VARCHAR(16777216)', '1.5'],
  ])('%s', async (written, type, value) => {
    expect(await answer(`BEGIN RETURN ${written}; END;`)).toEqual([type, value]);
  });
});

describe('LET and DECLARE without a type', () => {
  it.each<[string, string, SqlValue]>([
    ['a whole number is a NUMBER(38,0)', 'LET n := 0; n := n + 1.5; RETURN n;', 2],
    ['and keeps every digit that comes later', 'LET n := 0; n := 12345; RETURN n;', 12345],
    ['a decimal is a FLOAT', 'LET n := 1.7777; n := 123.456789; RETURN n;', 123.456789],
    ['so is a negative one', 'LET n := -1.5; n := -0.0625; RETURN n;', -0.0625],
    ['and what a variable of decimals gives', 'LET n := price; n := 0.123456; RETURN n;', 0.123456],
    ['and a result of arithmetic', 'LET n := 1.5 * 2; n := 0.123456; RETURN n;', 0.123456],
    ['a text has no length', "LET s := 'rye'; s := 'sourdough'; RETURN s;", 'sourdough'],
    ['a BOOLEAN is one', 'LET b := NOT TRUE; b := 1; RETURN b;', true],
    ['NULL with a type has that', 'LET n := NULL::NUMBER; n := 2.5; RETURN n;', 3],
  ])('%s', async (_, body, value) => {
    expect(await local.block(body, 'price NUMBER(10,4) := 1.5;')).toBe(value);
  });

  it.each([
    ['NULL', 'BEGIN LET n := NULL; RETURN 1; END;', 6],
    ['a name that is not there', 'BEGIN LET n := rye; RETURN 1; END;', 6],
    ['a function without its parentheses', 'BEGIN LET n := CURRENT_TIMESTAMP; RETURN 1; END;', 6],
    ['a VARIANT', "BEGIN LET n := PARSE_JSON('1'); RETURN 1; END;", 6],
    ['a cast to VARIANT', 'BEGIN LET n := 1::VARIANT; RETURN 1; END;', 6],
    ['a variable that is a VARIANT', 'DECLARE v VARIANT; BEGIN LET n := v; RETURN 1; END;', 25],
    ['a path', 'DECLARE v VARIANT; BEGIN LET n := v:a; RETURN 1; END;', 25],
    ['DECLARE', 'DECLARE n := NULL; BEGIN RETURN 1; END;', 8],
    ['what is never reached', 'BEGIN IF (FALSE) THEN LET n := NULL; END IF; RETURN 1; END;', 22],
    [
      'a column of a row variable',
      'DECLARE c CURSOR FOR SELECT 1 AS a; BEGIN FOR r IN c DO LET n := r.a; END FOR; END;',
      56,
    ],
  ])('take no type from %s', async (_, sql, position) => {
    expect(await local.error(sql)).toEqual({
      code: '092228',
      sqlState: 'P0000',
      message: `SQL compilation error: error line 1 at position ${position}\n variable 'N' cannot have its type inferred from initializer`,
    });
  });

  it.each<[string, string, string, SqlValue]>([
    ['the number it was declared with', 'LET n := 1; RETURN n;', 'NUMBER(1,0)', 1],
    ['a decimal', 'LET n := 1.50; RETURN n;', 'NUMBER(2,1)', '1.5'],
    ['in parentheses too', 'LET n := 1.5; RETURN (n);', 'NUMBER(2,1)', '1.5'],
    ['in an inner block too', 'LET n := 1; BEGIN RETURN n; END;', 'NUMBER(1,0)', 1],
    ['the type of the variable that it came from', 'LET n := price; RETURN n;', 'NUMBER(10,4)', '1.5000'],
    ['its own type after an assignment', 'LET n := 1; n := 1; RETURN n;', 'NUMBER(38,0)', 1],
    ['its own type after a colon', 'LET n := 1; RETURN :n;', 'NUMBER(38,0)', 1],
    ['its own type in an expression', 'LET n := 1; RETURN n * 2;', 'NUMBER(38,0)', 2],
    ['its own type when it has one', 'LET n INT := 1; RETURN n;', 'NUMBER(38,0)', 1],
  ])('are returned by name as %s', async (_, body, type, value) => {
    expect(await answer(`DECLARE price NUMBER(10,4) := 1.5; BEGIN ${body} END;`)).toEqual([type, value]);
  });
});

describe('the counter of a FOR loop', () => {
  it.each<[string, string, string, SqlValue]>([
    ['is a text when its name is returned', 'RETURN i;', 'VARCHAR(16777216)', '1'],
    ['also in parentheses', 'RETURN (i);', 'VARCHAR(16777216)', '1'],
    ['is a NUMBER(9,0) after a colon', 'RETURN :i;', 'NUMBER(9,0)', 1],
    ['and in expressions', 'RETURN i + 1;', 'NUMBER(10,0)', 2],
    ['of any kind', 'RETURN i * 1.5;', 'NUMBER(11,1)', '1.5'],
    ['gives a variable that number', 'LET n := i; RETURN n + 1;', 'NUMBER(38,0)', 2],
  ])('%s', async (_, statement, type, value) => {
    expect(await answer(`BEGIN FOR i IN 1 TO 2 DO ${statement} END FOR; END;`)).toEqual([type, value]);
  });

  it.each([
    ['IN 1000000000 TO 1', 15],
    ['IN 1000000000 TO 1000000001', 15],
    ['IN REVERSE 1 TO 1000000000', 28],
  ])('has nine digits: %s', async (bounds, position) => {
    expect(await local.error(`BEGIN FOR i ${bounds} DO NULL; END FOR; END;`)).toEqual({
      code: '100039',
      sqlState: '22003',
      message: `Uncaught exception of type 'EXPRESSION_ERROR' on line 1 at position ${position} : Number out of representable range: type FIXED[SB4](9,0){not null}, value 1000000000`,
    });
  });

  it('goes on beyond them', async () => {
    const body = 'LET n := 0; FOR i IN 999999999 TO 1000000000 DO n := n + 1; END FOR; RETURN n;';
    expect(await local.block(body)).toBe(2);
  });
});

describe('a value that goes into a typed variable', () => {
  it.each([
    ['NUMBER(3,0) := 12345', 'type FIXED[SB2](3,0){not null}, value 12345'],
    ['NUMBER(3,0) := 999.5', 'type FIXED[SB2](3,0){not null}, value 999.5'],
    ['NUMBER(5,2) := -1234.567', 'type FIXED[SB4](5,2){not null}, value -1234.567'],
    ['NUMBER(2,0) := 100', 'type FIXED[SB1](2,0){not null}, value 100'],
    ['NUMBER(10,0) := 12345678901', 'type FIXED[SB8](10,0){not null}, value 12345678901'],
  ])('has to fit: %s', async (declaration, said) => {
    const { message } = await local.error(`BEGIN LET n ${declaration}; END;`);
    expect(message).toContain(`: Number out of representable range: ${said}`);
  });

  it.each([
    ['DECLARE', "DECLARE s VARCHAR(2) := 'rye'; BEGIN RETURN s; END;", 24],
    ['LET', "BEGIN LET s VARCHAR(2) := 'rye'; END;", 26],
    ['an assignment', "DECLARE s VARCHAR(2); BEGIN s := 'rye'; END;", 33],
  ])('is an EXPRESSION_ERROR at the value of %s', async (_, sql, position) => {
    expect((await local.error(sql)).message).toBe(
      `Uncaught exception of type 'EXPRESSION_ERROR' on line 1 at position ${position} : String 'rye' is too long and would be truncated`,
    );
  });

  it.each<[string, SqlValue]>([
    ['n NUMBER(3,0) := 12.5;', 13],
    ['n NUMBER(10,2) := 5;', '5.00'],
    ['n VARCHAR(2) := 42;', '42'],
    ['n ARRAY := 5;', '[5]'],
    ["n DATE := '2026-01-05 10:00:00'::TIMESTAMP_NTZ;", 20_458],
    ['n NUMBER(10,2) := TRUE;', 1],
  ])('takes its type: %s', async (declare, value) => {
    expect(await local.block('RETURN n;', declare)).toBe(value);
  });
});

describe('operands that have no sum, or are not true or false', () => {
  it.each([
    ['RETURN 1 + TRUE;', 13, 2, "'+': (NUMBER(1,0), BOOLEAN)"],
    ['LET b := TRUE; LET x INT := 1 + b;', 34, 2, "'+': (NUMBER(1,0), BOOLEAN)"],
    ['LET b := TRUE; LET n := 5; n := (n + b);', 38, 3, "'+': (NUMBER(38,0), BOOLEAN)"],
    ['LET x INT := 5::NUMBER(38) + (1 = 1);', 19, 14, "'+': (NUMBER(38,0), BOOLEAN)"],
    ["IF (TO_DATE('2024-01-01') AND TRUE) THEN NULL; END IF;", 10, 22, "'AND': (DATE, BOOLEAN)"],
    ["RETURN NOT TO_DATE('2024-01-01');", 13, 0, "'NOT': (DATE)"],
    ["RETURN '2024-01-01'::TIMESTAMP + 1;", 13, 24, "'+': (TIMESTAMP_NTZ(9), NUMBER(1,0))"],
  ])('are an EXPRESSION_ERROR where they are reached: %s', async (body, at, inner, said) => {
    expect((await local.error(`BEGIN ${body} END;`)).message).toBe(
      `Uncaught exception of type 'EXPRESSION_ERROR' on line 1 at position ${at} : SQL compilation error: error line 1 at position ${inner}\nInvalid argument types for function ${said}`,
    );
  });

  const handler = 'EXCEPTION WHEN OTHER THEN RETURN 0;';
  it.each([
    ['LET y := 6 + TRUE;', 15, "'+': (NUMBER(1,0), BOOLEAN)"],
    ['IF (FALSE) THEN LET y := (6 + TRUE); END IF;', 31, "'+': (NUMBER(1,0), BOOLEAN)"],
    ["LET s := 'rye'; LET y := 1 - (s - TRUE);", 38, "'-': (VARCHAR(134217728), BOOLEAN)"],
    ["LET d := TO_DATE('2024-01-01'); LET y := NOT d;", 47, "'NOT': (DATE)"],
    ["LET d DATE := '2024-01-01'; LET y := TRUE AND (d OR FALSE);", 55, "'OR': (DATE, BOOLEAN)"],
    ['RETURN 1; CASE (5 + (6 + TRUE)) WHEN 1 THEN NULL; END CASE;', 29, "'+': (NUMBER(1,0), BOOLEAN)"],
  ])('are found before the block runs where a type is taken from them: %s', async (body, at, said) => {
    expect((await local.error(`BEGIN ${body} ${handler} END;`)).message).toBe(
      `SQL compilation error: error line 1 at position ${at}\nInvalid argument types for function ${said}`,
    );
  });

  it('that are text or numbers are made BOOLEANs', async () => {
    expect(await local.block("LET x := 1; LET y := TRUE AND x; LET z := 'false' OR y; RETURN y AND z;")).toBe(
      true,
    );
  });
});

describe('what a block knows of its last statement', () => {
  it('is a text in expressions, which arithmetic takes for decimals', async () => {
    const insert = 'INSERT INTO loaves VALUES (1), (2);';
    expect(await local.block(`${insert} RETURN SQLROWCOUNT;`)).toBe(2);
    expect(await local.block(`${insert} RETURN SQLROWCOUNT + 1;`)).toBe('3.00000');
    expect(await local.block(`${insert} RETURN 'baked ' || SQLROWCOUNT;`)).toBe('baked 2');
    expect(await local.block(`${insert} IF (SQLROWCOUNT = 2) THEN RETURN 'two'; END IF;`)).toBe('two');
    expect(await local.block(`${insert} LET n INT := SQLROWCOUNT; RETURN n + 1;`)).toBe(3);
  });

  it('counts with ACTIVITY_COUNT the rows that it changed, gave or says', async () => {
    const body = `INSERT INTO loaves VALUES (7), (8), (9);
      LET inserted INT := ACTIVITY_COUNT;
      SELECT * FROM loaves WHERE n > 7;
      LET selected INT := ACTIVITY_COUNT;
      CREATE OR REPLACE TABLE trays (n INT);
      RETURN inserted || ' ' || selected || ' ' || ACTIVITY_COUNT || ' ' || NVL(SQLROWCOUNT, 'none');`;
    expect(await local.block(body)).toBe('3 2 1 none');
    expect(await local.block('RETURN ACTIVITY_COUNT;')).toBeNull();
  });

  it.each<[string, string, SqlValue]>([
    ['SQLCODE is NULL outside of a handler', 'RETURN SQLCODE;', null],
    ['its name is returned as a text', 'RETURN 1 / 0; EXCEPTION WHEN OTHER THEN RETURN SQLCODE;', '100051'],
    ['it is a number otherwise', 'RETURN 1 / 0; EXCEPTION WHEN OTHER THEN RETURN SQLCODE + 1;', 100_052],
  ])('%s', async (_, body, value) => {
    expect(await local.block(body)).toBe(value);
  });

  it.each(['SQLERRM', 'SQLSTATE'])('%s is not there outside of a handler', async (name) => {
    expect((await local.error(`BEGIN RETURN ${name}; END;`)).message).toContain(
      `invalid identifier '${name}'`,
    );
  });
});

describe('SYSTEM$TYPEOF in a block', () => {
  it.each<[string, string, string]>([
    ['a number by its digits', '1', 'NUMBER(1,0)[SB1]'],
    ['and by its size', '10000', 'NUMBER(5,0)[SB2]'],
    ['a text by its length', "'rye'", 'VARCHAR(3)[LOB]'],
    ['NULL', 'NULL', 'NULL[LOB]'],
    ['a variable by its declared width', 'n', 'NUMBER(38,0)[SB16]'],
    ['after a colon too', ':n', 'NUMBER(38,0)[SB16]'],
    ['with decimals', 'price', 'NUMBER(10,4)[SB8]'],
    ['an untyped decimal', 'share', 'FLOAT[DOUBLE]'],
    ['a text variable without a length', 's', 'VARCHAR[LOB]'],
    ['what is computed of one', "s || 'x'", 'VARCHAR(134217728)[LOB]'],
    ['arithmetic', 'n + 1', 'NUMBER(38,0)[SB16]'],
    ['a date', 'd', 'DATE[SB4]'],
    ['a truth', '1 = 2', 'BOOLEAN[SB1]'],
    ['SQLROWCOUNT', 'SQLROWCOUNT', 'VARCHAR[LOB]'],
  ])('shows %s', async (_, argument, expected) => {
    const declare =
      "price NUMBER(10,4) := 1.5; s VARCHAR(10) := 'rye'; d DATE := '2026-01-05'; n := 1; share := 1.5;";
    expect(await local.block(`RETURN SYSTEM$TYPEOF(${argument});`, declare)).toBe(expected);
    expect(await local.block(`RETURN 'is ' || SYSTEM$TYPEOF(${argument});`, declare)).toBe(`is ${expected}`);
  });

  it('in SQL shows a number by its value', async () => {
    const body = 'LET t VARCHAR := (SELECT SYSTEM$TYPEOF(:price)); RETURN t;';
    expect(await local.block(body, 'price NUMBER(10,4) := 1.7777;')).toBe('NUMBER(10,4)[SB2]');
    expect(await local.block(body, 'price NUMBER(10,4) := 12345.6789;')).toBe('NUMBER(10,4)[SB4]');
    expect(await local.block(body, 'price NUMBER(10,4);')).toBe('NUMBER(10,4)[SB1]');
  });
});

describe('a statement in parentheses', () => {
  beforeAll(async () => {
    await local.session.execute(
      "CREATE PROCEDURE greet(n INT) RETURNS VARCHAR AS $$BEGIN RETURN 'loaf ' || n; END$$",
    );
  });

  it('that is a CALL gives a variable its value', async () => {
    expect(await local.block('r := (CALL greet(3)); RETURN r;', 'r VARCHAR;')).toBe('loaf 3');
    expect(await local.block('LET n := 4; r := (CALL greet(:n)); RETURN r;', 'r VARCHAR;')).toBe('loaf 4');
    expect(await local.block('r := (CALL greet(5)); RETURN TABLE(r);', 'r RESULTSET;')).toBe('loaf 5');
  });

  it.each([
    ['(SHOW TABLES)', 'SHOW TABLES'],
    ['(DROP TABLE loaves)', 'DROP TABLE loaves'],
    ["(EXECUTE IMMEDIATE 'SELECT 1')", '?SqlExecuteImmediateDynamic?'],
  ])('that is a command is refused before the block runs: %s', async (value, shown) => {
    const sql = `DECLARE n INT; BEGIN IF (FALSE) THEN n := ${value}; END IF; RETURN 1; END;`;
    expect((await local.error(sql)).message).toBe(
      `SQL compilation error:\nInvalid expression value (${shown}) for assignment.`,
    );
  });

  it('that is any other statement fails where it is reached, and changes nothing', async () => {
    const before = await local.value('SELECT COUNT(*) FROM loaves');
    const assign = 'n := (DELETE FROM loaves);';
    expect(await local.block(`IF (FALSE) THEN ${assign} END IF; RETURN 1;`, 'n INT;')).toBe(1);
    expect((await local.error(`DECLARE n INT; BEGIN ${assign} END;`)).message).toBe(
      "Uncaught exception of type 'EXPRESSION_ERROR' on line 1 at position 27 : SQL compilation error:\nsyntax error line 1 at position 15 unexpected 'DELETE'.",
    );
    expect(await local.value('SELECT COUNT(*) FROM loaves')).toBe(before);
  });
});
