import { Cron } from 'croner';
import { cron, every } from '../../src/config/define';
import { sharedStart, shortestGapMinutes, startMinutes } from '../../src/model/occurrences';

const WEEK_MS = 7 * 24 * 3600 * 1000;

/** The same two weeks by croner, which walks from start to start. */
function byCroner(expression: string, timeZone: string): number[] {
  const job = new Cron(expression, { mode: '5-part', timezone: timeZone, paused: true });
  return [Date.UTC(2024, 0, 1), Date.UTC(2024, 6, 1)].flatMap((week) => {
    const starts: number[] = [];
    let next = job.nextRun(new Date(week - 1000));
    while (next !== null && next.getTime() < week + WEEK_MS) {
      starts.push(next.getTime() / 60_000);
      next = job.nextRun(next);
    }
    return starts;
  });
}

describe('startMinutes', () => {
  it.each([
    ['0 6 * * *', 'UTC'],
    ['5 * * * *', 'America/Los_Angeles'],
    ['*/20 9-17 * * MON-FRI', 'Europe/Berlin'],
    ['10-50/20 0,12 * * *', 'Asia/Kolkata'],
    ['0 0 1 * *', 'Pacific/Auckland'],
    ['0 0 1 * SUN', 'UTC'],
    ['0 4 * JAN *', 'UTC'],
    ['30 23 * * 6', 'America/New_York'],
    ['0 12 3-5 7 *', 'UTC'],
    ['0 0 * * 5L', 'UTC'],
    ['0 0 L * *', 'UTC'],
  ])('of %s %s are those of croner', (expression, timeZone) => {
    const starts = [...startMinutes(cron(expression, timeZone))].sort((a, b) => a - b);
    expect(starts).toEqual(byCroner(expression, timeZone));
  });
});

it('a lone L as the day of the week is Saturday', () => {
  expect(startMinutes(cron('0 6 * * L'))).toEqual(startMinutes(cron('0 6 * * SAT')));
});

describe('shortestGapMinutes', () => {
  it.each([
    [cron('0 6 * * *'), 24 * 60],
    [cron('0 6,8 * * *'), 120],
    [cron('5 * * * *'), 60],
    [cron('0 6 * * MON'), 7 * 24 * 60],
    [cron('0 6 1 1 *'), 366 * 24 * 60],
    [every('90 minutes'), 90],
    [every('30 seconds'), 0.5],
  ])('of %j is %d', (schedule, minutes) => {
    expect(shortestGapMinutes(schedule)).toBe(minutes);
  });
});

it('sharedStart is the first minute that two schedules have in common', () => {
  expect(sharedStart(cron('0 6 * * *'), cron('*/30 * * * *'))).toEqual(new Date('2024-01-01T06:00:00Z'));
  expect(sharedStart(cron('0 6 * * *'), cron('5 * * * *'))).toBeNull();
});
