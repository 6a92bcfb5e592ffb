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
  /** The chain had unfinished or missing nodes, and none is outstanding any more. */
  healed: boolean;
}

/** Where a node stands after the chain's own runs. */
interface Standing {
  result: NodeResult;
  /** The run that gave it. */
  run: Run;
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
    healed: left.length === 0 && (broken.length > 0 || hadWork(chain)),
  };
}

function standingsAfter(chain: Chain): Map<string, Standing> {
  const standings = new Map<string, Standing>();
  const record = (run: Run): void => {
    for (const [name, result] of run.results) standings.set(name, { result, run });
  };
  record(chain.full);
  for (const { run, names } of chain.retries) {
    record(run);
    if (run.outcome !== 'SUCCEEDED') continue;
    for (const name of names) standings.set(name, { result: 'SUCCEEDED', run });
  }
  return standings;
}

/** A run left something unfinished, or a retry succeeded: it had something to retry. */
function hadWork(chain: Chain): boolean {
  return (
    chain.retries.some(({ run }) => run.outcome === 'SUCCEEDED') ||
    runsOf(chain).some((run) => [...run.results.values()].some((result) => result !== 'SUCCEEDED'))
  );
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

/** A later run outside the chain rebuilt the node, all of it succeeded, and it started after the failed one had ended. */
function healedElsewhere(name: string, failedIn: Run, chain: Chain, runs: readonly Run[]): boolean {
  const own = new Set(runsOf(chain));
  return runs
    .slice(runs.indexOf(chain.full))
    .some(
      (run) =>
        !own.has(run) &&
        run.outcome === 'SUCCEEDED' &&
        run.results.get(name) === 'SUCCEEDED' &&
        run.start >= failedIn.end,
    );
}
