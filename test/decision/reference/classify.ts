/** What the view must show of each run: section 5, last paragraphs. */
import { chainsOf, isFullRun, isOpen, namesRetried } from './chains';
import type { Chain } from './chains';
import type { History, RestartJob } from './history';
import { readRuns } from './runs';
import type { Run } from './runs';

export interface Classified {
  job: string | null;
  runKind: 'FULL_BUILD' | 'SELECTIVE_RETRY' | 'OTHER';
  /** 0 for a full build, the attempt's number for a retry. */
  retrySequence: number | null;
}

const OTHER: Classified = { job: null, runKind: 'OTHER', retrySequence: null };

/** By run id; the runs of other environments are not ours and are left out. */
export function classify(
  history: History,
  jobs: readonly RestartJob[],
  environment: string | null,
  now: number,
): Map<string, Classified> {
  const shown = history.runs.filter((run) => environment === null || run.environment === environment);
  const classified = new Map<string, Classified>(shown.map((run) => [run.id, OTHER]));
  for (const job of [...jobs].reverse()) {
    const { staleRunHours, maxAgeHours } = job.policy;
    const runs = readRuns(history, { project: job.project, environment, staleRunHours, now });
    const chains = chainsOf(history.kind, runs, job, jobs, maxAgeHours);
    for (const run of runs) {
      const kind =
        history.kind === 'no-selection'
          ? inStreaks(run, chains)
          : ofJob(run, job, jobs, history, chains, runs);
      if (kind) classified.set(run.id, { job: job.name, ...kind });
    }
  }
  return classified;
}

type Kind = Pick<Classified, 'runKind' | 'retrySequence'>;
const FULL: Kind = { runKind: 'FULL_BUILD', retrySequence: 0 };
const retry = (retrySequence: number): Kind => ({ runKind: 'SELECTIVE_RETRY', retrySequence });

function ofJob(
  run: Run,
  job: RestartJob,
  jobs: readonly RestartJob[],
  history: History,
  chains: readonly Chain[],
  runs: readonly Run[],
): Kind | null {
  if (isFullRun(run.logged, job)) return FULL;
  for (const chain of chains) {
    const attempt = chain.retries.findIndex((each) => each.run === run);
    if (attempt >= 0) return retry(attempt + 1);
  }
  if (run.outcome !== 'RUNNING') return null;
  return stillRunning(run, namesRetried(history.kind, run.logged, job, jobs), history, chains, runs);
}

/** A run in progress is in no chain yet; it is shown as what it will be. */
function stillRunning(
  run: Run,
  names: string[] | null,
  history: History,
  chains: readonly Chain[],
  runs: readonly Run[],
): Kind | null {
  const position = (each: Run): number => runs.indexOf(each);
  const chain = chains.findLast((each) => position(each.full) < position(run));
  if (!chain || names === null) return null;
  const before = (each: { run: Run }): boolean => position(each.run) < position(run);
  const soFar = { ...chain, shaped: chain.shaped.filter(before), retries: chain.retries.filter(before) };
  if (history.kind === 'selection' && !isOpen(soFar, names)) return null;
  return retry(soFar.retries.length + 1);
}

/** Without selections every run belongs to the project's streaks. */
function inStreaks(run: Run, chains: readonly Chain[]): Kind | null {
  for (const chain of chains) {
    if (chain.full === run) return FULL;
    const attempt = chain.retries.findIndex((each) => each.run === run);
    if (attempt >= 0) return retry(attempt + 1);
  }
  return null;
}
