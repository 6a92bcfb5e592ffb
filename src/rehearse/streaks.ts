/** A long timeline in few lines: runs of one task that are alike, one after the other, are one streak. */
import type { Step } from './step';

export interface Streak {
  first: Step;
  last: Step;
  count: number;
}

/** In the order of their first steps. A task's streak goes on while other tasks run in between. */
export function streaksOf(steps: readonly Step[]): Streak[] {
  const streaks: Streak[] = [];
  const current = new Map<string | null, Streak>();
  for (const step of steps) {
    const streak = current.get(step.task);
    if (streak && isAlike(streak.last, step)) {
      streak.last = step;
      streak.count += 1;
    } else {
      const next = { first: step, last: step, count: 1 };
      streaks.push(next);
      current.set(step.task, next);
    }
  }
  return streaks;
}

/** In all that a line of the timeline shows, but for the time. */
function isAlike(a: Step, b: Step): boolean {
  return (
    a.role === b.role &&
    a.action === b.action &&
    a.outcome === b.outcome &&
    a.message === b.message &&
    a.ran.length === b.ran.length &&
    a.skipped.length === b.skipped.length &&
    a.notSelected.length === b.notSelected.length &&
    a.failed.join() === b.failed.join()
  );
}
