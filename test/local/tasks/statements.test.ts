import { openBakery, note, type Bakery } from './bakery';

let bakery: Bakery;
beforeEach(async () => (bakery = await openBakery()));
afterEach(() => bakery.close());

const BREAD = `CREATE TASK bread WAREHOUSE = oven_wh SCHEDULE = '60 MINUTES' AS SELECT 1`;

async function describeTask(name: string): Promise<Record<string, unknown>> {
  const { columns, rows } = await bakery.session.execute(`DESCRIBE TASK ${name}`);
  return Object.fromEntries(columns.map((column, index) => [column.name, rows[0]![index]]));
}

describe('CREATE TASK', () => {
  it('answers as Snowflake does and leaves the task suspended', async () => {
    expect(await bakery.sql(BREAD)).toEqual([['Task BREAD successfully created.']]);
    expect(await bakery.show('state')).toEqual({ BREAD: 'suspended' });
  });

  it('keeps every clause', async () => {
    await bakery.sql(`
      CREATE TASK bread
        WAREHOUSE = oven_wh
        SCHEDULE = 'USING CRON 0 6 * * * Europe/Zurich'
        CONFIG = $$ {"flour": "rye"} $$
        OVERLAP_POLICY = ALLOW_CHILD_OVERLAP
        TIMEZONE = 'UTC', QUERY_TAG = 'bread'
        USER_TASK_TIMEOUT_MS = 14400000
        SUSPEND_TASK_AFTER_NUM_FAILURES = 5
        ERROR_INTEGRATION = bell
        SUCCESS_INTEGRATION = smell
        LOG_LEVEL = 'INFO'
        COMMENT = 'it''s bread'
        TASK_AUTO_RETRY_ATTEMPTS = 2
        EXECUTE AS USER baker_joe
        WHEN 1 = 1
      AS
        INSERT INTO log SELECT 'bread', NULL;`);
    expect(await describeTask('bread')).toMatchObject({
      ...{
        name: 'BREAD',
        database_name: 'BAKERY',
        schema_name: 'PUBLIC',
        owner: 'BAKER',
        comment: "it's bread",
      },
      ...{
        warehouse: 'OVEN_WH',
        schedule: 'USING CRON 0 6 * * * Europe/Zurich',
        predecessors: '[]',
        state: 'suspended',
      },
      ...{
        definition: `INSERT INTO log SELECT 'bread', NULL`,
        condition: '1 = 1',
        allow_overlapping_execution: 'true',
      },
      ...{
        error_integration: 'BELL',
        success_integration: 'SMELL',
        config: ' {"flour": "rye"} ',
        execute_as_user: 'BAKER_JOE',
      },
      ...{ owner_role_type: 'ROLE', last_suspended_reason: null, task_relations: '{"Predecessors":[]}' },
    });
    expect(await bakery.sql(`SHOW PARAMETERS LIKE 'USER_TASK_TIMEOUT%' IN TASK bread`)).toEqual([
      ['USER_TASK_TIMEOUT_MS', '14400000', '3600000', 'TASK', '', 'NUMBER'],
    ]);
  });

  it('refuses a taken name, unless it may exist or be replaced', async () => {
    await bakery.sql(BREAD);
    expect(await bakery.error(BREAD)).toMatch(
      "002002: SQL compilation error:\nObject 'BAKERY.PUBLIC.BREAD' already exists.",
    );
    expect(await bakery.sql('CREATE TASK IF NOT EXISTS bread AS SELECT 2')).toEqual([
      ['BREAD already exists, statement succeeded.'],
    ]);
    expect((await describeTask('bread')).definition).toBe('SELECT 1');
    const { id } = await describeTask('bread');
    await bakery.sql('CREATE OR REPLACE TASK bread AS SELECT 3');
    expect((await describeTask('bread')).definition).toBe('SELECT 3');
    expect((await describeTask('bread')).id).not.toBe(id);
  });

  it('suspends a started task that is replaced', async () => {
    await bakery.sql(BREAD);
    await bakery.sql('ALTER TASK bread RESUME');
    await bakery.sql(BREAD.replace('CREATE', 'CREATE OR REPLACE'));
    await bakery.pass(60);
    expect(await bakery.show('state')).toEqual({ BREAD: 'suspended' });
    expect(await bakery.history()).toEqual([]);
  });

  it('keeps quoted names and folds others', async () => {
    await bakery.sql('CREATE TASK "rye bread" AS SELECT 1');
    await bakery.sql('CREATE TASK pie AFTER "rye bread" AS SELECT 1');
    expect(await bakery.show('predecessors')).toMatchObject({ PIE: '["BAKERY.PUBLIC.\\"rye bread\\""]' });
  });

  it('takes a Scripting block as its body, semicolons and all', async () => {
    await bakery.sql(`CREATE TASK bread AS BEGIN ${note('dough')}; ${note('bread')}; END;`);
    expect((await describeTask('bread')).definition).toBe(`BEGIN ${note('dough')}; ${note('bread')}; END`);
  });

  it.each([
    [
      'an unknown property',
      `CREATE TASK bread FLOUR = 'rye' AS SELECT 1`,
      "invalid property 'FLOUR' for 'TASK'",
    ],
    [
      'SEARCH_PATH',
      `CREATE TASK bread SEARCH_PATH = 'x' AS SELECT 1`,
      'The parameter SEARCH_PATH is not supported with Tasks.',
    ],
    [
      'AUTOCOMMIT off',
      `CREATE TASK bread AUTOCOMMIT = FALSE AS SELECT 1`,
      'The parameter AUTOCOMMIT = false is not supported with Tasks.',
    ],
    [
      'session parameters that would change results and are not modelled',
      `CREATE TASK bread WEEK_START = 1 AS SELECT 1`,
      "Unsupported feature 'task parameter WEEK_START'",
    ],
    [
      'formats in which a body would read text',
      `CREATE TASK bread TIMESTAMP_INPUT_FORMAT = 'DD.MM.YYYY' AS SELECT 1`,
      "Unsupported feature 'task parameter TIMESTAMP_INPUT_FORMAT'",
    ],
    [
      'a zone that is none',
      `CREATE TASK bread TIMEZONE = 'Mars/Olympus' AS SELECT 1`,
      'invalid value [Mars/Olympus]',
    ],
    [
      'a property twice',
      `CREATE TASK bread COMMENT = 'a' COMMENT = 'b' AS SELECT 1`,
      "duplicate property 'COMMENT';",
    ],
    [
      'a log level that is none',
      `CREATE TASK bread LOG_LEVEL = 'LOUD' AS SELECT 1`,
      'Invalid value for log level. Allowed values are TRACE,DEBUG,INFO,WARN,ERROR,FATAL,OFF.',
    ],
    [
      'two overlap policies',
      `CREATE TASK bread OVERLAP_POLICY = NO_OVERLAP ALLOW_OVERLAPPING_EXECUTION = TRUE AS SELECT 1`,
      'Cannot specify ALLOW_OVERLAPPING_EXECUTION and OVERLAP_POLICY to different values in the same command.',
    ],
    [
      'a number in quotes',
      `CREATE TASK bread USER_TASK_TIMEOUT_MS = '5' AS SELECT 1`,
      "invalid value ['5'] for parameter",
    ],
    [
      'a comment without quotes',
      `CREATE TASK bread COMMENT = 5 AS SELECT 1`,
      "invalid value [5] for parameter 'COMMENT'",
    ],
    [
      'a serverless size beside a warehouse',
      `CREATE TASK bread WAREHOUSE = oven_wh SERVERLESS_TASK_MIN_STATEMENT_SIZE = 'SMALL' AS SELECT 1`,
      'Cannot set SERVERLESS_TASK_MIN_STATEMENT_SIZE on a non-serverless task.',
    ],
    [
      'a schema that is not there',
      `CREATE TASK cellar.bread AS SELECT 1`,
      "Schema 'BAKERY.CELLAR' does not exist",
    ],
    [
      'a database that is not there',
      `CREATE TASK mill.public.bread AS SELECT 1`,
      "Database 'MILL' does not exist",
    ],
    [
      'OR REPLACE with IF NOT EXISTS',
      `CREATE OR REPLACE TASK IF NOT EXISTS bread AS SELECT 1`,
      'options IF NOT EXISTS and OR REPLACE are incompatible.',
    ],
    [
      'an initial size beyond the largest',
      `CREATE TASK bread USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE = 'LARGE' SERVERLESS_TASK_MAX_STATEMENT_SIZE = 'SMALL' AS SELECT 1`,
      '(LARGE) cannot be greater than SERVERLESS_TASK_MAX_STATEMENT_SIZE (SMALL)',
    ],
    [
      'an initial size below the smallest',
      `CREATE TASK bread USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE = 'SMALL' SERVERLESS_TASK_MIN_STATEMENT_SIZE = 'LARGE' AS SELECT 1`,
      '(SMALL) cannot be less than SERVERLESS_TASK_MIN_STATEMENT_SIZE (LARGE)',
    ],
    [
      'a completion interval beyond a day',
      `CREATE TASK bread TARGET_COMPLETION_INTERVAL = '25 HOURS' AS SELECT 1`,
      "invalid value [25 HOURS] for parameter 'TARGET_COMPLETION_INTERVAL'",
    ],
    ...['SYSTEM$STREAM_HAS_DATA', 'SYSTEM$PREDECESSORS_STATE', 'SYSTEM$TASK_COMPLETION_STATE'].map((name) => [
      `${name} in WHEN`,
      `CREATE TASK bread WHEN ${name}('x') AS SELECT 1`,
      `Unsupported feature '${name}'`,
    ]),
    ['graphs as objects', `CREATE TASK GRAPH rolls`, "Unsupported feature 'CREATE TASK GRAPH'"],
    [
      'a timeout beyond seven days',
      `CREATE TASK bread USER_TASK_TIMEOUT_MS = 604800001 AS SELECT 1`,
      'USER_TASK_TIMEOUT_MS',
    ],
    [
      'too many retries',
      `CREATE TASK bread TASK_AUTO_RETRY_ATTEMPTS = 31 AS SELECT 1`,
      'TASK_AUTO_RETRY_ATTEMPTS',
    ],
    [
      'a schedule that is none',
      `CREATE TASK bread SCHEDULE = 'daily' AS SELECT 1`,
      'Invalid schedule was specified',
    ],
    [
      'a config that is no JSON object',
      `CREATE TASK bread CONFIG = 'rye' AS SELECT 1`,
      'Invalid config. Must be a string representation of a valid JSON Object.',
    ],
    ['an unknown overlap policy', `CREATE TASK bread OVERLAP_POLICY = MAYBE AS SELECT 1`, 'OVERLAP_POLICY'],
    [
      'a warehouse beside a serverless size',
      `CREATE TASK bread WAREHOUSE = oven_wh USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE = 'SMALL' AS SELECT 1`,
      'Cannot set both',
    ],
    [
      'sizes the wrong way round',
      `CREATE TASK bread SERVERLESS_TASK_MIN_STATEMENT_SIZE = 'LARGE' SERVERLESS_TASK_MAX_STATEMENT_SIZE = 'SMALL' AS SELECT 1`,
      '(LARGE) cannot be greater than SERVERLESS_TASK_MAX_STATEMENT_SIZE (SMALL)',
    ],
    ['no body', `CREATE TASK bread AS`, '001003'],
    ['a body in quotes', `CREATE TASK bread AS $$ SELECT 1 $$`, '001003'],
    [
      'tags',
      `CREATE TASK bread WITH TAG (shelf = '1') AS SELECT 1`,
      "Unsupported feature 'CREATE TASK ... TAG'",
    ],
    [
      'contacts',
      `CREATE TASK bread WITH CONTACT (support = joe) AS SELECT 1`,
      "Unsupported feature 'CREATE TASK ... CONTACT'",
    ],
    ['a clone of nothing', `CREATE TASK bread CLONE rolls`, "Task 'BAKERY.PUBLIC.ROLLS' does not exist"],
    [
      'trigger intervals',
      `CREATE TASK bread USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS = 30 AS SELECT 1`,
      'Unsupported feature',
    ],
  ])('refuses %s', async (_what, statement, message) => {
    expect(await bakery.error(statement)).toContain(message);
    expect(await bakery.show('name')).toEqual({});
  });
});

