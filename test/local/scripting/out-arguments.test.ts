/** https://docs.snowflake.com/en/developer-guide/stored-procedure/stored-procedures-snowflake-scripting: output arguments */
import { openLocal, type Local } from './local';

let local: Local;

beforeAll(async () => {
  local = await openLocal();
  await local.session.execute(`
    CREATE PROCEDURE count_loaves(ovens NUMBER, loaves OUT NUMBER, note OUTPUT VARCHAR)
    RETURNS VARCHAR LANGUAGE SQL AS $$
    BEGIN
      loaves := COALESCE(loaves, 0) + ovens * 12;
      SELECT 'baked ' || :loaves INTO :note;
      RETURN 'counted';
    END $$`);
});

afterAll(() => local.close());

it('gives the caller what the body assigned', async () => {
  const value = await local.block(
    'LET n NUMBER; LET s VARCHAR; CALL count_loaves(2, :n, :s); RETURN n || s;',
  );
  expect(value).toBe('24baked 24');
});

it('takes the first value from the variable', async () => {
  const value = await local.block('LET n := 6; LET s VARCHAR; CALL count_loaves(1, :n, :s); RETURN n;');
  expect(value).toBe(18);
});

it('is matched by name too, and goes with INTO', async () => {
  const value = await local.block(
    'LET n NUMBER; LET s VARCHAR; LET r VARCHAR; CALL count_loaves(note => :s, loaves => :n, ovens => 1) INTO :r; RETURN r || n;',
  );
  expect(value).toBe('counted12');
});

it('passes through a procedure that calls another', async () => {
  await local.session.execute(`
    CREATE PROCEDURE ask_count(loaves OUT NUMBER) RETURNS NUMBER LANGUAGE SQL AS $$
    BEGIN LET s VARCHAR; CALL count_loaves(3, :loaves, :s); RETURN 0; END $$`);
  expect(await local.block('LET n NUMBER; CALL ask_count(:n); RETURN n;')).toBe(36);
});

it('leaves the variable as it was when the procedure fails', async () => {
  await local.session.execute(`
    CREATE PROCEDURE burn(loaves OUT NUMBER) RETURNS NUMBER LANGUAGE SQL AS $$
    BEGIN loaves := 0; SELECT 1 / 0; RETURN 0; END $$`);
  const value = await local.value(
    'DECLARE n NUMBER DEFAULT 5; BEGIN CALL burn(:n); EXCEPTION WHEN OTHER THEN RETURN n; END',
  );
  expect(value).toBe(5);
});

it.each([
  ['a literal', 'CALL count_loaves(1, 2, :s);'],
  ['an expression', 'CALL count_loaves(1, :n + 1, :s);'],
  ['one variable for two arguments', 'CALL count_loaves(1, :n, :n);'],
])('refuses %s', async (_, call) => {
  const error = await local.error(`BEGIN LET n := 1; LET s VARCHAR; ${call} END`);
  expect(error).toMatchObject({ code: '001044', message: expect.stringContaining('Output argument') });
});

it('refuses a call outside of a block, which has no variables', async () => {
  await local.session.execute('SET n = 1');
  expect(await local.error('CALL ask_count($n)')).toMatchObject({ code: '001044' });
});

it('takes no DEFAULT', async () => {
  const create =
    'CREATE PROCEDURE p(n OUT NUMBER DEFAULT 1) RETURNS NUMBER LANGUAGE SQL AS $$ BEGIN NULL; END $$';
  expect(await local.error(create)).toMatchObject({ code: '001003' });
});

it('is shown by DESCRIBE, SHOW and GET_DDL', async () => {
  const [signature] = await local.rows('DESCRIBE PROCEDURE count_loaves(NUMBER, NUMBER, VARCHAR)');
  expect(signature!.value).toBe('(OVENS NUMBER, LOAVES OUT NUMBER, NOTE OUT VARCHAR)');
  const [shown] = await local.rows("SHOW PROCEDURES LIKE 'count_loaves'");
  expect(shown!.arguments).toBe('COUNT_LOAVES(NUMBER, OUT NUMBER, OUT VARCHAR) RETURN VARCHAR');
  const ddl = await local.value("SELECT GET_DDL('PROCEDURE', 'ask_count(NUMBER)')");
  expect(ddl).toContain('"ASK_COUNT"("LOAVES" OUT NUMBER(38,0))\nRETURNS NUMBER(38,0)');
});

it('belongs to nested procedures too', async () => {
  const block = (call: string) => `
    DECLARE n NUMBER; twice PROCEDURE (a NUMBER, b OUT NUMBER) RETURNS NUMBER AS BEGIN b := a * 2; RETURN 0; END;
    BEGIN CALL twice(${call}); RETURN n; END`;
  expect(await local.value(block('4, :n'))).toBe(8);
  expect(await local.value(block('b => :n, a => 5'))).toBe(10);
  expect(await local.error(block('4, 5'))).toMatchObject({ code: '000904' });
  expect(await local.error(block('c => :n, a => 5'))).toMatchObject({ code: '001044' });
});
