/** https://docs.snowflake.com/en/sql-reference/functions/system_cancel_all_queries, system_cancel_query, system_abort_session */
import type { LocalSnowflake, Session } from '../../../src/local/engine/contract';
import { openLocalSnowflake } from '../../../src/local/engine/open';
import { features } from '../../../src/local/features';

let account: LocalSnowflake;
let session: Session;
let other: Session;
beforeEach(async () => {
  account = await openLocalSnowflake({ start: new Date('2026-11-22T06:00:00Z'), features });
  session = account.openSession({});
  other = account.openSession({});
});
afterEach(() => account.close());

/** Cancels after ten minutes what `session` runs. @returns what the function says */
function cancelLater(): Promise<unknown> {
  let said: unknown;
  return account.clock
    .start(
      async () => {
        await account.clock.sleep(600_000_000n);
        said = (await other.run(`SELECT SYSTEM$CANCEL_ALL_QUERIES(${session.id})`)).rows[0]![0];
      },
      { drivesTime: false },
    )
    .then(() => said);
}

it('ends what the session runs, at once, and says how many statements', async () => {
  const said = cancelLater();
  await expect(session.execute('CALL SYSTEM$WAIT(3600)')).rejects.toMatchObject({ code: '000604' });
  expect(await said).toBe('1 cancelled.');
  expect(account.clock.nowDate().toISOString()).toBe('2026-11-22T06:10:00.000Z');
});

it('ends a block whose handler would catch everything', async () => {
  const said = cancelLater();
  const block = `EXECUTE IMMEDIATE $$ BEGIN CALL SYSTEM$WAIT(3600); EXCEPTION WHEN OTHER THEN RETURN 'caught'; END $$`;
  await expect(session.execute(block)).rejects.toMatchObject({ code: '000604' });
  expect(await said).toBe('1 cancelled.');
});