describe('CREATE TASK ... CLONE', () => {
  it('makes a suspended task with the properties of the source', async () => {
    await bakery.sql(BREAD);
    await bakery.sql('ALTER TASK bread RESUME');
    const { id, name, created_on, state, ...same } = await describeTask('bread');
    await bakery.pass(5);
    await bakery.sql('CREATE TASK rolls CLONE bread');
    expect(await describeTask('rolls')).toMatchObject({
      ...same,
      last_committed_on: null,
      name: 'ROLLS',
      state: 'suspended',
    });
    expect((await describeTask('rolls')).id).not.toBe(id);
    expect([name, state, created_on === (await describeTask('rolls')).created_on]).toEqual([
      'BREAD',
      'started',
      false,
    ]);
  });

  it('puts a clone of a child behind the same predecessors', async () => {
    await bakery.sql('CREATE TASK dough AS SELECT 1');
    await bakery.sql('CREATE TASK bread AFTER dough AS SELECT 1');
    await bakery.sql('CREATE TASK rolls CLONE bread');
    expect(await bakery.show('predecessors')).toMatchObject({ ROLLS: '["BAKERY.PUBLIC.DOUGH"]' });
  });

  it('has no predecessors when another role than the owner makes it, and finalizes nothing', async () => {
    await bakery.sql('CREATE TASK dough AS SELECT 1');
    await bakery.sql('CREATE TASK bread AFTER dough AS SELECT 1');
    await bakery.sql('CREATE TASK broom FINALIZE = dough AS SELECT 1');
    await bakery.sql('CREATE TASK mop CLONE broom');
    bakery.session.role = 'APPRENTICE';
    await bakery.sql('CREATE TASK rolls CLONE bread');
    expect(await bakery.show('task_relations')).toMatchObject({
      ...{ MOP: '{"Predecessors":[]}', ROLLS: '{"Predecessors":[]}' },
    });
    expect(await bakery.show('owner')).toMatchObject({ ROLLS: 'APPRENTICE', MOP: 'BAKER' });
  });

  it('takes no further clauses', async () => {
    await bakery.sql('CREATE TASK bread AS SELECT 1');
    expect(await bakery.error('CREATE TASK rolls CLONE bread COPY GRANTS')).toMatch(
      "Unsupported feature 'CREATE TASK ... CLONE ... COPY'",
    );
  });
});

