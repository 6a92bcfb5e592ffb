/** One client ends what another runs: at once, although the account runs one statement at a time. */
import type { Connection } from 'snowflake-sdk';
import { connectTo, openBakery, run, type Bakery } from './account';

const ENDLESS = 'BEGIN LET n := 0; LOOP n := n + 1; END LOOP; END';
const SLOW =
  'SELECT COUNT(*) AS N FROM TABLE(GENERATOR(ROWCOUNT => 300000)) A CROSS JOIN TABLE(GENERATOR(ROWCOUNT => 300000)) B';

let bakery: Bakery;
let busy: Connection;
let other: Connection;
beforeEach(async () => {
  bakery = await openBakery();
  busy = await connectTo(bakery.server);
  other = await connectTo(bakery.server);
});
afterEach(() => bakery.close());

const idOf = async (connection: Connection): Promise<unknown> =>
  (await run(connection, 'SELECT CURRENT_SESSION() AS ID')).rows[0]!.ID;

/** Starts what takes for ever, and gives its error and its query id. */
async function started(sqlText: string): Promise<{ ended: Promise<unknown>; queryId: string }> {
  let told: (error: unknown) => void = () => undefined;
  const ended = new Promise((resolve) => (told = resolve));
  busy.execute({ sqlText, complete: (error) => told(error) });
  await new Promise((resolve) => setTimeout(resolve, 200));
  const [running] = [...(bakery.account as unknown as { running: Set<{ queryId: string }> }).running];
  return { ended, queryId: running!.queryId };
}

describe.each([
  ['an endless block', ENDLESS],
  ['a long query', SLOW],
])('%s', (_what, sql) => {
  it('is ended by SYSTEM$CANCEL_ALL_QUERIES, as dbt asks for it', async () => {
    const id = await idOf(busy);
    const { ended } = await started(sql);
    const asked = `/* {"app": "dbt"} */\nselect system$cancel_all_queries(${String(id)})`;
    expect(Object.values((await run(other, asked)).rows[0]!)).toEqual(['1 cancelled.']);
    expect(await ended).toMatchObject({ code: '000604' });
    await expect(run(busy, 'SELECT 1 AS N')).resolves.toMatchObject({ rows: [{ N: 1 }] });
  });

  it('is ended by SYSTEM$CANCEL_QUERY', async () => {
    const { ended, queryId } = await started(sql);
    const { rows } = await run(other, `SELECT SYSTEM$CANCEL_QUERY('${queryId}') AS SAID`);
    expect(rows).toEqual([{ SAID: `query [${queryId}] terminated.` }]);
    expect(await ended).toMatchObject({ code: '000604' });
  });

  it('is ended with its session by SYSTEM$ABORT_SESSION, and its client is told to log in again', async () => {
    const id = await idOf(busy);
    const { ended } = await started(sql);
    const { rows } = await run(other, `CALL SYSTEM$ABORT_SESSION(${String(id)})`);
    expect(Object.values(rows[0]!)).toEqual([`session [${String(id)}] terminated.`]);
    expect(await ended).toMatchObject({ code: '000604' });
    // ERR_CONN_EXEC_STMT_TERMINATED: the driver takes 390111 for the end of its connection.
    await expect(run(busy, 'SELECT 1')).rejects.toMatchObject({ code: 407002 });
  });
});

it('a statement that does more than end others waits for its turn', async () => {
  const { ended, queryId } = await started(ENDLESS);
  const asked = run(other, 'SELECT SYSTEM$CANCEL_ALL_QUERIES(0) AS SAID FROM (SELECT 1)');
  const patience = new Promise((resolve) => setTimeout(() => resolve('waits'), 500));
  expect(await Promise.race([asked, patience])).toBe('waits');
  const third = await connectTo(bakery.server);
  await run(third, `SELECT SYSTEM$CANCEL_QUERY('${queryId}')`);
  expect(await ended).toMatchObject({ code: '000604' });
  await expect(asked).resolves.toMatchObject({ rows: [{ SAID: '0 cancelled.' }] });
});

it('closing the server ends what runs and what waits, whoever logged in first', async () => {
  await started(ENDLESS);
  for (const connection of [other, await connectTo(bakery.server)])
    connection.execute({ sqlText: 'SELECT 1', complete: () => undefined });
  await new Promise((resolve) => setTimeout(resolve, 100));
  const began = Date.now();
  await bakery.server.close();
  expect(Date.now() - began).toBeLessThan(5000);
  expect((bakery.account as unknown as { running: Set<unknown> }).running.size).toBe(0);
});

it('closing the server does not wait for a client that waits for another', async () => {
  // `other` was there before what it waits for began.
  [busy, other] = [other, busy];
  await started(ENDLESS);
  other.execute({ sqlText: 'SELECT 1', complete: () => undefined });
  await new Promise((resolve) => setTimeout(resolve, 100));
  const began = Date.now();
  await bakery.server.close();
  expect(Date.now() - began).toBeLessThan(5000);
});
