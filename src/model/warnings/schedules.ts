/** Doubts about when tasks start. */
import { shortestGapMinutes } from '../occurrences';
import { retryingTasks, warning, type WarningRule } from './context';

/** From here on a schedule is one that people wait for: a retry in its place leaves the rest of the project a day old. */
const LONG_GAP_HOURS = 12;

export const retryDisplacesSchedule: WarningRule = (context) =>
  retryingTasks(context).flatMap(({ key, schedule, job, mode }) => {
    const gap = shortestGapMinutes(schedule);
    if (mode !== 'AUTO' || gap === null) return [];
    const hours = gap / 60;
    // A failure ends after its start, so at the next start it is younger than the gap.
    if (hours < LONG_GAP_HOURS || hours > job.policy.maxAgeHours) return [];
    return [
      warning(
        'RETRY_DISPLACES_SCHEDULE',
        ['tasks', key, 'mode'],
        `after a failure the next scheduled build, ${plural(hours, 'hour')} later, is a retry of the failed models only`,
        "to keep the build, use mode 'full-build' and a second task with mode 'retry-only' that finalizes it",
      ),
    ];
  });

export const windowEqualsPeriod: WarningRule = (context) =>
  retryingTasks(context).flatMap(({ key, task, schedule, job }) => {
    // A finalizer comes right after the failure, whatever the time between two builds.
    if (task.finalizes !== null) return [];
    const gap = shortestGapMinutes(schedule);
    if (gap === null || gap / 60 !== job.policy.maxAgeHours) return [];
    return [
      warning(
        'WINDOW_EQUALS_PERIOD',
        ['tasks', key, 'schedule'],
        `maxAgeHours and the time between two starts are both ${plural(gap / 60, 'hour')}`,
        'a failure within seconds of its start is then retried or not by seconds: choose an age clearly above or below',
      ),
    ];
  });

function plural(count: number, word: string): string {
  return `${Number(count.toFixed(2))} ${word}${count === 1 ? '' : 's'}`;
}
