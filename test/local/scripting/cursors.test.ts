/** https://docs.snowflake.com/en/developer-guide/snowflake-scripting/cursors and .../resultsets */
import { openLocal, type Local } from './local';

let local: Local;
beforeAll(async () => {
  local = await openLocal();
  await local.session.execute('CREATE TABLE invoices (id INTEGER, price NUMBER(12, 2))');
  await local.session.execute('INSERT INTO invoices VALUES (1, 11.11), (2, 22.22), (3, 33.33)');
});
afterAll(() => local.close());

describe('cursors', () => {
  it('are opened, fetched from and closed', async () => {
    const declare = 'a NUMBER(12,2); b NUMBER(12,2); c1 CURSOR FOR SELECT price FROM invoices ORDER BY id;';
    const body = 'OPEN c1; FETCH c1 INTO a; FETCH c1 INTO b; CLOSE c1; RETURN a + b;';
    expect(await local.block(body, declare)).toBe('33.33');
  });

  it('give NULL after the last row', async () => {
    const declare = 'i INTEGER := 5; c CURSOR FOR SELECT id FROM invoices WHERE id = 3;';
    expect(await local.block('OPEN c; FETCH c INTO i; FETCH c INTO i; RETURN i IS NULL;', declare)).toBe(
      true,
    );
  });

  it('take the values of their placeholders when they open', async () => {
    const declare = `low NUMBER := 20; total NUMBER(12,2);
      c CURSOR FOR SELECT SUM(price) FROM invoices WHERE price > ? AND price < ?;`;
    expect(await local.block('OPEN c USING (low, low + 5); FETCH c INTO total; RETURN total;', declare)).toBe(
      '22.22',
    );
  });

  it('start again when they are opened again', async () => {
    const declare = 'i INTEGER; c CURSOR FOR SELECT COUNT(*) FROM invoices;';
    const body = `OPEN c; FETCH c INTO i; CLOSE c;
      INSERT INTO invoices VALUES (4, 44.44);
      OPEN c; FETCH c INTO i; CLOSE c;
      DELETE FROM invoices WHERE id = 4;
      RETURN i;`;
    expect(await local.block(body, declare)).toBe(4);
  });

  it('are gone over by FOR, which opens them', async () => {
    const declare = 'total NUMBER(12,2) := 0; c1 CURSOR FOR SELECT id, price FROM invoices;';
    expect(
      await local.block('FOR rec IN c1 DO total := total + rec.price; END FOR; RETURN total;', declare),
    ).toBe('66.66');
  });

  it('may be declared by LET, with the variables of the moment', async () => {
    const body = `LET low := 2;
      LET c CURSOR FOR SELECT id FROM invoices WHERE id >= :low ORDER BY id;
      LET s := '';
      FOR rec IN c DO s := s || rec.id; END FOR;
      RETURN s;`;
    expect(await local.block(body)).toBe('23');
  });

  it('may go over a RESULTSET', async () => {
    const declare =
      'rs RESULTSET DEFAULT (SELECT id FROM invoices ORDER BY id DESC); c CURSOR FOR rs; i INTEGER;';
    expect(await local.block('OPEN c; FETCH c INTO i; RETURN i;', declare)).toBe(3);
  });

  it('give their rows as a table through RESULTSET_FROM_CURSOR', async () => {
    const sql = `DECLARE c CURSOR FOR SELECT id FROM invoices WHERE id < 3 ORDER BY id;
      BEGIN OPEN c; RETURN TABLE(RESULTSET_FROM_CURSOR(c)); END;`;
    expect(await local.rows(sql)).toEqual([{ ID: 1 }, { ID: 2 }]);
  });

  it('cannot be fetched from before they are opened or after they are closed', async () => {
    const declare = 'DECLARE i INTEGER; c CURSOR FOR SELECT 1;';
    expect((await local.error(`${declare} BEGIN FETCH c INTO i; END;`)).message).toMatch(
      /Cursor 'C' is not open/,
    );
    expect((await local.error(`${declare} BEGIN OPEN c; CLOSE c; FETCH c INTO i; END;`)).message).toMatch(
      /not open/,
    );
  });

  it('fail when they open, as a statement does', async () => {
    const error = await local.error('DECLARE c CURSOR FOR SELECT 1 FROM nowhere; BEGIN\n  OPEN c;\nEND;');
    expect(error).toMatchObject({ code: '002003', sqlState: '42S02' });
    expect(error.message).toMatch(
      /^Uncaught exception of type 'STATEMENT_ERROR' on line \d+ at position \d+ :/,
    );
  });
});

