/** What is said when something else happened than was expected. */
import { differences } from '../../src/rehearse/differences';
import type { Expectations } from '../../src/rehearse/expectations';
import type { SqlValue } from '../../src/local/values';
import { step } from './steps';

const failed = step({ at: '2026-01-05 04:00', outcome: 'FAILED', failed: ['dough'], ran: ['dough'] });
const retry = step({
  at: '2026-01-06 04:00',
  action: 'SELECTIVE_RETRY',
  attempt: 1,
  message: '🔄 RETRY #1: dough+',
});
const sweep = step({ at: '2026-01-06 05:00', task: 'SWEEP', action: 'DBT', message: 'dbt succeeded' });
const steps = [failed, retry, sweep];

const of = (expected: Expectations | Expectations['steps'], answer: SqlValue[][] = []): Promise<string[]> =>
  differences(steps, expected, () => Promise.resolve(answer));

describe('a list of steps', () => {
  it('holds when each step has the fields that are named', async () => {
    expect(await of([{ outcome: 'FAILED' }, { attempt: 1, failed: [] }, {}])).toEqual([]);
  });

  it('may have patterns for texts', async () => {
    expect(await of([{}, { message: /RETRY #\d/, at: /04:00$/ }, {}])).toEqual([]);
    expect(await of([{}, { message: /RETRY #2/ }, {}])).toEqual([
      'step 2 (2026-01-06 04:00 BAKE_BREAD): message is "🔄 RETRY #1: dough+", expected /RETRY #2/',
    ]);
  });

  it('gives the same answer twice, also for a pattern that remembers where it was', async () => {
    const expected = [{ message: /FULL/g }, {}, {}];
    expect(await of(expected)).toEqual([]);
    expect(await of(expected)).toEqual([]);
  });

  it('says which fields differ, what is missing and what is too much', async () => {
    expect(await of([{ outcome: 'SUCCEEDED', failed: [] }])).toEqual([
      'step 1 (2026-01-05 04:00 BAKE_BREAD): outcome is "FAILED", expected "SUCCEEDED"',
      'step 1 (2026-01-05 04:00 BAKE_BREAD): failed is ["dough"], expected []',
      'not expected: 2026-01-06 04:00 BAKE_BREAD: 🔄 RETRY #1: dough+',
      'not expected: 2026-01-06 05:00 SWEEP: dbt succeeded',
    ]);
    expect(await of([{}, {}, {}, { action: 'SKIP' }])).toEqual([
      'step 4: expected {"action":"SKIP"}, but there were only 3 steps',
    ]);
  });

  it('says so in some lines, however much differs', async () => {
    const many = Array.from({ length: 500 }, () => failed);
    const found = await differences(many, [], () => Promise.resolve([]));
    expect(found).toHaveLength(21);
    expect(found[20]).toBe('and 480 more steps that were not expected');
  });
});

describe('the steps of one task', () => {
  it('are looked at without those of others', async () => {
    expect(await of({ tasks: { SWEEP: [{ action: 'DBT' }], BAKE_BREAD: [{}, { attempt: 1 }] } })).toEqual([]);
    expect(await of({ tasks: { SWEEP: [] } })).toEqual([
      'not expected: 2026-01-06 05:00 SWEEP: dbt succeeded',
    ]);
  });
});

describe('a count', () => {
  it.each([
    [{ of: { task: 'BAKE_BREAD' }, is: 2 }, []],
    [{ of: { action: 'SELECTIVE_RETRY' as const }, atLeast: 1, atMost: 1 }, []],
    [
      { of: { outcome: 'FAILED' as const }, is: 0 },
      ['expected 0 like {"outcome":"FAILED"}, but there were 1'],
    ],
    [{ of: {}, atLeast: 4 }, ['expected at least 4 like {}, but there were 3']],
    [{ of: {}, atLeast: 1, atMost: 2 }, ['expected at least 1 and at most 2 like {}, but there were 3']],
  ])('%j', async (count, found) => {
    expect(await of({ counts: [count] })).toEqual(found);
  });
});

describe('what must never be', () => {
  it('is told with where it was', async () => {
    expect(await of({ never: [{ action: 'RAISED' }] })).toEqual([]);
    expect(await of({ never: [{ outcome: 'FAILED' }] })).toEqual([
      'expected none like {"outcome":"FAILED"}, but there was 2026-01-05 04:00 BAKE_BREAD: 🔵 FULL BUILD: Normal scheduled run',
    ]);
  });
});

describe('one run of dbt at a time', () => {
  const oven = (task: string | null, from: string, to: string | null) =>
    step({
      task,
      dbtStarted: `2026-01-05T${from}:00Z`,
      dbtEnded: to === null ? null : `2026-01-05T${to}:00Z`,
    });
  const overlapsOf = (runs: ReturnType<typeof oven>[], oneAtATime: true | string[]) =>
    differences(runs, { oneAtATime }, () => Promise.resolve([]));

  it('holds for runs that follow each other at once, and for those that ran no dbt', async () => {
    const runs = [
      oven('A', '04:00', '04:10'),
      oven('B', '04:10', '04:20'),
      step({ dbtStarted: null, dbtEnded: null }),
    ];
    expect(await overlapsOf(runs, true)).toEqual([]);
  });

  it('does not hold for a short run inside a long one, even after another short one', async () => {
    const runs = [oven('LONG', '04:00', '05:00'), oven('A', '04:10', '04:20'), oven('B', '04:30', '04:40')];
    expect(await overlapsOf(runs, true)).toEqual([
      'expected one run of dbt at a time, but A (2026-01-05T04:10:00Z to 2026-01-05T04:20:00Z) began during LONG (2026-01-05T04:00:00Z to 2026-01-05T05:00:00Z)',
      'expected one run of dbt at a time, but B (2026-01-05T04:30:00Z to 2026-01-05T04:40:00Z) began during LONG (2026-01-05T04:00:00Z to 2026-01-05T05:00:00Z)',
    ]);
    expect(await overlapsOf(runs, ['A', 'B'])).toEqual([]);
  });

  it('counts what an operator runs, and what has not ended', async () => {
    const runs = [oven(null, '04:00', null), oven('B', '04:30', '04:40')];
    expect(await overlapsOf(runs, true)).toEqual([
      'expected one run of dbt at a time, but B (2026-01-05T04:30:00Z to 2026-01-05T04:40:00Z) began during operator (2026-01-05T04:00:00Z to the end)',
    ]);
  });
});

describe('a query at the end', () => {
  const sql = 'SELECT status, COUNT(*) FROM oven';

  it('is compared row by row: numbers as numbers, other values by their text', async () => {
    const rows = [['SUCCESS', 2, 1.5, null, true]];
    expect(await of({ queries: [{ sql, rows }] }, [['SUCCESS', 2n, '1.50', null, true]])).toEqual([]);
  });

  it.each([
    [[['FAIL', 2]], [['SUCCESS', 2]]],
    [
      [['SUCCESS', 2]],
      [
        ['SUCCESS', 2],
        ['FAIL', 1],
      ],
    ],
    [[[0]], [[null]]],
    [[[]], [[1]]],
  ])('that answers otherwise is told: %j, not %j', async (rows, answer) => {
    expect(await of({ queries: [{ sql, rows }] }, answer)).toEqual([
      `${sql}: expected ${JSON.stringify(rows)}, but it answers ${JSON.stringify(answer)}`,
    ]);
  });

  it('that fails is a difference, not an end', async () => {
    const expected = { queries: [{ sql, rows: [[1]] }], counts: [{ of: {}, is: 3 }] };
    const found = await differences(steps, expected, () => Promise.reject(new Error('no such table')));
    expect(found).toEqual([`${sql}: expected [[1]], but it fails: no such table`]);
  });
});