describe('CREATE OR ALTER TASK', () => {
  it('creates, then alters, and keeps id and creation', async () => {
    await bakery.sql(BREAD.replace('CREATE', 'CREATE OR ALTER'));
    const before = await describeTask('bread');
    await bakery.pass(5);
    await bakery.sql(`CREATE OR ALTER TASK bread SCHEDULE = '30 MINUTES' AS SELECT 2`);
    expect(await describeTask('bread')).toEqual({
      ...before,
      warehouse: null,
      schedule: '30 MINUTES',
      definition: 'SELECT 2',
    });
  });

  it('unsets what the statement leaves out', async () => {
    await bakery.sql(
      `CREATE TASK bread SCHEDULE = '1 MINUTE' COMMENT = 'rye' SUSPEND_TASK_AFTER_NUM_FAILURES = 3 WHEN 1 = 1 AS SELECT 1`,
    );
    await bakery.sql('CREATE OR ALTER TASK bread AS SELECT 1');
    expect(await describeTask('bread')).toMatchObject({ schedule: null, comment: '', condition: null });
    expect(await bakery.sql(`SHOW PARAMETERS LIKE 'SUSPEND%' IN TASK bread`)).toEqual([
      ['SUSPEND_TASK_AFTER_NUM_FAILURES', '10', '10', '', '', 'NUMBER'],
    ]);
  });

  it('keeps the state of a child', async () => {
    await bakery.sql('CREATE TASK dough AS SELECT 1');
    await bakery.sql('CREATE TASK bread AFTER dough AS SELECT 1');
    await bakery.sql('ALTER TASK bread RESUME');
    await bakery.sql('CREATE OR ALTER TASK bread AFTER dough AS SELECT 2');
    expect(await bakery.show('state')).toEqual({ BREAD: 'started', DOUGH: 'suspended' });
  });
});

