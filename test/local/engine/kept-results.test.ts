import { KeptResults } from '../../../src/local/engine/kept-results';
import type { QueryResult } from '../../../src/local/values';

const result = (queryId: string, rows = 1): QueryResult => ({
  queryId,
  columns: [],
  rows: Array.from({ length: rows }, () => [queryId]),
});

describe('the results that are kept', () => {
  it('are at least the latest 256, and never more than twice as many', () => {
    const kept = new KeptResults();
    const ids = Array.from({ length: 2000 }, (_, number) => `q${number}`);
    for (const id of ids) kept.keep(result(id));
    const left = ids.filter((id) => kept.get(id) !== undefined);
    expect(left.length).toBeGreaterThanOrEqual(256);
    expect(left.length).toBeLessThanOrEqual(512);
    expect(left).toEqual(ids.slice(-left.length));
  });

  it('are fewer where they are large, but always the latest', () => {
    const kept = new KeptResults();
    for (const id of ['a', 'b', 'c']) kept.keep(result(id, 400_000));
    expect([kept.get('a'), kept.get('b')?.rows.length, kept.get('c')?.rows.length]).toEqual([
      undefined,
      400_000,
      400_000,
    ]);
    kept.keep(result('d', 1_200_000));
    expect([kept.get('c'), kept.get('d')?.rows.length]).toEqual([undefined, 1_200_000]);
  });

  it('count once under one id', () => {
    const kept = new KeptResults();
    kept.keep(result('other', 200_000));
    for (let again = 0; again < 5; again += 1) kept.keep(result('same', 400_000));
    expect(kept.get('other')?.rows.length).toBe(200_000);
  });
});
