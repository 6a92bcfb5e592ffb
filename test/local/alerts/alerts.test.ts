/**
 * Statements about alerts. Wordings and columns are those that others recorded on accounts (the tests of mlorek/frostlake
 * that run against one). https://docs.snowflake.com/en/sql-reference/sql/create-alert, alter-alert, show-alerts, ...
 */
import { openBakery, type Bakery } from '../tasks/bakery';

let bakery: Bakery;
beforeEach(async () => (bakery = await openBakery()));
afterEach(() => bakery.close());

const BODY = 'IF (EXISTS (SELECT 1)) THEN SELECT 1';
const SMOKE = `CREATE ALERT smoke WAREHOUSE = oven_wh SCHEDULE = '5 MINUTE' ${BODY}`;

async function shown(name: string): Promise<Record<string, unknown>> {
  const { columns, rows } = await bakery.session.execute(`SHOW ALERTS LIKE '${name}'`);
  return Object.fromEntries(columns.map((column, index) => [column.name, rows[0]?.[index]]));
}

const refusal = async (statement: string) => (await bakery.error(statement)).replace(/^\d+: /, '');

describe('CREATE ALERT', () => {
  it('makes a suspended alert and shows all that it says', async () => {
    expect(
      await bakery.sql(
        `CREATE ALERT smoke WAREHOUSE = oven_wh SCHEDULE = '5 MINUTE' COMMENT = 'watch' CONFIG = '{"k":1}' RUNBOOK = 'rb'
         SUSPEND_ALERT_AFTER_NUM_FAILURES = 3 IF (EXISTS (SELECT 1)) THEN SELECT 2`,
      ),
    ).toEqual([['Alert SMOKE successfully created.']]);
    const { columns } = await bakery.session.execute('SHOW ALERTS');
    expect(columns.map(({ name }) => name)).toEqual([
      ...['created_on', 'name', 'database_name', 'schema_name', 'owner', 'comment', 'warehouse', 'schedule'],
      ...['state', 'condition', 'action', 'owner_role_type', 'runbook', 'config', 'was_auto_suspended'],
    ]);
    expect(await shown('smoke')).toMatchObject({
      ...{ name: 'SMOKE', database_name: 'BAKERY', schema_name: 'PUBLIC', owner: 'BAKER', comment: 'watch' },
      ...{ warehouse: 'OVEN_WH', schedule: '5 MINUTE', state: 'suspended', condition: 'SELECT 1' },
      ...{ action: 'SELECT 2', runbook: 'rb', config: '{"k":1}', was_auto_suspended: null },
    });
    const described = await bakery.session.execute('DESC ALERT smoke');
    expect(described.columns).toEqual(columns);
    expect(described.rows).toHaveLength(1);
  });

  it('keeps condition and action as they are written, parentheses and blocks and all', async () => {
    const condition = `SELECT * FROM (SELECT ')' AS a, (1 + (2)) AS b) WHERE a <> '('`;
    const action = `BEGIN INSERT INTO log SELECT 'a', 'b'; SELECT 1; END`;
    await bakery.sql(
      `CREATE ALERT smoke SCHEDULE = '5 MINUTE' IF( EXISTS(\n  ${condition}\n ))\n THEN ${action};`,
    );
    expect(await shown('smoke')).toMatchObject({ condition, action });
  });

  it('asks for the warehouse before it looks for the alert, and for the schedule only of one that it makes', async () => {
    await bakery.sql(SMOKE);
    const create = (words: string, clauses: string) => `CREATE ${words} smoke ${clauses} ${BODY}`;
    const missing = 'Nonexistent warehouse NOSUCH_WH was specified.';
    expect(await refusal(create('ALERT', 'WAREHOUSE = nosuch_wh'))).toBe(missing);
    expect(await refusal(create('ALERT IF NOT EXISTS', 'WAREHOUSE = nosuch_wh'))).toBe(missing);
    expect(await refusal(create('OR ALTER ALERT', `WAREHOUSE = nosuch_wh SCHEDULE = '30 MINUTE'`))).toBe(
      missing,
    );
    expect(await refusal('ALTER ALERT smoke SET WAREHOUSE = nosuch_wh')).toBe(missing);
    expect(await refusal(create('ALERT IF NOT EXISTS', `COMMENT = 'a' COMMENT = 'b'`))).toBe(
      "SQL compilation error:\nduplicate property 'COMMENT';",
    );
    expect(await bakery.sql(create('ALERT IF NOT EXISTS', `SCHEDULE = '9 SECONDS'`))).toEqual([
      ['SMOKE already exists, statement succeeded.'],
    ]);
    expect(await refusal(create('ALERT', `SCHEDULE = '9 SECONDS'`))).toMatch(
      "Object 'SMOKE' already exists.",
    );
    expect(await shown('smoke')).toMatchObject({ warehouse: 'OVEN_WH', schedule: '5 MINUTE' });
  });

  it.each([
    [`SCHEDULE = 'every day'`, 'Invalid schedule was specified.'],
    [`SCHEDULE = ' 10 SECONDS '`, 'Invalid schedule was specified.'],
    [`SCHEDULE = '100000 HOURS'`, 'Cannot set schedule greater than 11,520 minutes.'],
    [`SCHEDULE = '9 SECONDS'`, 'Cannot set schedule less than 10 seconds.'],
    [`SCHEDULE = '1 MINUTE' SCHEDULE = '2 MINUTE'`, "duplicate property 'SCHEDULE';"],
    [`CONFIG = 'x'`, 'Invalid config. Must be a string representation of a valid JSON Object.'],
    [`RUNBOOK = '${'x'.repeat(2049)}'`, 'cannot be longer than 2048 characters'],
    [
      'SUSPEND_ALERT_AFTER_NUM_FAILURES = -1',
      "invalid value [-1] for parameter 'SUSPEND_ALERT_AFTER_NUM_FAILURES'",
    ],
    ['COMMENT = 5', "invalid value [5] for parameter 'COMMENT'"],
    ['SMELL = 1', "invalid property 'SMELL' for 'ALERT'"],
    [`WITH TAG (sev = 'high')`, "Unsupported feature 'ALERT ... TAG'"],
  ])('refuses %s', async (clauses, message) => {
    expect(await refusal(`CREATE ALERT smoke ${clauses} ${BODY}`)).toContain(message);
    expect(await bakery.sql('SHOW ALERTS')).toEqual([]);
  });

  it.each([
    [
      'a condition that changes something',
      'IF (EXISTS (DELETE FROM log)) THEN SELECT 1',
      'Unsupported statement type',
    ],
    ['no condition', 'IF (EXISTS ()) THEN SELECT 1', 'Unsupported statement type'],
    ['a condition without EXISTS', 'IF (SELECT 1) THEN SELECT 1', 'syntax error'],
    ['no action', 'IF (EXISTS (SELECT 1)) THEN', 'syntax error'],
    ['an action in quotes', `IF (EXISTS (SELECT 1)) THEN 'SELECT 1'`, 'syntax error'],
    ['templates', 'FROM TEMPLATE TASKS_ERROR_RATE', "Unsupported feature 'CREATE ALERT ... FROM TEMPLATE'"],
  ])('refuses %s', async (_what, body, message) => {
    expect(await refusal(`CREATE ALERT smoke ${body}`)).toContain(message);
  });

  it.each(['90 SECONDS', '2 HOURS', '1 H', '2 m', 'USING CRON 0 9 * * * UTC'])(
    'takes the schedule %s',
    async (text) => {
      await bakery.sql(`CREATE ALERT smoke SCHEDULE = '${text}' ${BODY}`);
      expect(await shown('smoke')).toMatchObject({ schedule: text });
    },
  );

  it('with OR REPLACE makes another one, suspended; OR ALTER keeps its state and unsets what it leaves out', async () => {
    await bakery.sql(SMOKE);
    await bakery.sql('ALTER ALERT smoke RESUME');
    const altered = `CREATE OR ALTER ALERT smoke SCHEDULE = '30 MINUTE' COMMENT = 'c' IF (EXISTS (SELECT 4)) THEN SELECT 5`;
    expect(await bakery.sql(altered)).toEqual([['Statement executed successfully.']]);
    expect(await shown('smoke')).toMatchObject({
      ...{ condition: 'SELECT 4', action: 'SELECT 5', comment: 'c', warehouse: null, schedule: '30 MINUTE' },
      state: 'started',
    });
    await bakery.sql(SMOKE.replace('CREATE', 'CREATE OR REPLACE'));
    expect(await shown('smoke')).toMatchObject({ state: 'suspended', condition: 'SELECT 1', comment: '' });
    expect(await refusal(`CREATE OR REPLACE ALERT IF NOT EXISTS smoke ${BODY}`)).toMatch('incompatible');
    expect(await bakery.sql(`CREATE OR ALTER ALERT fire ${BODY}`)).toEqual([
      ['Alert FIRE successfully created.'],
    ]);
  });

  it('clones an alert, suspended, but for the properties that are given', async () => {
    await bakery.sql(
      `CREATE ALERT smoke SCHEDULE = '30 MINUTE' COMMENT = 'src' IF (EXISTS (SELECT 1)) THEN SELECT 9`,
    );
    await bakery.sql('ALTER ALERT smoke RESUME');
    expect(await bakery.sql(`CREATE ALERT fire CLONE smoke SCHEDULE = '1 MINUTE'`)).toEqual([
      ['Alert FIRE successfully created.'],
    ]);
    expect(await shown('fire')).toMatchObject({
      ...{ state: 'suspended', action: 'SELECT 9', comment: 'src', schedule: '1 MINUTE' },
    });
  });
});

