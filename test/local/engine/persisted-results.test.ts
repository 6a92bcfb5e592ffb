import { appendRows } from '../../../src/local/engine/append';
import type { Session } from '../../../src/local/engine/contract';
import { integer, text } from '../../../src/local/values';
import { openBakery, type Local } from '../sql/local';

let bakery: Local;
beforeEach(async () => {
  bakery = await openBakery();
  await bakery.session.execute('CREATE TABLE LOAVES (KIND VARCHAR, PIECES NUMBER)');
  await bakery.session.execute("INSERT INTO LOAVES VALUES ('rye', 2)");
});
afterEach(async () => bakery.close());

const TOTAL = 'SELECT SUM(PIECES) FROM LOAVES';
const total = async (session: Session = bakery.session): Promise<unknown> =>
  (await session.execute(TOTAL)).rows[0]![0];

function another(): Session {
  return bakery.account.openSession({ user: 'BEN', database: 'BAKERY', schema: 'PUBLIC' });
}

describe('a query that was asked before', () => {
  it('gives the same rows while nothing has changed, under a query id of its own', async () => {
    const first = await bakery.session.execute(TOTAL);
    const second = await bakery.session.execute(TOTAL);
    expect(second.rows).toEqual(first.rows);
    expect(second.queryId).not.toBe(first.queryId);
    expect(await bakery.rows('SELECT * FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()))')).toEqual([['2']]);
  });

  it.each([
    ['an INSERT', "INSERT INTO LOAVES VALUES ('wheat', 5)", 7],
    ['an UPDATE', 'UPDATE LOAVES SET PIECES = 9', 9],
    ['a DELETE', 'DELETE FROM LOAVES', null],
    ['TRUNCATE', 'TRUNCATE TABLE LOAVES', null],
    ['a MERGE', 'MERGE INTO LOAVES l USING (SELECT 1) ON TRUE WHEN MATCHED THEN UPDATE SET PIECES = 4', 4],
    ['a table in its place', 'CREATE OR REPLACE TABLE LOAVES AS SELECT 11 AS PIECES', 11],
    ['ALTER TABLE', 'ALTER TABLE LOAVES RENAME TO BUNS', 'gone'],
  ])('sees %s', async (_, change, expected) => {
    await total();
    await bakery.session.execute(change);
    if (expected === 'gone') expect(await bakery.refusal(TOTAL)).toMatch(/^002003 /);
    else expect(await total()).toBe(expected);
  });

  it('sees rows that a hook of dbt has put into the table', async () => {
    await total();
    const table = { database: 'BAKERY', schema: 'PUBLIC', name: 'LOAVES' };
    expect(await appendRows(bakery.session, table, [{ KIND: text('bun'), PIECES: integer(40) }])).toBe(true);
    expect(await total()).toBe(42);
  });

  it('sees what another session has changed, once that is committed', async () => {
    const other = another();
    await total();
    await other.execute('BEGIN');
    await other.execute('UPDATE LOAVES SET PIECES = 8');
    expect([await total(), await total(other)]).toEqual([2, 8]);
    await other.execute('COMMIT');
    expect(await total()).toBe(8);
    await other.close();
  });

  it('sees a table through a view', async () => {
    await bakery.session.execute(`CREATE VIEW BAKED AS ${TOTAL}`);
    await bakery.rows('SELECT * FROM BAKED');
    await bakery.session.execute('UPDATE LOAVES SET PIECES = 3');
    expect(await bakery.rows('SELECT * FROM BAKED')).toEqual([['3']]);
  });

  it('reads a temporary table of its own session', async () => {
    await total();
    const other = another();
    await other.execute('CREATE TEMPORARY TABLE LOAVES (PIECES NUMBER) AS SELECT 100');
    expect([await total(other), await total()]).toEqual([100, 2]);
    await other.close();
  });

  it.each(['RANDOM()', 'UUID_STRING()', 'UNIFORM(1, 1000000000, RANDOM())'])(
    'computes %s anew',
    async (sql) => {
      expect(await bakery.value(sql)).not.toBe(await bakery.value(sql));
    },
  );

  it('takes the next value of a sequence each time', async () => {
    await bakery.session.execute('CREATE SEQUENCE TICKETS');
    expect([await bakery.value('TICKETS.NEXTVAL'), await bakery.value('TICKETS.NEXTVAL')]).toEqual([
      '1',
      '2',
    ]);
  });

  it('follows the clock and the zone of the session', async () => {
    const now = 'SELECT CURRENT_TIMESTAMP()::VARCHAR';
    const before = await bakery.rows(now);
    await bakery.session.execute("ALTER SESSION SET TIMEZONE = 'Asia/Tokyo'");
    expect(await bakery.rows(now)).not.toEqual(before);
    const inTokyo = await bakery.rows(now);
    await bakery.account.clock.set(new Date('2026-03-02T18:00:00Z'));
    expect(await bakery.rows(now)).not.toEqual(inTokyo);
  });

  it('is cancelled like any other', async () => {
    await total();
    const cancel = new AbortController();
    cancel.abort();
    await expect(bakery.session.execute(TOTAL, [], { signal: cancel.signal })).rejects.toMatchObject({
      code: '000604',
    });
  });
});

