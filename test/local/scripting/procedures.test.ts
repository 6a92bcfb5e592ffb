/** https://docs.snowflake.com/en/sql-reference/sql/create-procedure and its neighbours */
import { openLocal, type Local } from './local';

let local: Local;
beforeAll(async () => {
  local = await openLocal();
});
afterAll(() => local.close());

const create = (head: string, body: string) =>
  local.session.execute(`CREATE OR REPLACE PROCEDURE ${head} AS $$ ${body} $$`);

describe('CREATE PROCEDURE', () => {
  it('takes its body as a dollar-quoted string, a quoted string, or a bare block', async () => {
    await local.session.execute(
      "CREATE PROCEDURE a() RETURNS VARCHAR LANGUAGE SQL AS $$ BEGIN RETURN 'it''s a'; END; $$",
    );
    await local.session.execute(
      "CREATE PROCEDURE b() RETURNS VARCHAR LANGUAGE SQL AS 'BEGIN RETURN ''b''; END'",
    );
    await local.session.execute(
      'CREATE PROCEDURE c() RETURNS VARCHAR LANGUAGE SQL AS BEGIN LET x := 1; RETURN x || 2; END;',
    );
    expect(await local.rows('CALL a()')).toEqual([{ A: "it's a" }]);
    expect(await local.rows('CALL b()')).toEqual([{ B: 'b' }]);
    expect(await local.rows('CALL bakery.orders.c()')).toEqual([{ C: '12' }]);
  });

  it('says what it did', async () => {
    const sql = 'PROCEDURE said() RETURNS INTEGER LANGUAGE SQL AS BEGIN RETURN 1; END';
    expect(await local.rows(`CREATE ${sql}`)).toEqual([{ status: 'Function SAID successfully created.' }]);
    expect((await local.error(`CREATE ${sql}`)).code).toBe('002002');
    expect(await local.value(`CREATE ${sql.replace('PROCEDURE', 'PROCEDURE IF NOT EXISTS')}`)).toBe(
      'SAID already exists, statement succeeded.',
    );
    expect(await local.value(`CREATE OR REPLACE ${sql}`)).toBe('Function SAID successfully created.');
    expect(await local.value(`CREATE OR ALTER ${sql.replace('RETURN 1', 'RETURN 2')}`)).toBe(
      'Function SAID successfully created.',
    );
    expect(await local.value('CALL said()')).toBe(2);
  });

  it('takes all its clauses, in any order', async () => {
    await local.session
      .execute(`CREATE OR REPLACE SECURE PROCEDURE full_house(a VARCHAR, b NUMBER(10,2) DEFAULT 1.5)
      COPY GRANTS RETURNS VARCHAR NOT NULL LANGUAGE SQL STRICT COMMENT = 'it''s full' EXECUTE AS CALLER
      AS BEGIN RETURN a || b; END`);
    expect(await local.rows('DESCRIBE PROCEDURE full_house(VARCHAR, NUMBER)')).toEqual([
      { property: 'signature', value: '(A VARCHAR, B NUMBER)' },
      { property: 'returns', value: 'VARCHAR NOT NULL' },
      { property: 'language', value: 'SQL' },
      { property: 'null handling', value: 'RETURNS NULL ON NULL INPUT' },
      { property: 'volatility', value: 'VOLATILE' },
      { property: 'execute as', value: 'CALLER' },
      { property: 'body', value: 'BEGIN RETURN a || b; END' },
    ]);
    expect(await local.value("CALL full_house('x')")).toBe('x1.50');
    expect(await local.value('CALL full_house(NULL)')).toBeNull();
  });

  it('finds errors of Scripting, but not missing tables', async () => {
    const broken = await local.error(
      'CREATE PROCEDURE broken() RETURNS INT LANGUAGE SQL AS $$ BEGIN IF (1) RETURN 1; END $$',
    );
    expect(broken.code).toBe('001003');
    await create(
      'later() RETURNS INTEGER LANGUAGE SQL',
      'BEGIN SELECT * FROM not_there_yet; RETURN SQLROWCOUNT; END;',
    );
    expect((await local.error('CALL later()')).code).toBe('002003');
  });

  it.each([
    ['LANGUAGE PYTHON', "p() RETURNS INT LANGUAGE PYTHON AS ''"],
    ['LANGUAGE JAVASCRIPT', "p() RETURNS INT LANGUAGE JAVASCRIPT AS ''"],
    ['INOUT argument', 'p(a INOUT INT) RETURNS INT LANGUAGE SQL AS BEGIN RETURN 1; END'],
    ['PACKAGES of a procedure', "p() RETURNS INT LANGUAGE SQL PACKAGES = ('x') AS BEGIN RETURN 1; END"],
  ])('refuses %s by name', async (name, rest) => {
    const error = await local.error(`CREATE PROCEDURE ${rest}`);
    expect(error).toMatchObject({ code: '000002', message: expect.stringContaining(`'${name}'`) });
  });

  it('wants every argument to have a name of its own', async () => {
    const error = await local.error(
      'CREATE PROCEDURE p(a INT, A VARCHAR) RETURNS INT LANGUAGE SQL AS BEGIN RETURN 1; END',
    );
    expect(error.message).toMatch(/Argument 'A' is declared twice/);
  });

  it('wants defaults last', async () => {
    const error = await local.error(
      'CREATE PROCEDURE p(a INT DEFAULT 1, b INT) RETURNS INT LANGUAGE SQL AS BEGIN RETURN 1; END',
    );
    expect(error.message).toMatch(/arguments with a DEFAULT come last/);
  });
});