describe('ALTER ALERT', () => {
  beforeEach(() => bakery.sql(SMOKE));

  it('sets, unsets and modifies', async () => {
    await bakery.sql(
      `ALTER ALERT smoke SET SCHEDULE = 'USING CRON 0 9 * * * UTC' RUNBOOK = 'rb', CONFIG = '{}'`,
    );
    expect(await shown('smoke')).toMatchObject({
      schedule: 'USING CRON 0 9 * * * UTC',
      runbook: 'rb',
      config: '{}',
    });
    await bakery.sql('ALTER ALERT smoke UNSET COMMENT, WAREHOUSE, CONFIG, RUNBOOK');
    expect(await shown('smoke')).toMatchObject({ comment: '', warehouse: null, runbook: null, config: null });
    await bakery.sql('ALTER ALERT smoke MODIFY CONDITION EXISTS (SELECT 1 WHERE 1 = 0)');
    await bakery.sql('ALTER ALERT smoke MODIFY ACTION BEGIN SELECT 1; SELECT 2; END');
    expect(await shown('smoke')).toMatchObject({
      ...{ condition: 'SELECT 1 WHERE 1 = 0', action: 'BEGIN SELECT 1; SELECT 2; END' },
    });
  });

  it.each([
    [`SET SCHEDULE = '1 MINUTE' SCHEDULE = '2 MINUTE'`, "duplicate property 'SCHEDULE';"],
    ['SET SCHEDULE = NULL', 'from an alert on a schedule to an alert on new data'],
    ['UNSET SCHEDULE', "invalid property 'SCHEDULE' for 'ALERT'"],
    ['SET', 'unexpected'],
    ['RENAME TO fire', 'syntax error'],
    ['RESUME NOW', 'syntax error'],
    [`SET TAG sev = 'low'`, "Unsupported feature 'ALERT ... TAG'"],
    ['FROM TEMPLATE x SET COMMENT = 1', "Unsupported feature 'ALTER ALERT ... FROM TEMPLATE'"],
  ])('refuses %s', async (clause, message) => {
    const before = await shown('smoke');
    expect(await refusal(`ALTER ALERT smoke ${clause}`)).toContain(message);
    expect(await shown('smoke')).toEqual(before);
  });

  it('wants an alert that exists, unless told otherwise', async () => {
    const missing = "Alert 'BAKERY.PUBLIC.FIRE' does not exist or not authorized.";
    for (const statement of [
      'DROP ALERT fire',
      'ALTER ALERT fire RESUME',
      'DESCRIBE ALERT fire',
      'EXECUTE ALERT fire',
    ])
      expect(await refusal(statement)).toContain(missing);
    expect(await bakery.sql('ALTER ALERT IF EXISTS fire RESUME')).toEqual([
      ['Statement executed successfully.'],
    ]);
    expect(await bakery.sql('DROP ALERT IF EXISTS fire')).toEqual([
      ['Drop statement executed successfully (FIRE already dropped).'],
    ]);
    expect(await bakery.sql('DROP ALERT smoke')).toEqual([['SMOKE successfully dropped.']]);
  });
});

