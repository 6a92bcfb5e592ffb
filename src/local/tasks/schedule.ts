/**
 * SCHEDULE: intervals and cron. Snowflake evaluates cron on the wall clock of the given zone alone: a time that the
 * clock shows twice in autumn runs twice, one that it never shows in spring does not run.
 * https://docs.snowflake.com/en/sql-reference/sql/create-task, https://docs.snowflake.com/en/user-guide/tasks-intro
 */
import { Cron } from 'croner';
import { unsupported } from '../errors';
import { invalidTask } from './task-errors';
import { isTimeZone, nextOffsetChange, offsetAt } from './time-zone';

export type Schedule =
  { kind: 'interval'; milliseconds: number } | { kind: 'cron'; expression: string; zone: string };

const UNITS: Record<string, { milliseconds: number; longest: number; shortest: number }> = {
  S: { milliseconds: 1000, shortest: 10, longest: 691_200 },
  M: { milliseconds: 60_000, shortest: 1, longest: 11_520 },
  H: { milliseconds: 3_600_000, shortest: 1, longest: 192 },
};

/** @throws SnowflakeError when it is no schedule */
export function parseSchedule(text: string): Schedule {
  const cron = /^\s*USING\s+CRON\s+(.+?)\s+(\S+)\s*$/is.exec(text);
  if (cron) return cronSchedule(cron[1]!, cron[2]!, text);
  const interval = /^\s*(\d+)\s*(S|SECONDS?|M|MINUTES?|H|HOURS?)\s*$/i.exec(text);
  const unit = interval && UNITS[interval[2]!.charAt(0).toUpperCase()];
  if (!interval || !unit) throw invalidSchedule(text);
  const count = Number(interval[1]);
  if (count < unit.shortest || count > unit.longest) throw invalidSchedule(text);
  return { kind: 'interval', milliseconds: count * unit.milliseconds };
}

/**
 * The next time after `after`, in milliseconds UTC; `undefined` when it never comes.
 * @param base the moment from which intervals count: when the task was resumed
 */
export function nextTime(schedule: Schedule, after: number, base: number): number | undefined {
  if (schedule.kind === 'cron') return nextCronTime(schedule, after);
  const passed = Math.max(0, Math.floor((after - base) / schedule.milliseconds));
  const next = base + (passed + 1) * schedule.milliseconds;
  return after < base ? base + schedule.milliseconds : next;
}

function nextCronTime(
  { expression, zone }: { expression: string; zone: string },
  after: number,
): number | undefined {
  const cron = compiled(expression);
  // Between two changes of the offset the wall clock runs evenly, so cron is asked on it as if it were UTC.
  let from = after;
  for (let stretch = after; ;) {
    const offset = offsetAt(zone, stretch);
    const end = nextOffsetChange(zone, stretch);
    const wall = cron.nextRun(new Date(from + offset));
    if (!wall) return undefined;
    const at = wall.getTime() - offset;
    if (at < end) return at;
    stretch = end;
    from = end - 1000;
  }
}

const crons = new Map<string, Cron>();

function compiled(expression: string): Cron {
  const known = crons.get(expression);
  if (known) return known;
  const cron = new Cron(expression, { timezone: 'UTC' });
  crons.set(expression, cron);
  return cron;
}

const FIELDS = [
  { name: 'minute', value: '\\d{1,2}', least: 0, most: 59 },
  { name: 'hour', value: '\\d{1,2}', least: 0, most: 23 },
  { name: 'day of month', value: '\\d{1,2}', least: 1, most: 31, last: /^L$/i },
  { name: 'month', value: '\\d{1,2}|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC', least: 1, most: 12 },
  { name: 'day of week', value: '\\d|SUN|MON|TUE|WED|THU|FRI|SAT', least: 0, most: 6, last: /^[0-6]L$/i },
];

/** Snowflake's fields have `*`, lists, ranges, steps (also `4/3`: from 4 in steps of 3) and `L`; nothing else. */
function cronSchedule(expression: string, zone: string, text: string): Schedule {
  const fields = expression.trim().split(/\s+/);
  if (fields.length !== FIELDS.length) throw invalidSchedule(text);
  if (!isTimeZone(zone)) throw invalidSchedule(text);
  if (/^L$/i.test(fields[4]!)) throw unsupported("L alone in a cron's day of week");
  const written = fields.map((field, index) => cronField(field, FIELDS[index]!, text)).join(' ');
  try {
    compiled(written);
  } catch {
    throw invalidSchedule(text);
  }
  return { kind: 'cron', expression: written, zone };
}

function cronField(
  field: string,
  { value, least, most, last }: (typeof FIELDS)[number],
  text: string,
): string {
  const item = new RegExp(`^(?:\\*|(${value})(?:-(${value}))?)(?:/(\\d{1,3}))?$`, 'i');
  const items = field.split(',').map((part) => {
    if (last?.test(part)) return part.toUpperCase();
    const found = item.exec(part);
    if (!found || found[3] === '0') throw invalidSchedule(text);
    const [, from, to, step] = found;
    for (const bound of [from, to]) {
      if (bound !== undefined && /^\d/.test(bound) && (Number(bound) < least || Number(bound) > most))
        throw invalidSchedule(text);
    }
    return from !== undefined && to === undefined && step !== undefined ? `${from}-${most}/${step}` : part;
  });
  return items.join(',');
}

function invalidSchedule(text: string) {
  return invalidTask(`Invalid schedule specified: '${text}'.`);
}
