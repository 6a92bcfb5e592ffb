/**
 * What an account answers to statements about tasks, as recorded on accounts by others (the tests of mlorek/frostlake
 * that run against one), beside the pages of CREATE TASK, ALTER TASK and of task graphs.
 */
import { openBakery, type Bakery } from './bakery';

let bakery: Bakery;
beforeEach(async () => (bakery = await openBakery()));
afterEach(() => bakery.close());

const all = async (...statements: string[]) => {
  for (const statement of statements) await bakery.sql(statement);
};
const refusal = async (statement: string) => (await bakery.error(statement)).replace(/^\d+: /, '');
const shown = async (column: string, task: string) => (await bakery.show(column))[task];
const P = 'BAKERY.PUBLIC.';

describe('the finalizer', () => {
  beforeEach(() =>
    all(
      'CREATE SCHEMA mill',
      `CREATE TASK mill.flour SCHEDULE = '60 MINUTE' AS SELECT 1`,
      'USE SCHEMA PUBLIC',
      `CREATE TASK dough SCHEDULE = '60 MINUTE' AS SELECT 1`,
      `CREATE TASK batter SCHEDULE = '60 MINUTE' AS SELECT 1`,
      'CREATE TASK bread AFTER dough AS SELECT 1',
      `CREATE TASK broom FINALIZE = 'dough' AS SELECT 1`,
    ),
  );

  it.each([
    ['a child', 'FINALIZE = bread', `Task ${P}MOP cannot finalize a non-root task ${P}BREAD.`],
    ['another finalizer', 'FINALIZE = broom', `Task ${P}MOP cannot finalize a non-root task ${P}BROOM.`],
    ['a root elsewhere', 'FINALIZE = mill.flour', 'Cannot finalize graph MILL.FLOUR in a different schema.'],
    ['nothing', 'FINALIZE = mill.rye', 'Invalid finalized root task MILL.RYE was specified.'],
    ['another case', 'FINALIZE = "dough"', 'Invalid finalized root task "dough" was specified.'],
    ['a number', 'FINALIZE = 5', "SQL compilation error:\ninvalid value [5] for parameter 'FINALIZE'"],
    ['a root that has one', 'FINALIZE = dough', 'Finalize target DOUGH already have finalizer.'],
    [
      'a root that has one, though it may say what is the default',
      'FINALIZE = dough ALLOW_OVERLAPPING_EXECUTION = FALSE',
      'Finalize target DOUGH already have finalizer.',
    ],
    [
      'a root and have a config',
      `FINALIZE = dough CONFIG = '{}'`,
      `Task ${P}MOP cannot both be a non-root task and have a config.`,
    ],
    [
      'a root and overlap',
      'FINALIZE = dough ALLOW_OVERLAPPING_EXECUTION = TRUE',
      `Cannot set allow_overlapping_execution on non-root task ${P}MOP.`,
    ],
    [
      'a root and have a schedule',
      `FINALIZE = batter SCHEDULE = '5 MINUTE'`,
      'Task MOP cannot have a schedule and be a finalizer task.',
    ],
    [
      'a root and follow a task',
      'FINALIZE = batter AFTER dough',
      `Task ${P}MOP cannot have predecessors as a finalizer task.`,
    ],
  ])('does not finalize %s', async (_what, clauses, message) => {
    expect(await refusal(`CREATE TASK mop ${clauses} AS SELECT 1`)).toBe(message);
    expect(Object.keys(await bakery.show('name'))).not.toContain('MOP');
  });

  it.each([
    [
      'get a schedule',
      `SET SCHEDULE = '5 MINUTE'`,
      'Task BROOM cannot have a schedule and be a finalizer task.',
    ],
    [
      'get a config',
      `SET CONFIG = '{"a": 1}'`,
      `Task ${P}BROOM cannot both be a non-root task and have a config.`,
    ],
    [
      'overlap',
      'SET ALLOW_OVERLAPPING_EXECUTION = TRUE',
      `Cannot set allow_overlapping_execution on non-root task ${P}BROOM.`,
    ],
  ])('cannot %s', async (_what, clause, message) => {
    expect(await refusal(`ALTER TASK broom ${clause}`)).toBe(message);
  });

  it('is a root before, without children and schedule', async () => {
    await all('CREATE TASK oven AS SELECT 1', 'CREATE TASK tray AFTER oven AS SELECT 1');
    const alter = (task: string, root: string) => refusal(`ALTER TASK ${task} SET FINALIZE = ${root}`);
    expect(await alter('oven', 'batter')).toBe(`Task ${P}OVEN cannot have children as a finalizer task.`);
    expect(await alter('oven', 'oven')).toBe('Task OVEN cannot finalize itself.');
    expect(await alter('oven', 'tray')).toBe(`Task ${P}OVEN cannot finalize a non-root task ${P}TRAY.`);
    expect(await alter('tray', 'batter')).toBe(`Task ${P}TRAY cannot have predecessors as a finalizer task.`);
    expect(await alter('tray', 'tray')).toBe(`Task ${P}TRAY cannot finalize a non-root task ${P}TRAY.`);
    expect(await alter('batter', 'dough')).toBe(
      'Task BATTER cannot have a schedule and be a finalizer task.',
    );
    expect(await refusal('CREATE OR REPLACE TASK oven FINALIZE = batter AS SELECT 2')).toBe(
      `Task ${P}OVEN cannot have children as a finalizer task.`,
    );
  });

  it('is shown beside its root, and freed with it', async () => {
    expect(await shown('task_relations', 'BROOM')).toBe(
      `{"FinalizedRootTask":"${P}DOUGH","Predecessors":[]}`,
    );
    expect(await shown('task_relations', 'DOUGH')).toBe(`{"Predecessors":[],"FinalizerTask":"${P}BROOM"}`);
    expect(await shown('schedule', 'BROOM')).toBeNull();
    expect(await shown('allow_overlapping_execution', 'BROOM')).toBe('null');
    expect(await shown('overlap_policy', 'BROOM')).toBeNull();
    await bakery.sql('ALTER TASK broom UNSET FINALIZE');
    expect(await shown('task_relations', 'BROOM')).toBe('{"Predecessors":[]}');
    await all(`ALTER TASK broom SET FINALIZE = 'DOUGH'`, 'DROP TASK dough');
    expect(await shown('task_relations', 'BROOM')).toBe('{"Predecessors":[]}');
    expect(await shown('overlap_policy', 'BROOM')).toBe('NO_OVERLAP');
  });

  it.each([
    ['its graph', ''],
    ['the direct dependents', ', RECURSIVE => FALSE'],
  ])('is among %s of its root', async (_what, recursive) => {
    const names = await bakery.sql(
      `SELECT name FROM TABLE(INFORMATION_SCHEMA.TASK_DEPENDENTS(TASK_NAME => 'dough'${recursive})) ORDER BY name`,
    );
    expect(names.flat()).toEqual(['BREAD', 'BROOM', 'DOUGH']);
  });

  it('is not executed by itself', async () => {
    expect(await refusal('EXECUTE TASK broom')).toBe(
      `Execute task cannot be called on non-root task ${P}BROOM. Call EXECUTE TASK on the root task of its graph instead.`,
    );
  });
});

