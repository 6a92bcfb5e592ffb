import { openBakery, note, type Bakery } from './bakery';

let bakery: Bakery;
beforeEach(async () => (bakery = await openBakery()));
afterEach(() => bakery.close());

const say = (expression: string) => `INSERT INTO log SELECT ${expression}, SYSTEM$LOCAL_NOW()`;
const said = async () => (await bakery.sql('SELECT what FROM log ORDER BY at, what')).map(([what]) => what);

describe('EXECUTE TASK', () => {
  it('runs a suspended task once, beside the client', async () => {
    await bakery.sql(`CREATE TASK bread SCHEDULE = '60 MINUTES' AS ${note('bread')}`);
    expect(await bakery.sql('EXECUTE TASK bread')).toEqual([['Task BREAD is scheduled to run immediately.']]);
    await bakery.pass(1);
    expect(await bakery.log()).toEqual(['00:00 bread']);
    expect(
      await bakery.sql(`SELECT state, scheduled_from FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY())`),
    ).toEqual([['SUCCEEDED', 'EXECUTE_TASK']]);
  });

  it('moves no clock: the run goes on as far as time is let pass', async () => {
    await bakery.sql('CREATE TASK bread AS CALL SYSTEM$WAIT(254)');
    await bakery.sql('EXECUTE TASK bread');
    expect(await bakery.sql('SELECT SYSTEM$LOCAL_ADVANCE(20)')).toEqual([['2026-03-01 00:00:20']]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await bakery.sql('SELECT SYSTEM$LOCAL_NOW()')).toEqual([['2026-03-01 00:00:20']]);
    expect(await bakery.history()).toEqual(['00:00 BREAD EXECUTING']);
    expect(await bakery.sql('SELECT SYSTEM$LOCAL_ADVANCE(240)')).toEqual([['2026-03-01 00:04:20']]);
    expect(await bakery.history()).toEqual(['00:00 BREAD SUCCEEDED']);
  });

  it.each([
    ['a run that EXECUTE TASK started', 'EXECUTE TASK bread'],
    ['a run that a retry started', 'EXECUTE TASK bread RETRY LAST'],
    ['a run that a procedure started', `EXECUTE IMMEDIATE 'BEGIN EXECUTE TASK bread; END'`],
  ])('%s leaves the clock alone when the client has gone', async (_what, statement) => {
    await bakery.sql('CREATE TASK bread AS BEGIN CALL SYSTEM$WAIT(254); SELECT 1 / 0; END');
    await bakery.sql('EXECUTE TASK bread AWAIT');
    const before = await bakery.sql('SELECT SYSTEM$LOCAL_NOW()');
    const other = bakery.account.openSession({ role: 'BAKER', database: 'BAKERY' });
    await other.execute(statement);
    await other.close();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await bakery.sql('SELECT SYSTEM$LOCAL_NOW()')).toEqual(before);
  });

  it('waits for the graph with AWAIT', async () => {
    await bakery.sql('CREATE TASK dough AS CALL SYSTEM$WAIT(600)');
    await bakery.sql(`CREATE TASK bread AFTER dough AS ${note('bread')}`);
    await bakery.sql('ALTER TASK bread RESUME');
    await bakery.sql('EXECUTE TASK dough AWAIT');
    expect(await bakery.log()).toEqual(['00:10 bread']);
  });

  it('passes over suspended children', async () => {
    await bakery.sql(`CREATE TASK dough AS ${note('dough')}`);
    await bakery.sql(`CREATE TASK bread AFTER dough AS ${note('bread')}`);
    await bakery.sql('EXECUTE TASK dough AWAIT');
    expect(await bakery.log()).toEqual(['00:00 dough']);
  });

  it('waits for its turn while the graph runs', async () => {
    await bakery.sql('CREATE TASK bread AS CALL SYSTEM$WAIT(600)');
    await bakery.sql('EXECUTE TASK bread');
    await bakery.sql('EXECUTE TASK bread AWAIT');
    expect(await bakery.history()).toEqual(['00:00 BREAD SUCCEEDED', '00:00 BREAD SUCCEEDED']);
    expect(await bakery.sql('SELECT SYSTEM$LOCAL_NOW()')).toEqual([['2026-03-01 00:20:00']]);
  });

  it('wants a root that exists', async () => {
    await bakery.sql('CREATE TASK dough AS SELECT 1');
    await bakery.sql('CREATE TASK bread AFTER dough AS SELECT 1');
    expect(await bakery.error('EXECUTE TASK bread')).toMatch(
      '091435: Execute task cannot be called on non-root task BAKERY.PUBLIC.BREAD.',
    );
    expect(await bakery.error('EXECUTE TASK pie')).toMatch('002003');
  });

  it('runs once more, with the latest configuration, however often it is asked while the graph runs', async () => {
    await bakery.sql(`CREATE TASK bread AS CALL SYSTEM$WAIT(600)`);
    await bakery.sql('EXECUTE TASK bread');
    for (const flour of ['rye', 'spelt'])
      await bakery.sql(`EXECUTE TASK bread USING CONFIG = '{"flour": "${flour}"}'`);
    await bakery.pass(60);
    expect(
      await bakery.sql(`SELECT config FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY()) ORDER BY completed_time`),
    ).toEqual([[null], ['{"flour":"spelt"}']]);
  });

  it('does not run what was dropped while it waited for its turn', async () => {
    await bakery.sql(`CREATE TASK bread AS CALL SYSTEM$WAIT(600)`);
    await bakery.sql('EXECUTE TASK bread');
    await bakery.sql('EXECUTE TASK bread');
    await bakery.sql('DROP TASK bread');
    await bakery.pass(60);
    expect(await bakery.history()).toEqual(['00:00 BREAD SUCCEEDED']);
  });

  it('of a task by itself lets time pass between its runs', async () => {
    await bakery.sql(`CREATE TASK bread AS EXECUTE TASK bread`);
    await bakery.sql('EXECUTE TASK bread');
    await bakery.pass(1);
    expect((await bakery.history()).length).toBeGreaterThan(50);
    expect((await bakery.history()).length).toBeLessThan(70);
  });

  it('that waits for itself ends with its timeout', async () => {
    await bakery.sql(`CREATE TASK bread USER_TASK_TIMEOUT_MS = 60000 AS EXECUTE TASK bread AWAIT`);
    await bakery.sql('EXECUTE TASK bread AWAIT');
    expect((await bakery.history())[0]).toBe('00:00 BREAD FAILED');
    expect(await bakery.sql('SELECT SYSTEM$LOCAL_NOW()')).toEqual([['2026-03-01 00:01:00']]);
  });
});

