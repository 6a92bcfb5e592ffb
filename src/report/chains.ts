/** Chains: a full run of a job that failed, and what was tried after it. */
import type { HistoryRun } from '../readings/history';

export interface Chain {
  job: string;
  rootRunId: string;
  /** When the full run failed; its end, else its start. */
  failedAt: string;
  attempts: number;
  /** `healed` by a retry; `given-up`: another full run came first; `open`: nothing has come after it. */
  ended: 'healed' | 'given-up' | 'open';
  /** When it was healed, or the next full run began; `null` while it is open. */
  endedAt: string | null;
  /** From the failure to the end, or to now. */
  seconds: number;
  /** Of all its retries together. */
  retrySeconds: number;
  failedModels: string[];
}

/** @param runs of one deployment, in any order @param now ISO 8601 in UTC @returns oldest first */
export function chainsOf(runs: readonly HistoryRun[], now: string): Chain[] {
  const byJob = new Map<string, HistoryRun[]>();
  for (const run of runs) {
    if (run.job === null || run.startedAt === null) continue;
    byJob.set(run.job, [...(byJob.get(run.job) ?? []), run]);
  }
  return [...byJob].flatMap(([job, own]) => chainsOfJob(job, own.sort(oldestFirst), now)).sort(byFailure);
}

function chainsOfJob(job: string, runs: readonly HistoryRun[], now: string): Chain[] {
  const fulls = runs.filter(({ kind }) => kind === 'FULL_BUILD');
  return fulls.flatMap((full, at): Chain[] => {
    if (!isFailure(full)) return [];
    const retries = runs.filter(
      ({ kind, rootRunId }) => kind === 'SELECTIVE_RETRY' && rootRunId === full.runId,
    );
    const last = retries.at(-1);
    const next = fulls[at + 1];
    const stillOpen = last?.openNodes ?? full.openNodes;
    const isHealed = last?.outcome === 'SUCCEEDED' && (stillOpen === null || stillOpen.length === 0);
    const failedAt = full.endedAt ?? full.startedAt!;
    const endedAt = isHealed ? (last.endedAt ?? last.startedAt) : (next?.startedAt ?? null);
    return [
      {
        job,
        rootRunId: full.runId,
        failedAt,
        attempts: retries.length,
        ended: isHealed ? 'healed' : next === undefined ? 'open' : 'given-up',
        endedAt,
        seconds: Math.max(0, (Date.parse(endedAt ?? now) - Date.parse(failedAt)) / 1000),
        retrySeconds: retries.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0),
        failedModels: [...new Set([full, ...retries].flatMap((run) => run.failedModels?.split(', ') ?? []))],
      },
    ];
  });
}

export function isFailure({ outcome }: Pick<HistoryRun, 'outcome'>): boolean {
  return outcome === 'FAILED' || outcome === 'CRASHED';
}

export function oldestFirst(a: HistoryRun, b: HistoryRun): number {
  return Date.parse(a.startedAt!) - Date.parse(b.startedAt!);
}

function byFailure(a: Chain, b: Chain): number {
  return a.failedAt < b.failedAt ? -1 : a.failedAt > b.failedAt ? 1 : 0;
}
