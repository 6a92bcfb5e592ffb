/** What a root that is suspended for a second misses: the next start of its schedule. */
import { nextCronTime, parseCron } from '../model/cron';

/** A tick this close may fall into the moment in which the root is suspended, or be passed over by the scheduler. */
const NEAR_MS = 2 * 60_000;

export interface Tick {
  text: string;
  /** Whether it is due in the next two minutes. */
  near: boolean;
}

/**
 * @param schedule as Snowflake shows it
 * @param now UTC, ISO 8601
 * @returns `null` where there is no schedule, or one that is not understood
 */
export function nextTick(schedule: string | null | undefined, now: string): Tick | null {
  if (schedule === null || schedule === undefined) return null;
  const [, expression, zone] = /^USING\s+CRON\s+(.+)\s+(\S+)$/i.exec(schedule.trim()) ?? [];
  if (expression === undefined || zone === undefined) {
    return { text: `its interval of ${schedule} begins anew`, near: false };
  }
  const cron = parseCron(expression);
  const at = Date.parse(now);
  const next = cron && !Number.isNaN(at) ? nextCronTime(cron, zone, at) : undefined;
  if (next === undefined) return null;
  const minutes = Math.round((next - at) / 60_000);
  const time = `${new Date(next).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return { text: `its next start is ${time}, ${inWords(minutes)} away`, near: next - at <= NEAR_MS };
}

function inWords(minutes: number): string {
  if (minutes < 120) return minutes === 1 ? '1 minute' : `${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}
