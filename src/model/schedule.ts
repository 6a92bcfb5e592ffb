/**
 * Schedules: what Snowflake accepts, and when they start.
 * https://docs.snowflake.com/en/sql-reference/sql/create-task
 */
import type { ProblemSink } from '../config/problems';
import { showValue } from '../config/problems';
import type { CronSchedule, IntervalSchedule, Schedule } from '../config/types';
import { nextWallTime, parseCron } from './cron';
import { isTimeZone } from './time-zone';

const SECONDS = { SECONDS: 1, MINUTES: 60, HOURS: 3600 } as const;
const SHORTEST_SECONDS = 10;
const LONGEST_SECONDS = 8 * 24 * 3600;

/** Snowflake's five fields: numbers, names of months and days, `*`, `,`, `-`, `/` and a trailing or lone `L`. */
const CRON_FIELDS = [
  { name: 'minute', pattern: /^[\d*,/-]+$/ },
  { name: 'hour', pattern: /^[\d*,/-]+$/ },
  { name: 'day of month', pattern: /^(?:L|[\d*,/-]+)$/i },
  { name: 'month', pattern: /^(?:[\d*,/-]|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)+$/i },
  { name: 'day of week', pattern: /^(?:[0-6*,/-]|SUN|MON|TUE|WED|THU|FRI|SAT|L)+$/i },
] as const;

/** Any moment does: whether an expression ever fires does not depend on it. */
const SOME_MONDAY = Date.UTC(2024, 0, 1);

export function checkSchedule(schedule: Schedule, problems: ProblemSink): void {
  if (schedule.kind === 'cron') checkCron(schedule, problems);
  else checkInterval(schedule, problems);
}

function checkCron({ expression, timeZone }: CronSchedule, problems: ProblemSink): void {
  const zoneIsKnown = isTimeZone(timeZone);
  if (!zoneIsKnown) {
    problems.add(
      ['timeZone'],
      `${showValue(timeZone)} is not a time zone`,
      'use an IANA name such as Europe/Berlin',
    );
  }
  const problem = cronProblem(expression);
  if (problem !== null)
    problems.add(['expression'], `${showValue(expression)} ${problem.what}`, problem.hint);
}

function cronProblem(expression: string): { what: string; hint: string } | null {
  if (!/^[\x20-\x7e]*$/.test(expression)) {
    return { what: 'holds a character that no cron has', hint: 'separate the five fields by blanks' };
  }
  const fields = expression.trim().split(/\s+/);
  if (fields.length !== CRON_FIELDS.length) {
    return {
      what: `has ${fields.length === 1 ? '1 field' : `${fields.length} fields`} instead of five`,
      hint: 'minute, hour, day of month, month, day of week; Snowflake has no seconds and no names such as @daily',
    };
  }
  const strange = CRON_FIELDS.findIndex(({ pattern }, index) => !pattern.test(fields[index] ?? ''));
  if (strange >= 0) {
    return {
      what: `has a ${CRON_FIELDS[strange]?.name} that Snowflake does not know: ${fields[strange]}`,
      hint: 'Snowflake knows numbers, names, * , - / and L (last)',
    };
  }
  const cron = parseCron(expression);
  if (!cron) {
    return {
      what: 'is not a cron expression',
      hint: 'minute 0-59, hour 0-23, day of month 1-31, month 1-12, day of week 0-6 (0 is Sunday)',
    };
  }
  return nextWallTime(cron, SOME_MONDAY) === undefined
    ? { what: 'never fires', hint: 'no such day comes; choose another day or month' }
    : null;
}

function checkInterval(schedule: IntervalSchedule, problems: ProblemSink): void {
  if (!Object.hasOwn(SECONDS, schedule.unit) || !Number.isInteger(schedule.every)) {
    const text = Number.isNaN(schedule.every) ? schedule.unit : `${schedule.every} ${schedule.unit}`;
    problems.add(
      [],
      `${showValue(text)} is not an interval`,
      "write it as '15 minutes': seconds, minutes or hours",
    );
    return;
  }
  const seconds = intervalSeconds(schedule);
  if (seconds < SHORTEST_SECONDS || seconds > LONGEST_SECONDS) {
    const text = `${schedule.every} ${schedule.unit.toLowerCase()}`;
    problems.add(
      ['every'],
      `${showValue(text)} is outside Snowflake's limits`,
      'from 10 seconds to 8 days (192 hours)',
    );
  }
}

export function intervalSeconds({ every, unit }: IntervalSchedule): number {
  return every * SECONDS[unit];
}
