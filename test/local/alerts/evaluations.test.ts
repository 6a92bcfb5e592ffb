/** Evaluations of alerts. https://docs.snowflake.com/en/user-guide/alerts, .../functions/alert_history, .../sql/execute-alert */
import { openBakery, note, type Bakery } from '../tasks/bakery';

let bakery: Bakery;
beforeEach(async () => {
  bakery = await openBakery();
  await bakery.sql('CREATE TABLE gauge (degrees INT)');
});
afterEach(() => bakery.close());

interface Given {
  schedule?: string;
  condition?: string;
  action?: string;
  properties?: string;
}

async function smoke({
  schedule = '10 MINUTE',
  condition = 'SELECT degrees FROM gauge WHERE degrees > 200',
  action = note('smoke'),
  properties = '',
}: Given = {}) {
  await bakery.sql(
    `CREATE ALERT smoke SCHEDULE = '${schedule}' ${properties} IF (EXISTS (${condition})) THEN ${action}`,
  );
  await bakery.sql('ALTER ALERT smoke RESUME');
}

const clock = (at: unknown) => new Date(Number((at as bigint) / 1000n)).toISOString().slice(11, 16);

/** Rows of ALERT_HISTORY, oldest first, as `00:10 SMOKE TRIGGERED`. */
async function history(): Promise<string[]> {
  const rows = await bakery.sql(
    `SELECT scheduled_time, name, state FROM TABLE(INFORMATION_SCHEMA.ALERT_HISTORY(RESULT_LIMIT => 1000)) WHERE state <> 'SCHEDULED'`,
  );
  return rows.reverse().map(([at, name, state]) => `${clock(at)} ${name} ${state}`);
}

const heat = (degrees: number) => bakery.sql(`INSERT INTO gauge VALUES (${degrees})`);
const alertColumn = async (column: string) =>
  (await bakery.sql(`SHOW ALERTS ->> SELECT "${column}" FROM $1`))[0]?.[0];

it('act when their condition has a row, and only then', async () => {
  await smoke();
  await heat(100);
  await bakery.pass(15);
  await heat(300);
  await bakery.pass(10);
  expect(await history()).toEqual(['00:10 SMOKE CONDITION_FALSE', '00:20 SMOKE TRIGGERED']);
  expect(await bakery.log()).toEqual(['00:20 smoke']);
});

it('do nothing before they are resumed and after they are suspended', async () => {
  await heat(300);
  await smoke();
  await bakery.sql('ALTER ALERT smoke SUSPEND');
  await bakery.pass(30);
  expect(await history()).toEqual([]);
});

it('count an interval from the moment of the resume, and another one from when it is set', async () => {
  await bakery.pass(3);
  await smoke();
  await bakery.pass(22);
  await bakery.sql(`ALTER ALERT smoke SET SCHEDULE = '5 MINUTE'`);
  await bakery.pass(6);
  expect(await history()).toEqual(['00:13', '00:23', '00:30'].map((at) => `${at} SMOKE CONDITION_FALSE`));
});

it('follow a cron in its zone', async () => {
  await smoke({ schedule: 'USING CRON 30 1 * * * Europe/Zurich' });
  await bakery.pass(60);
  expect(await history()).toEqual(['00:30 SMOKE CONDITION_FALSE']);
});

it.each([
  ['SHOW', `SHOW TABLES LIKE 'GAUGE'`, 'TRIGGERED'],
  ['SHOW that finds nothing', `SHOW TABLES LIKE 'OVEN'`, 'CONDITION_FALSE'],
  ['a CALL', `CALL hot()`, 'TRIGGERED'],
  ['a common table expression', 'WITH a AS (SELECT 1) SELECT * FROM a', 'TRIGGERED'],
])('ask by %s too', async (_how, condition, state) => {
  await bakery.sql(
    `CREATE PROCEDURE hot() RETURNS TABLE (degrees INT) LANGUAGE SQL AS BEGIN LET r RESULTSET := (SELECT 1 AS degrees); RETURN TABLE(r); END`,
  );
  await smoke({ condition });
  await bakery.pass(10);
  expect(await history()).toEqual([`00:10 SMOKE ${state}`]);
});

