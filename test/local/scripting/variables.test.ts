/** https://docs.snowflake.com/en/developer-guide/snowflake-scripting/variables */
import { integer } from '../../../src/local/values';
import { openLocal, type Local } from './local';

let local: Local;
beforeAll(async () => {
  local = await openLocal();
  await local.session.execute('CREATE TABLE cakes (id INTEGER, name VARCHAR, price NUMBER(10,2))');
  await local.session.execute(
    "INSERT INTO cakes VALUES (1, 'apple', 3.50), (2, 'cherry', 4.25), (3, 'plum', 2.75)",
  );
});
afterAll(() => local.close());

describe('variables', () => {
  it('are declared with a type, a value, or both', async () => {
    const declare = `profit NUMBER(38, 2) DEFAULT 0.0; cost DEFAULT 100; revenue NUMBER(38, 2) := 110.0; empty VARCHAR;`;
    expect(await local.block('profit := revenue - cost; RETURN profit;', declare)).toBe('10.00');
    expect(await local.block('RETURN empty;', declare)).toBeNull();
  });

  it('are declared by LET in all its forms', async () => {
    const body = `LET a := 1; LET b INTEGER := a + 1; LET c VARCHAR DEFAULT 'x' || b; LET d DATE; RETURN c || a;`;
    expect(await local.block(body)).toBe('x21');
  });

  it('round and convert what is assigned to their type', async () => {
    expect(await local.block('n := 12.5; RETURN n;', 'n INTEGER;')).toBe(13);
    expect(await local.block("n := '17'; RETURN n + 1;", 'n INTEGER;')).toBe(18);
    expect(await local.block('s := 42; RETURN s;', 's VARCHAR;')).toBe('42');
    expect(await local.block("d := '2024-02-29'; RETURN d::VARCHAR;", 'd DATE;')).toBe('2024-02-29');
  });

  it('refuse what does not fit their type', async () => {
    const words = await local.error("DECLARE n INTEGER; BEGIN n := 'flour'; END;");
    expect(words).toMatchObject({ code: '100038', sqlState: '22018' });
    expect(words.message).toMatch(
      /^Uncaught exception of type 'EXPRESSION_ERROR' on line 1 at position \d+ : .*flour/,
    );
    const long = await local.error("DECLARE s VARCHAR(3); BEGIN s := 'flour'; END;");
    expect(long.code).toBe('100078');
  });

  it('are found under folded names, and quoted ones as written', async () => {
    expect(await local.block('LET "Mixed" := 1; LET mixed := 2; RETURN "Mixed" * 10 + MIXED;')).toBe(12);
  });

  it('take the columns of one row by SELECT INTO', async () => {
    const body = 'SELECT id, name INTO :i, :n FROM cakes WHERE price > 4; RETURN n || i;';
    expect(await local.block(body, 'i INTEGER; n VARCHAR;')).toBe('cherry2');
  });

  it('become NULL when SELECT INTO finds no row', async () => {
    const body = 'SELECT id INTO :i FROM cakes WHERE id = 99; RETURN i IS NULL;';
    expect(await local.block(body, 'i INTEGER DEFAULT 5;')).toBe(true);
  });

  it('refuse several rows of SELECT INTO', async () => {
    const error = await local.error('DECLARE i INTEGER; BEGIN\n  SELECT id INTO :i FROM cakes;\nEND;');
    expect(error.message).toBe(
      "Uncaught exception of type 'STATEMENT_ERROR' on line 2 at position 2 : A SELECT INTO statement expects exactly 1 returned row, but got 3.",
    );
  });

  it('refuse another number of columns than variables', async () => {
    const error = await local.error(
      'DECLARE i INTEGER; BEGIN SELECT id, name INTO :i FROM cakes WHERE id = 1; END;',
    );
    expect(error.message).toMatch(/INTO variables \(1\).*columns \(2\)/);
  });
});

describe('variables in SQL', () => {
  it('stand wherever an expression can', async () => {
    const body = `
      INSERT INTO cakes (id, name, price) VALUES (:i, :n || '!', :i + 0.5);
      UPDATE cakes SET price = price + :i WHERE name = :n || '!';
      SELECT price INTO :p FROM cakes WHERE id = :i AND name LIKE :n || '%' LIMIT :one;
      DELETE FROM cakes WHERE id IN (:i);
      RETURN p;`;
    expect(
      await local.block(body, "i INTEGER := 10; n VARCHAR := 'rye'; p NUMBER(10,2); one INTEGER := 1;"),
    ).toBe('20.50');
  });

  it('without a colon are columns', async () => {
    const declare = 'id INTEGER := 99; n INTEGER;';
    expect(await local.block('SELECT COUNT(*) INTO :n FROM cakes WHERE id = id; RETURN n;', declare)).toBe(3);
    expect(await local.block('SELECT COUNT(*) INTO :n FROM cakes WHERE id = :id; RETURN n;', declare)).toBe(
      0,
    );
  });

  it('that nobody declared are refused', async () => {
    const error = await local.error('BEGIN SELECT :flour; END;');
    expect(error).toMatchObject({
      code: '000904',
      message: "SQL compilation error: error line 1 at position 13\ninvalid identifier 'FLOUR'",
    });
  });

  it('name tables through IDENTIFIER and TABLE', async () => {
    const declare = "t VARCHAR := 'bakery.orders.cakes'; n INTEGER; m INTEGER;";
    const body =
      'SELECT COUNT(*) INTO :n FROM IDENTIFIER(:t); SELECT COUNT(*) INTO :m FROM TABLE(:t); RETURN n * 10 + m;';
    expect(await local.block(body, declare)).toBe(33);
  });

  it('of every type arrive as they are', async () => {
    const body = `
      SELECT :d = '2024-03-01'::DATE AND :t = '2024-03-01 04:05:06'::TIMESTAMP_NTZ AND :b AND :f = 0.5 AND :n IS NULL
        INTO :ok;
      RETURN ok;`;
    const declare = `d DATE := '2024-03-01'; t TIMESTAMP_NTZ := '2024-03-01 04:05:06'; b BOOLEAN := TRUE;
      f FLOAT := 0.5; n VARCHAR; ok BOOLEAN;`;
    expect(await local.block(body, declare)).toBe(true);
  });
});