describe('the configuration of a graph', () => {
  it('is read by all its tasks, whole or by path', async () => {
    await bakery.sql(
      `CREATE TASK dough CONFIG = '{"flour": "rye", "oven": {"heat": 230, "racks": ["low", "high"]}}' AS ${say("SYSTEM$GET_TASK_GRAPH_CONFIG('flour')")}`,
    );
    await bakery.sql(
      `CREATE TASK bread AFTER dough AS ${say("SYSTEM$GET_TASK_GRAPH_CONFIG('oven.heat') || SYSTEM$GET_TASK_GRAPH_CONFIG('oven.racks[1]') || COALESCE(SYSTEM$GET_TASK_GRAPH_CONFIG('salt'), '-')")}`,
    );
    await bakery.sql('ALTER TASK bread RESUME');
    await bakery.sql('EXECUTE TASK dough AWAIT');
    expect(await said()).toEqual(['230high-', 'rye']);
  });

  it('is merged with that of one execution inside its objects too', async () => {
    await bakery.sql(
      `CREATE TASK dough CONFIG = '{"oven": {"heat": 230, "rack": "low"}}' AS ${say('SYSTEM$GET_TASK_GRAPH_CONFIG()')}`,
    );
    await bakery.sql(`EXECUTE TASK dough USING CONFIG = '{"oven": {"rack": "high"}}' AWAIT`);
    expect(await said()).toEqual(['{"oven":{"heat":230,"rack":"high"}}']);
  });

  it('holds nothing but what was written', async () => {
    await bakery.sql(
      `CREATE TASK dough CONFIG = '{"flour": ["rye"]}' AS ${say("SYSTEM$GET_TASK_GRAPH_CONFIG('constructor')")}`,
    );
    await bakery.sql('EXECUTE TASK dough AWAIT');
    await bakery.sql(`ALTER TASK dough MODIFY AS ${say("SYSTEM$GET_TASK_GRAPH_CONFIG('flour.length')")}`);
    await bakery.sql('EXECUTE TASK dough AWAIT');
    expect(await said()).toEqual([null, null]);
  });

  it('is merged with that of one execution', async () => {
    await bakery.sql(
      `CREATE TASK dough CONFIG = '{"flour": "rye", "salt": 1}' AS ${say('SYSTEM$GET_TASK_GRAPH_CONFIG()')}`,
    );
    await bakery.sql(`EXECUTE TASK dough USING CONFIG = $${'$'}{"flour": "spelt"}$$ AWAIT`);
    expect(await said()).toEqual(['{"flour":"spelt","salt":1}']);
    expect(await bakery.show('config')).toEqual({ DOUGH: '{"flour": "rye", "salt": 1}' });
  });
});