describe('errors', () => {
  it('of the condition are told, and nothing is done', async () => {
    await smoke({ condition: 'SELECT * FROM no_such_table' });
    await bakery.pass(10);
    expect(await history()).toEqual(['00:10 SMOKE CONDITION_FAILED']);
    expect(
      await bakery.sql(
        `SELECT sql_error_code, sql_error_message, condition_query_id IS NOT NULL, action_query_id FROM TABLE(INFORMATION_SCHEMA.ALERT_HISTORY())
         WHERE state <> 'SCHEDULED'`,
      ),
    ).toEqual([
      [expect.anything(), expect.stringMatching("Object 'NO_SUCH_TABLE' does not exist"), true, null],
    ]);
  });

  it('of the action are told', async () => {
    await heat(300);
    await smoke({ action: 'INSERT INTO no_such_table VALUES (1)' });
    await bakery.pass(10);
    expect(await history()).toEqual(['00:10 SMOKE ACTION_FAILED']);
  });

  it('in a row suspend the alert, as often as it says', async () => {
    await smoke({ condition: 'SELECT 1/0', properties: 'SUSPEND_ALERT_AFTER_NUM_FAILURES = 2' });
    await bakery.pass(60);
    expect(await history()).toHaveLength(2);
    expect(await alertColumn('state')).toBe('suspended');
    expect(await alertColumn('was_auto_suspended')).toBe('true');
    const marked = `SELECT was_auto_suspended FROM TABLE(INFORMATION_SCHEMA.ALERT_HISTORY())`;
    expect(await bakery.sql(marked)).toEqual([[true], [false]]);
    await bakery.sql('ALTER ALERT smoke RESUME');
    expect(await alertColumn('was_auto_suspended')).toBe('false');
  });

  it('never suspend one that does not say so', async () => {
    await smoke({ condition: 'SELECT 1/0' });
    await bakery.pass(300);
    expect(await alertColumn('state')).toBe('started');
  });
});

describe('what an evaluation knows', () => {
  it('is when it was scheduled and when the last success was, the epoch before the first', async () => {
    await heat(300);
    const times = ['LAST_SUCCESSFUL_SCHEDULED_TIME', 'SCHEDULED_TIME'].map(
      (name) => `TO_VARCHAR(CONVERT_TIMEZONE('UTC', SNOWFLAKE.ALERT.${name}()), 'YYYY-MM-DD HH24:MI')`,
    );
    await smoke({ action: `INSERT INTO log SELECT ${times.join(` || ' ' || `)}, SYSTEM$LOCAL_NOW()` });
    await bakery.pass(20);
    expect((await bakery.sql('SELECT what FROM log ORDER BY at')).flat()).toEqual([
      '1970-01-01 00:00 2026-03-01 00:10',
      '2026-03-01 00:10 2026-03-01 00:20',
    ]);
  });

  it('passes over evaluations that failed', async () => {
    await heat(300);
    await smoke({ condition: 'SELECT 1 / (200 - MAX(degrees)) FROM gauge' });
    await bakery.pass(10);
    await heat(200);
    await bakery.sql(`DELETE FROM gauge WHERE degrees > 200`);
    await bakery.pass(10);
    await heat(300);
    const last = `TO_VARCHAR(CONVERT_TIMEZONE('UTC', SNOWFLAKE.ALERT.LAST_SUCCESSFUL_SCHEDULED_TIME()), 'HH24:MI')`;
    await bakery.sql(`ALTER ALERT smoke MODIFY ACTION INSERT INTO log SELECT ${last}, SYSTEM$LOCAL_NOW()`);
    await bakery.pass(10);
    expect((await history()).map((line) => line.split(' ')[2])).toEqual([
      'TRIGGERED',
      'CONDITION_FAILED',
      'TRIGGERED',
    ]);
    expect(await bakery.log()).toEqual(['00:10 smoke', '00:30 00:10']);
  });

  it('is what the condition found', async () => {
    await heat(300);
    await heat(400);
    await smoke({
      action: `BEGIN
        LET found RESULTSET := (SELECT * FROM TABLE(RESULT_SCAN(SNOWFLAKE.ALERT.GET_CONDITION_QUERY_UUID())) ORDER BY 1);
        FOR row_ IN found DO
          LET degrees VARCHAR := row_.degrees;
          INSERT INTO log SELECT :degrees, SYSTEM$LOCAL_NOW();
        END FOR;
      END`,
    });
    await bakery.pass(10);
    expect(await bakery.log()).toEqual(['00:10 300', '00:10 400']);
  });

  it('is its configuration, in the condition and in the action', async () => {
    await heat(150);
    await smoke({
      properties: `CONFIG = $\${"limits": {"degrees": 100}, "to": "joe"}$$`,
      condition: `SELECT 1 FROM gauge WHERE degrees > TO_NUMBER(SYSTEM$GET_ALERT_CONFIG('limits.degrees'))`,
      action: `INSERT INTO log SELECT SYSTEM$GET_ALERT_CONFIG('to') || COALESCE(SYSTEM$GET_ALERT_CONFIG('none'), '-'), SYSTEM$LOCAL_NOW()`,
    });
    await bakery.pass(10);
    expect(await bakery.log()).toEqual(['00:10 joe-']);
  });

  it.each([
    'SNOWFLAKE.ALERT.SCHEDULED_TIME()',
    'SNOWFLAKE.ALERT.LAST_SUCCESSFUL_SCHEDULED_TIME()',
    'SNOWFLAKE.ALERT.GET_CONDITION_QUERY_UUID()',
    `SYSTEM$GET_ALERT_CONFIG('x')`,
  ])('cannot be asked outside an alert: %s', async (call) => {
    expect(await bakery.error(`SELECT ${call}`)).toMatch('must be called from within an alert.');
  });

  it('is known to the procedures that it calls', async () => {
    await heat(300);
    await bakery.sql(
      `CREATE PROCEDURE ring() RETURNS VARCHAR LANGUAGE SQL EXECUTE AS CALLER AS BEGIN
         INSERT INTO log SELECT TO_VARCHAR(CONVERT_TIMEZONE('UTC', SNOWFLAKE.ALERT.SCHEDULED_TIME()), 'HH24:MI'), SYSTEM$LOCAL_NOW();
         RETURN 'rung'; END`,
    );
    await smoke({ action: 'CALL ring()' });
    await bakery.pass(10);
    expect(await bakery.log()).toEqual(['00:10 00:10']);
  });
});

