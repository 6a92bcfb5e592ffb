import { openLocal } from '../../../src/local';
import type { LocalSnowflake, Session } from '../../../src/local/engine/contract';
import type { SqlValue } from '../../../src/local/values';

let account: LocalSnowflake;
let session: Session;
beforeEach(async () => {
  account = await openLocal({ start: new Date('2026-11-22T05:00:00Z') });
  session = account.openSession();
  await session.execute('CREATE DATABASE BAKERY');
  await session.execute('CREATE NOTIFICATION INTEGRATION BELL TYPE = WEBHOOK ENABLED = TRUE');
});
afterEach(() => account.close());

const rows = async (sql: string): Promise<SqlValue[][]> => (await session.execute(sql)).rows;
const value = async (sql: string): Promise<SqlValue> => (await rows(sql))[0]![0]!;
const send = (message: string, integration = 'BELL') =>
  value(
    `CALL SYSTEM$SEND_SNOWFLAKE_NOTIFICATION(SNOWFLAKE.NOTIFICATION.${message}, SNOWFLAKE.NOTIFICATION.INTEGRATION('${integration}'))`,
  );

describe('the functions that build a message', () => {
  it.each([
    ["TEXT_PLAIN('warm')", '{"text/plain":"warm"}'],
    ["TEXT_HTML('<b>warm</b>')", '{"text/html":"<b>warm</b>"}'],
    [`APPLICATION_JSON('{"loaf": 1}')`, '{"application/json":"{\\"loaf\\": 1}"}'],
    ["INTEGRATION('bell')", '{"bell":{}}'],
    ["SANITIZE_WEBHOOK_CONTENT('a SNOWFLAKE_WEBHOOK_SECRET b')", 'a REDACTED b'],
    ["TEXT_PLAIN(SNOWFLAKE.NOTIFICATION.SANITIZE_WEBHOOK_CONTENT('a' || 'b'))", '{"text/plain":"ab"}'],
    ['TEXT_PLAIN(NULL)', null],
  ])('%s gives %s', async (call, expected) => {
    expect(await value(`SELECT SNOWFLAKE.NOTIFICATION.${call}`)).toBe(expected);
  });

  it('take one argument', async () => {
    await expect(value('SELECT SNOWFLAKE.NOTIFICATION.TEXT_PLAIN()')).rejects.toMatchObject({
      code: '000938',
    });
    await expect(value("SELECT SNOWFLAKE.NOTIFICATION.TEXT_PLAIN('a', 'b')")).rejects.toMatchObject({
      code: '000939',
    });
  });
});

