/** https://docs.snowflake.com/en/sql-reference/sql/execute-immediate */
import { openLocal, type Local } from './local';

let local: Local;
beforeAll(async () => {
  local = await openLocal();
  await local.session.execute('CREATE TABLE loaves (id INTEGER, flour VARCHAR)');
  await local.session.execute("INSERT INTO loaves VALUES (1, 'rye'), (2, 'oat'), (3, 'rye')");
});
afterAll(() => local.close());

describe('EXECUTE IMMEDIATE', () => {
  it('runs the text of a literal', async () => {
    expect(await local.rows("EXECUTE IMMEDIATE 'SELECT PI() > 3 AS ok'")).toEqual([{ OK: true }]);
    expect(await local.rows("EXECUTE IMMEDIATE $$SELECT id FROM loaves WHERE flour = 'oat'$$")).toEqual([
      { ID: 2 },
    ]);
  });

  it('runs a block', async () => {
    expect(await local.value('EXECUTE IMMEDIATE $$ BEGIN LET x := 20; RETURN x + 1; END; $$')).toBe(21);
  });

  it('runs the text of a variable, with or without its colon', async () => {
    const body = (operand: string) =>
      `LET q := 'UPDATE loaves SET id = id WHERE id < 3'; EXECUTE IMMEDIATE ${operand}; RETURN SQLROWCOUNT;`;
    expect(await local.block(body('q'))).toBe(2);
    expect(await local.block(body(':q'))).toBe(2);
  });

  it('runs the text of an expression', async () => {
    const body = `EXECUTE IMMEDIATE 'DELETE FROM loaves WHERE id = ' || n; RETURN SQLROWCOUNT;`;
    expect(await local.block(body, 'n INTEGER := 99;')).toBe(0);
  });

  it('fills placeholders from USING, in order', async () => {
    const body = `LET q := 'UPDATE loaves SET id = id WHERE flour = ? AND id >= ?';
      EXECUTE IMMEDIATE q USING (f, n);
      RETURN SQLROWCOUNT;`;
    expect(await local.block(body, "f VARCHAR := 'rye'; n INTEGER := 2;")).toBe(1);
  });

  it('runs exactly one statement', async () => {
    const said = 'Actual statement count 2 did not match the desired statement count 1.';
    expect(await local.error("EXECUTE IMMEDIATE 'SELECT 1; SELECT 2'")).toEqual({
      code: '000008',
      sqlState: '0A000',
      message: said,
    });
    const inBlock = await local.error("BEGIN EXECUTE IMMEDIATE 'SELECT 1; SELECT no_such_column'; END;");
    expect(inBlock.message).toBe(
      `Uncaught exception of type 'STATEMENT_ERROR' on line 1 at position 6 : ${said}`,
    );
  });

  it.each([
    "'SELECT 1;'",
    "'SELECT 1;; '",
    "'BEGIN SELECT 2; RETURN 1; END;'",
    '$$DECLARE n INT := 1; BEGIN RETURN n; END$$',
  ])('takes %s for one', async (text) => {
    expect(await local.value(`EXECUTE IMMEDIATE ${text}`)).toBe(1);
  });

  it('in a block fails as a statement of it', async () => {
    const error = await local.error("BEGIN\n  EXECUTE IMMEDIATE 'SELECT * FROM no_such_table';\nEND;");
    expect(error.code).toBe('002003');
    expect(error.message).toMatch(/^Uncaught exception of type 'STATEMENT_ERROR' on line 2 at position 2 :/);
  });

  it('hides the variables of the block around from its text', async () => {
    const error = await local.error("BEGIN LET x := 1; EXECUTE IMMEDIATE 'SELECT :x'; END;");
    expect(error.message).toMatch(/STATEMENT_ERROR/);
  });

  it('FROM a file is refused by name', async () => {
    const error = await local.error('EXECUTE IMMEDIATE FROM @stage/setup.sql');
    expect(error).toMatchObject({
      code: '000002',
      message: expect.stringContaining("'EXECUTE IMMEDIATE FROM'"),
    });
  });
});
