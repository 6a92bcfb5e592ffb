/** When a task of an account starts, from the schedule as SHOW TASKS writes it. Moments are milliseconds UTC. */
import { nextCronTime, parseCron } from '../model/cron';
import { isTimeZone } from '../model/time-zone';

export interface Ticks {
  /** The first start after a moment; `null` when none comes or the schedule is not known here. */
  after(moment: number): number | null;
  /** The last start at or before a moment. */
  before(moment: number): number | null;
}

const UNIT_MS: Readonly<Record<string, number>> = { SECOND: 1000, MINUTE: 60_000, HOUR: 3_600_000 };
const HOUR = 3_600_000;
/** How far back the last start of a cron is looked for, nearest first: the rarest day is eight years away. */
const BACK = [1, 24, 8 * 24, 32 * 24, 366 * 24, 9 * 366 * 24].map((hours) => hours * HOUR);

/** @param countedFrom when an interval began to count: the task's last RESUME */
export function ticksOf(schedule: string | null, countedFrom: number | null): Ticks {
  const [, expression = '', zone = ''] = /^USING CRON (.+) (\S+)$/i.exec(schedule ?? '') ?? [];
  const cron = expression === '' || !isTimeZone(zone) ? undefined : parseCron(expression);
  if (cron !== undefined) {
    const after = (moment: number): number | null => nextCronTime(cron, zone, moment) ?? null;
    return { after, before: (moment) => lastBefore(after, moment) };
  }
  const [, every = '', unit = ''] = /^(\d+)\s*(SECOND|MINUTE|HOUR|M|H|S)S?$/i.exec(schedule ?? '') ?? [];
  const length = Number(every) * (UNIT_MS[longUnit(unit)] ?? 0);
  if (length > 0 && countedFrom !== null) return interval(length, countedFrom);
  return { after: () => null, before: () => null };
}

function longUnit(unit: string): string {
  const upper = unit.toUpperCase();
  return { S: 'SECOND', M: 'MINUTE', H: 'HOUR' }[upper] ?? upper;
}

function interval(length: number, from: number): Ticks {
  return {
    after: (moment) => from + Math.max(1, Math.floor((moment - from) / length) + 1) * length,
    before: (moment) =>
      moment < from + length ? null : from + Math.floor((moment - from) / length) * length,
  };
}

function lastBefore(after: (moment: number) => number | null, moment: number): number | null {
  for (const span of BACK) {
    let found: number | null = null;
    for (let next = after(moment - span); next !== null && next <= moment; next = after(next)) found = next;
    if (found !== null) return found;
  }
  return null;
}
