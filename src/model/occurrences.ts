/**
 * When schedules start, for the warnings: in two weeks that begin on a Monday the first, one in winter and one in
 * summer, so that days of the month, days of the week and daylight saving are all seen. Pure: no clock.
 */
import { Cron } from 'croner';
import type { CronSchedule, Schedule } from '../config/types';
import { intervalSeconds } from './schedule';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const WEEKS = [Date.UTC(2024, 0, 1), Date.UTC(2024, 6, 1)] as const;

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** @returns the minutes, counted from 1970 in UTC, in which the schedule starts in those weeks */
export function startMinutes(schedule: CronSchedule): Set<number> {
  const fields = schedule.expression.trim().toUpperCase().split(/\s+/);
  const [minute = '*', hour = '*'] = fields;
  const minutes = numbers(minute, 0, 59, []);
  const hours = numbers(hour, 0, 23, []);
  const onDay = dayMatcher(fields);
  const starts = new Set<number>();
  for (const week of WEEKS) {
    // A day on either side: the local days of the zone are not the days of UTC.
    for (let day = week - DAY_MS; day <= week + 7 * DAY_MS; day += DAY_MS) {
      if (!onDay(new Date(day))) continue;
      const offset = offsetMs(schedule.timeZone, day + DAY_MS / 2);
      for (const h of hours) {
        for (const m of minutes) {
          const start = day + (h * 60 + m) * MINUTE_MS - offset;
          if (start >= week && start < week + 7 * DAY_MS) starts.add(start / MINUTE_MS);
        }
      }
    }
  }
  return starts;
}

/** The shortest time between two starts, in minutes; `null` when they are more than years apart. */
export function shortestGapMinutes(schedule: Schedule): number | null {
  if (schedule.kind === 'interval') return intervalSeconds(schedule) / 60;
  const starts = [...startMinutes(schedule)].sort((a, b) => a - b);
  const gaps = starts.slice(1).map((start, index) => start - (starts[index] ?? start));
  // The step from one week to the other is no gap of the schedule.
  const within = gaps.filter((gap) => gap < 7 * 24 * 60);
  return within.length > 0 ? Math.min(...within) : rareGapMinutes(schedule);
}

function rareGapMinutes({ expression, timeZone }: CronSchedule): number | null {
  const [first, second] = new Cron(expression, { mode: '5-part', timezone: timeZone, paused: true }).nextRuns(
    2,
    new Date(WEEKS[0]),
  );
  return first && second ? (second.getTime() - first.getTime()) / MINUTE_MS : null;
}

/** Whether two schedules start in the same minute. An interval counts from when its task was started: unknown. */
export function sharedStart(a: Schedule, b: Schedule): Date | null {
  const everyMinute = [a, b].find((schedule) => schedule.kind === 'interval');
  if (everyMinute?.kind === 'interval') {
    return intervalSeconds(everyMinute) <= 60 ? new Date(WEEKS[0]) : null;
  }
  if (a.kind !== 'cron' || b.kind !== 'cron') return null;
  const other = startMinutes(b);
  const shared = [...startMinutes(a)].filter((minute) => other.has(minute));
  return shared.length === 0 ? null : new Date(Math.min(...shared) * MINUTE_MS);
}

/** Day of month and day of week: when both are restricted, either will do. */
function dayMatcher([, , dayOfMonth = '*', month = '*', dayOfWeek = '*']: readonly string[]): (
  day: Date,
) => boolean {
  const months = new Set(numbers(month, 1, 12, MONTHS));
  const onDate =
    dayOfMonth === 'L'
      ? (day: Date) => isLast(day, 1)
      : includes(numbers(dayOfMonth, 1, 31, []), 'getUTCDate');
  const plainDays = dayOfWeek.split(',').filter((part) => !part.endsWith('L'));
  const lastDays = dayOfWeek.split(',').filter((part) => part.endsWith('L'));
  const plain = numbers(plainDays.join(','), 0, 6, DAYS);
  const last = numbers(lastDays.map((part) => part.slice(0, -1)).join(','), 0, 6, DAYS);
  const onWeekday = (day: Date) =>
    plain.includes(day.getUTCDay()) || (last.includes(day.getUTCDay()) && isLast(day, 7));
  return (day) => {
    if (!months.has(day.getUTCMonth() + 1)) return false;
    if (dayOfMonth === '*') return onWeekday(day);
    return dayOfWeek === '*' ? onDate(day) : onDate(day) || onWeekday(day);
  };
}

function includes(values: readonly number[], part: 'getUTCDate'): (day: Date) => boolean {
  return (day) => values.includes(day[part]());
}

/** Whether the month ends less than so many days later. */
function isLast(day: Date, days: number): boolean {
  return new Date(day.getTime() + days * DAY_MS).getUTCMonth() !== day.getUTCMonth();
}

/** The values of one cron field: lists, ranges, steps and names. */
function numbers(field: string, lowest: number, highest: number, names: readonly string[]): number[] {
  const parts = field.split(',').filter((part) => part !== '');
  return parts.flatMap((part) => {
    const [range = '*', step = '1'] = part.split('/');
    const [from = '', to = from] = range === '*' ? [String(lowest), String(highest)] : range.split('-');
    const number = (text: string) => (names.includes(text) ? names.indexOf(text) + lowest : Number(text));
    const values: number[] = [];
    for (let value = number(from); value <= number(to); value += Number(step)) values.push(value);
    return values;
  });
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** How far the zone's clock is ahead of UTC at a moment. */
function offsetMs(timeZone: string, moment: number): number {
  if (timeZone === 'UTC') return 0;
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
  formats.set(timeZone, format);
  const parts = Object.fromEntries(
    format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute) - moment;
}
