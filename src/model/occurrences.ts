/**
 * When schedules start, for the warnings: in two weeks that begin on a Monday the first, one in winter and one in
 * summer, so that days of the month, days of the week and daylight saving are all seen. Pure: no clock.
 */
import type { CronSchedule, Schedule } from '../config/types';
import { nextCronTime, parseCron } from './cron';
import { intervalSeconds } from './schedule';
import { offsetAt } from './time-zone';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const WEEKS = [Date.UTC(2024, 0, 1), Date.UTC(2024, 6, 1)] as const;

/** @returns the minutes, counted from 1970 in UTC, in which the schedule starts in those weeks */
export const startMinutes = remembered(computeStarts);

/** The shortest time between two starts, in minutes; `null` when they are more than years apart. */
export function shortestGapMinutes(schedule: Schedule): number | null {
  return schedule.kind === 'interval' ? intervalSeconds(schedule) / 60 : shortestGap(schedule);
}

const shortestGap = remembered(computeGap);

const KEPT = 200;

/** Many tasks of many deployments have the same few schedules. */
function remembered<T>(compute: (schedule: CronSchedule) => T): (schedule: CronSchedule) => T {
  const known = new Map<string, T>();
  return (schedule) => {
    const key = `${schedule.expression}\n${schedule.timeZone}`;
    const found = known.has(key) ? known.get(key)! : compute(schedule);
    if (known.size >= KEPT) known.clear();
    known.set(key, found);
    return found;
  };
}

function computeStarts(schedule: CronSchedule): ReadonlySet<number> {
  const starts = new Set<number>();
  const cron = parseCron(schedule.expression);
  if (!cron) return starts;
  const { minutes, hours, onDay } = cron;
  for (const week of WEEKS) {
    // A day on either side: the local days of the zone are not the days of UTC.
    for (let day = week - DAY_MS; day <= week + 7 * DAY_MS; day += DAY_MS) {
      if (!onDay(new Date(day))) continue;
      const offset = offsetAt(schedule.timeZone, day + DAY_MS / 2);
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

function computeGap(schedule: CronSchedule): number | null {
  const starts = [...startMinutes(schedule)].sort((a, b) => a - b);
  const gaps = starts.slice(1).map((start, index) => start - (starts[index] ?? start));
  // The step from one week to the other is no gap of the schedule.
  const within = gaps.filter((gap) => gap < 7 * 24 * 60);
  return within.length > 0 ? Math.min(...within) : rareGapMinutes(schedule);
}

function rareGapMinutes({ expression, timeZone }: CronSchedule): number | null {
  const cron = parseCron(expression);
  const first = cron && nextCronTime(cron, timeZone, WEEKS[0]);
  const second = cron && first !== undefined && nextCronTime(cron, timeZone, first);
  return first === undefined || !second ? null : (second - first) / MINUTE_MS;
}

/** When two schedules first start in the same minute. An interval counts from when its task was started: unknown. */
export function sharedStart(a: Schedule, b: Schedule): Date | null {
  const everyMinute = [a, b].find((schedule) => schedule.kind === 'interval');
  if (everyMinute?.kind === 'interval') {
    return intervalSeconds(everyMinute) <= 60 ? new Date(WEEKS[0]) : null;
  }
  if (a.kind !== 'cron' || b.kind !== 'cron') return null;
  const [fewer, more] = [startMinutes(a), startMinutes(b)].sort((one, other) => one.size - other.size);
  let first = Infinity;
  for (const minute of fewer ?? []) if (minute < first && more?.has(minute) === true) first = minute;
  return first === Infinity ? null : new Date(first * MINUTE_MS);
}
