/** How long jobs stayed broken: from a full run that failed to what made the job whole, whatever was tried in between. */
import type { HistoryRun } from '../readings/history';
import { isFailure, oldestFirst } from './chains';

export interface Outage {
  job: string;
  from: string;
  /** `null` while it lasts. */
  to: string | null;
  seconds: number;
  /** Runs in it: those that failed, and retries. */
  tries: number;
  models: string[];
}

/** @param now ISO 8601 in UTC @returns the longest first */
export function outagesOf(runs: readonly HistoryRun[], now: string): Outage[] {
  const outages: Outage[] = [];
  const current = new Map<string, Outage>();
  const own = runs.filter(
    ({ job, startedAt, kind }) => job !== null && startedAt !== null && kind !== 'OTHER',
  );
  for (const run of [...own].sort(oldestFirst)) {
    const job = run.job!;
    const at = run.endedAt ?? run.startedAt!;
    let outage = current.get(job);
    if (outage === undefined && isFailure(run) && run.kind === 'FULL_BUILD') {
      outage = { job, from: at, to: null, seconds: 0, tries: 0, models: [] };
      outages.push(outage);
      current.set(job, outage);
    }
    if (outage === undefined) continue;
    if (isFailure(run) || run.kind === 'SELECTIVE_RETRY') outage.tries += 1;
    outage.models = [...new Set([...outage.models, ...(run.failedModels?.split(', ') ?? [])])];
    const isWhole = run.outcome === 'SUCCEEDED' && (run.openNodes === null || run.openNodes.length === 0);
    if (!isWhole) continue;
    outage.to = at;
    current.delete(job);
  }
  for (const outage of outages)
    outage.seconds = Math.max(0, (Date.parse(outage.to ?? now) - Date.parse(outage.from)) / 1000);
  return outages.sort((a, b) => b.seconds - a.seconds);
}