describe('CALL', () => {
  beforeAll(async () => {
    await create(
      'dough(flour VARCHAR, grams NUMBER DEFAULT 500, hours FLOAT DEFAULT 1 + 0.5) RETURNS VARCHAR LANGUAGE SQL',
      "BEGIN RETURN flour || ' ' || grams || ' ' || hours; END",
    );
  });

  it('takes arguments by position, the rest by default', async () => {
    expect(await local.value("CALL dough('rye')")).toBe('rye 500 1.5');
    expect(await local.value("CALL dough('rye', 250 * 2 + 1)")).toBe('rye 501 1.5');
  });

  it('takes arguments by name, in any order', async () => {
    expect(await local.value("CALL dough(hours => 2, flour => 'oat')")).toBe('oat 500 2');
  });

  it('converts arguments to their declared types', async () => {
    expect(await local.value("CALL dough(12, '300')")).toBe('12 300 1.5');
  });

  it('takes values, not variables without colons', async () => {
    expect(
      await local.block(
        'CALL dough(:f, :n) INTO :r; RETURN r;',
        "f VARCHAR := 'oat'; n INTEGER := 5; r VARCHAR;",
      ),
    ).toBe('oat 5 1.5');
    expect((await local.error("DECLARE f VARCHAR := 'oat'; BEGIN CALL dough(f); END;")).message).toMatch(
      /invalid identifier 'F'/,
    );
  });

  it.each([
    ['CALL dough()', '001044', "Invalid argument types for function 'DOUGH': ()"],
    ["CALL dough('a', [1, 2])", '001044', "Invalid argument types for function 'DOUGH': (VARCHAR(1), ARRAY)"],
    [
      "CALL dough(wheat => 'a')",
      '001044',
      'named arguments [WHEAT] do not match any signature for function DOUGH',
    ],
    [
      "CALL dough('a', 1, 2, 3)",
      '000939',
      "too many arguments for function [DOUGH('a', 1, 2, 3)] expected 3, got 4",
    ],
  ])('refuses %s', async (sql, code, said) => {
    expect(await local.error(sql)).toMatchObject({
      code,
      message: `SQL compilation error: error line 0 at position -1\n${said}`,
    });
  });

  it('refuses a mix of positions and names', async () => {
    expect((await local.error("CALL dough('a', hours => 1)")).message).toMatch(
      /all by position or all by name/,
    );
  });

  it('refuses a procedure that does not exist', async () => {
    expect(await local.error('CALL bakery.orders.nobody(1)')).toEqual({
      code: '002141',
      sqlState: '42601',
      message: 'SQL compilation error:\nUnknown user-defined function BAKERY.ORDERS.NOBODY.',
    });
    expect(await local.error('CALL nobody(1)')).toMatchObject({
      code: '002140',
      message: 'SQL compilation error:\nUnknown function NOBODY.',
    });
  });

  it('gives tables, with the declared columns', async () => {
    await create(
      'menu() RETURNS TABLE (dish VARCHAR, price NUMBER) LANGUAGE SQL',
      "BEGIN RETURN TABLE(SELECT 'pie' AS x, 3 AS y); END",
    );
    expect(await local.rows('CALL menu()')).toEqual([{ DISH: 'pie', PRICE: 3 }]);
    await create(
      'any_menu() RETURNS TABLE () LANGUAGE SQL',
      "DECLARE rs RESULTSET := (SELECT 'pie' AS x); BEGIN RETURN TABLE(rs); END",
    );
    expect(await local.rows('CALL any_menu()')).toEqual([{ X: 'pie' }]);
    await create(
      'wrong_menu() RETURNS TABLE (dish NUMBER) LANGUAGE SQL',
      "BEGIN RETURN TABLE(SELECT 'pie'); END",
    );
    expect((await local.error('CALL wrong_menu()')).message).toMatch(
      /does not match expected returned table type/,
    );
  });

  it('converts the result to the declared type', async () => {
    await create('as_text() RETURNS VARCHAR LANGUAGE SQL', 'BEGIN RETURN 5; END');
    expect(await local.value('CALL as_text()')).toBe('5');
  });

  it('nests, up to a depth', async () => {
    await create(
      'down(n INTEGER) RETURNS INTEGER LANGUAGE SQL',
      'DECLARE r INTEGER; BEGIN IF (n <= 1) THEN RETURN 1; END IF; CALL down(:n - 1) INTO :r; RETURN r + 1; END',
    );
    expect(await local.value('CALL down(10)')).toBe(10);
    expect((await local.error('CALL down(100)')).message).toMatch(/nesting of procedure calls exceeds/);
    expect(await local.value('CALL down(10)')).toBe(10);
  });

  it('runs a procedure that WITH defines', async () => {
    const sql = `WITH greet AS PROCEDURE (name VARCHAR) RETURNS VARCHAR LANGUAGE SQL
      AS $$ BEGIN RETURN 'hello ' || name; END; $$ CALL greet('baker')`;
    expect(await local.rows(sql)).toEqual([{ GREET: 'hello baker' }]);
  });
});

