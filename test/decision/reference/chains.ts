/** Which runs belong to a job, and how they follow each other: section 5. */
import { HOUR } from './history';
import type { History, LoggedRun, RestartJob } from './history';
import { leftOpen } from './left-open';
import type { NodeResult, Run } from './runs';
import { normalised, retriedNames, selectionOf } from './selections';

/** A full run and what was retried after it. RUNNING runs are in no chain. */
export interface Chain {
  full: Run;
  /** Runs of the retry's shape after the full run, whether or not they had anything open to retry. */
  shaped: Retry[];
  /** Those of them that count, in order: their number is the attempt. */
  retries: Retry[];
  /** Nodes that succeeded lately, before this chain. */
  baseline: ReadonlySet<string>;
  /** What the chain before left open and this full run has no result of. */
  carried: ReadonlyMap<string, Carried>;
  /** The job's own runs before it, which heal nothing of what is carried over. */
  ofJob: readonly Run[];
}

export interface Carried {
  result: Exclude<NodeResult, 'SUCCEEDED'> | null;
  isTest: boolean;
  error: string | null;
  /** End of the run that left it. */
  failedAt: number;
}

export interface Retry {
  run: Run;
  names: string[];
}

export function runsOf(chain: Chain): Run[] {
  return [chain.full, ...chain.retries.map((retry) => retry.run)];
}

/** All chains of `job`, oldest first; the last one is decided on. `runs` are in order. */
export function chainsOf(
  kind: History['kind'],
  runs: readonly Run[],
  job: RestartJob,
  jobs: readonly RestartJob[],
  maxAgeHours: number,
): Chain[] {
  if (kind === 'no-selection') return streaks(runs, job.policy.maxAttempts, maxAgeHours);
  const finished = runs.filter((run) => run.outcome !== 'RUNNING' && !run.isAhead);
  const chains: Chain[] = [];
  for (const run of finished) {
    if (isFullRun(run.logged, job)) {
      chains.push({
        full: run,
        shaped: [],
        retries: [],
        baseline: baselineAfter(chains),
        carried: kind === 'selection' ? carriedOver(chains.at(-1), run) : new Map(),
        ofJob: chains.flatMap(runsOf),
      });
      continue;
    }
    const chain = chains.at(-1);
    const names = namesRetried(kind, run.logged, job, jobs);
    if (chain && names !== null) follow(chain, { run, names }, kind);
  }
  return chains;
}

function follow(chain: Chain, retry: Retry, kind: History['kind']): void {
  if (kind !== 'selection' || isOpen(chain, retry.names)) chain.retries.push(retry);
  chain.shaped.push(retry);
}

/** The job's own selection and command; a log without commands matches any. */
export function isFullRun(run: LoggedRun, job: RestartJob): boolean {
  return (
    run.retryOf === undefined &&
    normalised(run.selection) === selectionOf(job) &&
    (run.exclude ?? '') === '' &&
    (run.command == null || run.command === job.command)
  );
}

/** What `run` retries if it has the shape of a retry of `job`; nothing is named in the execution history. */
export function namesRetried(
  kind: History['kind'],
  run: LoggedRun,
  job: RestartJob,
  jobs: readonly RestartJob[],
): string[] | null {
  if (kind === 'execution-history') return run.retryOf === job.name ? [] : null;
  const commands = [job.command, job.policy.retryCommand, 'build', 'run'];
  if (run.command != null && !commands.includes(run.command)) return null;
  const anyJobs = jobs.some(
    (other) => other.project === job.project && selectionOf(other) === normalised(run.selection),
  );
  return anyJobs ? null : retriedNames(run.selection, job);
}

/** Whether one of `names` still waited for a retry after the runs that `chain` holds so far. */
export function isOpen(chain: Chain, names: readonly string[]): boolean {
  const before = [chain.full, ...chain.shaped.map((retry) => retry.run)];
  return names.some(
    (name) =>
      before.some((run) => run.results.has(name) && run.results.get(name) !== 'SUCCEEDED') ||
      (chain.full.outcome !== 'SUCCEEDED' && chain.baseline.has(name) && !chain.full.results.has(name)) ||
      chain.carried.has(name),
  );
}

/** One chain back only; a log that tells excludes needs none of it. */
function carriedOver(before: Chain | undefined, full: Run): Map<string, Carried> {
  if (before === undefined || full.logged.exclude !== undefined || full.results.size === 0) return new Map();
  return new Map([...leftOpen(before)].filter(([name]) => !full.results.has(name)));
}

/** What succeeded in the last three full runs and the runs that had the shape of their retries. */
function baselineAfter(chains: readonly Chain[]): Set<string> {
  const runs = chains.slice(-3).flatMap((chain) => [chain.full, ...chain.shaped.map((retry) => retry.run)]);
  const succeeded = runs.flatMap((run) =>
    [...run.results].filter(([, result]) => result === 'SUCCEEDED').map(([name]) => name),
  );
  return new Set(succeeded);
}

/**
 * The streak rule: with no selection logged, a run after a failed one is taken for its retry until the attempts are
 * used up or the failure is too old. A run after a success is a full run.
 */
function streaks(runs: readonly Run[], maxAttempts: number, maxAgeHours: number): Chain[] {
  const chains: Chain[] = [];
  let previous: Run | undefined;
  for (const run of runs.filter((each) => each.outcome !== 'RUNNING' && !each.isAhead)) {
    const chain = chains.at(-1);
    const continues =
      previous !== undefined &&
      previous.outcome !== 'SUCCEEDED' &&
      run.start - previous.end < maxAgeHours * HOUR;
    if (chain && continues && chain.retries.length < maxAttempts)
      follow(chain, { run, names: [] }, 'no-selection');
    else
      chains.push({
        full: run,
        shaped: [],
        retries: [],
        baseline: baselineAfter(chains),
        carried: new Map(),
        ofJob: [],
      });
    previous = run;
  }
  return chains;
}
