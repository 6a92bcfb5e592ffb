/** Runs of dbt that are under way at the same time. */
import type { Step } from './step';

/**
 * @param tasks which tasks count; `true` for every run, an operator's too
 * @returns one sentence for each run that begins while an earlier one is under way
 */
export function overlaps(steps: readonly Step[], tasks: true | readonly string[]): string[] {
  const runs = steps
    .filter(({ task }) => tasks === true || (task !== null && tasks.includes(task)))
    .filter(({ dbtStarted }) => dbtStarted !== null)
    .sort((a, b) => compare(a.dbtStarted!, b.dbtStarted!));
  const found: string[] = [];
  let longest: Step | undefined;
  for (const run of runs) {
    if (longest && run.dbtStarted! < endOf(longest))
      found.push(`expected one run of dbt at a time, but ${shown(run)} began during ${shown(longest)}`);
    if (!longest || endOf(run) > endOf(longest)) longest = run;
  }
  return found;
}

/** Texts of one form: they compare as times do. What still runs ends after all else. */
function endOf({ dbtEnded }: Step): string {
  return dbtEnded ?? '9999';
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function shown({ task, dbtStarted, dbtEnded }: Step): string {
  return `${task ?? 'operator'} (${dbtStarted} to ${dbtEnded ?? 'the end'})`;
}