describe('return values', () => {
  it('go to the children and into the history', async () => {
    await bakery.sql(`CREATE TASK dough AS CALL SYSTEM$SET_RETURN_VALUE('risen')`);
    await bakery.sql(
      `CREATE TASK bread AFTER dough AS ${say("SYSTEM$GET_PREDECESSOR_RETURN_VALUE('DOUGH')")}`,
    );
    await bakery.sql('ALTER TASK bread RESUME');
    await bakery.sql('EXECUTE TASK dough AWAIT');
    expect(await said()).toEqual(['risen']);
    expect(
      await bakery.sql(
        `SELECT return_value FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY(TASK_NAME => 'DOUGH'))`,
      ),
    ).toEqual([['risen']]);
  });

  it('of an ancestor are found past the tasks between, and NULL when it set none', async () => {
    await bakery.sql(`CREATE TASK dough AS CALL SYSTEM$SET_RETURN_VALUE('risen')`);
    await bakery.sql('CREATE TASK loaf AFTER dough AS SELECT 1');
    await bakery.sql(
      `CREATE TASK bread AFTER loaf AS ${say("SYSTEM$GET_PREDECESSOR_RETURN_VALUE('DOUGH') || COALESCE(SYSTEM$GET_PREDECESSOR_RETURN_VALUE(), '-')")}`,
    );
    await bakery.sql(
      `CREATE TASK broom FINALIZE = dough AS ${say("SYSTEM$GET_PREDECESSOR_RETURN_VALUE('DOUGH')")}`,
    );
    for (const task of ['loaf', 'bread', 'broom']) await bakery.sql(`ALTER TASK ${task} RESUME`);
    await bakery.sql('EXECUTE TASK dough AWAIT');
    expect(await said()).toEqual(['risen', 'risen-']);
  });

  it.each([
    ['a task beside it', `'CAKE'`],
    ['a suspended predecessor', `'PIE'`],
    ['a name in other letters', `'dough'`],
  ])('of %s are not to be had', async (_what, name) => {
    await bakery.sql('CREATE TASK dough AS SELECT 1');
    await bakery.sql('CREATE TASK cake AFTER dough AS SELECT 1');
    await bakery.sql('CREATE TASK pie AFTER dough AS SELECT 1');
    await bakery.sql(
      `CREATE TASK bread AFTER dough, pie AS SELECT SYSTEM$GET_PREDECESSOR_RETURN_VALUE(${name})`,
    );
    for (const task of ['cake', 'bread']) await bakery.sql(`ALTER TASK ${task} RESUME`);
    await bakery.sql('EXECUTE TASK dough AWAIT');
    expect((await bakery.history()).filter((run) => run.includes('BREAD'))).toEqual(['00:00 BREAD FAILED']);
  });

  it('need no name where one predecessor alone takes part', async () => {
    await bakery.sql(`CREATE TASK dough AS CALL SYSTEM$SET_RETURN_VALUE('risen')`);
    await bakery.sql('CREATE TASK pie AFTER dough AS SELECT 1');
    await bakery.sql(`CREATE TASK bread AFTER dough, pie AS ${say('SYSTEM$GET_PREDECESSOR_RETURN_VALUE()')}`);
    await bakery.sql('ALTER TASK bread RESUME');
    await bakery.sql('EXECUTE TASK dough AWAIT');
    expect(await said()).toEqual(['risen']);
  });

  it('are kept of a run that fails after setting one', async () => {
    await bakery.sql(`CREATE TASK dough AS BEGIN CALL SYSTEM$SET_RETURN_VALUE('flat'); SELECT 1/0; END`);
    await bakery.sql('EXECUTE TASK dough AWAIT');
    expect(
      await bakery.sql(`SELECT state, return_value FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY())`),
    ).toEqual([['FAILED', 'flat']]);
  });

  it('are at most 10 kB', async () => {
    await bakery.sql(`CREATE TASK dough AS CALL SYSTEM$SET_RETURN_VALUE('${'x'.repeat(10_241)}')`);
    await bakery.sql('EXECUTE TASK dough AWAIT');
    const [[message]] = (await bakery.sql(
      `SELECT error_message FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY())`,
    )) as [[string]];
    expect(message).toMatch('cannot be longer than 10240 bytes');
  });

  it('of several predecessors want a name', async () => {
    await bakery.sql('CREATE TASK dough AS SELECT 1');
    await bakery.sql('CREATE TASK bread AFTER dough AS SELECT 1');
    await bakery.sql(
      `CREATE TASK shop AFTER dough, bread AS ${say('SYSTEM$GET_PREDECESSOR_RETURN_VALUE()')}`,
    );
    await bakery.sql('ALTER TASK bread RESUME');
    await bakery.sql('ALTER TASK shop RESUME');
    await bakery.sql('EXECUTE TASK dough AWAIT');
    expect(await bakery.history()).toContain('00:00 SHOP FAILED');
  });
});

