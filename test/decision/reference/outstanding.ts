/** Which nodes of a chain still need work: section 4.1. */
import type { Chain } from './chains';
import { runsOf } from './chains';
import type { NodeResult, Run } from './runs';

export interface OutstandingNode {
  name: string;
  /** `null`: missing, it has no result in the chain. */
  result: Exclude<NodeResult, 'SUCCEEDED'> | null;
  isTest: boolean;
  /** Number of its latest error. */
  error: string | null;
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
  const broken = new Map<string, Broken>();
  const own = chain.full.outcome !== 'SUCCEEDED';
  for (const [name, { result, run }] of own ? standings : []) {
    if (result !== 'SUCCEEDED')
      broken.set(name, {
        ...{ result, failedAt: run.end, isTest: tests.has(name), since: chain.full },
        error: run.errors.get(name) ?? null,
      });
  }
  for (const [name, carried] of chain.carried) {
    const now = standings.get(name);
    if (broken.has(name) || now?.result === 'SUCCEEDED') continue;
    const result = now === undefined ? carried.result : now.result;
    broken.set(name, {
      result,
      failedAt: now?.run.end ?? carried.failedAt,
      isTest: carried.isTest,
      error: now === undefined ? carried.error : (now.run.errors.get(name) ?? null),
      since: null,
    });
  }
  for (const name of own ? missingIn(chain, standings) : []) {
    if (!broken.has(name))
      broken.set(name, {
        result: null,
        failedAt: lastTried(chain, name).end,
        isTest: false,
        error: null,
        since: chain.full,
      });
  }
  const left = [...broken].filter(([name, node]) => !healedElsewhere(name, node, chain, runs));
  return {
    nodes: left
      .map(([name, { result, isTest, error }]) => ({
        ...{ name, result: result as OutstandingNode['result'], isTest, error },
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    healed: left.length === 0 && (broken.size > 0 || hadWork(chain)),
  };
}

interface Broken {
  result: NodeResult | null;
  isTest: boolean;
  error: string | null;
  failedAt: number;
  /** Only runs after this one can have healed it; `null`: any that started late enough. */
  since: Run | null;
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

/** A run of another job rebuilt the node, all of it succeeded, and it started after the failed one had ended. */
function healedElsewhere(
  name: string,
  { failedAt, since }: Broken,
  chain: Chain,
  runs: readonly Run[],
): boolean {
  const own = new Set([...runsOf(chain), ...chain.ofJob]);
  return runs
    .slice(since === null ? 0 : runs.indexOf(since))
    .some(
      (run) =>
        !own.has(run) &&
        run.outcome === 'SUCCEEDED' &&
        run.results.get(name) === 'SUCCEEDED' &&
        run.start >= failedAt,
    );
}