describe('EXECUTE ALERT', () => {
  it('evaluates a suspended alert once, which stays suspended', async () => {
    await heat(300);
    await smoke();
    await bakery.sql('ALTER ALERT smoke SUSPEND');
    expect(await bakery.sql('EXECUTE ALERT bakery.public.smoke')).toEqual([
      ['Alert SMOKE is scheduled to run immediately.'],
    ]);
    expect(await bakery.log()).toEqual(['00:00 smoke']);
    expect(await alertColumn('state')).toBe('suspended');
    expect(
      await bakery.sql(`SELECT scheduled_from, state FROM TABLE(INFORMATION_SCHEMA.ALERT_HISTORY())`),
    ).toEqual([['EXECUTE ALERT', 'TRIGGERED']]);
  });

  it('while it runs, evaluates it once more right after, however often it is asked', async () => {
    await heat(300);
    await smoke({ action: `BEGIN CALL SYSTEM$WAIT(5, 'MINUTES'); ${note('smoke')}; END` });
    await bakery.pass(12);
    await bakery.sql('EXECUTE ALERT smoke');
    await bakery.sql('EXECUTE ALERT smoke');
    await bakery.pass(30);
    expect((await bakery.log()).slice(0, 3)).toEqual(['00:15 smoke', '00:20 smoke', '00:25 smoke']);
    expect((await history()).slice(0, 3)).toEqual([
      ...['00:10 SMOKE TRIGGERED', '00:15 SMOKE TRIGGERED', '00:20 SMOKE TRIGGERED'],
    ]);
  });

  it('may stand at the end of a task', async () => {
    await heat(300);
    await smoke({ schedule: '8 HOURS' });
    await bakery.sql(
      `CREATE TASK dough SCHEDULE = '30 MINUTES' AS BEGIN ${note('dough')}; EXECUTE ALERT smoke; END`,
    );
    await bakery.sql('ALTER TASK dough RESUME');
    await bakery.pass(31);
    expect(await bakery.log()).toEqual(['00:30 dough', '00:30 smoke']);
  });
});

it('pass over a time that comes while they are still evaluated', async () => {
  await heat(300);
  await smoke({ action: `CALL SYSTEM$WAIT(15, 'MINUTES')` });
  await bakery.pass(50);
  expect(await history()).toEqual([
    '00:10 SMOKE TRIGGERED',
    '00:30 SMOKE TRIGGERED',
    '00:50 SMOKE EXECUTING',
  ]);
});

it('are cancelled by SUSPEND while they run', async () => {
  await heat(300);
  await smoke({ action: `BEGIN CALL SYSTEM$WAIT(15, 'MINUTES'); ${note('smoke')}; END` });
  await bakery.pass(12);
  await bakery.sql('ALTER ALERT smoke SUSPEND');
  await bakery.pass(30);
  expect(await history()).toEqual(['00:10 SMOKE CANCELLED']);
  expect(await bakery.log()).toEqual([]);
});