describe('overloads', () => {
  it('are told apart by argument types', async () => {
    await create('weigh(a VARCHAR) RETURNS VARCHAR LANGUAGE SQL', "BEGIN RETURN 'text'; END");
    await create('weigh(a NUMBER) RETURNS VARCHAR LANGUAGE SQL', "BEGIN RETURN 'number'; END");
    await create('weigh(a NUMBER, b NUMBER) RETURNS VARCHAR LANGUAGE SQL', "BEGIN RETURN 'two'; END");
    expect(await local.value("CALL weigh('1')")).toBe('text');
    expect(await local.value('CALL weigh(1)')).toBe('number');
    expect(await local.value('CALL weigh(1, 2)')).toBe('two');
  });

  it('are refused where a default would make a call ambiguous', async () => {
    await create('mix(a VARCHAR) RETURNS VARCHAR LANGUAGE SQL', "BEGIN RETURN 'one'; END");
    const sql =
      'CREATE OR REPLACE PROCEDURE mix(a VARCHAR, b NUMBER DEFAULT 1) RETURNS VARCHAR LANGUAGE SQL AS BEGIN RETURN 1; END';
    expect(await local.error(sql)).toEqual({
      code: '000949',
      sqlState: '42723',
      message:
        "SQL compilation error:\nCannot overload PROCEDURE 'MIX' as it would cause ambiguous PROCEDURE overloading.",
    });
    await local.session.execute('DROP PROCEDURE mix(VARCHAR)');
    await local.session.execute(sql);
    expect(await local.value("CALL mix('a')")).toBe('1');
  });
});

