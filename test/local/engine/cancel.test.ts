/** https://docs.snowflake.com/en/sql-reference/functions/system_cancel_all_queries */
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
