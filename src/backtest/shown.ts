/** What the log showed at a time: what had started, and of that what had ended. Pure. */
import type { Job } from '../model/deployment';
import type { Shown } from './ask';
import type { Evidence, KnownRun } from './evidence';
import { indexFrom } from './in-order';
import type { NodeRow, RunRow } from './log';
import type { SimulatedRetry } from './retry';

/** Full runs back that a decision can depend on: the chain, three for what succeeded lately, one for what is carried over. */
const CHAINS = 5;

export interface Played {
  job: Job;
  /** Those that had started. */
  builds: readonly KnownRun[];
  displaced: ReadonlySet<KnownRun>;
  retries: readonly SimulatedRetry[];
  evidence: Evidence;
}

/** @returns with a key: as long as that is the same, so is what is shown */
export function shownAt(at: number, played: Played): Shown & { key: string } {
  const { job, builds, displaced, retries, evidence } = played;
  const own: KnownRun[] = [];
  for (let index = builds.length - 1; index >= 0 && own.length < CHAINS; index -= 1)
    if (!displaced.has(builds[index]!)) own.unshift(builds[index]!);
  const since = own.length < CHAINS ? -Infinity : own[0]!.start;
  // Runs of other jobs heal what they rebuild; the retries that the log has are those of another policy.
  const others = between(evidence.runs, since, at).filter((run) => run.job !== job.name);
  const simulated = retries.filter(({ start }) => start >= since && start <= at);
  const parts = [
    ...[...own, ...others].map((run) => partAt(at, run.row, run.nodes, run.end)),
    ...simulated.map((retry) => partAt(at, retry.row, retry.nodes, retry.end)),
  ].filter((part) => part !== null);
  const key = parts.map(({ run, nodes }) => `${run.run_id} ${run.state} ${nodes.length}`).join('\n');
  return { key, runs: parts.map(({ run }) => run), nodes: parts.flatMap(({ nodes }) => nodes) };
}

/** A run that was in progress: without an end, and with the nodes that were done. A log without a status shows it only when it is over. */
function partAt(
  at: number,
  run: RunRow,
  nodes: readonly NodeRow[],
  end: number,
): { run: RunRow; nodes: readonly NodeRow[] } | null {
  if (end <= at || run.state === 'RUNNING') return { run, nodes };
  if (run.state === null) return null;
  const done = nodes.filter(({ ended_at: ended }) => ended !== null && Date.parse(ended) <= at);
  return { run: { ...run, state: 'RUNNING', status: 'RUNNING', ended_at: null }, nodes: done };
}

function between(runs: readonly KnownRun[], since: number, at: number): KnownRun[] {
  const found: KnownRun[] = [];
  for (
    let index = indexFrom(runs, since, ({ start }) => start);
    index < runs.length && runs[index]!.start <= at;
    index += 1
  )
    found.push(runs[index]!);
  return found;
}
