/**
 * How often and in which order a log holds a row changes nothing: hooks that run twice, that log a start and an end,
 * an INSERT that was repeated, a table that gives its rows in any order.
 */
import fc from '../properties';
import { openAccount, type Account } from './harness/account';
import { createJobs, decideAll } from './harness/in-bulk';
import type { LogRows, LogValue } from './harness/layouts/layout';
import { CASES, type Begun, type Case } from './row-cases';
import { createLog, insertStatements } from './harness/log-tables';
import { expectedOfAll, worldsOver } from './harness/lived-worlds';

const numRuns = Number(process.env['WORLDS'] ?? 120);
const seed = Number(process.env['WORLDS_SEED'] ?? 20261126);

let account: Account;
beforeAll(async () => {
  account = await openAccount();
});
afterAll(async () => account.close());

/** Three ways to write the same: once more, a start beside the end, and all of it in another order. */
function rewritten(tables: readonly LogRows[], { runs, nodes }: Case, random: () => number): LogRows[] {
  return tables.map(({ table, columns, rows }, index) => {
    const begun = index === 0 ? runs : nodes;
    const more = rows.flatMap((row) => {
      const copies = random() < 0.3 ? [row, row] : [row];
      return begun && random() < 0.5 ? [beginningOf(row, columns, begun), ...copies] : copies;
    });
    return { table, columns, rows: shuffled(more, random) };
  });
}

function beginningOf(
  row: readonly LogValue[],
  columns: readonly string[],
  { status, ends, running }: Begun,
): LogValue[] {
  return row.map((value, index) => {
    if (columns[index] === status) return running;
    return ends.includes(columns[index]!) ? null : value;
  });
}

function shuffled<T>(rows: readonly T[], random: () => number): T[] {
  return rows
    .map((row) => ({ row, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ row }) => row);
}

it.each(CASES.map((each) => [each.layout.name, each] as const))(
  'over %s, rows written again, as a start and an end, or in another order change no decision',
  async (_, each) => {
    const { layout } = each;
    const all = worldsOver(layout, { seed, numRuns });
    const random = numbers();
    await createLog(account.inside, layout);
    const tables = rewritten(layout.rows(all.runs), each, random);
    for (const statement of tables.flatMap(insertStatements)) await account.inside.run(statement);
    await createJobs(account.inside, all.deployment, all.lived.flatMap(all.jobsOf));
    const decided = await decideAll(account.inside);
    const wrong = [...expectedOfAll(all)].flatMap(([job, expected]) => {
      const { reason, attempt, selector } = decided.get(job) ?? {};
      const found = { reason, attempt, selector: reason === 'RETRY' ? selector : null };
      return JSON.stringify(found) === JSON.stringify(expected) ? [] : [{ job, expected, found }];
    });
    expect(wrong.slice(0, 3)).toEqual([]);
  },
  120_000,
);

/** Numbers from 0 to 1, the same in every run of the test. */
function numbers(): () => number {
  const drawn = fc.sample(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), {
    seed,
    numRuns: 997,
  });
  let next = 0;
  return () => drawn[(next += 1) % drawn.length]!;
}
