/** How far back the views look: long enough for several runs of the slowest schedule, so that no chain is cut. */
import type { ProblemSink } from '../config/problems';
import type { DeploymentConfig, Schedule } from '../config/types';
import { shortestGapMinutes } from './occurrences';
import { isTimeZone } from './time-zone';

const DEFAULT_DAYS = 35;
/** A year and a day: what a yearly schedule needs is said in the config. */
const LONGEST_DAYS = 3660;
const PERIODS = 5;
const MINUTES_PER_DAY = 24 * 60;

/** @returns days; 35, or five periods of the slowest schedule where that is more */
export function resolveLookBack(config: DeploymentConfig, problems: ProblemSink): number {
  const days = config.lookBackDays;
  // A schedule that is none has been reported, and says nothing about days.
  if (days === undefined && problems.reported('tasks')) return DEFAULT_DAYS;
  if (days === undefined) return Math.max(DEFAULT_DAYS, daysOfSchedules(config));
  if (!(Number.isInteger(days) && days >= 1 && days <= LONGEST_DAYS)) {
    problems.add(
      ['lookBackDays'],
      `${days} is not a whole number of days from 1 to ${LONGEST_DAYS}`,
      'the views read that many days of the log; 35 is enough for daily runs',
    );
  }
  return days;
}

function daysOfSchedules({ tasks }: DeploymentConfig): number {
  const periods = Object.values(tasks).flatMap(({ schedule }) =>
    schedule === undefined || !isWellFormed(schedule) ? [] : (shortestGapMinutes(schedule) ?? []),
  );
  return Math.min(LONGEST_DAYS, Math.ceil((PERIODS * Math.max(0, ...periods)) / MINUTES_PER_DAY));
}

/** What is wrong with a schedule is told where tasks are read. */
function isWellFormed(schedule: Schedule): boolean {
  return schedule.kind === 'cron'
    ? isTimeZone(schedule.timeZone)
    : Number.isFinite(schedule.every) && schedule.every > 0;
}