describe('ALTER TASK', () => {
  beforeEach(() => bakery.sql(BREAD));

  it('resumes and suspends', async () => {
    expect(await bakery.sql('ALTER TASK bread RESUME')).toEqual([['Statement executed successfully.']]);
    expect(await bakery.show('state')).toEqual({ BREAD: 'started' });
    await bakery.sql('ALTER TASK bread SUSPEND');
    expect(await describeTask('bread')).toMatchObject({
      state: 'suspended',
      last_suspended_reason: 'USER_SUSPENDED',
    });
  });

  it('sets and unsets properties', async () => {
    await bakery.sql(`ALTER TASK bread SET COMMENT = 'rye', USER_TASK_TIMEOUT_MS = 1000 TIMEZONE = 'UTC'`);
    expect(await bakery.show('comment')).toEqual({ BREAD: 'rye' });
    await bakery.sql('ALTER TASK bread UNSET COMMENT, WAREHOUSE, TIMEZONE, USER_TASK_TIMEOUT_MS');
    expect(await describeTask('bread')).toMatchObject({ comment: '', warehouse: null });
    expect(await bakery.sql(`SHOW PARAMETERS LIKE 'USER_TASK_TIME%' IN TASK bread`)).toEqual([
      ['USER_TASK_TIMEOUT_MS', '3600000', '3600000', '', '', 'NUMBER'],
    ]);
  });

  it('modifies body and condition', async () => {
    await bakery.sql('ALTER TASK bread MODIFY AS SELECT 2');
    await bakery.sql('ALTER TASK bread MODIFY WHEN 1 = 1 OR 2 = 2');
    expect(await describeTask('bread')).toMatchObject({
      definition: 'SELECT 2',
      condition: '1 = 1 OR 2 = 2',
    });
    await bakery.sql('ALTER TASK bread REMOVE WHEN');
    expect(await bakery.show('condition')).toEqual({ BREAD: null });
  });

  it('wants a task that exists, unless told otherwise', async () => {
    expect(await bakery.error('ALTER TASK pie RESUME')).toMatch(
      "002003: SQL compilation error:\nTask 'BAKERY.PUBLIC.PIE' does not exist or not authorized.",
    );
    expect(await bakery.sql('ALTER TASK IF EXISTS pie RESUME')).toEqual([
      ['Statement executed successfully.'],
    ]);
  });

  it.each([
    'ALTER TASK bread SET TAG shelf = 1',
    'ALTER TASK bread UNSET TAG shelf',
    'ALTER TASK bread UNSET DCM PROJECT',
    'ALTER TASK bread SET CONTACT support = joe',
  ])('refuses %s by name', async (statement) => {
    expect(await bakery.error(statement)).toMatch('Unsupported feature');
  });

  it.each([
    'ALTER TASK bread RESUME NOW',
    'ALTER TASK bread',
    'ALTER TASK bread RENAME TO pie',
    'ALTER TASK bread SET',
  ])('takes %s for no statement', async (statement) => {
    expect(await bakery.error(statement)).toMatch('001003');
  });
});