describe('what a run knows of itself', () => {
  it('is its task, its root, its group and its time', async () => {
    await bakery.sql(`CREATE TASK dough SCHEDULE = '60 MINUTES' AS SELECT 1`);
    const info = (key: string) => `COALESCE(SYSTEM$TASK_RUNTIME_INFO('${key}'), '-')`;
    const keys = [
      'CURRENT_TASK_NAME',
      'CURRENT_ROOT_TASK_NAME',
      'CURRENT_TASK_GRAPH_ORIGINAL_SCHEDULED_TIMESTAMP',
    ];
    await bakery.sql(`CREATE TASK bread AFTER dough AS ${say(keys.map(info).join(" || ' ' || "))}`);
    await bakery.sql(`SELECT SYSTEM$TASK_DEPENDENTS_ENABLE('dough')`);
    await bakery.pass(60);
    expect(await said()).toEqual(['BREAD DOUGH 2026-03-01 01:00:00.000 Z']);
  });

  it('is the latest success of its graph', async () => {
    const key = 'LAST_SUCCESSFUL_TASK_GRAPH_ORIGINAL_SCHEDULED_TIMESTAMP';
    await bakery.sql(
      `CREATE TASK dough SCHEDULE = '60 MINUTES' AS ${say(`COALESCE(SYSTEM$TASK_RUNTIME_INFO('${key}'), 'none')`)}`,
    );
    await bakery.sql('ALTER TASK dough RESUME');
    await bakery.pass(120);
    expect(await said()).toEqual(['none', '2026-03-01 01:00:00.000 Z']);
  });

  it('is who runs it, where and how', async () => {
    await bakery.sql(
      `CREATE TASK bread WAREHOUSE = oven_wh TIMEZONE = 'Europe/Zurich' AS ${say("CURRENT_ROLE() || ' ' || CURRENT_SCHEMA() || ' ' || CURRENT_WAREHOUSE() || ' ' || SYSTEM$CURRENT_USER_TASK_NAME()")}`,
    );
    bakery.session.role = 'SYSADMIN';
    await bakery.sql('EXECUTE TASK bread AWAIT');
    expect(await said()).toEqual(['BAKER PUBLIC OVEN_WH BREAD']);
  });

  it.each([
    `SELECT SYSTEM$TASK_RUNTIME_INFO('CURRENT_TASK_NAME')`,
    `CALL SYSTEM$SET_RETURN_VALUE('x')`,
    `SELECT SYSTEM$GET_PREDECESSOR_RETURN_VALUE('X')`,
    `SELECT SYSTEM$GET_TASK_GRAPH_CONFIG('x')`,
    `SELECT SYSTEM$CURRENT_USER_TASK_NAME()`,
  ])('cannot be asked outside a run: %s', async (statement) => {
    expect(await bakery.error(statement)).toMatch('must be called from within a task.');
  });
});