describe('a root that has a finalizer', () => {
  beforeEach(() =>
    all(
      'CREATE TASK oven AS SELECT 1',
      `CREATE TASK dough SCHEDULE = '60 MINUTE' AS SELECT 1`,
      'CREATE TASK bread AFTER dough AS SELECT 1',
      'CREATE TASK broom FINALIZE = dough AS SELECT 1',
    ),
  );

  it('is not replaced by a child, nor made one', async () => {
    expect(await refusal('CREATE OR REPLACE TASK dough AFTER oven AS SELECT 2')).toBe(
      `Cannot replace task ${P}DOUGH with a non-root task because it has a finalizer task. Please remove the finalizer task first.`,
    );
    expect(await refusal('ALTER TASK dough ADD AFTER dough')).toBe(
      'This task has a finalizer and cannot be made a child task. Please remove the finalizer before adding a predecessor.',
    );
    expect(await refusal('CREATE OR REPLACE TASK dough FINALIZE = dough AS SELECT 2')).toBe(
      'Task DOUGH cannot finalize itself.',
    );
    expect(await shown('definition', 'DOUGH')).toBe('SELECT 1');
  });

  it('keeps it, and its children, when a root replaces it', async () => {
    await bakery.sql(`CREATE OR REPLACE TASK dough SCHEDULE = '30 MINUTE' AS SELECT 2`);
    expect(await shown('task_relations', 'DOUGH')).toBe(`{"Predecessors":[],"FinalizerTask":"${P}BROOM"}`);
    expect(await shown('predecessors', 'BREAD')).toBe(`["${P}DOUGH"]`);
    await bakery.sql(`SELECT SYSTEM$TASK_DEPENDENTS_ENABLE('dough')`);
    await bakery.pass(30);
    expect(await bakery.history()).toEqual(
      ['DOUGH', 'BREAD', 'BROOM'].map((name) => `00:30 ${name} SUCCEEDED`),
    );
  });
});

