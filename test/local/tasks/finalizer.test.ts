/** Runs of finalizers. https://docs.snowflake.com/en/user-guide/tasks-graphs */
import { openBakery, note, type Bakery } from './bakery';

let bakery: Bakery;
beforeEach(async () => (bakery = await openBakery()));
afterEach(() => bakery.close());

/** dough -> bread, and the finalizer broom; all started unless told otherwise. */
async function graph({ dough = 'SELECT 1', bread = 'SELECT 1', broom = note('broom'), root = '' } = {}) {
  await bakery.sql(`CREATE TASK dough SCHEDULE = '60 MINUTES' ${root} AS ${dough}`);
  await bakery.sql(`CREATE TASK bread AFTER dough AS ${bread}`);
  await bakery.sql(`CREATE TASK broom FINALIZE = dough AS ${broom}`);
  await bakery.sql(`SELECT SYSTEM$TASK_DEPENDENTS_ENABLE('dough')`);
}

const graphState = async () =>
  (await bakery.sql(`SELECT state FROM TABLE(INFORMATION_SCHEMA.COMPLETE_TASK_GRAPHS())`)).flat();

it.each([
  ['all is well', {}, 'BREAD SUCCEEDED', 'SUCCEEDED'],
  ['a child fails', { bread: 'SELECT 1/0' }, 'BREAD FAILED', 'FAILED'],
])('runs once after its graph when %s', async (_when, given, bread, state) => {
  await graph(given);
  await bakery.pass(60);
  expect(await bakery.history()).toEqual([
    '01:00 DOUGH SUCCEEDED',
    `01:00 ${bread}`,
    '01:00 BROOM SUCCEEDED',
  ]);
  expect(await graphState()).toEqual([state]);
});

it('runs after a root that fails, whose children do not', async () => {
  await graph({ dough: 'SELECT 1/0' });
  await bakery.pass(60);
  expect(await bakery.history()).toEqual(['01:00 DOUGH FAILED', '01:00 BROOM SUCCEEDED']);
});

it('runs after a root that its timeout ends, with a timeout of its own', async () => {
  await graph({
    dough: `CALL SYSTEM$WAIT(20, 'MINUTES')`,
    broom: `CALL SYSTEM$WAIT(15, 'MINUTES')`,
    root: 'USER_TASK_TIMEOUT_MS = 600000',
  });
  await bakery.pass(90);
  expect(await bakery.history()).toEqual(['01:00 DOUGH FAILED', '01:10 BROOM SUCCEEDED']);
});

it('keeps the next run of the graph waiting, as every task does', async () => {
  await graph({ broom: `CALL SYSTEM$WAIT(70, 'MINUTES')` });
  await bakery.sql('ALTER TASK dough SUSPEND');
  await bakery.sql('ALTER TASK broom SET USER_TASK_TIMEOUT_MS = 0');
  await bakery.sql('ALTER TASK dough RESUME');
  await bakery.pass(185);
  expect((await bakery.history()).filter((line) => line.includes('DOUGH'))).toEqual([
    '01:00 DOUGH SUCCEEDED',
    '03:00 DOUGH SUCCEEDED',
  ]);
});

it('makes its graph run a failed one when it fails, which counts towards the suspension', async () => {
  await graph({ broom: 'SELECT 1/0', root: 'SUSPEND_TASK_AFTER_NUM_FAILURES = 2' });
  await bakery.pass(120);
  expect(await graphState()).toEqual(['FAILED', 'FAILED']);
  expect(await bakery.show('state')).toEqual({ BREAD: 'started', BROOM: 'started', DOUGH: 'suspended' });
  expect(await bakery.show('last_suspended_reason')).toMatchObject({ DOUGH: 'SUSPENDED_DUE_TO_ERRORS' });
  expect((await bakery.history()).at(-1)).toBe('02:00 BROOM FAILED_AND_AUTO_SUSPENDED');
});

it('is passed over while it is suspended', async () => {
  await graph();
  await bakery.sql('ALTER TASK dough SUSPEND');
  await bakery.sql('ALTER TASK broom SUSPEND');
  await bakery.sql('ALTER TASK dough RESUME');
  await bakery.pass(60);
  expect(await bakery.history()).toEqual(['01:00 DOUGH SUCCEEDED', '01:00 BREAD SUCCEEDED']);
});

it('runs when a suspended root is executed by hand', async () => {
  await graph();
  await bakery.sql('ALTER TASK dough SUSPEND');
  await bakery.sql('EXECUTE TASK dough AWAIT');
  expect(await bakery.history()).toEqual(
    ['DOUGH', 'BREAD', 'BROOM'].map((name) => `00:00 ${name} SUCCEEDED`),
  );
});

it('repairs what the next attempt needs: each attempt is finalized', async () => {
  await graph({
    bread: 'INSERT INTO shelf VALUES (1)',
    broom: 'CREATE TABLE IF NOT EXISTS shelf (loaf INT)',
    root: 'TASK_AUTO_RETRY_ATTEMPTS = 2',
  });
  await bakery.pass(60);
  const runs = await bakery.sql(
    `SELECT name, state, attempt_number, scheduled_from FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY())
     WHERE query_id IS NOT NULL ORDER BY attempt_number, name DESC`,
  );
  expect(runs.map((run) => run.join(' '))).toEqual([
    'DOUGH SUCCEEDED 1 SCHEDULE',
    'BROOM SUCCEEDED 1 SCHEDULE',
    'BREAD FAILED 1 SCHEDULE',
    'BROOM SUCCEEDED 2 AUTOMATIC RETRY',
    'BREAD SUCCEEDED 2 AUTOMATIC RETRY',
  ]);
});

it('knows its graph run, what every task of it returned, and the configuration', async () => {
  await graph({
    bread: `CALL SYSTEM$SET_RETURN_VALUE('twelve loaves')`,
    root: `CONFIG = '{"flour": "rye"}'`,
    broom: `INSERT INTO log SELECT SYSTEM$TASK_RUNTIME_INFO('CURRENT_TASK_NAME') || ' ' ||
      SYSTEM$TASK_RUNTIME_INFO('CURRENT_ROOT_TASK_NAME') || ' ' ||
      SYSTEM$TASK_RUNTIME_INFO('CURRENT_TASK_GRAPH_ORIGINAL_SCHEDULED_TIMESTAMP')::TIMESTAMP_NTZ::VARCHAR || ' ' ||
      SYSTEM$GET_PREDECESSOR_RETURN_VALUE('BREAD') || ' ' || SYSTEM$GET_TASK_GRAPH_CONFIG('flour'), 'x'`,
  });
  await bakery.pass(60);
  expect((await bakery.sql('SELECT what FROM log')).flat()).toEqual([
    'BROOM DOUGH 2026-03-01 01:00:00.000 twelve loaves rye',
  ]);
  const [groups] = await bakery.sql(
    `SELECT COUNT(DISTINCT graph_run_group_id), COUNT(DISTINCT root_task_id) FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY())
     WHERE query_id IS NOT NULL`,
  );
  expect(groups).toEqual([1, 1]);
});

it('does not run after a graph that somebody cancels', async () => {
  await graph({ dough: `CALL SYSTEM$WAIT(20, 'MINUTES')` });
  await bakery.pass(65);
  await bakery.sql(`SELECT SYSTEM$USER_TASK_CANCEL_ONGOING_EXECUTIONS('dough')`);
  await bakery.pass(1);
  expect(await bakery.history()).toEqual(['01:00 DOUGH CANCELLED']);
});