describe('cancelling', () => {
  it('stops the runs of a task and what would come after them', async () => {
    await bakery.sql(`CREATE TASK dough SCHEDULE = '60 MINUTES' AS CALL SYSTEM$WAIT(600)`);
    await bakery.sql(`CREATE TASK bread AFTER dough AS ${note('bread')}`);
    await bakery.sql(`SELECT SYSTEM$TASK_DEPENDENTS_ENABLE('dough')`);
    await bakery.pass(65);
    await bakery.sql(`SELECT SYSTEM$USER_TASK_CANCEL_ONGOING_EXECUTIONS('dough')`);
    await bakery.pass(30);
    expect(await bakery.history()).toEqual(['01:00 DOUGH CANCELLED']);
  });
});

describe('TASK_HISTORY', () => {
  it('has the columns of Snowflake', async () => {
    const { columns } = await bakery.session.execute(
      'SELECT * FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY())',
    );
    expect(columns.map(({ name }) => name)).toEqual([
      ...[
        'QUERY_ID',
        'NAME',
        'DATABASE_NAME',
        'SCHEMA_NAME',
        'QUERY_TEXT',
        'CONDITION_TEXT',
        'STATE',
        'ERROR_CODE',
      ],
      ...[
        'ERROR_MESSAGE',
        'SCHEDULED_TIME',
        'QUERY_START_TIME',
        'NEXT_SCHEDULED_TIME',
        'COMPLETED_TIME',
        'ROOT_TASK_ID',
      ],
      ...[
        'GRAPH_VERSION',
        'RUN_ID',
        'RETURN_VALUE',
        'SCHEDULED_FROM',
        'ATTEMPT_NUMBER',
        'CONFIG',
        'QUERY_HASH',
      ],
      ...[
        'QUERY_HASH_VERSION',
        'QUERY_PARAMETERIZED_HASH',
        'QUERY_PARAMETERIZED_HASH_VERSION',
        'GRAPH_RUN_GROUP_ID',
      ],
      ...['BACKFILL_INFO', 'SPCS_JOB_ID'],
    ]);
  });

  it('shows what is scheduled next, within eight days', async () => {
    await bakery.sql(`CREATE TASK bread SCHEDULE = 'USING CRON 0 6 * * * UTC' AS SELECT 1`);
    await bakery.sql(`CREATE TASK cake SCHEDULE = 'USING CRON 0 6 15 * * UTC' AS SELECT 1`);
    await bakery.sql('ALTER TASK bread RESUME');
    await bakery.sql('ALTER TASK cake RESUME');
    const rows = await bakery.sql(
      'SELECT name, state, scheduled_time FROM TABLE(BAKERY.INFORMATION_SCHEMA.TASK_HISTORY())',
    );
    expect(rows).toEqual([['BREAD', 'SCHEDULED', BigInt(Date.parse('2026-03-01T06:00:00Z')) * 1000n]]);
  });

  it('is filtered by its arguments, newest first', async () => {
    await bakery.sql(
      `CREATE TASK bread SCHEDULE = '60 MINUTES' SUSPEND_TASK_AFTER_NUM_FAILURES = 0 AS SELECT 1 / MOD(HOUR(SYSDATE()), 2)`,
    );
    await bakery.sql(`CREATE TASK cake SCHEDULE = '60 MINUTES' AS SELECT 1`);
    await bakery.sql('ALTER TASK bread RESUME');
    await bakery.sql('ALTER TASK cake RESUME');
    await bakery.pass(240);
    await bakery.sql('ALTER TASK bread SUSPEND');
    await bakery.sql('ALTER TASK cake SUSPEND');
    const count = async (args: string) =>
      (await bakery.sql(`SELECT name, state FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY(${args}))`)).length;
    expect(await count('')).toBe(8);
    expect(await count('RESULT_LIMIT => 3')).toBe(3);
    expect(await count(`TASK_NAME => 'bread'`)).toBe(4);
    expect(await count(`TASK_NAME => 'BREAD', ERROR_ONLY => TRUE`)).toBe(2);
    expect(await count(`SCHEDULED_TIME_RANGE_START => '2026-03-01 02:30:00 Z'::TIMESTAMP_TZ`)).toBe(4);
    expect(
      await count(
        `SCHEDULED_TIME_RANGE_START => DATEADD('minute', -90, CURRENT_TIMESTAMP()), SCHEDULED_TIME_RANGE_END => CURRENT_TIMESTAMP()`,
      ),
    ).toBe(4);
    expect(
      await bakery.error('SELECT * FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY(RESULT_LIMIT => 0))'),
    ).toMatch('RESULT_LIMIT');
    expect(
      await bakery.error(`SELECT * FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY(FLOUR => 'rye'))`),
    ).toMatch('FLOUR');
  });

  it('forgets runs of more than a fortnight ago', async () => {
    await bakery.sql(`CREATE TASK bread SCHEDULE = '12 HOURS' AS SELECT 1`);
    await bakery.sql('ALTER TASK bread RESUME');
    await bakery.pass(60 * 24 * 40);
    expect(bakery.account.catalog.collection('task_runs').size).toBeLessThanOrEqual(29);
    expect((await bakery.history()).length).toBeGreaterThanOrEqual(14);
  });
});