describe('predecessors', () => {
  beforeEach(() =>
    all(
      'CREATE SCHEMA mill',
      `CREATE TASK mill.flour AS SELECT 1`,
      'USE SCHEMA PUBLIC',
      `CREATE TASK dough SCHEDULE = '60 MINUTE' AS SELECT 1`,
      'CREATE TASK batter AS SELECT 1',
      'CREATE TASK glaze AS SELECT 1',
      'CREATE TASK bread AFTER dough AS SELECT 1',
    ),
  );

  it.each([
    ['ADD AFTER mill.flour', 'Cannot have predecessor FLOUR from a different schema.'],
    ['ADD AFTER mill.flour, rye', 'Invalid predecessor RYE was specified.'],
    ['ADD AFTER mill.rye', 'Invalid predecessor MILL.RYE was specified.'],
    ['ADD AFTER "dough"', 'Invalid predecessor "dough" was specified.'],
    ['ADD AFTER bread', 'Task BREAD cannot use itself as its predecessor.'],
    ['REMOVE AFTER rye, glaze', 'Task BREAD does not have predecessor GLAZE.'],
    ['REMOVE AFTER mill.flour', 'Task BREAD does not have predecessor FLOUR.'],
    ['REMOVE AFTER dough, rye', 'Invalid predecessor RYE was specified.'],
  ])('%s is refused, and nothing changes', async (clause, message) => {
    expect(await refusal(`ALTER TASK bread ${clause}`)).toBe(message);
    expect(await shown('predecessors', 'BREAD')).toBe(`["${P}DOUGH"]`);
  });

  it('are kept once each, in order of name', async () => {
    await bakery.sql('ALTER TASK bread ADD AFTER glaze, batter, glaze');
    expect(await shown('predecessors', 'BREAD')).toBe(`["${P}BATTER","${P}DOUGH","${P}GLAZE"]`);
    await bakery.sql('CREATE TASK cake AFTER glaze, public.dough, glaze AS SELECT 1');
    expect(await shown('task_relations', 'CAKE')).toBe(`{"Predecessors":["${P}DOUGH","${P}GLAZE"]}`);
  });

  it('are not for a task with a config or a schedule, and no finalizer is one', async () => {
    await all(
      `CREATE TASK rolls CONFIG = '{"a": 1}' AS SELECT 1`,
      'CREATE TASK broom FINALIZE = dough AS SELECT 1',
    );
    expect(await refusal('ALTER TASK rolls ADD AFTER rye')).toBe('Invalid predecessor RYE was specified.');
    expect(await refusal('ALTER TASK rolls ADD AFTER broom')).toBe(
      `Task ${P}BROOM cannot have children as a finalizer task.`,
    );
    expect(await refusal('ALTER TASK rolls ADD AFTER glaze')).toBe(
      `Task ${P}ROLLS cannot both be a non-root task and have a config.`,
    );
  });
});

describe('what belongs to roots', () => {
  beforeEach(() =>
    all(`CREATE TASK dough SCHEDULE = '60 MINUTE' AS SELECT 1`, 'CREATE TASK bread AFTER dough AS SELECT 1'),
  );

  it('may be said of a child where it says nothing', async () => {
    await bakery.sql('ALTER TASK bread SET ALLOW_OVERLAPPING_EXECUTION = FALSE');
    await bakery.sql('CREATE TASK cake ALLOW_OVERLAPPING_EXECUTION = FALSE AFTER dough AS SELECT 1');
    expect(await shown('allow_overlapping_execution', 'BREAD')).toBe('null');
    expect(await shown('overlap_policy', 'CAKE')).toBeNull();
  });

  it.each([
    [
      'ALLOW_OVERLAPPING_EXECUTION = TRUE',
      `Cannot set allow_overlapping_execution on non-root task ${P}BREAD.`,
    ],
    ['OVERLAP_POLICY = NO_OVERLAP', `Cannot set overlap policy on non-root task ${P}BREAD.`],
    [
      'TASK_AUTO_RETRY_ATTEMPTS = 2',
      'Cannot set parameter TASK_AUTO_RETRY_ATTEMPTS on non-root task BREAD. Non-root tasks use the parameter setting from their root task. Please set this on the root task for this task instead.',
    ],
    [`SCHEDULE = '5 MINUTE'`, 'Task BREAD cannot have both a schedule and a predecessor.'],
  ])('is refused of a child: %s', async (clause, message) => {
    expect(await refusal(`ALTER TASK bread SET ${clause}`)).toBe(message);
    expect(await refusal(`CREATE OR REPLACE TASK bread ${clause} AFTER dough AS SELECT 2`)).toBe(message);
    expect(await shown('definition', 'BREAD')).toBe('SELECT 1');
  });
});

