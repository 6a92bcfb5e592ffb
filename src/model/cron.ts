/**
 * Snowflake's cron. It is evaluated on the wall clock of the given zone alone: a time that the clock shows twice in
 * autumn runs twice, one that it never shows in spring does not run.
 * https://docs.snowflake.com/en/sql-reference/sql/create-task, https://docs.snowflake.com/en/user-guide/tasks-intro
 */
import { stretchAt } from './time-zone';

export interface Cron {
  /** Ascending. */
  minutes: readonly number[];
  hours: readonly number[];
  /** Whether it runs on a day, given as its midnight in UTC. */
  onDay(day: Date): boolean;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** The rarest day there is, 29 February, can be eight years away. */
const HORIZON_DAYS = 9 * 366;

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** Five fields of `*`, lists, ranges, steps (also `4/3`: from 4 in steps of 3) and `L`; anything else is `undefined`. */
export function parseCron(expression: string): Cron | undefined {
  const fields = expression.trim().toUpperCase().split(/\s+/);
  if (fields.length !== 5) return undefined;
  const [minute, hour, dayOfMonth, month, dayOfWeek] = fields as [string, string, string, string, string];
  const minutes = numbers(minute, 0, 59);
  const hours = numbers(hour, 0, 23);
  const months = numbers(month, 1, 12, MONTHS);
  const onDate = dateMatcher(dayOfMonth);
  const onWeekday = weekdayMatcher(dayOfWeek);
  if (!minutes || !hours || !months || !onDate || !onWeekday) return undefined;
  const onDay = (day: Date) => {
    if (!months.includes(day.getUTCMonth() + 1)) return false;
    // When both are restricted, either will do.
    if (dayOfMonth === '*') return onWeekday(day);
    return dayOfWeek === '*' ? onDate(day) : onDate(day) || onWeekday(day);
  };
  return { minutes, hours, onDay };
}

/** The first time after `after`, both in milliseconds as if the wall clock showed UTC; `undefined` when none comes. */
export function nextWallTime({ minutes, hours, onDay }: Cron, after: number): number | undefined {
  const first = (Math.floor(after / MINUTE) + 1) * MINUTE;
  const today = Math.floor(first / DAY) * DAY;
  for (let day = today; day < today + HORIZON_DAYS * DAY; day += DAY) {
    if (!onDay(new Date(day))) continue;
    for (const hour of hours) {
      if (day + (hour + 1) * HOUR <= first) continue;
      const minute = minutes.find((each) => day + hour * HOUR + each * MINUTE >= first);
      if (minute !== undefined) return day + hour * HOUR + minute * MINUTE;
    }
  }
  return undefined;
}

/**
 * The first moment after `after`, both in milliseconds UTC, at which the zone's wall clock shows a time of the cron;
 * `undefined` when none comes.
 */
export function nextCronTime(cron: Cron, zone: string, after: number): number | undefined {
  // Between two changes of the offset the wall clock runs evenly, so cron is asked on it as if it were UTC.
  for (let from = after, moment = after; ;) {
    const { offset, until } = stretchAt(zone, moment);
    const shown = nextWallTime(cron, from + offset);
    if (shown === undefined) return undefined;
    if (shown - offset < until) return shown - offset;
    moment = until;
    from = until - 1;
  }
}

type OnDay = (day: Date) => boolean;

/** `L` is the last day of the month. */
function dateMatcher(field: string): OnDay | undefined {
  const [plain, last] = withoutLast(field, (part) => part === 'L');
  const dates = plain.length > 0 ? numbers(plain.join(','), 1, 31) : [];
  if (!dates) return undefined;
  return (day) => dates.includes(day.getUTCDate()) || (last.length > 0 && isLast(day, 1));
}

/**
 * `5L` and `FRIL` are the last Friday of the month. Snowflake's page lists a lone `L` too and does not say what it
 * means; it is the last day of the week here, Saturday, as in the schedulers that brought the letter up.
 */
function weekdayMatcher(field: string): OnDay | undefined {
  const lastOfWeek = field
    .split(',')
    .map((part) => (part === 'L' ? 'SAT' : part))
    .join(',');
  const [plain, last] = withoutLast(lastOfWeek, (part) => /^(?:\d|[A-Z]{3})L$/.test(part));
  const days = plain.length > 0 ? numbers(plain.join(','), 0, 6, DAYS) : [];
  const lastDays = last.map((part) => numbers(part.slice(0, -1), 0, 6, DAYS));
  if (!days || lastDays.includes(undefined)) return undefined;
  return (day) =>
    days.includes(day.getUTCDay()) ||
    (isLast(day, 7) && lastDays.some((each) => each?.includes(day.getUTCDay())));
}

function withoutLast(field: string, isLastPart: (part: string) => boolean): [string[], string[]] {
  const parts = field.split(',');
  return [parts.filter((part) => !isLastPart(part)), parts.filter(isLastPart)];
}

/** Whether the month ends less than so many days later. */
function isLast(day: Date, days: number): boolean {
  return new Date(day.getTime() + days * DAY).getUTCMonth() !== day.getUTCMonth();
}

/** The values of one field, ascending; `undefined` when it is none. */
function numbers(
  field: string,
  least: number,
  most: number,
  names: readonly string[] = [],
): number[] | undefined {
  const values = new Set<number>();
  const numberOf = (text: string) =>
    names.includes(text) ? names.indexOf(text) + least : /^\d{1,2}$/.test(text) ? Number(text) : NaN;
  for (const part of field.split(',')) {
    const found = /^(?:\*|(\w+?)(?:-(\w+))?)(?:\/(\d{1,3}))?$/.exec(part);
    if (!found) return undefined;
    const [, start, end, step] = found;
    const from = start === undefined ? least : numberOf(start);
    const to = end !== undefined ? numberOf(end) : start === undefined || step !== undefined ? most : from;
    const by = Number(step ?? 1);
    if (!(from >= least && from <= to && to <= most && by >= 1 && by <= most)) return undefined;
    for (let value = from; value <= to; value += by) values.add(value);
  }
  return [...values].sort((a, b) => a - b);
}
