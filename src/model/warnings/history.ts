/** Doubts about how far back the history of runs reaches. */
import { shortestGapMinutes } from '../occurrences';
import { retryingTasks, warning, type WarningRule } from './context';

/** https://docs.snowflake.com/en/sql-reference/functions/dbt_project_execution_history */
const DAYS_OF_SNOWFLAKE = 7;
const MINUTES_PER_DAY = 1440;

/** What the next start cannot see any more, it cannot retry: it is a first run each time. */
export const historyShorterThanPeriod: WarningRule = (context) => {
  const { state, lookBackDays } = context.deployment;
  const isNative = state.kind === 'execution-history';
  const days = isNative ? Math.min(DAYS_OF_SNOWFLAKE, lookBackDays) : lookBackDays;
  return retryingTasks(context).flatMap(({ key, task, schedule, job }) => {
    if (task.finalizes !== null) return [];
    const gap = shortestGapMinutes(schedule);
    if (gap === null || gap < days * MINUTES_PER_DAY) return [];
    return [
      warning(
        'HISTORY_SHORTER_THAN_PERIOD',
        ['tasks', key, 'schedule'],
        `the runs that are read reach back ${days} days and ${job.name} starts every ${Math.round(gap / MINUTES_PER_DAY)}: no failure is ever retried`,
        isNative
          ? "Snowflake's history holds 7 days: read audit tables, or add a task in mode retry-only that starts sooner"
          : 'set lookBackDays to several periods of the schedule',
      ),
    ];
  });
};
