import type { Connection } from 'snowflake-sdk';
import { connectTo, disconnect, openBakery, run, type Bakery } from './account';

/** Takes some hundred milliseconds and more: far longer than the patience of this server. */
const SLOW =
  'SELECT COUNT(*) AS N FROM TABLE(GENERATOR(ROWCOUNT => 30000)) A CROSS JOIN TABLE(GENERATOR(ROWCOUNT => 30000)) B';
const ENDLESS = 'BEGIN LET n := 0; LOOP n := n + 1; END LOOP; END';

let bakery: Bakery;
let connection: Connection;

beforeAll(async () => {
  bakery = await openBakery({ inProgressAfterMs: 20 });
  connection = await connectTo(bakery.server);
});

afterAll(async () => {
  await disconnect(connection);
  await bakery.close();
});

/** How it ends. Cancelled until that is heard: to a cancel that overtakes its statement there is nothing to cancel. */
async function cancelled(sqlText: string): Promise<unknown> {
  let again: NodeJS.Timeout | undefined;
  const ended = new Promise<unknown>((resolve) => {
    const statement = connection.execute({ sqlText, complete: (error) => resolve(error) });
    again = setInterval(() => statement.cancel(() => {}), 100);
  });
  return ended.finally(() => clearInterval(again));
}

describe('a statement that takes long', () => {
  it('is asked for again until it is there', async () => {
    await expect(run(connection, SLOW)).resolves.toMatchObject({ rows: [{ N: 900_000_000 }] });
  });

  it('may be started and fetched later', async () => {
    const { statement } = await run(connection, SLOW, { asyncExec: true });
    const queryId = statement.getQueryId();
    const status = await connection.getQueryStatus(queryId);
    expect(['RUNNING', 'SUCCESS']).toContain(status);
    const fetched = await connection.getResultsFromQueryId({ queryId, sqlText: '' });
    const rows: unknown[] = [];
    for await (const row of fetched.streamRows()) rows.push(row);
    expect(rows).toEqual([{ N: 900_000_000 }]);
    expect(await connection.getQueryStatus(queryId)).toBe('SUCCESS');
  });

  it('that failed says why when it is fetched', async () => {
    const { statement } = await run(connection, 'SELECT * FROM NO_SUCH_TABLE', { asyncExec: true });
    const fetched = connection.getResultsFromQueryId({ queryId: statement.getQueryId(), sqlText: '' });
    await expect(fetched).rejects.toThrow('NO_SUCH_TABLE');
  });

  it('can be cancelled, and then the session goes on', async () => {
    expect(await cancelled(ENDLESS)).toMatchObject({ code: '000604', sqlState: '57014' });
    await expect(run(connection, 'SELECT 1 AS N')).resolves.toMatchObject({ rows: [{ N: 1 }] });
  });

  it('a query can be cancelled too', async () => {
    expect(await cancelled(SLOW.replaceAll('30000', '300000'))).toMatchObject({ code: '000604' });
  });

  it('cancelling what has ended is answered with 000605', async () => {
    const { statement } = await run(connection, 'SELECT 1');
    const error = await new Promise((resolve) => statement.cancel(resolve));
    expect(error).toMatchObject({ code: '000605' });
  });
});