describe('a notification', () => {
  it('is enqueued, and then in the history and in the local list', async () => {
    expect(await send("TEXT_PLAIN('warm')", 'bell')).toBe('Enqueued notifications');
    const [row] = await rows(
      "SELECT integration_name, message_source, status, attempt, created = processed FROM TABLE(BAKERY.INFORMATION_SCHEMA.NOTIFICATION_HISTORY(INTEGRATION_NAME => 'BELL'))",
    );
    expect(row).toEqual(['BELL', 'SYSTEM$SEND_SNOWFLAKE_NOTIFICATION', 'SUCCESS', 1, true]);
    const sent = JSON.parse(String(await value('SELECT SYSTEM$LOCAL_NOTIFICATIONS()')));
    expect(sent).toMatchObject([{ integration: 'BELL', contentType: 'text/plain', content: 'warm' }]);
  });

  it('by email goes to the copies too, and to addresses only', async () => {
    await session.execute(
      "CREATE NOTIFICATION INTEGRATION POST TYPE = EMAIL ENABLED = TRUE DEFAULT_RECIPIENTS = ('joe@bakery.ch')",
    );
    const to = (options: string) =>
      value(`CALL SYSTEM$SEND_SNOWFLAKE_NOTIFICATION('{"text/plain": "warm"}', '{"POST": ${options}}')`);
    await to('{"ccAddress": ["ann@bakery.ch"]}');
    await to('{"toAddress": ["ann@bakery.ch"], "bccAddress": ["eve@bakery.ch"]}');
    const sent = JSON.parse(String(await value('SELECT SYSTEM$LOCAL_NOTIFICATIONS()'))) as {
      recipients: string[];
    }[];
    expect(sent.map(({ recipients }) => recipients)).toEqual([
      ['joe@bakery.ch', 'ann@bakery.ch'],
      ['ann@bakery.ch', 'eve@bakery.ch'],
    ]);
    await expect(to('{"toAddress": [5]}')).rejects.toThrow('Invalid value [5] for the address.');
  });

  it('goes through one integration at a time', async () => {
    await expect(
      value(`CALL SYSTEM$SEND_SNOWFLAKE_NOTIFICATION('{"text/plain": "warm"}', '[{"BELL": {}}]')`),
    ).rejects.toThrow(
      "Unsupported feature 'SYSTEM$SEND_SNOWFLAKE_NOTIFICATION with an array for the integration configuration'",
    );
  });

  it('leaves the history after a day, unless more is asked for', async () => {
    await send("TEXT_PLAIN('warm')");
    await session.execute('SELECT SYSTEM$LOCAL_ADVANCE(90000)');
    const history = 'FROM TABLE(BAKERY.INFORMATION_SCHEMA.NOTIFICATION_HISTORY';
    expect(await value(`SELECT COUNT(*) ${history}())`)).toBe(0);
    const since = 'START_TIME => DATEADD(day, -3, CURRENT_TIMESTAMP())';
    expect(await value(`SELECT COUNT(*) ${history}(${since}))`)).toBe(1);
  });

  it('needs an integration that exists', async () => {
    await expect(send("TEXT_PLAIN('warm')", 'GONG')).rejects.toMatchObject({
      code: '002003',
      message: "SQL compilation error:\nIntegration 'GONG' does not exist or not authorized.",
    });
  });

  it('needs an integration that is enabled', async () => {
    await session.execute('ALTER NOTIFICATION INTEGRATION BELL SET ENABLED = FALSE');
    await expect(send("TEXT_PLAIN('warm')")).rejects.toThrow('Integration BELL is not enabled.');
  });

  it('must be what the integration takes', async () => {
    await session.execute(
      'CREATE NOTIFICATION INTEGRATION BELT TYPE = QUEUE ENABLED = TRUE DIRECTION = OUTBOUND',
    );
    await expect(send("TEXT_PLAIN('warm')", 'BELT')).rejects.toThrow('of type QUEUE takes no text/plain');
    expect(await send("APPLICATION_JSON('{}')", 'BELT')).toBe('Enqueued notifications');
    await expect(value("CALL SYSTEM$SEND_SNOWFLAKE_NOTIFICATION('warm', '{\"BELL\":{}}')")).rejects.toThrow(
      'Invalid value [warm] for the message.',
    );
  });
});

describe('an email', () => {
  beforeEach(() =>
    session.execute(
      "CREATE NOTIFICATION INTEGRATION POST TYPE = EMAIL ENABLED = TRUE ALLOWED_RECIPIENTS = ('a@bake.ry', 'b@bake.ry')",
    ),
  );

  it('is sent to recipients that are allowed', async () => {
    expect(await value("CALL SYSTEM$SEND_EMAIL('post', 'b@bake.ry, a@bake.ry', 'Loaf', 'warm')")).toBe(true);
    const sent = JSON.parse(String(await value('SELECT SYSTEM$LOCAL_NOTIFICATIONS()')));
    expect(sent).toMatchObject([
      { recipients: ['b@bake.ry', 'a@bake.ry'], subject: 'Loaf', content: 'warm' },
    ]);
  });

  it.each([
    ["'POST', 'c@bake.ry', 'Loaf', 'warm'", 'not allowed: c@bake.ry'],
    ["'BELL', 'a@bake.ry', 'Loaf', 'warm'", 'Integration BELL is not of type EMAIL.'],
    ["'POST', 'a@bake.ry', 'Loaf', 'warm', 'text/cake'", 'Invalid value [text/cake] for the mime type.'],
    ["'POST', 'a@bake.ry', 'Loaf'", 'Invalid value [null] for the SYSTEM$SEND_EMAIL.'],
  ])('with %s is refused: %s', async (args, message) => {
    await expect(value(`CALL SYSTEM$SEND_EMAIL(${args})`)).rejects.toThrow(message);
  });
});