describe('an alert on new data', () => {
  beforeEach(() => bakery.sql(`CREATE ALERT smoke SCHEDULE = NULL ${BODY}`));

  it('is kept and shown', async () => {
    expect(await shown('smoke')).toMatchObject({ schedule: null, state: 'suspended' });
  });

  it.each([
    ['ALTER ALERT smoke RESUME', "Unsupported feature 'ALTER ALERT ... RESUME of an alert on new data'"],
    ['EXECUTE ALERT smoke', "Unsupported feature 'EXECUTE ALERT of an alert on new data'"],
    [`ALTER ALERT smoke SET SCHEDULE = '1 MINUTE'`, 'from an alert on new data to an alert on a schedule'],
  ])('is refused: %s', async (statement, message) => {
    expect(await refusal(statement)).toContain(message);
  });
});

describe('SHOW ALERTS', () => {
  beforeEach(async () => {
    await bakery.sql('CREATE SCHEMA mill');
    await bakery.sql(`CREATE ALERT dust ${BODY}`);
    await bakery.sql('USE SCHEMA PUBLIC');
    for (const name of ['smoke', 'steam']) await bakery.sql(`CREATE ALERT ${name} ${BODY}`);
  });

  it.each([
    ['', ['SMOKE', 'STEAM']],
    [`LIKE 'sm%'`, ['SMOKE']],
    ['IN ACCOUNT', ['DUST', 'SMOKE', 'STEAM']],
    ['IN DATABASE bakery', ['DUST', 'SMOKE', 'STEAM']],
    ['IN SCHEMA mill', ['DUST']],
    [`IN ACCOUNT STARTS WITH 'S'`, ['SMOKE', 'STEAM']],
    [`IN ACCOUNT LIMIT 1 FROM 'SMOKE'`, ['STEAM']],
  ])('%s lists %j', async (filter, names) => {
    expect((await bakery.sql(`SHOW ALERTS ${filter}`)).map((row) => row[1])).toEqual(names);
  });

  it('has a terse form', async () => {
    const { columns } = await bakery.session.execute('SHOW TERSE ALERTS');
    expect(columns.map(({ name }) => name)).toEqual([
      ...['created_on', 'name', 'kind', 'database_name', 'schema_name', 'schedule', 'state'],
    ]);
  });

  it('refuses scopes that are not there or not modelled', async () => {
    expect(await refusal('SHOW ALERTS IN SCHEMA cellar')).toMatch("Schema 'BAKERY.CELLAR' does not exist");
    expect(await refusal('SHOW ALERTS IN APPLICATION till')).toMatch(
      "Unsupported feature 'SHOW ALERTS IN APPLICATION'",
    );
  });
});

