/** What a chain left open at its end: section 4.1, of the chain before. */
import type { Carried, Chain } from './chains';
import type { NodeResult, Run } from './runs';

export function leftOpen(chain: Chain): Map<string, Carried> {
  if (chain.full.outcome === 'SUCCEEDED') return new Map();
  const runs = [chain.full, ...chain.shaped.map((retry) => retry.run)];
  const last = new Map<string, { result: NodeResult; run: Run }>();
  for (const run of runs) for (const [name, result] of run.results) last.set(name, { result, run });
  const healed = (name: string, since: Run): boolean =>
    chain.shaped.some(
      ({ run, names }) =>
        run.outcome === 'SUCCEEDED' && names.includes(name) && runs.indexOf(run) >= runs.indexOf(since),
    );
  const open = new Map<string, Carried>();
  for (const [name, { result, run }] of last) {
    if (result === 'SUCCEEDED' || healed(name, run)) continue;
    const isTest = runs.some((each) => each.tests.has(name));
    open.set(name, { result, isTest, error: run.errors.get(name) ?? null, failedAt: run.end });
  }
  const namesFailure = runs.some((run) => [...run.results.values()].includes('FAILED'));
  if (namesFailure && !runs.some((run) => run.outcome === 'CRASHED')) return open;
  for (const name of chain.baseline) {
    if (last.has(name) || healed(name, chain.full)) continue;
    open.set(name, { result: null, isTest: false, error: null, failedAt: chain.full.end });
  }
  return open;
}
