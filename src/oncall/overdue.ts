/** Whether a schedule has passed without a run of the job in the log. */
import type { JobState } from '../readings/job-state';
import { momentOf, type JobTask } from './job-tasks';

const MINUTE = 60_000;
/** A run may be logged a little before its tick by another clock, and some while after it. */
const TOLERANCE = 5 * MINUTE;
const GRACE = 15 * MINUTE;

export interface Overdue {
  /** The start that led to nothing. */
  since: number;
  task: JobTask;
}

/**
 * A log may be written only when a run ends, so a start counts once one and a half times the job's longest run have
 * passed; while none is known, once the task's own timeout has.
 */
export function overdue(state: JobState, tasks: readonly JobTask[], now: number): Overdue | null {
  const latest = latestActivity(state);
  for (const task of tasks) {
    if (!task.runs || (task.mode !== 'AUTO' && task.mode !== 'FULL_BUILD')) continue;
    if (task.task.onlyIfBuilt.length > 0) continue;
    const since = task.ticks.before(now - graceOf(state, task));
    if (since === null || since <= sinceWhen(task) + TOLERANCE) continue;
    if (latest === null || latest < since - TOLERANCE) return { since, task };
  }
  return null;
}

function latestActivity(state: JobState): number | null {
  const moments = [state.lastFullStartedAt, state.chainEndedAt, state.rootRunStartedAt, state.runningSince];
  const known = moments.flatMap((time) => momentOf(time) ?? []);
  return known.length === 0 ? null : Math.max(...known);
}

function graceOf({ longestSeconds }: JobState, { task, root }: JobTask): number {
  // A child starts when its predecessors have ended, which the root's timeout bounds.
  if (task !== root || longestSeconds === null) return root.timeoutMs + GRACE;
  return 1500 * longestSeconds + GRACE;
}

/** A start before the task was resumed is none that it missed. */
function sinceWhen({ state, rootState }: JobTask): number {
  const moments = [state?.committedAt, state?.createdAt, rootState?.committedAt, rootState?.createdAt];
  return Math.max(0, ...moments.flatMap((time) => momentOf(time ?? null) ?? []));
}