it('leaves other sessions alone, and the session can go on', async () => {
  const third = account.openSession({});
  const said = cancelLater();
  const waits = Promise.allSettled([
    session.execute('CALL SYSTEM$WAIT(3600)'),
    third.execute('CALL SYSTEM$WAIT(1200)'),
  ]);
  expect((await waits).map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  await said;
  expect((await session.execute('SELECT 1')).rows).toEqual([[1]]);
});

it('finds nothing to cancel in an idle session, in one that is not there, in its own', async () => {
  for (const id of [session.id, '987654321', 'CURRENT_SESSION()'])
    expect((await other.execute(`SELECT SYSTEM$CANCEL_ALL_QUERIES(${id})`)).rows).toEqual([['0 cancelled.']]);
  expect((await session.execute('SELECT CURRENT_SESSION()')).rows).toEqual([[session.id]]);
});

it.each(["'me'", 'NULL', '1.5'])('takes a number, not %s', async (id) => {
  await expect(session.execute(`SELECT SYSTEM$CANCEL_ALL_QUERIES(${id})`)).rejects.toThrow(
    'is not the id of a session',
  );
});

describe('SYSTEM$CANCEL_QUERY', () => {
  const id = '01b3c0de-0000-4000-8000-0000000000a1';

  /** After ten minutes. */
  const later = (sql: string): Promise<unknown> =>
    account.clock.start(
      async () => {
        await account.clock.sleep(600_000_000n);
        return (await other.run(sql)).rows[0]![0];
      },
      { drivesTime: false },
    );

  it('ends the statement with that id, whatever its block would catch', async () => {
    const said = later(`SELECT SYSTEM$CANCEL_QUERY('${id.toUpperCase()}')`);
    const block = `EXECUTE IMMEDIATE $$ BEGIN CALL SYSTEM$WAIT(3600); EXCEPTION WHEN OTHER THEN RETURN 'caught'; END $$`;
    await expect(session.execute(block, [], { queryId: id })).rejects.toMatchObject({ code: '000604' });
    expect(await said).toBe(`query [${id.toUpperCase()}] terminated.`);
    expect((await session.execute('SELECT 1')).rows).toEqual([[1]]);
  });

  it('ends the statement that a task runs', async () => {
    for (const sql of [
      'CREATE DATABASE d',
      'CREATE WAREHOUSE w',
      `CREATE TASK t WAREHOUSE = w SCHEDULE = '60 MINUTES' AS CALL SYSTEM$WAIT(3600)`,
    ])
      await session.execute(sql);
    const history = `SELECT query_id, state FROM TABLE(d.INFORMATION_SCHEMA.TASK_HISTORY()) WHERE query_id IS NOT NULL`;
    const said = account.clock.start(
      async () => {
        await account.clock.sleep(600_000_000n);
        const [[running]] = (await other.run(history)).rows as [[string]];
        return (await other.run(`SELECT SYSTEM$CANCEL_QUERY('${running}')`)).rows[0]![0];
      },
      { drivesTime: false },
    );
    await session.execute('EXECUTE TASK t AWAIT');
    expect(await said).toMatch(/^query \[.{36}\] terminated\.$/);
    expect((await session.execute(history)).rows.map(([, state]) => state)).toEqual(['FAILED']);
  });

  it('finds none that has ended, that never was, or that asks', async () => {
    const { queryId } = await session.execute('SELECT 1');
    for (const each of [queryId, '01b3c0de-0000-4000-8000-0000000000ff'])
      expect((await other.execute(`SELECT SYSTEM$CANCEL_QUERY('${each}')`)).rows).toEqual([
        ['Identified SQL statement is not currently executing.'],
      ]);
    expect((await other.execute(`SELECT SYSTEM$CANCEL_QUERY('${id}')`, [], { queryId: id })).rows).toEqual([
      ['Identified SQL statement is not currently executing.'],
    ]);
  });

  it.each(["'mine'", 'NULL', '17'])('takes a query id, not %s', async (given) => {
    await expect(session.execute(`SELECT SYSTEM$CANCEL_QUERY(${given})`)).rejects.toThrow(
      'is not the id of a query',
    );
  });
});

describe('SYSTEM$ABORT_SESSION', () => {
  const abort = async (id: string) => (await other.execute(`SELECT SYSTEM$ABORT_SESSION(${id})`)).rows;

  it('ends the session: it takes no further statement', async () => {
    expect(await abort(session.id)).toEqual([[`session [${session.id}] terminated.`]]);
    await expect(session.execute('SELECT 1')).rejects.toMatchObject({
      code: '390111',
      message: expect.stringContaining('Session no longer exists') as string,
    });
    await expect(abort(session.id)).rejects.toThrow('is not the id of an open session');
  });

  it('with what it runs', async () => {
    const said = account.clock.start(
      async () => {
        await account.clock.sleep(60_000_000n);
        return (await other.run(`SELECT SYSTEM$ABORT_SESSION(${session.id})`)).rows[0]![0];
      },
      { drivesTime: false },
    );
    await expect(session.execute('CALL SYSTEM$WAIT(3600)')).rejects.toMatchObject({ code: '000604' });
    expect(await said).toBe(`session [${session.id}] terminated.`);
    await expect(session.execute('SELECT 1')).rejects.toMatchObject({ code: '390111' });
  });

  it('with its open transaction and its temporary tables', async () => {
    for (const sql of ['CREATE DATABASE d', 'CREATE TABLE t (n NUMBER)', 'BEGIN', 'INSERT INTO t VALUES (1)'])
      await session.execute(sql);
    await abort(session.id);
    await other.execute('USE DATABASE d');
    expect((await other.execute('SELECT COUNT(*) FROM t')).rows).toEqual([[0]]);
    await other.execute('INSERT INTO t VALUES (2)');
  });

  it('of one’s own lets the statement that says so end', async () => {
    expect((await session.execute('SELECT SYSTEM$ABORT_SESSION(CURRENT_SESSION())')).rows).toEqual([
      [`session [${session.id}] terminated.`],
    ]);
    await expect(session.execute('SELECT 1')).rejects.toMatchObject({ code: '390111' });
  });

  it.each(["'me'", 'NULL', '1.5'])('takes a number, not %s', async (id) => {
    await expect(abort(id)).rejects.toThrow('is not the id of a session');
  });
});
