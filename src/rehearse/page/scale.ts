/** Time along the x axis: where a moment is, and which moments get a mark. All of it UTC. */

export interface Scale {
  /** Milliseconds. */
  from: number;
  to: number;
  left: number;
  width: number;
  x(at: number): number;
}

export function scaleOf(from: number, to: number, left: number, width: number): Scale {
  const x = (at: number): number =>
    left + (Math.min(Math.max(at, from), to) - from) * (width / Math.max(1, to - from));
  return { from, to, left, width, x };
}

export interface Tick {
  at: number;
  label: string;
  /** A day begins, or in a long stretch a year. */
  strong: boolean;
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const STEPS = [5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR];
const DAY_STEPS = [1, 2, 7];
const MONTH_STEPS = [1, 2, 3, 6, 12];

/** @param most so many marks at most */
export function ticksOf({ from, to }: Pick<Scale, 'from' | 'to'>, most: number): Tick[] {
  const step = STEPS.find((length) => (to - from) / length <= most);
  if (step !== undefined) return regular(from, to, step).map(clockTick);
  const days = DAY_STEPS.find((count) => (to - from) / (count * DAY) <= most);
  if (days !== undefined)
    return regular(from, to, days * DAY).map((at) => ({ at, label: dayText(at), strong: true }));
  const months = MONTH_STEPS.find((count) => (to - from) / (count * 30 * DAY) <= most) ?? 12;
  return monthTicks(from, to, months);
}

/** The latest moment not after `at` at which a stretch of this length begins; weeks begin on Mondays, as 5 January 1970 was. */
export function beginOf(at: number, length: number): number {
  const origin = length === 7 * DAY ? 4 * DAY : 0;
  return Math.floor((at - origin) / length) * length + origin;
}

function regular(from: number, to: number, step: number): number[] {
  const before = beginOf(from, step);
  const first = before === from ? from : before + step;
  return Array.from(
    { length: Math.max(0, Math.floor((to - first) / step) + 1) },
    (_, index) => first + index * step,
  );
}

function clockTick(at: number): Tick {
  const midnight = at % DAY === 0;
  return { at, label: midnight ? dayText(at) : timeText(at), strong: midnight };
}

function monthTicks(from: number, to: number, step: number): Tick[] {
  const ticks: Tick[] = [];
  const start = new Date(from);
  for (let month = 0; ; month += 1) {
    const at = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + month, 1);
    if (at > to) return ticks;
    const date = new Date(at);
    if (at < from || date.getUTCMonth() % step !== 0) continue;
    const january = date.getUTCMonth() === 0;
    const year = january || ticks.length === 0 ? ` ${date.getUTCFullYear()}` : '';
    ticks.push({ at, label: `${MONTHS[date.getUTCMonth()]}${year}`, strong: january });
  }
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const WEEKDAYS = 'Sun Mon Tue Wed Thu Fri Sat'.split(' ');

/** `Mon 5 Jan`. */
export function dayText(at: number): string {
  const date = new Date(at);
  return `${WEEKDAYS[date.getUTCDay()]} ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
}

/** `06:00`. */
export function timeText(at: number): string {
  return new Date(at).toISOString().slice(11, 16);
}

/** `45 s`, `4 min 10 s`, `2 h 5 min`. */
export function durationText(millis: number): string {
  const seconds = Math.round(millis / 1000);
  if (seconds < 60) return `${seconds} s`;
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
  return seconds % 60 > 0 ? `${minutes} min ${seconds % 60} s` : `${minutes} min`;
}
