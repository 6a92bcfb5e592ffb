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
  const position = (each: Run): number => runs.indexOf(each);
  const chain = chains.findLast(({ full }) => position(full) < position(run));
  if (!chain) return null;
  const retries = runs.filter(
    (each) =>
      chain.retries.some((known) => known.run === each) ||
      (each.outcome === 'RUNNING' && willRetry(each, job, jobs, history, chain, position)),
  );
  const attempt = retries.indexOf(run) + 1;
  return attempt > 0 ? retry(attempt) : null;
}

/** A run in progress is in no chain yet; it is shown as what it will be. */
function willRetry(
  run: Run,
  job: RestartJob,
  jobs: readonly RestartJob[],
  history: History,
  chain: Chain,
  position: (run: Run) => number,
): boolean {
  const names = namesRetried(history.kind, run.logged, job, jobs);
  if (names === null || position(run) < position(chain.full)) return false;
  const before = (each: { run: Run }): boolean => position(each.run) < position(run);
  return history.kind !== 'selection' || isOpen({ ...chain, shaped: chain.shaped.filter(before) }, names);
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