describe('DROP TASK', () => {
  it('drops, and wants a task that exists unless told otherwise', async () => {
    await bakery.sql(BREAD);
    expect(await bakery.sql('DROP TASK bread')).toEqual([['BREAD successfully dropped.']]);
    expect(await bakery.error('DROP TASK bread')).toMatch('002003');
    expect(await bakery.sql('DROP TASK IF EXISTS bread')).toEqual([
      ['Drop statement executed successfully (BREAD already dropped).'],
    ]);
  });

  it('lets a run in progress end', async () => {
    await bakery.sql(`CREATE TASK bread SCHEDULE = '60 MINUTES' AS CALL SYSTEM$WAIT(600)`);
    await bakery.sql('ALTER TASK bread RESUME');
    await bakery.pass(65);
    await bakery.sql('DROP TASK bread');
    await bakery.pass(60);
    expect(await bakery.history()).toEqual(['01:00 BREAD SUCCEEDED']);
  });

  it('takes the grants on the task with it', async () => {
    await bakery.sql(BREAD);
    await bakery.sql('GRANT MONITOR ON TASK bread TO ROLE SYSADMIN');
    await bakery.sql('DROP TASK bread');
    await bakery.sql(BREAD);
    const { columns, rows } = await bakery.session.execute('SHOW GRANTS ON TASK bread');
    const privilege = columns.findIndex(({ name }) => name === 'privilege');
    expect(rows.map((row) => row[privilege])).not.toContain('MONITOR');
  });
});