describe('ALTER, DROP and SHOW PROCEDURE', () => {
  it('change what can be changed', async () => {
    await create('oven(a NUMBER) RETURNS VARCHAR LANGUAGE SQL', "BEGIN RETURN 'hot'; END");
    await local.session.execute("ALTER PROCEDURE oven(NUMBER) SET COMMENT = 'two chambers'");
    await local.session.execute('ALTER PROCEDURE oven(NUMBER) EXECUTE AS CALLER');
    await local.session.execute('ALTER PROCEDURE IF EXISTS oven(INT) RENAME TO big_oven');
    expect(await local.rows("SHOW PROCEDURES LIKE 'BIG%' IN SCHEMA bakery.orders")).toMatchObject([
      {
        name: 'BIG_OVEN',
        schema_name: 'ORDERS',
        catalog_name: 'BAKERY',
        min_num_arguments: 1,
        max_num_arguments: 1,
        arguments: 'BIG_OVEN(NUMBER) RETURN VARCHAR',
        description: 'two chambers',
        is_secure: 'N',
        is_table_function: 'N',
      },
    ]);
    await local.session.execute('ALTER PROCEDURE big_oven(NUMBER) UNSET COMMENT');
    expect(await local.rows("SHOW PROCEDURES LIKE 'big_oven'")).toMatchObject([
      { description: 'user-defined procedure' },
    ]);
    expect(await local.value('DROP PROCEDURE big_oven(NUMBER)')).toBe('BIG_OVEN successfully dropped.');
    expect(await local.rows("SHOW PROCEDURES LIKE 'BIG_OVEN' IN ACCOUNT")).toEqual([]);
  });

  it.each([
    'DROP PROCEDURE nobody(VARCHAR)',
    'DESC PROCEDURE nobody(VARCHAR)',
    "ALTER PROCEDURE nobody(VARCHAR) SET COMMENT = ''",
  ])('refuse %s', async (sql) => {
    const error = await local.error(sql);
    expect(error.code).toBe('002003');
    expect(error.message).toMatch(/Procedure '.*NOBODY\(VARCHAR\)' does not exist or not authorized/);
  });

  it('pass over what is not there with IF EXISTS', async () => {
    expect(await local.value('DROP PROCEDURE IF EXISTS nobody()')).toBe(
      'Drop statement executed successfully (NOBODY already dropped).',
    );
  });

  it('refuse properties that are not modelled by name', async () => {
    await create('plain() RETURNS INT LANGUAGE SQL', 'BEGIN RETURN 1; END');
    const error = await local.error("ALTER PROCEDURE plain() SET LOG_LEVEL = 'INFO'");
    expect(error).toMatchObject({ code: '000002', message: expect.stringContaining('LOG_LEVEL') });
  });

  it.each([
    ['Schema', 'SHOW PROCEDURES IN SCHEMA cellar'],
    ['Schema', 'SHOW PROCEDURES IN bakery.cellar'],
    ['Database', 'SHOW PROCEDURES IN DATABASE cellar'],
  ])('show none of a %s that is not there', async (kind, sql) => {
    const error = await local.error(sql);
    expect(error).toMatchObject({ code: '002003', message: expect.stringContaining(`${kind} '`) });
  });

  it.each([
    ['TEMPORARY PROCEDURE', 'CREATE TEMPORARY PROCEDURE p() RETURNS INT LANGUAGE SQL AS BEGIN RETURN 1; END'],
    ['SHOW PROCEDURES IN CLASS', 'SHOW PROCEDURES IN CLASS oven'],
    ['SHOW PROCEDURES IN APPLICATION', 'SHOW PROCEDURES IN APPLICATION oven'],
  ])('refuse %s by name', async (name, sql) => {
    const error = await local.error(sql);
    expect(error).toMatchObject({ code: '000002', message: expect.stringContaining(`'${name}'`) });
  });

  it('show optional arguments and tables', async () => {
    await create(
      'shown(a VARCHAR, b NUMBER DEFAULT 1) RETURNS TABLE (x DATE) LANGUAGE SQL',
      'BEGIN RETURN TABLE(SELECT 1); END',
    );
    expect(await local.rows("SHOW PROCEDURES LIKE 'SHOWN' IN DATABASE bakery")).toMatchObject([
      { arguments: 'SHOWN(VARCHAR, DEFAULT NUMBER) RETURN TABLE (X DATE)', is_table_function: 'Y' },
    ]);
  });

  it('give the text of a procedure', async () => {
    await create(
      "twice(a VARCHAR DEFAULT 'x') RETURNS VARCHAR LANGUAGE SQL COMMENT = 'c' EXECUTE AS CALLER",
      "BEGIN RETURN 'it''s' || a; END",
    );
    const ddl = String(await local.value("SELECT GET_DDL('PROCEDURE', 'twice(VARCHAR)')"));
    expect(ddl.split('\n')).toEqual([
      'CREATE OR REPLACE PROCEDURE "TWICE"("A" VARCHAR DEFAULT \'x\')',
      'RETURNS VARCHAR',
      'LANGUAGE SQL',
      "COMMENT='c'",
      'EXECUTE AS CALLER',
      "AS ' BEGIN RETURN ''it''''s'' || a; END ';",
    ]);
    await local.session.execute('DROP PROCEDURE twice(VARCHAR)');
    await local.session.execute(ddl);
    expect(await local.value('CALL twice()')).toBe("it'sx");
  });
});

