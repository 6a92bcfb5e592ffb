/** SCHEDULE: intervals and cron. https://docs.snowflake.com/en/sql-reference/sql/create-task */
import { nextCronTime, nextWallTime, parseCron, type Cron } from '../../model/cron';
import { isTimeZone } from '../../model/time-zone';
import { unsupported } from '../errors';
import { intervalOf } from './interval';
import { invalidSchedule, invalidTask } from './task-errors';

export type Schedule =
  { kind: 'interval'; milliseconds: number } | { kind: 'cron'; cron: Cron; zone: string };

const SHORTEST = 10_000;
const LONGEST = 8 * 86_400_000;

/** @throws SnowflakeError when it is no schedule */
export function parseSchedule(text: string): Schedule {
  const cron = /^\s*USING\s+CRON\s+(.+?)\s+(\S+)\s*$/is.exec(text);
  return cron ? cronSchedule(cron[1]!, cron[2]!) : intervalSchedule(text);
}

function intervalSchedule(text: string): Schedule {
  const milliseconds = intervalOf(text);
  if (milliseconds === undefined) throw invalidSchedule();
  if (milliseconds < SHORTEST) throw invalidTask('Cannot set schedule less than 10 seconds.');
  if (milliseconds > LONGEST) throw invalidTask('Cannot set schedule greater than 11,520 minutes.');
  return { kind: 'interval', milliseconds };
}

function cronSchedule(expression: string, zone: string): Schedule {
  if (!isTimeZone(zone))
    throw invalidTask(
      `Invalid schedule was specified. "${zone}" is not a recognized time zone. Please specify time zones accepted by the TIMEZONE parameter.`,
    );
  if (/\sL$/i.test(expression)) throw unsupported("L alone in a cron's day of week");
  const cron = parseCron(expression);
  if (!cron) throw invalidSchedule();
  if (nextWallTime(cron, 0) === undefined)
    throw invalidTask('No valid time could be found under the schedule and/or interval specified');
  return { kind: 'cron', cron, zone };
}

/**
 * The next time after `after`, in milliseconds UTC.
 * @param base the moment from which intervals count: when the task was resumed
 */
export function nextTime(schedule: Schedule, after: number, base: number): number {
  // `cronSchedule` let through none that never comes.
  if (schedule.kind === 'cron') return nextCronTime(schedule.cron, schedule.zone, after)!;
  const passed = Math.max(0, Math.floor((after - base) / schedule.milliseconds));
  return base + (after < base ? 1 : passed + 1) * schedule.milliseconds;
}
