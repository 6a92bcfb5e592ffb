/** Retries that no schedule lets happen. */
import type { Schedule } from '../../config/types';
import type { Job, Task } from '../deployment';
import { intervalSeconds } from '../schedule';
import { shortestGapMinutes, startMinutes } from '../occurrences';
import { retryingTasks, warning, type RetryingTask, type WarningContext, type WarningRule } from './context';

/**
 * A failure is younger than the time since its run started. Where that time is above `maxAgeHours` at every start of
 * every task that may retry the job, each of them finds it too old.
 */
export const retryNeverDue: WarningRule = (context) => {
  const byJob = new Map<Job, RetryingTask[]>();
  for (const each of retryingTasks(context)) byJob.set(each.job, [...(byJob.get(each.job) ?? []), each]);
  const builders = buildersByJob(context);
  return [...byJob].flatMap(([job, retrying]) => {
    const built = builders.get(job.name) ?? [];
    const [first] = retrying;
    if (first === undefined || built.length === 0) return [];
    const limit = job.policy.maxAgeHours * 60;
    if (retrying.some((task) => built.some((builder) => isDue(task, builder, limit)))) return [];
    return [
      warning(
        'RETRY_NEVER_DUE',
        ['tasks', first.key, 'schedule'],
        `no start of ${names(retrying)} comes within ${job.policy.maxAgeHours} hours after a build of ${job.name}: a failure is always too old to be retried`,
        'set maxAgeHours above the time between two starts, or add a task in mode retry-only that starts sooner',
      ),
    ];
  });
};

interface Builder {
  root: Task;
  schedule: Schedule;
}

/** What makes full builds of a job, by its name. */
function buildersByJob({ deployment }: WarningContext): Map<string, Builder[]> {
  const found = new Map<string, Builder[]>();
  for (const { root, children } of deployment.graphs) {
    for (const { action } of [root, ...children]) {
      if (action.kind !== 'call' || root.schedule === null) continue;
      if (action.mode !== 'AUTO' && action.mode !== 'FULL_BUILD') continue;
      found.set(action.job, [...(found.get(action.job) ?? []), { root, schedule: root.schedule }]);
    }
  }
  return found;
}

/** @param limit minutes */
function isDue({ task, schedule }: RetryingTask, builder: Builder, limit: number): boolean {
  // In the graph of the build itself: right after it.
  if (task !== builder.root && task.schedule === null) return true;
  if (schedule.kind === 'interval') return intervalSeconds(schedule) / 60 <= limit;
  // When an interval begins is unknown: some of its builds may come shortly before.
  if (builder.schedule.kind === 'interval') return true;
  return soonest(schedule, builder.schedule) <= limit;
}

/** The shortest time from a build to a later start, in minutes. */
function soonest(retry: Schedule, build: Schedule): number {
  if (retry.kind !== 'cron' || build.kind !== 'cron') return 0;
  if (sameSchedule(retry, build)) return shortestGapMinutes(retry) ?? Infinity;
  const starts = [...startMinutes(retry)].sort((a, b) => a - b);
  const builds = [...startMinutes(build)].sort((a, b) => a - b);
  // What comes less than once a week is not seen often enough to say so.
  if (starts.length < 2 || builds.length < 2) return 0;
  return Math.min(...builds.map((at) => (starts.find((start) => start > at) ?? Infinity) - at));
}

function sameSchedule(a: Schedule, b: Schedule): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function names(tasks: readonly RetryingTask[]): string {
  const [first, ...more] = tasks.map(({ task }) => task.name.name);
  return more.length === 0 ? `${first}` : `${first} and ${more.length} more`;
}