describe('SHOW TASKS', () => {
  beforeEach(async () => {
    await bakery.sql(BREAD);
    await bakery.sql('CREATE TASK bread_rolls AFTER bread AS SELECT 1');
    await bakery.sql('CREATE SCHEMA mill');
    await bakery.sql('CREATE TASK mill.flour AS SELECT 1');
    await bakery.sql('USE SCHEMA BAKERY.PUBLIC');
  });

  const names = async (clauses: string) => (await bakery.sql(`SHOW TASKS ${clauses}`)).map((row) => row[1]);

  it.each([
    ['', ['BREAD', 'BREAD_ROLLS']],
    ["LIKE '%rolls'", ['BREAD_ROLLS']],
    ['IN SCHEMA mill', ['FLOUR']],
    ['IN BAKERY.MILL', ['FLOUR']],
    ['IN DATABASE BAKERY', ['FLOUR', 'BREAD', 'BREAD_ROLLS']],
    ['IN ACCOUNT', ['FLOUR', 'BREAD', 'BREAD_ROLLS']],
    ["STARTS WITH 'BREAD_'", ['BREAD_ROLLS']],
    ["STARTS WITH 'bread_'", []],
    ['ROOT ONLY', ['BREAD']],
    ['LIMIT 1', ['BREAD']],
    ["LIMIT 5 FROM 'BREAD'", ['BREAD_ROLLS']],
    ["LIKE 'BREAD%' IN ACCOUNT STARTS WITH 'B' ROOT ONLY LIMIT 3", ['BREAD']],
  ])('%s shows %j', async (clauses, expected) => {
    expect(await names(clauses)).toEqual(expected);
  });

  it('has the columns of Snowflake, in lower case', async () => {
    const { columns } = await bakery.session.execute('SHOW TASKS');
    expect(columns.map(({ name }) => name)).toEqual([
      ...['created_on', 'name', 'id', 'database_name', 'schema_name', 'owner', 'comment', 'warehouse'],
      ...['schedule', 'predecessors', 'state', 'definition', 'condition', 'allow_overlapping_execution'],
      ...['error_integration', 'last_committed_on', 'last_suspended_on', 'owner_role_type', 'config'],
      ...['task_relations', 'last_suspended_reason', 'success_integration', 'scheduling_mode'],
      ...['target_completion_interval', 'execute_as_user', 'overlap_policy', 'created_by_user'],
    ]);
  });

  it('can be queried by RESULT_SCAN', async () => {
    await bakery.sql('SHOW TASKS');
    expect(
      await bakery.sql(
        `SELECT "name" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID())) WHERE "state" = 'suspended' ORDER BY 1`,
      ),
    ).toEqual([['BREAD'], ['BREAD_ROLLS']]);
  });

  it('has a terse form', async () => {
    await bakery.sql(`CREATE TASK pie SCHEDULE = '60 MINUTES' AS SELECT 1`);
    const { columns, rows } = await bakery.session.execute(`SHOW TERSE TASKS LIKE 'pie'`);
    expect(columns.map(({ name }) => name)).toEqual([
      ...['created_on', 'name', 'kind', 'database_name', 'schema_name', 'schedule'],
    ]);
    expect(rows[0]!.slice(1)).toEqual(['PIE', null, 'BAKERY', 'PUBLIC', '60 MINUTES']);
  });

  it('shows the overlap policy of roots, and of the old switch what it can tell', async () => {
    await bakery.sql('CREATE TASK dough OVERLAP_POLICY = ALLOW_CHILD_OVERLAP AS SELECT 1');
    await bakery.sql('CREATE TASK batter OVERLAP_POLICY = ALLOW_ALL_OVERLAP AS SELECT 1');
    await bakery.sql('CREATE TASK strudel AFTER dough AS SELECT 1');
    expect(await bakery.show('overlap_policy')).toMatchObject({
      ...{ BATTER: 'ALLOW_ALL_OVERLAP', STRUDEL: null, DOUGH: 'ALLOW_CHILD_OVERLAP' },
    });
    expect(await bakery.show('allow_overlapping_execution')).toMatchObject({
      ...{ BATTER: 'false', STRUDEL: 'null', DOUGH: 'true' },
    });
  });

  it.each([
    ['IN DATABASE mill', "Database 'MILL' does not exist"],
    ['IN SCHEMA cellar', "Schema 'BAKERY.CELLAR' does not exist"],
    ['IN APPLICATION till', "Unsupported feature 'SHOW TASKS IN APPLICATION'"],
    ['LIMIT -1', '001003'],
  ])('refuses %s', async (scope, message) => {
    expect(await bakery.error(`SHOW TASKS ${scope}`)).toMatch(message);
  });
});

