/**
 * What the retries saved, measured: the full builds that would have mended the same failures, less the retries, less what
 * looking for failures cost. Nothing is assumed: a job of which no full build succeeded in the report's days has no
 * measure, and its chains are left out and counted.
 */
import type { HistoryRun } from '../readings/history';
import type { Chain } from './chains';

export interface Savings {
  /** Chains that retries healed, and whose job has a measure. */
  healedChains: number;
  /** Each of them times the median of its job's successful full builds, in seconds. */
  fullBuildSeconds: number;
  /** All retries of the report, failed ones too, in seconds. */
  retrySeconds: number;
  /** Seconds for which looking kept a warehouse awake; `null` where the task history could not be read. */
  lookSeconds: number | null;
  /** Of what was looked at. */
  netSeconds: number;
  /** Healed chains without a measure. */
  notMeasured: number;
  /** Of it, what stood in for a scheduled build, by the history view's own reckoning (SECONDS_SAVED). */
  displacedSeconds: number;
  /** Full builds and retries of which the log has no end: they count as nothing. */
  withoutEnd: number;
  /** Median of the successful full builds by job, in seconds. */
  fullBuilds: { job: string; seconds: number; runs: number }[];
}

export function savingsOf(
  runs: readonly HistoryRun[],
  chains: readonly Chain[],
  lookSeconds: number | null,
): Savings {
  const fullBuilds = fullBuildsOf(runs);
  const measure = new Map(fullBuilds.map(({ job, seconds }) => [job, seconds]));
  const healed = chains.filter(({ ended }) => ended === 'healed');
  const measured = healed.filter(({ job }) => measure.has(job));
  const fullBuildSeconds = measured.reduce((sum, { job }) => sum + measure.get(job)!, 0);
  const retrySeconds = runs
    .filter(({ kind }) => kind === 'SELECTIVE_RETRY')
    .reduce((sum, { seconds }) => sum + (seconds ?? 0), 0);
  return {
    healedChains: measured.length,
    fullBuildSeconds,
    retrySeconds,
    lookSeconds,
    netSeconds: fullBuildSeconds - retrySeconds - (lookSeconds ?? 0),
    notMeasured: healed.length - measured.length,
    displacedSeconds: runs.reduce((sum, { secondsSaved }) => sum + (secondsSaved ?? 0), 0),
    withoutEnd: runs.filter(
      ({ kind, seconds, outcome }) =>
        kind !== 'OTHER' && outcome !== 'RUNNING' && !(seconds !== null && seconds > 0),
    ).length,
    fullBuilds,
  };
}

function fullBuildsOf(runs: readonly HistoryRun[]): Savings['fullBuilds'] {
  const byJob = new Map<string, number[]>();
  for (const { job, kind, outcome, seconds } of runs) {
    if (job === null || kind !== 'FULL_BUILD' || outcome !== 'SUCCEEDED') continue;
    // A run whose end is not in the log, or lies before its start, ends for the views where it starts.
    if (seconds === null || seconds <= 0) continue;
    byJob.set(job, [...(byJob.get(job) ?? []), seconds]);
  }
  return [...byJob].map(([job, all]) => ({ job, seconds: median(all), runs: all.length }));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