describe('grants on a procedure', () => {
  const granted = async () =>
    (await local.rows('SHOW GRANTS ON PROCEDURE lent(NUMBER)')).map((row) => row.privilege);
  const replace = (clause: string) =>
    create(`lent(a INT) ${clause} RETURNS INT LANGUAGE SQL`, 'BEGIN RETURN a; END');

  it('stay with COPY GRANTS and go without', async () => {
    await replace('');
    await local.session.execute('GRANT USAGE ON PROCEDURE lent(NUMBER) TO ROLE PUBLIC');
    await replace('COPY GRANTS');
    expect(await granted()).toContain('USAGE');
    await replace('');
    expect(await granted()).not.toContain('USAGE');
  });

  it('go with a procedure that is dropped', async () => {
    await local.session.execute('GRANT USAGE ON PROCEDURE lent(NUMBER) TO ROLE PUBLIC');
    await local.session.execute('DROP PROCEDURE lent(NUMBER)');
    await replace('');
    expect(await granted()).not.toContain('USAGE');
  });
});

describe('nested procedures', () => {
  it('are called in the block that declares them', async () => {
    const sql = `DECLARE
        total INTEGER DEFAULT 0;
        add_up PROCEDURE (a INTEGER, b INTEGER) RETURNS INTEGER AS
          DECLARE sum INTEGER;
          BEGIN sum := a + b; RETURN sum; END;
      BEGIN
        CALL add_up(20, 22) INTO :total;
        RETURN total;
      END;`;
    expect(await local.value(sql)).toBe(42);
  });

  it('see the variables declared before them', async () => {
    const sql = `DECLARE n INTEGER := 5; bump PROCEDURE () RETURNS INTEGER AS BEGIN n := n + 1; RETURN n; END;
      BEGIN CALL bump(); CALL bump(); RETURN n; END;`;
    expect(await local.value(sql)).toBe(7);
  });

  it('are unknown outside', async () => {
    const sql = `BEGIN
        DECLARE p PROCEDURE () RETURNS INTEGER AS BEGIN RETURN 1; END; BEGIN CALL p(); END;
        CALL p();
      END;`;
    expect((await local.error(sql)).code).toBe('002140');
  });

  it('want their number of arguments', async () => {
    const sql = 'DECLARE p PROCEDURE (a INT) RETURNS INT AS BEGIN RETURN a; END; BEGIN CALL p(); END;';
    expect((await local.error(sql)).code).toBe('001044');
  });
});
