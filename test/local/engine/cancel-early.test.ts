/** A cancel that comes before DuckDB has begun with the query ends it all the same. */
import { openLocalSnowflake } from '../../../src/local/engine/open';
import { features } from '../../../src/local/features';

const LONG =
  'SELECT COUNT(*) FROM TABLE(GENERATOR(ROWCOUNT => 200000)) A CROSS JOIN TABLE(GENERATOR(ROWCOUNT => 200000)) B WHERE 1 = ';

it('however early it comes', async () => {
  const account = await openLocalSnowflake({ features });
  const session = account.openSession({});
  await session.execute('SELECT 1');
  const endings: string[] = [];
  const began = Date.now();
  for (let round = 1; round <= 60; round += 1) {
    const client = new AbortController();
    const ran = session.execute(`${LONG}${round}`, [], { signal: client.signal });
    for (let turn = 0; turn < round * 3; turn += 1) await Promise.resolve();
    if (round % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
    client.abort();
    endings.push(
      await ran.then(
        () => 'done',
        (error: { code?: string }) => String(error.code),
      ),
    );
  }
  expect([...new Set(endings)]).toEqual(['000604']);
  expect(Date.now() - began).toBeLessThan(30_000);
  expect((await session.execute('SELECT 2')).rows).toEqual([[2]]);
  await account.close();
}, 120_000);
