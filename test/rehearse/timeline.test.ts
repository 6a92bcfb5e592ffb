/** A rehearsal in text: a line a step, a streak in one line, the middle of a very long one left out. */
import pc from 'picocolors';
import { timelineText } from '../../src/cli/output/timeline';
import { streaksOf } from '../../src/rehearse/streaks';
import { summaryOf, summaryText } from '../../src/rehearse/summary';
import { hourly, rehearsed, step } from './steps';

const plain = pc.createColors(false);
const linesOf = (steps: ReturnType<typeof hourly>, all = false): string[] =>
  timelineText(rehearsed({ steps }), plain, { all }).split('\n');

describe('a short rehearsal', () => {
  it('has a line for each step and ends with a summary', () => {
    const retry = step({
      at: '2026-01-06 04:00',
      action: 'SELECTIVE_RETRY',
      attempt: 1,
      message: '🔄 RETRY #1: dough+',
      ran: ['dough'],
    });
    const steps = [step({ outcome: 'FAILED', failed: ['dough'] }), retry];
    expect(linesOf(steps)).toEqual([
      'ok  1-bread  Every morning there is bread',
      '  Mon 2026-01-05 04:00 UTC  BAKE_BREAD  🔵 FULL BUILD: Normal scheduled run  ran 2, failed dough  FAILED',
      '  Tue 2026-01-06 04:00 UTC  BAKE_BREAD  🔄 RETRY #1: dough+                  ran 1                SUCCEEDED',
      '  2 runs, 1 full build, 1 retry, 1 failure, 1 model run saved',
    ]);
  });

  it('in which nothing happened says so', () => {
    expect(linesOf([])).toEqual(['ok  1-bread  Every morning there is bread', '  nothing happened']);
  });

  it('keeps each step and each difference on one line', () => {
    const result = rehearsed({
      steps: [step({ message: 'WHEN a\n  AND b is false' })],
      ok: false,
      differences: ['SELECT 1: it fails:\nno'],
    });
    const lines = timelineText(result, plain).split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[1]).toContain('WHEN a AND b is false');
    expect(lines[3]).toBe('  SELECT 1: it fails: no');
  });
});

describe('a long rehearsal', () => {
  it('shows runs that are alike as one line with their number', () => {
    const lines = linesOf(hourly(3));
    expect(lines[1]).toBe(
      '  Mon 2026-01-05 00:00 to 2026-01-05 06:00 UTC   7 x  BAKE_BREAD  🔵 FULL BUILD: Normal scheduled run  ran 2                           SUCCEEDED',
    );
    expect(lines[2]).toMatch(/^ {2}Mon 2026-01-05 07:00 UTC {28}BAKE_BREAD .* FAILED$/);
    expect(lines).toHaveLength(9);
  });

  it('leaves lines out in the middle, says how many steps, and shows them with --all', () => {
    const year = hourly(365);
    const lines = linesOf(year);
    expect(lines).toHaveLength(1 + 60 + 1 + 20 + 1);
    expect(lines[61]).toBe('  ... 7,499 steps in 449 lines: --all shows them');
    expect(linesOf(hourly(30), true)).toHaveLength(1 + 720 + 1);
  });
});

describe('a streak', () => {
  it('goes on while another task runs in between, and ends with what differs', () => {
    const sweep = (at: string) => step({ at, task: 'SWEEP' });
    const streaks = streaksOf([
      step({ at: '2026-01-05 04:00' }),
      sweep('2026-01-05 04:30'),
      step({ at: '2026-01-05 05:00' }),
      step({ at: '2026-01-05 06:00', failed: ['dough'] }),
      sweep('2026-01-05 06:30'),
    ]);
    expect(streaks.map(({ first, last, count }) => [first.task, first.at, last.at, count])).toEqual([
      ['BAKE_BREAD', '2026-01-05 04:00', '2026-01-05 05:00', 2],
      ['SWEEP', '2026-01-05 04:30', '2026-01-05 06:30', 2],
      ['BAKE_BREAD', '2026-01-05 06:00', '2026-01-05 06:00', 1],
    ]);
  });
});

describe('the summary', () => {
  it('counts what a retry did not run against the largest full build of its task', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => `loaf_${index}`);
    const retry = { action: 'SELECTIVE_RETRY' as const, ran: hundred.slice(0, 4) };
    expect(
      summaryOf([step({ ran: hundred }), step({ ran: hundred.slice(0, 50) }), step(retry)]).modelRunsSaved,
    ).toBe(96);
    expect(summaryOf([step({ ran: hundred }), step({ ...retry, task: 'HEAL' })]).modelRunsSaved).toBe(96);
    expect(summaryOf([step(retry)]).modelRunsSaved).toBe(0);
  });

  it('counts what an operator called as what the call did', () => {
    const call = { task: null, mode: null, action: 'DBT' as const };
    const steps = [
      step({ ...call, message: '🔵 FULL BUILD: First run' }),
      step({ ...call, message: '🔄 RETRY #1: dough+', ran: ['dough'] }),
      step({ ...call, message: 'dbt succeeded' }),
    ];
    expect(summaryText(summaryOf(steps))).toBe('3 runs, 1 full build, 1 retry, 1 model run saved');
  });

  it('counts looks, and a minute for each that finds nothing else running', () => {
    const look = (started: string) =>
      step({
        task: 'HEAL',
        mode: 'RETRY_ONLY',
        action: 'NOTHING',
        ran: [],
        started,
        ended: started,
        dbtStarted: null,
        dbtEnded: null,
      });
    const build = step({ started: '2026-01-05T04:00:00Z', ended: '2026-01-05T04:10:00Z' });
    const summary = summaryOf([
      build,
      look('2026-01-05T04:10:20Z'),
      look('2026-01-05T05:00:00Z'),
      look('2026-01-05T05:30:00Z'),
    ]);
    expect(summaryText(summary)).toBe('4 runs, 1 full build, 3 looks (2 warehouse minutes)');
  });

  it('leaves out what there was none of, and counts no skipped run', () => {
    const skipped = step({ action: 'SKIP', ran: [], outcome: 'SKIPPED' });
    expect(summaryText(summaryOf([step(), skipped]))).toBe('1 run, 1 full build');
    expect(
      summaryText(summaryOf([step({ action: 'DBT' }), step({ action: 'RAISED', outcome: 'FAILED' })])),
    ).toBe('2 runs, 1 failure');
  });
});