it('end their run when they are dropped meanwhile, and run no more', async () => {
  await heat(300);
  await smoke({ action: `BEGIN CALL SYSTEM$WAIT(15, 'MINUTES'); ${note('smoke')}; END` });
  await bakery.pass(12);
  await bakery.sql('DROP ALERT smoke');
  await bakery.pass(60);
  expect(await bakery.log()).toEqual(['00:25 smoke']);
});

it('send notifications, which the account remembers', async () => {
  await heat(300);
  await bakery.sql(
    `CREATE NOTIFICATION INTEGRATION bell TYPE = WEBHOOK ENABLED = TRUE WEBHOOK_URL = 'https://hooks.slack.com/services/x'`,
  );
  await smoke({
    action: `CALL SYSTEM$SEND_SNOWFLAKE_NOTIFICATION(SNOWFLAKE.NOTIFICATION.TEXT_PLAIN('too hot'), SNOWFLAKE.NOTIFICATION.INTEGRATION('bell'))`,
  });
  await bakery.pass(10);
  expect(await history()).toEqual(['00:10 SMOKE TRIGGERED']);
  expect(JSON.stringify(await bakery.sql('SELECT SYSTEM$LOCAL_NOTIFICATIONS()'))).toContain('too hot');
});

describe('ALERT_HISTORY', () => {
  it("has an account's columns, and what comes next within eight days", async () => {
    await smoke();
    const { columns, rows } = await bakery.session.execute(
      'SELECT * FROM TABLE(INFORMATION_SCHEMA.ALERT_HISTORY())',
    );
    expect(columns.map(({ name }) => name)).toEqual([
      ...[
        'NAME',
        'DATABASE_NAME',
        'SCHEMA_NAME',
        'CONDITION',
        'CONDITION_QUERY_ID',
        'ACTION',
        'ACTION_QUERY_ID',
      ],
      ...[
        'STATE',
        'SQL_ERROR_CODE',
        'SQL_ERROR_MESSAGE',
        'SCHEDULED_TIME',
        'COMPLETED_TIME',
        'SCHEDULED_FROM',
      ],
      ...['RUNBOOK', 'WAS_AUTO_SUSPENDED', 'CONFIG'],
    ]);
    expect(rows.map((row) => [row[0], row[7], clock(row[10])])).toEqual([['SMOKE', 'SCHEDULED', '00:10']]);
  });

  it('is filtered by its arguments, latest first', async () => {
    await smoke();
    await bakery.sql('CREATE ALERT fire CLONE smoke');
    await bakery.sql('ALTER ALERT fire RESUME');
    await bakery.pass(30);
    const states = async (args: string) =>
      (
        await bakery.sql(`SELECT name, scheduled_time FROM TABLE(INFORMATION_SCHEMA.ALERT_HISTORY(${args}))`)
      ).map(([name, at]) => `${clock(at)} ${name}`);
    expect(await states(`ALERT_NAME => 'fire', RESULT_LIMIT => 2`)).toEqual(['00:40 FIRE', '00:30 FIRE']);
    expect(
      await states(
        `SCHEDULED_TIME_RANGE_START => '2026-03-01 00:15:00 +00:00'::TIMESTAMP_LTZ, SCHEDULED_TIME_RANGE_END => CURRENT_TIMESTAMP(), ALERT_NAME => 'SMOKE'`,
      ),
    ).toEqual(['00:30 SMOKE', '00:20 SMOKE']);
    expect(await states('RESULT_LIMIT => 0')).toEqual([]);
  });

  it.each([
    ['RESULT_LIMIT => 10001', 'Value for parameter RESULT_LIMIT exceeds maximum allowable value (10,000).'],
    [`SCHEDULED_TIME_RANGE_START => '2026-01-01 00:00:00 +00:00'::TIMESTAMP_LTZ`, 'more than 7 days ago'],
    [`TASK_NAME => 'x'`, "Invalid argument 'TASK_NAME' for function 'ALERT_HISTORY'."],
  ])('refuses %s', async (args, message) => {
    expect(await bakery.error(`SELECT * FROM TABLE(INFORMATION_SCHEMA.ALERT_HISTORY(${args}))`)).toContain(
      message,
    );
  });
});

it('are planned anew when the clock is set', async () => {
  await smoke({ schedule: 'USING CRON 0 6 * * * UTC' });
  await bakery.sql(`SELECT SYSTEM$LOCAL_SET_CLOCK('2026-03-05 05:59')`);
  await bakery.pass(2);
  expect(await history()).toEqual(['06:00 SMOKE CONDITION_FALSE']);
});