describe('an integration', () => {
  it('keeps its properties, shown by SHOW and DESCRIBE', async () => {
    await session.execute(
      "CREATE OR REPLACE NOTIFICATION INTEGRATION BELL TYPE = WEBHOOK ENABLED = FALSE WEBHOOK_SECRET = BAKERY.OVEN.S WEBHOOK_HEADERS = ('Content-Type'='application/json') COMMENT = 'rings'",
    );
    const [shown] = await rows('SHOW NOTIFICATION INTEGRATIONS');
    expect(shown?.filter((each) => typeof each === 'string')).toEqual([
      ...['BELL', 'WEBHOOK', 'NOTIFICATION', 'false', 'rings', 'OUTBOUND'],
    ]);
    expect(await rows('DESCRIBE INTEGRATION BELL')).toEqual([
      ['ENABLED', 'Boolean', 'false', 'false'],
      ['DIRECTION', 'String', 'OUTBOUND', 'INBOUND'],
      ['WEBHOOK_SECRET', 'String', 'BAKERY.OVEN.S', ''],
      ['WEBHOOK_HEADERS', 'List', "('Content-Type'='application/json')", ''],
      ['COMMENT', 'String', 'rings', ''],
    ]);
  });

  it('is created once', async () => {
    const create = 'CREATE NOTIFICATION INTEGRATION';
    await expect(value(`${create} BELL TYPE = EMAIL ENABLED = TRUE`)).rejects.toMatchObject({
      code: '002002',
    });
    expect(await value(`${create} IF NOT EXISTS BELL TYPE = EMAIL ENABLED = TRUE`)).toBe(
      'BELL already exists, statement succeeded.',
    );
    await expect(value(`${create} GONG ENABLED = TRUE`)).rejects.toThrow('Missing option(s): [TYPE]');
    await expect(value(`${create} GONG TYPE = EMAIL`)).rejects.toThrow('Missing option(s): [ENABLED]');
    await expect(value(`${create} GONG TYPE = DRUM ENABLED = TRUE`)).rejects.toThrow("invalid value 'DRUM'");
  });

  it('is found by its name', async () => {
    expect((await rows("SHOW NOTIFICATION INTEGRATIONS LIKE 'b%'")).map(([name]) => name)).toEqual(['BELL']);
    expect(await rows("SHOW INTEGRATIONS LIKE 'G%'")).toEqual([]);
  });

  it('cannot be told to forget a property', async () => {
    await expect(value('ALTER NOTIFICATION INTEGRATION BELL UNSET COMMENT')).rejects.toThrow(
      "Unsupported feature 'ALTER NOTIFICATION INTEGRATION ... UNSET'",
    );
  });

  it('is dropped', async () => {
    expect(await value('DROP INTEGRATION BELL')).toBe('BELL successfully dropped.');
    await expect(value('DROP INTEGRATION BELL')).rejects.toMatchObject({ code: '002003' });
    expect(await value('DROP NOTIFICATION INTEGRATION IF EXISTS BELL')).toContain('already dropped');
    expect(await rows('SHOW INTEGRATIONS')).toEqual([]);
  });

  it.each([
    'ALTER NOTIFICATION INTEGRATION BELL UNSET COMMENT',
    'CREATE STORAGE INTEGRATION SHELF TYPE = EXTERNAL_STAGE ENABLED = TRUE',
    "SELECT SNOWFLAKE.NOTIFICATION.EMAIL_INTEGRATION_CONFIG('POST')",
  ])('%s is refused', async (sql) => {
    await session.execute('USE SCHEMA BAKERY.PUBLIC');
    await expect(value(sql)).rejects.toThrow(/Unsupported|syntax error|Unknown function/);
  });
});