describe('IF NOT EXISTS over a task that exists', () => {
  beforeEach(() => bakery.sql('CREATE TASK dough AS SELECT 1'));
  const create = (clauses: string) => `CREATE TASK IF NOT EXISTS dough ${clauses} AS SELECT 2`;

  it.each([
    `CONFIG = 'bad'`,
    `SCHEDULE = 'bad'`,
    'AFTER rye',
    'FINALIZE = rye',
    `TIMEZONE = 'Not/AZone'`,
    'OVERLAP_POLICY = BOGUS',
    `LOG_LEVEL = 'LOUD'`,
  ])('does not ask about %s', async (clauses) => {
    expect(await bakery.sql(create(clauses))).toEqual([['DOUGH already exists, statement succeeded.']]);
    expect(await shown('definition', 'DOUGH')).toBe('SELECT 1');
  });

  it.each([
    ['QUERY_TAG = 5', "SQL compilation error:\ninvalid value [5] for parameter 'QUERY_TAG'"],
    ['FLOUR = 1', "SQL compilation error:\ninvalid property 'FLOUR' for 'TASK'"],
    [`COMMENT = 'a' COMMENT = 'b'`, "SQL compilation error:\nduplicate property 'COMMENT';"],
    ['WAREHOUSE = no_such_wh', 'Nonexistent warehouse NO_SUCH_WH was specified.'],
  ])('reads the statement all the same: %s', async (clauses, message) => {
    expect(await refusal(create(clauses))).toBe(message);
  });
});

describe('values of properties', () => {
  const create = (clauses: string) => `CREATE TASK dough SCHEDULE = '60 MINUTE' ${clauses} AS SELECT 1`;
  const parameter = async (name: string) =>
    (await bakery.sql(`SHOW PARAMETERS LIKE '${name}' IN TASK dough`))[0]?.[1];

  it.each([
    [`TIMEZONE = 'Not/AZone'`, "SQL compilation error:\ninvalid value [Not/AZone] for parameter 'TIMEZONE'"],
    [`TIMEZONE = 'utc'`, "SQL compilation error:\ninvalid value [utc] for parameter 'TIMEZONE'"],
    [
      `TRACE_LEVEL = 'BOGUS'`,
      'Invalid value for trace level. Allowed values are ALWAYS,ON_EVENT,PROPAGATE,OFF.',
    ],
    [
      'STATEMENT_TIMEOUT_IN_SECONDS = -5',
      'SQL compilation error: \nparameter value out of range: -5. Must be between 0 and 604,800.',
    ],
    [
      `STATEMENT_TIMEOUT_IN_SECONDS = 'abc'`,
      "SQL compilation error:\ninvalid value ['abc'] for parameter 'STATEMENT_TIMEOUT_IN_SECONDS'",
    ],
    ['QUERY_TAG = TRUE', "SQL compilation error:\ninvalid value [TRUE] for parameter 'QUERY_TAG'"],
    ['LOG_LEVEL = 5', "SQL compilation error:\ninvalid value [5] for parameter 'LOG_LEVEL'"],
    [
      'USER_TASK_TIMEOUT_MS = -5',
      "SQL compilation error:\ninvalid value [-5] for parameter 'USER_TASK_TIMEOUT_MS'",
    ],
    [
      `USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE = 'HUGE'`,
      "SQL compilation error:\ninvalid value [HUGE] for parameter 'USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE'",
    ],
    [
      `OVERLAP_POLICY = 'allow_all_overlap'`,
      "SQL compilation error:\ninvalid value 'allow_all_overlap' for property 'OVERLAP_POLICY'",
    ],
    ['CONFIG = abc', 'Invalid config. Must be a string representation of a valid JSON Object.'],
    ['EXECUTE AS USER nobody', "SQL compilation error:\nUser 'NOBODY' does not exist or not authorized."],
    [`query_tag = 'a' query_tag = 'b'`, "SQL compilation error:\nduplicate property 'query_tag';"],
  ])('refuse %s', async (clauses, message) => {
    expect(await refusal(create(clauses))).toBe(message);
  });

  it('are kept as accounts keep them', async () => {
    await bakery.sql(create('LOG_LEVEL = info QUERY_TAG = abc TRACE_LEVEL = always'));
    expect(await parameter('LOG_LEVEL')).toBe('info');
    expect(await parameter('QUERY_TAG')).toBe('ABC');
    expect(await parameter('TRACE_LEVEL')).toBe('always');
    await bakery.sql(`ALTER TASK dough SET QUERY_TAG = 'a', query_tag = 'b' TIMEZONE = 'EST'`);
    expect(await parameter('QUERY_TAG')).toBe('b');
    expect(await parameter('TIMEZONE')).toBe('EST');
    await bakery.sql('ALTER TASK dough UNSET CONFIG, config, QUERY_TAG');
    expect(await parameter('QUERY_TAG')).toBe('');
    expect(await refusal('ALTER TASK dough UNSET QUERY_TAG, QUERY_TAG')).toBe(
      "SQL compilation error:\nduplicate property 'QUERY_TAG';",
    );
  });

  it('of sizes go up to X3LARGE for statements', async () => {
    await bakery.sql(create(`SERVERLESS_TASK_MIN_STATEMENT_SIZE = 'X3LARGE'`));
    expect(await refusal(`ALTER TASK dough SET SERVERLESS_TASK_MAX_STATEMENT_SIZE = 'XXLARGE'`)).toBe(
      'SERVERLESS_TASK_MIN_STATEMENT_SIZE (X3LARGE) cannot be greater than SERVERLESS_TASK_MAX_STATEMENT_SIZE (XXLARGE).',
    );
  });

  it.each(['600 second', '10 M', '+10 MINUTE', '10\tMINUTE', '10 MINUTE\n', '153722867280912931 MINUTES'])(
    'take the interval %j',
    async (interval) => {
      await bakery.sql(create(`TARGET_COMPLETION_INTERVAL = '${interval}'`));
      expect(await shown('target_completion_interval', 'DOUGH')).toBe(interval);
    },
  );

  it.each([
    '9 SECOND',
    '86401 SECOND',
    ' 10 MINUTE',
    '-10 MINUTE',
    '10 MIN',
    '1.5 HOURS',
    '2562047788016 HOURS',
  ])('do not take the interval %j', async (interval) => {
    expect(await refusal(create(`TARGET_COMPLETION_INTERVAL = '${interval}'`))).toBe(
      `SQL compilation error:\ninvalid value [${interval}] for parameter 'TARGET_COMPLETION_INTERVAL'`,
    );
  });
});