describe('graphs as tables', () => {
  beforeEach(async () => {
    await bakery.sql(`CREATE TASK dough SCHEDULE = '60 MINUTES' AS SELECT 1`);
    await bakery.sql('CREATE TASK bread AFTER dough AS SELECT 1/0');
    await bakery.sql('CREATE TASK cake AFTER dough AS CALL SYSTEM$WAIT(600)');
    await bakery.sql(`SELECT SYSTEM$TASK_DEPENDENTS_ENABLE('dough')`);
  });

  it('CURRENT_TASK_GRAPHS shows what runs and what comes', async () => {
    await bakery.pass(65);
    expect(
      await bakery.sql('SELECT root_task_name, state FROM TABLE(INFORMATION_SCHEMA.CURRENT_TASK_GRAPHS())'),
    ).toEqual([
      ...[
        ['DOUGH', 'SCHEDULED'],
        ['DOUGH', 'EXECUTING'],
      ],
    ]);
  });

  it('COMPLETE_TASK_GRAPHS shows how the graphs of the last hour ended', async () => {
    await bakery.pass(75);
    const complete =
      'SELECT state, first_error_task_name, first_error_code FROM TABLE(INFORMATION_SCHEMA.COMPLETE_TASK_GRAPHS())';
    expect(await bakery.sql(complete)).toEqual([['FAILED', 'BREAD', '100051']]);
    await bakery.sql('ALTER TASK dough SUSPEND');
    await bakery.pass(60);
    expect(await bakery.sql(complete)).toEqual([]);
  });

  it('TASK_DEPENDENTS lists a task and what depends on it', async () => {
    expect(
      await bakery.sql(
        `SELECT name FROM TABLE(INFORMATION_SCHEMA.TASK_DEPENDENTS(TASK_NAME => 'dough', RECURSIVE => TRUE))`,
      ),
    ).toEqual([['DOUGH'], ['BREAD'], ['CAKE']]);
  });
});