it('SHOW PARAMETERS IN TASK tells what the task sets and what it leaves at its default', async () => {
  await bakery.sql(`CREATE TASK bread QUERY_TAG = 'crust' STATEMENT_TIMEOUT_IN_SECONDS = 10 AS SELECT 1`);
  expect(await bakery.sql(`SHOW PARAMETERS LIKE '%TAG' IN TASK bread`)).toEqual([
    ['QUERY_TAG', 'crust', '', 'TASK', '', 'STRING'],
  ]);
  expect(await bakery.sql(`SHOW PARAMETERS LIKE 'STATEMENT%' IN TASK bread`)).toEqual([
    ['STATEMENT_QUEUED_TIMEOUT_IN_SECONDS', '0', '0', '', '', 'NUMBER'],
    ['STATEMENT_TIMEOUT_IN_SECONDS', '10', '172800', 'TASK', '', 'NUMBER'],
  ]);
  expect(await bakery.sql(`SHOW PARAMETERS LIKE 'LOG_LEVEL' IN TASK bread`)).toEqual([
    ['LOG_LEVEL', 'OFF', 'OFF', '', '', 'STRING'],
  ]);
});

describe('GET_DDL', () => {
  it.each([
    [
      'a serverless root',
      `CREATE TASK bread USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE = 'MEDIUM' SCHEDULE = 'USING CRON 0 6 * * MON-FRI Europe/Zurich'
       OVERLAP_POLICY = ALLOW_CHILD_OVERLAP QUERY_TAG = '1', TIMEZONE = 'Europe/Zurich', STATEMENT_TIMEOUT_IN_SECONDS = 10
       SUSPEND_TASK_AFTER_NUM_FAILURES = 3 TASK_AUTO_RETRY_ATTEMPTS = 2 ERROR_INTEGRATION = 'alarm' SUCCESS_INTEGRATION = "Bell"
       LOG_LEVEL = 'INFO' TARGET_COMPLETION_INTERVAL = '2 HOURS' SERVERLESS_TASK_MIN_STATEMENT_SIZE = 'SMALL'
       SERVERLESS_TASK_MAX_STATEMENT_SIZE = 'LARGE' EXECUTE AS USER "joe" WHEN 1 = 1 AS SELECT 1`,
    ],
    ['a child', `CREATE TASK bread AFTER dough, "sour dough" AS BEGIN SELECT 'it''s'; END`],
    ['a finalizer', `CREATE TASK bread FINALIZE = oven AS SELECT 1`],
  ])('loses nothing of %s', async (_what, statement) => {
    await bakery.sql('CREATE USER "joe"');
    await bakery.sql('CREATE TASK oven AS SELECT 1');
    for (const name of ['dough', '"sour dough"'])
      await bakery.sql(`CREATE TASK ${name} AFTER oven AS SELECT 1`);
    await bakery.sql(statement);
    const [task, parameters] = [
      await describeTask('bread'),
      await bakery.sql('SHOW PARAMETERS IN TASK bread'),
    ];
    const [[ddl]] = (await bakery.sql(`SELECT GET_DDL('TASK', 'bread')`)) as [[string]];
    await bakery.sql('DROP TASK bread');
    await bakery.sql(ddl);
    expect(await describeTask('bread')).toEqual({ ...task, id: expect.any(String) });
    expect(await bakery.sql('SHOW PARAMETERS IN TASK bread')).toEqual(parameters);
  });

  it('has the layout of an account', async () => {
    const ddl = async (name: string, more = '') =>
      ((await bakery.sql(`SELECT GET_DDL('TASK', '${name}'${more})`)) as [[string]])[0][0];
    await bakery.sql(
      `CREATE TASK oven WAREHOUSE = oven_wh SCHEDULE = '60 MINUTES' CONFIG = '{"a": "it''s"}' COMMENT = 'a "b"\\tc' ALLOW_OVERLAPPING_EXECUTION = TRUE
       USER_TASK_TIMEOUT_MS = 1000 TASK_AUTO_RETRY_ATTEMPTS = 2 SUSPEND_TASK_AFTER_NUM_FAILURES = 3 AS SELECT 1`,
    );
    expect(await ddl('oven')).toBe(
      [
        'create or replace task OVEN',
        'warehouse=OVEN_WH',
        "schedule='60 MINUTES'",
        `config='{"a": "it''s"}'`,
        'SUSPEND_TASK_AFTER_NUM_FAILURES=3',
        'USER_TASK_TIMEOUT_MS=1000',
        'TASK_AUTO_RETRY_ATTEMPTS=2',
        String.raw`COMMENT='a \"b\"\tc'`,
        'allow_overlapping_execution=true',
        'as SELECT 1;',
      ].join('\n\t'),
    );
    await bakery.sql('CREATE TASK dough AFTER oven AS SELECT 1');
    await bakery.sql('CREATE TASK bread AFTER dough, oven WHEN 1 = 1 AS SELECT 2');
    await bakery.sql('CREATE TASK sweep FINALIZE = oven AS SELECT 3');
    expect(await ddl('bread')).toBe(
      'create or replace task BREAD\n\tafter DOUGH, OVEN\n\twhen 1 = 1\n\tas SELECT 2;',
    );
    expect(await ddl('sweep')).toBe('create or replace task SWEEP\n\tfinalize=OVEN\n\tas SELECT 3;');
    const { database_name, schema_name } = (await describeTask('bread')) as Record<string, string>;
    const place = `${database_name}.${schema_name}`;
    expect(await ddl('dough', ', TRUE')).toBe(
      `create or replace task ${place}.DOUGH\n\tafter ${place}.OVEN\n\tas SELECT 1;`,
    );
  });

  it('gives a statement that makes the same task', async () => {
    await bakery.sql(
      `CREATE TASK bread WAREHOUSE = oven_wh SCHEDULE = '60 MINUTES' CONFIG = '{"flour": "it''s rye"}' USER_TASK_TIMEOUT_MS = 1000 COMMENT = 'a\\\\b' AS SELECT 'x'`,
    );
    const before = await describeTask('bread');
    const [[ddl]] = (await bakery.sql(`SELECT GET_DDL('TASK', 'bread')`)) as [[string]];
    await bakery.sql('DROP TASK bread');
    await bakery.sql(ddl);
    expect(await describeTask('bread')).toEqual({ ...before, id: expect.any(String) });
  });
});