describe('CREATE OR ALTER TASK', () => {
  it('unsets all that it leaves out, and keeps what no clause of it can say', async () => {
    await all(
      `CREATE TASK dough WAREHOUSE = oven_wh SCHEDULE = '60 MINUTE' CONFIG = '{"a": 1}' COMMENT = 'c' QUERY_TAG = 'q' ` +
        `USER_TASK_TIMEOUT_MS = 5 OVERLAP_POLICY = ALLOW_ALL_OVERLAP WHEN 1 = 1 AS SELECT 1`,
      'CREATE TASK broom FINALIZE = dough AS SELECT 1',
      'CREATE TASK bread AFTER dough AS SELECT 1',
    );
    const before = await bakery.show('id');
    await bakery.sql('CREATE OR ALTER TASK dough AS SELECT 2');
    for (const column of ['warehouse', 'schedule', 'config', 'condition'])
      expect([column, await shown(column, 'DOUGH')]).toEqual([column, null]);
    expect(await shown('comment', 'DOUGH')).toBe('');
    expect(await shown('overlap_policy', 'DOUGH')).toBe('NO_OVERLAP');
    expect((await bakery.sql(`SHOW PARAMETERS LIKE 'QUERY_TAG' IN TASK dough`))[0]?.[1]).toBe('');
    expect(await shown('task_relations', 'DOUGH')).toBe(`{"Predecessors":[],"FinalizerTask":"${P}BROOM"}`);
    expect(await bakery.show('id')).toEqual(before);
  });

  it.each([
    ['a child that loses AFTER', 'bread', '', 'CHILD_BECAME_ROOT'],
    ['a finalizer that loses FINALIZE', 'broom', '', 'FINALIZER_BECAME_ROOT'],
  ])('makes %s a suspended root', async (_what, task, clauses, reason) => {
    await all(
      `CREATE TASK dough SCHEDULE = '60 MINUTE' AS SELECT 1`,
      'CREATE TASK broom FINALIZE = dough AS SELECT 1',
      'CREATE TASK bread AFTER dough AS SELECT 1',
      `ALTER TASK ${task} RESUME`,
      `CREATE OR ALTER TASK ${task} ${clauses} AS SELECT 2`,
    );
    expect(await shown('state', task.toUpperCase())).toBe('suspended');
    expect(await shown('last_suspended_reason', task.toUpperCase())).toBe(reason);
  });
});