it('one value under two names is two results', async () => {
  const names = async (sql: string): Promise<string[]> =>
    (await bakery.session.execute(sql)).columns.map(({ name }) => name);
  expect(await names('SELECT 1 AS A')).toEqual(['A']);
  expect(await names('SELECT 1 AS B')).toEqual(['B']);
  expect(await names('SELECT SUM(PIECES) AS A FROM LOAVES')).toEqual(['A']);
  expect(await names('SELECT SUM(PIECES) AS B FROM LOAVES')).toEqual(['B']);
});

describe('a query that reads no row', () => {
  it('is answered as long as its table is there', async () => {
    const look = 'SELECT COUNT(*) FROM LOAVES WHERE FALSE';
    expect(await bakery.rows(look)).toEqual([['0']]);
    await bakery.session.execute("INSERT INTO LOAVES VALUES ('rye', 2)");
    expect(await bakery.rows(look)).toEqual([['0']]);
    await bakery.session.execute('DROP TABLE LOAVES');
    expect(await bakery.refusal(look)).toMatch(/^002003 /);
  });

  it('notices that a column has gone', async () => {
    const look = 'SELECT COUNT(*) FROM (SELECT PIECES FROM LOAVES) WHERE FALSE';
    expect(await bakery.rows(look)).toEqual([['0']]);
    await bakery.session.execute('ALTER TABLE LOAVES DROP COLUMN PIECES');
    expect(await bakery.refusal(look)).toMatch(/^000904 /);
  });
});

describe('a query of the last result', () => {
  const scan = 'SELECT * FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()))';
  const before = 'SELECT * FROM TABLE(RESULT_SCAN(LAST_QUERY_ID(-2)))';

  it('reads the one that is the last now, whatever its columns', async () => {
    await bakery.session.execute('SELECT 1 AS A');
    expect(await bakery.rows(scan)).toEqual([['1']]);
    await bakery.session.execute('SELECT 2 AS A');
    expect(await bakery.rows(scan)).toEqual([['2']]);
    await bakery.session.execute("SELECT 'x' AS A, 3 AS B");
    expect(await bakery.rows(scan)).toEqual([['x', '3']]);
    await bakery.session.execute('SELECT 4 AS C');
    expect((await bakery.session.execute(scan)).columns.map(({ name }) => name)).toEqual(['C']);
  });

  it('counts from where it stands', async () => {
    await bakery.session.execute('SELECT 1 AS A');
    await bakery.session.execute('SELECT 2 AS A');
    expect(await bakery.rows(before)).toEqual([['1']]);
    await bakery.session.execute('SELECT 3 AS A');
    expect(await bakery.rows(before)).toEqual([['1']]);
  });

  it('is refused where there is none, though it was answered before', async () => {
    await bakery.session.execute('SELECT 1 AS A');
    expect(await bakery.rows(scan)).toEqual([['1']]);
    await expect(another().execute(scan)).rejects.toThrow('not found');
  });
});
