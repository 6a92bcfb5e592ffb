/** STATEMENT_TIMEOUT_IN_SECONDS. https://docs.snowflake.com/en/sql-reference/parameters */
import { features } from '../../../src/local/features';
import { openBakery, type Local } from '../sql/local';

let local: Local;
beforeEach(async () => (local = await openBakery({ features: [...features] })));
afterEach(() => local.close());

const limit = (seconds: number) =>
  local.session.execute(`ALTER SESSION SET STATEMENT_TIMEOUT_IN_SECONDS = ${seconds}`);
const now = () => local.value('SYSTEM$LOCAL_NOW()');

it('ends a statement when so much simulated time has passed', async () => {
  await limit(60);
  expect(await local.refusal("CALL SYSTEM$WAIT(2, 'MINUTES')")).toBe(
    '000630 Statement reached its statement or warehouse timeout of 60 second(s) and was canceled.',
  );
  expect(await now()).toBe('2026-03-02 15:05:05');
});

it('runs no handler of the block', async () => {
  await limit(60);
  await local.session.execute('CREATE TABLE noticed (what VARCHAR)');
  const block = `BEGIN CALL SYSTEM$WAIT(61); EXCEPTION WHEN OTHER THEN INSERT INTO noticed VALUES ('x'); END`;
  expect(await local.refusal(block)).toContain('000630');
  expect(await local.rows('SELECT * FROM noticed')).toEqual([]);
});

it('lets a statement pass that ends in time, and those after it have their own time', async () => {
  await limit(60);
  await local.session.execute('CALL SYSTEM$WAIT(59)');
  await local.session.execute('CALL SYSTEM$WAIT(59)');
  expect(await now()).toBe('2026-03-02 15:06:03');
});

it('ends a loop in which no simulated time passes', async () => {
  await limit(1);
  expect(await local.refusal('BEGIN LOOP NULL; END LOOP; END')).toContain('timeout of 1 second(s)');
});

it('is two days where nobody says otherwise, and none where it is 0', async () => {
  expect(await local.refusal(`CALL SYSTEM$WAIT(3, 'DAYS')`)).toContain('timeout of 172,800 second(s)');
  await limit(0);
  await local.session.execute(`CALL SYSTEM$WAIT(3, 'DAYS')`);
});

it('does not count what moves the clock', async () => {
  await limit(60);
  await local.session.execute('SELECT SYSTEM$LOCAL_ADVANCE(3600)');
  expect(await now()).toBe('2026-03-02 16:04:05');
});

it('is the warehouse’s where that is shorter', async () => {
  await local.session.execute('CREATE WAREHOUSE oven STATEMENT_TIMEOUT_IN_SECONDS = 30');
  await local.session.execute('USE WAREHOUSE oven');
  expect(await local.refusal('CALL SYSTEM$WAIT(31)')).toContain('timeout of 30 second(s)');
  await limit(10);
  expect(await local.refusal('CALL SYSTEM$WAIT(11)')).toContain('timeout of 10 second(s)');
  expect(await local.refusal('ALTER WAREHOUSE oven SET STATEMENT_TIMEOUT_IN_SECONDS = x')).toContain(
    'invalid value [X]',
  );
});