describe('RESULTSETs', () => {
  it('run their query when they are assigned and keep its rows', async () => {
    const declare = 'rs RESULTSET; n INTEGER := 0;';
    const body = `rs := (SELECT id FROM invoices);
      DELETE FROM invoices WHERE id = 3;
      FOR r IN rs DO n := n + 1; END FOR;
      INSERT INTO invoices VALUES (3, 33.33);
      RETURN n;`;
    expect(await local.block(body, declare)).toBe(3);
  });

  it('are returned as a table', async () => {
    const sql = `BEGIN LET rs RESULTSET := (SELECT id, price FROM invoices WHERE id = 1); RETURN TABLE(rs); END;`;
    expect(await local.rows(sql)).toEqual([{ ID: 1, PRICE: '11.11' }]);
  });

  it('hold the rows of a dynamic statement with binds', async () => {
    const body = `LET q := 'SELECT id FROM invoices WHERE price > ? AND price < ? ORDER BY id';
      LET low := 10; LET high := 30;
      LET rs RESULTSET := (EXECUTE IMMEDIATE :q USING (low, high));
      LET s := '';
      FOR r IN rs DO s := s || r.id; END FOR;
      RETURN s;`;
    expect(await local.block(body)).toBe('12');
  });

  it('hold the rows of a SHOW statement, whose columns are quoted', async () => {
    const body = `LET rs RESULTSET := (SHOW TABLES LIKE 'INV%' IN SCHEMA bakery.orders);
      LET s := '';
      FOR r IN rs DO s := s || r."name"; END FOR;
      RETURN s;`;
    expect(await local.block(body)).toBe('INVOICES');
  });

  it('are tables of a query', async () => {
    const body = `LET rs RESULTSET := (SELECT id FROM invoices);
      LET n INTEGER;
      SELECT SUM(id) INTO :n FROM TABLE(rs);
      RETURN n;`;
    expect(await local.block(body)).toBe(6);
  });

  it('without a query have no rows to give', async () => {
    const error = await local.error('DECLARE rs RESULTSET; BEGIN RETURN TABLE(rs); END;');
    expect(error.message).toMatch(/RESULTSET 'RS' has not been assigned/);
  });
});

describe('query ids', () => {
  it('SQLID names the last statement', async () => {
    const body =
      'SELECT id FROM invoices WHERE id = 2; LET q := SQLID; LET n INTEGER; SELECT id INTO :n FROM TABLE(RESULT_SCAN(:q)); RETURN n;';
    expect(await local.block(body)).toBe(2);
  });

  it('RESULT_SCAN reads a SHOW statement by LAST_QUERY_ID', async () => {
    const body = `SHOW TABLES LIKE 'invoices' IN SCHEMA bakery.orders;
      SELECT COUNT(*) INTO :n FROM TABLE(RESULT_SCAN(LAST_QUERY_ID())) WHERE "name" = 'INVOICES';
      RETURN n;`;
    expect(await local.block(body, 'n INTEGER;')).toBe(1);
  });
});

describe('rows changed by DML', () => {
  it('are counted by SQLROWCOUNT, SQLFOUND and SQLNOTFOUND', async () => {
    const status = "RETURN SQLROWCOUNT || ' ' || SQLFOUND::VARCHAR || ' ' || SQLNOTFOUND::VARCHAR;";
    expect(await local.block(`UPDATE invoices SET price = price WHERE id < 3; ${status}`)).toBe(
      '2 true false',
    );
    expect(await local.block(`UPDATE invoices SET price = price WHERE id > 9; ${status}`)).toBe(
      '0 false true',
    );
  });

  it('are NULL after another statement', async () => {
    expect(
      await local.block('UPDATE invoices SET price = price; SELECT 1; RETURN SQLROWCOUNT IS NULL;'),
    ).toBe(true);
  });

  it('may be used in SQL with a colon', async () => {
    const body = 'DELETE FROM invoices WHERE id > 9; SELECT :SQLROWCOUNT + 1 INTO :n; RETURN n;';
    expect(await local.block(body, 'n INTEGER;')).toBe(1);
  });
});