describe('expressions', () => {
  it('may hold subqueries, in which a variable needs its colon', async () => {
    const body = 'LET n := (SELECT COUNT(*) FROM cakes WHERE price > :floor) + 1; RETURN n;';
    expect(await local.block(body, 'floor NUMBER := 3;')).toBe(3);
    expect(
      await local.block(
        'IF (EXISTS (SELECT 1 FROM cakes WHERE id = :i)) THEN RETURN 1; END IF; RETURN 0;',
        'i INT := 2;',
      ),
    ).toBe(1);
  });

  it('may call functions of SQL', async () => {
    expect(
      await local.block("LET s := 'rye,oat'; RETURN SPLIT_PART(s, ',', 2) || ABS(-n);", 'n INT := 3;'),
    ).toBe('oat3');
  });

  it('name the construct that fails', async () => {
    const error = await local.error('BEGIN\n  LET x := 1 / 0;\nEND;');
    expect(error).toMatchObject({ code: '100051', sqlState: '22012' });
    expect(error.message).toBe(
      "Uncaught exception of type 'EXPRESSION_ERROR' on line 2 at position 11 : Division by zero",
    );
  });

  it('may read into semi-structured variables', async () => {
    const declare = `v VARIANT := PARSE_JSON('{"cake": {"name": "plum"}, "sizes": [1, 2]}');`;
    expect(await local.block("RETURN v:cake.name::VARCHAR || v['sizes'][1]::VARCHAR;", declare)).toBe(
      'plum2',
    );
  });
});

it('a number has 38 digits and no more', async () => {
  const error = await local.error(`BEGIN LET n := ${'9'.repeat(38)}; n := n + 1; RETURN n; END`);
  expect(error).toMatchObject({ code: '100046', sqlState: '22003' });
});

describe('IDENTIFIER(:v)', () => {
  it('names a column, a function and a procedure as well as a table', async () => {
    expect(
      await local.block(
        "LET c := 'name'; LET f := 'UPPER'; LET r VARCHAR; SELECT IDENTIFIER(:f)(IDENTIFIER(:c)) INTO :r FROM cakes WHERE id = 2; RETURN r;",
      ),
    ).toBe('CHERRY');
    await local.session.execute(
      'CREATE PROCEDURE add_one(n NUMBER) RETURNS NUMBER LANGUAGE SQL AS $$ BEGIN RETURN n + 1; END $$',
    );
    expect(
      await local.block(
        "LET p := 'bakery.orders.add_one'; LET n := 0; CALL IDENTIFIER(:p)(4) INTO :n; RETURN n;",
      ),
    ).toBe(5);
  });

  it('takes a name only', async () => {
    const error = await local.error("BEGIN LET t := 'cakes c'; SELECT * FROM IDENTIFIER(:t); END");
    expect(error.code).toBe('002003');
  });
});

describe('semi-structured values', () => {
  it('are read by paths, also those that are words of Scripting', async () => {
    const value = await local.block(
      'LET v VARIANT := PARSE_JSON(\'{"from": 1, "end": [{"case": 2}]}\'); IF (v:from = 1) THEN RETURN v:end[0].case::INTEGER; END IF;',
    );
    expect(value).toBe(2);
  });

  it('are built from variables', async () => {
    const value = await local.block("LET n := 3; LET v := {'loaves': n, 'list': [n, :n + 1]}; RETURN v;");
    expect(JSON.parse(String(value))).toEqual({ loaves: 3, list: [3, 4] });
  });
});

describe('scopes', () => {
  it('inner variables hide outer ones and end with their block', async () => {
    const body = `
      LET x := 1;
      BEGIN LET x := 2; outer_x := x; END;
      RETURN outer_x * 10 + x;`;
    expect(await local.block(body, 'outer_x INTEGER;')).toBe(21);
  });

  it('inner blocks see and set what is around them', async () => {
    expect(
      await local.block('BEGIN x := x + 1; BEGIN x := x + 1; END; END; RETURN x;', 'x INTEGER := 1;'),
    ).toBe(3);
  });

  it('a RETURN in an inner block ends the whole', async () => {
    expect(await local.block("BEGIN RETURN 'inner'; END; RETURN 'outer';")).toBe('inner');
  });
});

describe('the result of a block', () => {
  it('is one row in a column of that name', async () => {
    expect(await local.rows('BEGIN RETURN 7; END;')).toEqual([{ 'anonymous block': 7 }]);
  });

  it('is NULL without RETURN', async () => {
    expect(await local.rows('BEGIN NULL; END;')).toEqual([{ 'anonymous block': null }]);
  });

  it('refuses binds by name', async () => {
    await expect(local.session.execute('BEGIN RETURN ?; END;', [integer(7)])).rejects.toThrow(
      "Unsupported feature 'binds of an anonymous block'",
    );
  });

  it('is a table after RETURN TABLE', async () => {
    const rows = [{ NAME: 'cherry' }, { NAME: 'plum' }];
    expect(
      await local.rows('BEGIN RETURN TABLE(SELECT name FROM cakes WHERE id > 1 ORDER BY id); END;'),
    ).toEqual(rows);
  });
});
