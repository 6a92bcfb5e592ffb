/** Which nodes of a chain still need work: section 4.1. */
import type { Chain } from './chains';
import { runsOf } from './chains';
import type { NodeResult, Run } from './runs';

export interface OutstandingNode {
  name: string;
  /** `null`: missing, it has no result in the chain. */
  result: Exclude<NodeResult, 'SUCCEEDED'> | null;
  isTest: boolean;
}

export interface Outstanding {
  /** In ascending order of their names. */
  nodes: OutstandingNode[];
  /** Whether the chain had unfinished or missing nodes that were healed since. */
  healed: boolean;
}

/** Where a node stands after the chain's own runs. */
interface Standing {
  result: NodeResult;
  /** The run that gave it. */
  run: Run;
  /** A retry that named the node succeeded, though it had failed or was missing before. */
  healedByRetry: boolean;
}

/** @param runs every run of the project in order, for what other jobs healed; empty where nothing heals elsewhere */
export function outstandingIn(chain: Chain, runs: readonly Run[]): Outstanding {
  const standings = standingsAfter(chain);
  const tests = new Set(runsOf(chain).flatMap((run) => [...run.tests]));
  const unfinished = [...standings]
    .filter(([, standing]) => standing.result !== 'SUCCEEDED')
    .map(([name, { result, run }]) => ({ name, result, failedIn: run }));
  const missing = missingIn(chain, standings).map((name) => ({
    name,
    result: null,
    failedIn: lastTried(chain, name),
  }));
  const broken = [...unfinished, ...missing];
  const left = broken.filter(({ name, failedIn }) => !healedElsewhere(name, failedIn, chain, runs));
  return {
    nodes: left
      .map(({ name, result }) => ({
        name,
        result: result as OutstandingNode['result'],
        isTest: tests.has(name),
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    healed: broken.length > left.length || [...standings.values()].some((each) => each.healedByRetry),
  };
}

function standingsAfter(chain: Chain): Map<string, Standing> {
  const standings = new Map<string, Standing>();
  const record = (run: Run): void => {
    for (const [name, result] of run.results) standings.set(name, { result, run, healedByRetry: false });
  };
  record(chain.full);
  for (const { run, names } of chain.retries) {
    const before = new Map(names.map((name) => [name, standings.get(name)]));
    record(run);
    if (run.outcome !== 'SUCCEEDED') continue;
    for (const [name, standing] of before) {
      const wasBroken = standing ? standing.result !== 'SUCCEEDED' : chain.baseline.has(name);
      const healedByRetry = wasBroken || (standing?.healedByRetry ?? false);
      standings.set(name, { result: 'SUCCEEDED', run, healedByRetry });
    }
  }
  return standings;
}

/**
 * Nodes that the log has no result of at all. Only looked for where the log is known to be incomplete: it names no
 * failure, though the chain failed, or a run was killed before it tried everything.
 */
function missingIn(chain: Chain, standings: ReadonlyMap<string, Standing>): string[] {
  const runs = runsOf(chain);
  const namesFailure = runs.some((run) => [...run.results.values()].includes('FAILED'));
  const crashed = runs.some((run) => run.outcome === 'CRASHED');
  if (namesFailure && !crashed) return [];
  return [...chain.baseline].filter((name) => !standings.has(name));
}

/** The last run of the chain that should have given `name` a result. */
function lastTried(chain: Chain, name: string): Run {
  return chain.retries.findLast((retry) => retry.names.includes(name))?.run ?? chain.full;
}

/** A run of another job rebuilt the node after the run of the failure had ended, and all of that run succeeded. */
function healedElsewhere(name: string, failedIn: Run, chain: Chain, runs: readonly Run[]): boolean {
  const own = new Set(runsOf(chain));
  return runs.some(
    (run) =>
      !own.has(run) &&
      run.outcome === 'SUCCEEDED' &&
      run.results.get(name) === 'SUCCEEDED' &&
      run.start >= failedIn.end,
  );
}