it('grants on alerts are given, shown, and go with them', async () => {
  await bakery.sql('CREATE ROLE watch');
  await bakery.sql(SMOKE);
  await bakery.sql('GRANT MONITOR, OPERATE ON ALERT smoke TO ROLE watch');
  const grants = async () =>
    (await bakery.sql('SHOW GRANTS TO ROLE watch')).map((row) => [row[1], row[2], row[3]]);
  expect(await grants()).toEqual([
    ['MONITOR', 'ALERT', 'BAKERY.PUBLIC.SMOKE'],
    ['OPERATE', 'ALERT', 'BAKERY.PUBLIC.SMOKE'],
  ]);
  expect(await refusal('GRANT SELECT ON ALERT smoke TO ROLE watch')).toMatch(
    "privilege 'SELECT' is not one of ALERT",
  );
  await bakery.sql('GRANT EXECUTE ALERT, EXECUTE MANAGED ALERT ON ACCOUNT TO ROLE watch');
  await bakery.sql('DROP ALERT smoke');
  expect((await grants()).map(([privilege]) => privilege)).toEqual([
    'EXECUTE ALERT',
    'EXECUTE MANAGED ALERT',
  ]);
});

it('GRANT OWNERSHIP gives the alert to another role, with whose rights it then runs', async () => {
  await bakery.sql('CREATE ROLE watch');
  await bakery.sql(`CREATE ALERT smoke SCHEDULE = '1 MINUTE' IF (EXISTS (SELECT 1))
    THEN INSERT INTO log SELECT CURRENT_ROLE(), SYSTEM$LOCAL_NOW()`);
  await bakery.sql('GRANT OWNERSHIP ON ALERT smoke TO ROLE watch');
  expect(await shown('smoke')).toMatchObject({ owner: 'WATCH' });
  await bakery.sql('EXECUTE ALERT smoke');
  expect(await bakery.sql('SELECT what FROM log')).toEqual([['WATCH']]);
});

it("GET_DDL gives an account's layout, without the comment", async () => {
  await bakery.sql(`CREATE ALERT smoke WAREHOUSE = oven_wh SCHEDULE = '1 MINUTE' COMMENT = 'c'
    IF (EXISTS (SELECT what FROM log WHERE at > 'x')) THEN BEGIN SELECT 1; SELECT 2; END`);
  expect(await bakery.sql(`SELECT GET_DDL('ALERT', 'smoke')`)).toEqual([
    [
      `create or replace alert SMOKE
\twarehouse=OVEN_WH
\tschedule='1 MINUTE'
\tif (exists(
\t\tSELECT what FROM log WHERE at > 'x'
\t))
\tthen
\tBEGIN SELECT 1; SELECT 2; END;`,
    ],
  ]);
});

it('a block makes alerts whose actions are blocks', async () => {
  await bakery.sql(`BEGIN
    CREATE ALERT smoke SCHEDULE = '1 MINUTE' IF (EXISTS (SELECT 1)) THEN BEGIN SELECT 1; SELECT 2; END;
    ALTER ALERT smoke MODIFY ACTION BEGIN SELECT 3; SELECT 4; END;
    RETURN 'done';
  END`);
  expect(await shown('smoke')).toMatchObject({ action: 'BEGIN SELECT 3; SELECT 4; END' });
});
