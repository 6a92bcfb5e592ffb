/** https://docs.snowflake.com/en/developer-guide/stored-procedure/stored-procedures-rights */
import { openLocal, type Local } from './local';

let local: Local;
beforeAll(async () => {
  local = await openLocal();
  await local.session.execute('CREATE SCHEMA bakery.shop');
  await local.session.execute('USE SCHEMA bakery.orders');
});
afterAll(() => local.close());

const create = (name: string, rights: string, body: string) =>
  local.session.execute(
    `CREATE OR REPLACE PROCEDURE bakery.shop.${name}() RETURNS VARCHAR LANGUAGE SQL EXECUTE AS ${rights} AS $$ BEGIN ${body} END $$`,
  );

describe("a procedure with owner's rights", () => {
  it('works in its own schema and leaves the session as it was', async () => {
    await create('where_owner', 'OWNER', 'LET s := CURRENT_SCHEMA(); RETURN s;');
    expect(await local.value('CALL bakery.shop.where_owner()')).toBe('SHOP');
    expect(await local.value('SELECT CURRENT_SCHEMA()')).toBe('ORDERS');
    expect(local.session.rights).toBe('caller');
  });

  it('leaves the session as it was when it fails', async () => {
    await create('fail_owner', 'OWNER', 'SELECT 1/0;');
    expect((await local.error('CALL bakery.shop.fail_owner()')).code).toBe('100051');
    expect([local.session.schema, local.session.rights]).toEqual(['ORDERS', 'caller']);
  });

  it.each([
    ['USE', 'USE SCHEMA bakery.shop;'],
    ['ALTER_SESSION', "ALTER SESSION SET QUERY_TAG = 'x';"],
    ['SET', 'SET x = 1;'],
    ['UNSET', 'UNSET x;'],
    ['USE', "EXECUTE IMMEDIATE 'USE SCHEMA bakery.shop';"],
  ])('may not run %s (%s)', async (kind, statement) => {
    await create('forbidden', 'OWNER', statement);
    const error = await local.error('CALL bakery.shop.forbidden()');
    expect(error).toMatchObject({ code: '090236', sqlState: '42601' });
    expect(error.message).toMatch(
      new RegExp(`Stored procedure execution error: Unsupported statement type '${kind}'\\.$`),
    );
  });

  it('does not see session variables', async () => {
    await local.session.execute("SET secret = 'yeast'");
    await create('peek', 'OWNER', 'RETURN $secret;');
    expect((await local.error('CALL bakery.shop.peek()')).message).toMatch(/EXPRESSION_ERROR/);
    expect(await local.value('SELECT $secret')).toBe('yeast');
  });

  it('makes a caller of it an owner too', async () => {
    await create('inner_caller', 'CALLER', 'USE SCHEMA bakery.orders; RETURN CURRENT_SCHEMA();');
    await create('outer_owner', 'OWNER', 'CALL bakery.shop.inner_caller();');
    expect((await local.error('CALL bakery.shop.outer_owner()')).code).toBe('090236');
  });
});

describe("a procedure with caller's rights", () => {
  it("works in the caller's schema, and its USE stays", async () => {
    await create('where_caller', 'CALLER', 'LET s := CURRENT_SCHEMA(); USE SCHEMA bakery.shop; RETURN s;');
    expect(await local.value('CALL bakery.shop.where_caller()')).toBe('ORDERS');
    expect(await local.value('SELECT CURRENT_SCHEMA()')).toBe('SHOP');
    await local.session.execute('USE SCHEMA bakery.orders');
  });

  it('sees session variables', async () => {
    await local.session.execute("SET recipe = 'brioche'");
    await create('read_recipe', 'CALLER', 'RETURN $recipe;');
    expect(await local.value('CALL bakery.shop.read_recipe()')).toBe('brioche');
  });
});

describe('a transaction of a procedure', () => {
  beforeAll(async () => {
    await local.session.execute('CREATE TABLE bakery.shop.till (n INTEGER)');
  });

  it('ends in it', async () => {
    await create(
      'sell',
      'CALLER',
      'BEGIN TRANSACTION; INSERT INTO bakery.shop.till VALUES (1); COMMIT; RETURN 1;',
    );
    await local.value('CALL bakery.shop.sell()');
    expect(await local.value('SELECT COUNT(*) FROM bakery.shop.till')).toBe(1);
  });

  it('is rolled back when it is left open', async () => {
    await create('forget', 'CALLER', 'BEGIN TRANSACTION; INSERT INTO bakery.shop.till VALUES (2); RETURN 1;');
    expect(await local.error('CALL bakery.shop.forget()')).toMatchObject({
      code: '090232',
      sqlState: '25000',
    });
    expect(await local.value('SELECT COUNT(*) FROM bakery.shop.till')).toBe(1);
  });

  it('is over once DDL has committed it', async () => {
    await create(
      'define',
      'CALLER',
      'BEGIN TRANSACTION; CREATE TABLE bakery.shop.tray (n INTEGER); RETURN 1;',
    );
    expect(await local.value('CALL bakery.shop.define()')).toBe('1');
  });

  it("cannot end the caller's", async () => {
    await create('meddle', 'CALLER', "EXECUTE IMMEDIATE '-- done\n COMMIT'; RETURN 1;");
    await local.session.execute('BEGIN TRANSACTION');
    await local.session.execute('INSERT INTO bakery.shop.till VALUES (9)');
    const error = await local.error('CALL bakery.shop.meddle()');
    await local.session.execute('ROLLBACK');
    expect(error).toMatchObject({
      sqlState: '25000',
      message: expect.stringMatching(/a transaction that has started at a different scope is not allowed/),
    });
    expect(await local.value('SELECT COUNT(*) FROM bakery.shop.till WHERE n = 9')).toBe(0);
    expect(await local.value('CALL bakery.shop.meddle()')).toBe('1');
  });

  it("would be independent of the caller's, which is refused by name", async () => {
    await local.session.execute('BEGIN TRANSACTION');
    const error = await local.error('CALL bakery.shop.sell()');
    await local.session.execute('ROLLBACK');
    expect(error).toMatchObject({ code: '000002', message: expect.stringContaining('inside a transaction') });
  });

  it('is rolled back when the procedure fails', async () => {
    await create(
      'drop_it',
      'CALLER',
      'BEGIN TRANSACTION; INSERT INTO bakery.shop.till VALUES (3); SELECT 1/0; COMMIT;',
    );
    expect((await local.error('CALL bakery.shop.drop_it()')).code).toBe('100051');
    expect(await local.value('SELECT COUNT(*) FROM bakery.shop.till')).toBe(1);
  });
});
