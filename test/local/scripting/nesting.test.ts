/** What starts itself ends, and what is nested beyond the stack is refused by name. */
import { openLocal, type Local } from './local';

let local: Local;

beforeAll(async () => {
  local = await openLocal();
});

afterAll(() => local.close());

it('ends EXECUTE IMMEDIATE that executes itself', async () => {
  await local.session.execute("SET again = 'EXECUTE IMMEDIATE $again'");
  expect(await local.error('EXECUTE IMMEDIATE $again')).toMatchObject({ code: '090206' });
});

it('ends a block that executes its own text', async () => {
  await local.session.execute("SET again = 'BEGIN LET q := $again; EXECUTE IMMEDIATE :q; END'");
  expect(await local.error('EXECUTE IMMEDIATE $again')).toMatchObject({ code: '090206' });
});

it('ends a nested procedure that calls itself for ever, and lets one that ends', async () => {
  const block = (body: string) =>
    local.session.execute(`
      DECLARE r NUMBER; sum_to PROCEDURE (n NUMBER) RETURNS NUMBER AS BEGIN ${body} END;
      BEGIN CALL sum_to(20) INTO :r; RETURN r; END`);
  const recursive = 'LET r NUMBER; CALL sum_to(n - 1) INTO :r; RETURN n + r;';
  expect((await block(`IF (n = 0) THEN RETURN 0; END IF; ${recursive}`)).rows).toEqual([[210]]);
  await expect(block(recursive)).rejects.toMatchObject({ code: '090206' });
});

it.each([
  ['blocks', `${'BEGIN '.repeat(5000)}RETURN 1; ${'END; '.repeat(5000)}`],
  ['parentheses', `BEGIN RETURN ${'('.repeat(20_000)}1${')'.repeat(20_000)}; END`],
  [
    'operators',
    `BEGIN LET n := 1; RETURN n${' + 1'.repeat(50_000)}; EXCEPTION WHEN OTHER THEN RETURN 0; END`,
  ],
])('refuses %s nested beyond the stack by name, and goes on', async (_, sql) => {
  const error = await local.error(sql);
  expect(error).toMatchObject({ code: '000002', message: expect.stringContaining('nested this deeply') });
  expect(await local.value('SELECT 1')).toBe(1);
});

it('takes a thousand branches inside each other', async () => {
  const depth = 1000;
  expect(await local.block(`${'IF (TRUE) THEN '.repeat(depth)}RETURN 1; ${'END IF; '.repeat(depth)}`)).toBe(
    1,
  );
});

it('says of what is raised and is no exception that it is no such name', async () => {
  expect(await local.error('DECLARE e NUMBER; BEGIN RAISE e; END')).toMatchObject({ code: '000904' });
});
