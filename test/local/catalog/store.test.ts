import { DuckDBInstance } from '@duckdb/node-api';
import { openCatalog } from '../../../src/local/catalog/store';

describe('the catalog', () => {
  it('keeps records in order of insertion, whatever is replaced or deleted', async () => {
    const catalog = await openCatalog(undefined);
    const loaves = catalog.collection<number>('loaves');
    for (const [name, price] of [
      ['rye', 4],
      ['wheat', 3],
      ['spelt', 5],
    ] as const)
      await loaves.set(name, price);
    await loaves.set('rye', 4.5);
    expect(await loaves.delete('wheat')).toBe(true);
    expect(await loaves.delete('wheat')).toBe(false);
    expect([...loaves.entries()]).toEqual([
      ['rye', 4.5],
      ['spelt', 5],
    ]);
    expect([loaves.size, loaves.get('wheat'), catalog.collection('loaves') === loaves]).toEqual([
      2,
      undefined,
      true,
    ]);
  });

  it('is read back from the file as it was left, after hundreds of writes at once', async () => {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const catalog = await openCatalog(connection);
    const orders = catalog.collection<{ n: number }>('orders');
    const other = catalog.collection<string>('other');
    const writes = Array.from({ length: 500 }, (_, n) => orders.set(`k${n % 50}`, { n }));
    void other.set("it's", '"quoted" 🥐');
    void orders.delete('k7');
    void orders.delete('k8');
    void orders.set('k8', { n: -1 });
    await Promise.all(writes);
    await catalog.flushed();

    const again = await openCatalog(connection);
    const read = again.collection<{ n: number }>('orders');
    expect([...read.entries()]).toEqual([...orders.entries()]);
    expect(read.get('k3')).toEqual({ n: 453 });
    expect(again.collection<string>('other').get("it's")).toBe('"quoted" 🥐');

    await again.collection<{ n: number }>('orders').set('k7', { n: 1 });
    const third = await openCatalog(connection);
    expect([...third.collection('orders').entries()].at(-1)).toEqual(['k7', { n: 1 }]);
  });

  it('says when it could not be written', async () => {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const catalog = await openCatalog(connection);
    await connection.run('DROP TABLE "local snowflake".journal');
    await expect(catalog.collection('orders').set('k', 1)).rejects.toThrow();
  });
});
