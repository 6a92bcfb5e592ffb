/** SYSTEM$LOCAL_INJECT: what ends a statement from outside, at a moment that a test names. */
import { features } from '../../../src/local/features';
import { openBakery, type Local } from '../sql/local';

let local: Local;
beforeEach(async () => {
  local = await openBakery({ features: [...features] });
  await local.session.execute('CREATE TABLE shelf (loaf VARCHAR)');
  await local.session.execute('CREATE TABLE noticed (what VARCHAR)');
});
afterEach(() => local.close());

const inject = (args: string) => local.rows(`SELECT SYSTEM$LOCAL_INJECT(${args})`);
const shelf = async () => (await local.rows('SELECT loaf FROM shelf ORDER BY loaf')).flat();
const noticed = async () => (await local.rows('SELECT what FROM noticed')).flat();

/** Three loaves, and a handler that tells what it caught. */
const BAKE = `BEGIN
  INSERT INTO shelf VALUES ('a');
  INSERT INTO shelf VALUES ('b');
  INSERT INTO shelf VALUES ('c');
EXCEPTION WHEN OTHER THEN
  INSERT INTO noticed VALUES ('caught');
  RAISE;
END`;

describe.each([
  ['CANCEL', '000604 SQL execution canceled'],
  [
    'TIMEOUT',
    '000630 Statement reached its statement or warehouse timeout of 172,800 second(s) and was canceled.',
  ],
  ['WAREHOUSE_GONE', '000606 No active warehouse selected in the current session.'],
])('%s', (kind, message) => {
  it.each([
    [1, []],
    [2, ['a']],
    [3, ['a', 'b']],
    [4, ['a', 'b', 'c']],
  ])('instead of statement %i of a block leaves what was done before it: %j', async (at, left) => {
    await inject(`'${kind}', ${at}`);
    expect(await local.refusal(BAKE)).toContain(message);
    expect(await shelf()).toEqual(left);
    expect(await noticed()).toEqual([]);
  });

  it('runs no handler of a block around it, of a procedure or a CONTINUE handler either', async () => {
    await local.session.execute(`CREATE PROCEDURE bake() RETURNS VARCHAR AS '${BAKE.replaceAll("'", "''")}'`);
    await inject(`'${kind}', 3`);
    const refusal = await local.refusal(
      `BEGIN CALL bake(); EXCEPTION WHEN OTHER CONTINUE THEN INSERT INTO noticed VALUES ('outside'); END`,
    );
    expect(refusal).toContain(message);
    expect(await shelf()).toEqual(['a']);
    expect(await noticed()).toEqual([]);
  });

  it('instead of a statement that is no block', async () => {
    await inject(`'${kind}', 0`);
    expect(await local.refusal(`INSERT INTO shelf VALUES ('a')`)).toContain(message);
    expect(await shelf()).toEqual([]);
  });

  it('strikes once', async () => {
    await inject(`'${kind}', 1`);
    await local.refusal(BAKE);
    await local.session.execute(BAKE);
    expect(await shelf()).toEqual(['a', 'b', 'c']);
  });
});

it('a warehouse that is gone is no longer the session’s', async () => {
  await local.session.execute('CREATE WAREHOUSE oven');
  await local.session.execute('USE WAREHOUSE oven');
  await inject(`'WAREHOUSE_GONE', 1`);
  await local.refusal(BAKE);
  expect(await local.value('CURRENT_WAREHOUSE()')).toBeNull();
});

it('a cancel undoes what the block’s open transaction has changed', async () => {
  await inject(`'CANCEL', 3`);
  await local.refusal(`BEGIN BEGIN TRANSACTION; INSERT INTO shelf VALUES ('a'); COMMIT; END`);
  expect(await shelf()).toEqual([]);
});

it('ERROR fails the statement, which a handler takes as any other failure', async () => {
  await inject(`'ERROR', 2`);
  expect(await local.refusal(BAKE)).toMatch(
    /^000603 .* on line 3 at position 2 : SQL execution internal error/,
  );
  expect(await shelf()).toEqual(['a']);
  expect(await noticed()).toEqual(['caught']);
});

it('waits for a block that is long enough', async () => {
  await inject(`'CANCEL', 3`);
  await local.session.execute(`BEGIN INSERT INTO shelf VALUES ('x'); END`);
  expect(await local.refusal(BAKE)).toContain('000604');
  expect(await shelf()).toEqual(['a', 'b', 'x']);
});

it('waits for a statement whose text contains the third argument', async () => {
  await inject(`'CANCEL', 1, 'INTO NOTICED'`);
  await local.session.execute(`BEGIN INSERT INTO shelf VALUES ('x'); END`);
  expect(await local.refusal(BAKE)).toContain('000604');
});

it('lets as many statements pass as the fourth argument says', async () => {
  await inject(`'ERROR', 0, '', 2`);
  await local.session.execute(`INSERT INTO shelf VALUES ('a')`);
  await local.session.execute(`INSERT INTO shelf VALUES ('b')`);
  expect(await local.refusal(`INSERT INTO shelf VALUES ('c')`)).toContain('000603');
});

it('meets the statements of other sessions', async () => {
  await inject(`'CANCEL', 2`);
  const other = local.account.openSession({ database: 'BAKERY' });
  await expect(other.execute(BAKE)).rejects.toMatchObject({ code: '000604' });
  await other.close();
});

it('meets the body of a task, whose run fails', async () => {
  await local.session.execute('CREATE WAREHOUSE oven');
  await local.session.execute(`CREATE TASK t WAREHOUSE = oven AS ${BAKE}`);
  await inject(`'TIMEOUT', 2`);
  await local.session.execute('EXECUTE TASK t');
  await local.session.execute('SELECT SYSTEM$LOCAL_ADVANCE(60)');
  expect(await local.rows(`SELECT state, error_code FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY())`)).toEqual([
    ['FAILED', '000630'],
  ]);
  expect(await shelf()).toEqual(['a']);
});

it('NONE takes back what has met nothing', async () => {
  await inject(`'CANCEL', 9`);
  expect(await inject(`'NONE'`)).toEqual([['1 faults taken back']]);
  await local.session.execute(BAKE);
  expect(await shelf()).toEqual(['a', 'b', 'c']);
});

it.each([
  [`'EXPLODE', 1`, `'EXPLODE' is none of CANCEL, TIMEOUT, WAREHOUSE_GONE, ERROR, NONE`],
  [`'CANCEL', -1`, 'the number of the statement is a whole number from 0, not -1'],
  [`'CANCEL', 1, '', 0.5`, 'how many to let pass is a whole number from 0, not 0.5'],
])('SYSTEM$LOCAL_INJECT(%s) is refused', async (args, why) => {
  expect(await local.refusal(`SELECT SYSTEM$LOCAL_INJECT(${args})`)).toContain(why);
});
