import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Feature } from '../../../src/local/engine/contract';
import { openLocalSnowflake } from '../../../src/local/engine/open';
import { integer, INTEGER, text, VARCHAR } from '../../../src/local/values';
import { openBakery, type Local, START } from '../sql/local';

const folder = mkdtempSync(join(tmpdir(), 'local-snowflake-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Another process that has opened the file. Tries for a while: the system may still hold the lock of the one before. */
async function opened(file: string): Promise<ChildProcess> {
  const script = `const open = () => require('@duckdb/node-api').DuckDBInstance.create(${JSON.stringify(file)})
    .then(() => { console.log('open'); setTimeout(() => {}, 20000); }, () => setTimeout(open, 100)); open()`;
  const other = spawn(process.execPath, ['-e', script], { cwd: __dirname });
  let complaint = '';
  other.stderr.on('data', (text) => (complaint += String(text)));
  await new Promise<void>((resolve, reject) => {
    other.stdout.once('data', () => resolve());
    other.once('exit', (code) => reject(new Error(`the other process ended with ${code}: ${complaint}`)));
  });
  return other;
}

describe('an account in a file', () => {
  it('has everything in it when it is opened again', async () => {
    const file = join(folder, 'bakery.duckdb');
    const first = await openBakery({ file });
    for (const sql of [
      'CREATE TABLE LOAVES (ID NUMBER AUTOINCREMENT, KIND VARCHAR(9), OVEN TIMESTAMP_TZ)',
      "INSERT INTO LOAVES (KIND, OVEN) VALUES ('rye', '2024-01-01 06:00:00 +0100')",
      'CREATE VIEW FRESH AS SELECT KIND FROM LOAVES',
      'CREATE ROLE BAKER',
      'GRANT SELECT ON VIEW FRESH TO ROLE BAKER',
      'CREATE SEQUENCE S',
      'CREATE WAREHOUSE OVEN',
      'CREATE TABLE GONE (A NUMBER)',
      'DROP TABLE GONE',
    ])
      await first.session.execute(sql);
    await first.close();

    const second = await openBakery({ file });
    await second.session.execute("INSERT INTO LOAVES (KIND) VALUES ('wheat')");
    expect(await second.rows('SELECT * FROM LOAVES ORDER BY ID')).toEqual([
      ['1', 'rye', '2024-01-01T05:00:00Z 60'],
      ['2', 'wheat', null],
    ]);
    expect(await second.rows('SELECT COUNT(*) FROM FRESH')).toEqual([['2']]);
    expect(await second.rows(`SHOW GRANTS TO ROLE BAKER ->> SELECT "name" FROM $1`)).toEqual([
      ['BAKERY.PUBLIC.FRESH'],
    ]);
    expect(await second.rows(`SHOW TABLES ->> SELECT "name" FROM $1`)).toEqual([['LOAVES']]);
    await second.close();
  });

  it('goes on at the time where it stopped, and gives no query id twice', async () => {
    const file = join(folder, 'time.duckdb');
    const first = await openLocalSnowflake({ file, start: START });
    const { queryId } = await first.openSession().execute('SELECT 1');
    await first.close();
    const second = await openLocalSnowflake({ file });
    const again = await second.openSession().execute('SELECT CURRENT_TIMESTAMP()');
    expect(again.rows[0]![0]).toBe(BigInt(START.getTime()) * 1000n);
    expect(again.queryId).not.toBe(queryId);
    await second.close();
  });

  it('is refused to a second user, in this process and in another', async () => {
    const file = join(folder, 'busy.duckdb');
    const first = await openLocalSnowflake({ file });
    await expect(openLocalSnowflake({ file })).rejects.toMatchObject({
      code: '250001',
      message: expect.stringContaining('in use') as string,
    });
    await first.close();

    const other = await opened(file);
    await expect(openLocalSnowflake({ file })).rejects.toMatchObject({ code: '250001' });
    other.kill();
  });

  it('is refused when it is no database', async () => {
    const file = join(folder, 'letter.txt');
    spawnSync(process.execPath, [
      '-e',
      `require('fs').writeFileSync(${JSON.stringify(file)}, 'Dear baker, '.repeat(999))`,
    ]);
    await expect(openLocalSnowflake({ file })).rejects.toMatchObject({ code: '250001' });
  });
});

describe('a session', () => {
  let local: Local;
  beforeEach(async () => void (local = await openBakery()));
  afterEach(() => local.close());

  it('has a database, schema, role and warehouse that USE changes', async () => {
    for (const sql of [
      'CREATE SCHEMA "Night shift"',
      'CREATE ROLE BAKER',
      'CREATE WAREHOUSE OVEN',
      'USE ROLE BAKER',
      'USE WAREHOUSE OVEN',
      'USE SCHEMA PUBLIC',
      'USE SCHEMA BAKERY."Night shift"',
    ])
      await local.session.execute(sql);
    expect(await local.rows('SELECT CURRENT_SCHEMA(), CURRENT_ROLE(), CURRENT_WAREHOUSE()')).toEqual([
      ['Night shift', 'BAKER', 'OVEN'],
    ]);
    expect(await local.refusal('USE SCHEMA NONE')).toMatch(/^002003 .*Schema 'BAKERY.NONE' does not exist/s);
    expect(await local.refusal('USE DATABASE NONE')).toMatch(/Database 'NONE' does not exist/);
  });

  it('needs a database for unqualified names', async () => {
    const bare = local.account.openSession();
    await expect(bare.execute('SELECT * FROM T')).rejects.toMatchObject({ code: '090105' });
    await bare.close();
  });

  it('has variables, in expressions and as names', async () => {
    await local.session.execute('CREATE TABLE LOAVES AS SELECT 7 AS N');
    await local.session.execute("SET (KIND, T) = ('rye', 'LOAVES')");
    await local.session.execute('SET TWICE = 2 * 3');
    expect(await local.rows("SELECT $KIND || '!', $TWICE + 1, N FROM IDENTIFIER($T)")).toEqual([
      ['rye!', '7', '7'],
    ]);
    await local.session.execute('UNSET KIND');
    expect(await local.refusal('SELECT $KIND')).toMatch(/Session variable '\$KIND' does not exist/);
  });

  it('takes a name from a bind', async () => {
    await local.session.execute('CREATE TABLE LOAVES AS SELECT 7 AS N');
    const { rows } = await local.session.execute('SELECT N + ? FROM IDENTIFIER(?) WHERE N = ?', [
      integer(1),
      text('bakery.public.loaves'),
      integer(7),
    ]);
    expect(rows).toEqual([[8]]);
  });

  it('has a time zone in which LTZ values are read and shown', async () => {
    await local.session.execute("ALTER SESSION SET TIMEZONE = 'Europe/Berlin'");
    expect(
      await local.rows('SELECT CURRENT_TIMESTAMP()::TIMESTAMP_NTZ, CURRENT_TIMESTAMP()::VARCHAR, SYSDATE()'),
    ).toEqual([['2026-03-02 16:04:05', '2026-03-02 16:04:05.000 +0100', '2026-03-02 15:04:05']]);
    expect(await local.refusal("ALTER SESSION SET TIMEZONE = 'Mars/Base'")).toMatch(
      /invalid value \[Mars\/Base\]/,
    );
    expect(await local.refusal("ALTER SESSION SET MOOD = 'good'")).toMatch(
      /^001006 SQL compilation error:\ninvalid parameter 'MOOD'/,
    );
  });

  it('knows the ids of its statements', async () => {
    const first = await local.session.execute('SELECT 1');
    const second = await local.session.execute('SELECT LAST_QUERY_ID()');
    expect(second.rows[0]![0]).toBe(first.queryId);
    expect(local.session.lastQueryId).toBe(second.queryId);
    expect(await local.value('LAST_QUERY_ID(-2)')).toBe(first.queryId);
  });

  it('gives an error the id of its statement', async () => {
    await expect(local.session.execute('SELECT X')).rejects.toMatchObject({
      queryId: expect.stringMatching(/^01/) as string,
    });
  });

  it('evaluates an expression and stays where it was', async () => {
    const { queryId } = await local.session.execute('SELECT 1');
    expect(await local.session.evaluate('? || 2', [text('a')])).toEqual({ type: VARCHAR, value: 'a2' });
    expect(local.session.lastQueryId).toBe(queryId);
  });
});

describe('a feature', () => {
  const calls: unknown[] = [];
  const oven: Feature = {
    name: 'oven',
    statements: [
      {
        name: 'BAKE',
        matches: ([first]) => first?.value === 'BAKE',
        run: ({ binds }) =>
          Promise.resolve({
            columns: [{ name: 'status', type: VARCHAR }],
            rows: [[`baked ${binds.length}`]],
          }),
      },
    ],
    functions: [
      { name: 'SYSTEM$HEAT', returns: INTEGER, call: ([degrees]) => Number(degrees?.value ?? 0) + 1 },
      {
        name: 'SYSTEM$NOTE',
        returns: VARCHAR,
        call: (args) => {
          calls.push(args.map((arg) => arg.value));
          return null;
        },
      },
    ],
    tableFunctions: [
      {
        name: 'BAKED',
        columns: [
          { name: 'KIND', type: VARCHAR },
          { name: 'N', type: INTEGER },
        ],
        rows: (args) => [
          ['rye', Number(args['LIMIT_TO']?.value ?? 5)],
          [null, 2],
        ],
      },
    ],
  };
  let local: Local;
  beforeAll(async () => void (local = await openBakery({ features: [oven] })));
  afterAll(() => local.close());

  it('brings statements', async () => {
    expect((await local.session.execute('BAKE ?', [text('x')])).rows).toEqual([['baked 1']]);
  });

  it('brings functions, called with values, inside any query', async () => {
    expect(await local.rows('SELECT SYSTEM$HEAT(SYSTEM$HEAT(40) + 1) AS H WHERE H > 1')).toEqual([['43']]);
    await local.session.execute(
      "SELECT SYSTEM$NOTE('a', NULL, DATEADD('day', 1, '2024-01-01'::DATE), ARRAY_CONSTRUCT(1))",
    );
    expect(calls).toEqual([['a', null, 19724, '[1]']]);
    expect(await local.refusal('SELECT SYSTEM$HEAT(COLUMN1) FROM VALUES (1)')).toMatch(
      /arguments that depend on rows/,
    );
    expect(await local.refusal('SELECT SYSTEM$COOL(1)')).toMatch(/^002140 .*Unknown function SYSTEM\$COOL/s);
  });

  it('brings table functions with named arguments, below any INFORMATION_SCHEMA', async () => {
    for (const place of [
      '',
      'INFORMATION_SCHEMA.',
      'BAKERY.INFORMATION_SCHEMA.',
      'SNOWFLAKE.INFORMATION_SCHEMA.',
    ]) {
      expect(
        await local.rows(`SELECT b.KIND, N FROM TABLE(${place}BAKED(LIMIT_TO => 1 + 2)) b ORDER BY N`),
      ).toEqual([
        [null, '2'],
        ['rye', '3'],
      ]);
    }
  });
});
