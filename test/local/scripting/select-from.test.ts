/** https://docs.snowflake.com/en/developer-guide/stored-procedure/stored-procedures-selecting-from */
import { openLocal, type Local } from './local';

let local: Local;

beforeAll(async () => {
  local = await openLocal();
  await local.session.execute(
    'CREATE TABLE orders (id NUMBER, guest VARCHAR, amount NUMBER(12,2), day DATE)',
  );
  await local.session.execute(
    "INSERT INTO orders VALUES (1, 'Ada', 5, '2026-03-01'), (2, 'Bo', 2.25, '2026-03-01'), (3, 'Ada', 7.25, NULL)",
  );
  await local.session.execute(`
    CREATE PROCEDURE orders_of(who VARCHAR) RETURNS TABLE (id NUMBER, amount NUMBER(12,2), day DATE) LANGUAGE SQL AS $$
    DECLARE res RESULTSET;
    BEGIN
      res := (SELECT id, amount, day FROM orders WHERE guest = :who);
      RETURN TABLE(res);
    END $$`);
});

afterAll(() => local.close());

it('gives the rows of the procedure', async () => {
  expect(await local.rows("SELECT * FROM TABLE(orders_of('Ada')) ORDER BY id")).toEqual([
    { ID: 1, AMOUNT: '5.00', DAY: 20513 },
    { ID: 3, AMOUNT: '7.25', DAY: null },
  ]);
});

it('is a relation like any other, by its full name and with named arguments too', async () => {
  const rows = await local.rows(`
    SELECT o.guest, SUM(t.amount) AS total
    FROM TABLE(bakery.orders.orders_of(who => 'A' || 'da')) AS t JOIN orders o ON o.id = t.id
    GROUP BY 1`);
  expect(rows).toEqual([{ GUEST: 'Ada', TOTAL: '12.25' }]);
});

it('may fill a table, and a variable of a block', async () => {
  await local.session.execute("CREATE TABLE kept AS SELECT * FROM TABLE(orders_of('Bo'))");
  expect(await local.value('SELECT amount FROM kept')).toBe('2.25');
  expect(
    await local.block("LET n := 0; SELECT COUNT(*) INTO :n FROM TABLE(orders_of('Ada')); RETURN n;"),
  ).toBe(2);
});

it('follows a procedure that is replaced', async () => {
  const create = (columns: string) =>
    `CREATE OR REPLACE PROCEDURE guests() RETURNS TABLE (${columns}) LANGUAGE SQL AS $$
     BEGIN RETURN TABLE(SELECT ${columns.includes('amount') ? 'guest, amount' : 'guest'} FROM orders WHERE id = 1); END $$`;
  await local.session.execute(create('guest VARCHAR'));
  expect(await local.rows('SELECT * FROM TABLE(guests())')).toEqual([{ GUEST: 'Ada' }]);
  await local.session.execute(create('guest VARCHAR, amount NUMBER(12,2)'));
  expect(await local.rows('SELECT * FROM TABLE(guests())')).toEqual([{ GUEST: 'Ada', AMOUNT: '5.00' }]);
});

it('lets a child job of the procedure change nothing either', async () => {
  await local.session.execute(
    "CREATE PROCEDURE eat_all() RETURNS VARCHAR LANGUAGE SQL AS $$ BEGIN DELETE FROM orders; RETURN 'eaten'; END $$",
  );
  await local.session.execute(
    'CREATE PROCEDURE eat_beside() RETURNS TABLE (id NUMBER) LANGUAGE SQL AS $$ BEGIN ASYNC (CALL eat_all()); AWAIT ALL; RETURN TABLE(SELECT id FROM orders); END $$',
  );
  await expect(local.rows('SELECT * FROM TABLE(eat_beside())')).rejects.toThrow(
    'a procedure in the FROM clause must not run DELETE',
  );
});

it('lets the procedure change nothing, however deep', async () => {
  await local.session.execute(
    'CREATE PROCEDURE cancel_all() RETURNS TABLE (id NUMBER) LANGUAGE SQL AS $$ BEGIN DELETE FROM orders; RETURN TABLE(SELECT id FROM orders); END $$',
  );
  await local.session.execute(
    "CREATE PROCEDURE ask_all() RETURNS TABLE (id NUMBER) LANGUAGE SQL AS $$ BEGIN LET rs RESULTSET := (EXECUTE IMMEDIATE 'CALL cancel_all()'); RETURN TABLE(rs); END $$",
  );
  for (const name of ['cancel_all', 'ask_all'])
    expect(await local.error(`SELECT * FROM TABLE(${name}())`)).toMatchObject({ code: '090234' });
  expect(await local.value('SELECT COUNT(*) FROM orders')).toBe(3);
});

it('wants columns that are known beforehand', async () => {
  await local.session.execute(
    'CREATE PROCEDURE any_table() RETURNS TABLE () LANGUAGE SQL AS $$ BEGIN RETURN TABLE(SELECT 1 AS n); END $$',
  );
  await local.session.execute(
    'CREATE PROCEDURE one() RETURNS NUMBER LANGUAGE SQL AS $$ BEGIN RETURN 1; END $$',
  );
  for (const name of ['any_table', 'one', 'missing'])
    expect(await local.error(`SELECT * FROM TABLE(${name}())`)).toMatchObject({ code: '002141' });
});

it('takes no bind variables and no columns', async () => {
  const bound = await local.error("BEGIN LET who := 'Ada'; SELECT * FROM TABLE(orders_of(:who)); END");
  expect(bound).toMatchObject({ code: '000002', message: expect.stringContaining('bind variables') });
  const correlated = await local.error('SELECT * FROM orders o, TABLE(orders_of(o.guest))');
  expect(correlated.code).toBe('000904');
});
