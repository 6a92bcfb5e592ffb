/** Which nodes are outstanding, and why each is. */
import type { HistoryRun, OpenNode } from '../readings/history';
import type { NodeResult } from '../readings/node-results';
import { clock, shownName } from './words';

export interface Outstanding {
  /** A name that cannot stand in a selector is repeated nowhere. */
  name: string;
  result: string;
  isTest: boolean;
  why: string;
  /** What dbt said, on one line; `null` where the log does not have it. */
  message: string | null;
}

/** @param chain of the job, oldest first */
export function outstandingOf(
  chain: readonly HistoryRun[],
  results: readonly NodeResult[],
  now: number,
): Outstanding[] {
  const open = [...chain].reverse().find(({ openNodes }) => openNodes !== null)?.openNodes ?? [];
  const order = new Map(chain.map(({ runId }, at) => [runId, at]));
  const latest = new Map<string, NodeResult>();
  for (const result of results) {
    const before = latest.get(result.name);
    if (before === undefined || (order.get(result.runId) ?? 0) >= (order.get(before.runId) ?? 0))
      latest.set(result.name, result);
  }
  return open.map((node) => {
    const found = latest.get(node.name);
    const run = chain.find(({ runId }) => runId === found?.runId);
    return {
      name: shownName(node.name),
      result: node.result,
      isTest: node.isTest,
      why: why(node, run, now),
      message: found?.message?.replace(/\s+/g, ' ').trim() ?? null,
    };
  });
}

function why({ result }: OpenNode, run: HistoryRun | undefined, now: number): string {
  if (result === 'MISSING') return 'succeeded in an earlier full run, and has no result in this chain';
  if (run === undefined) return 'left open by the chain before, and this full run has no result of it';
  const which = `${kindOf(run)} ${run.runId}${run.startedAt === null ? '' : ` of ${clock(run.startedAt, now)}`}`;
  return result === 'SKIPPED' ? `skipped in ${which}, behind a failure` : `failed in ${which}`;
}

/** `full build`, `retry 2`. */
export function kindOf({ kind, attempt }: HistoryRun): string {
  if (kind === 'FULL_BUILD') return 'full build';
  return kind === 'SELECTIVE_RETRY' ? `retry ${attempt ?? '?'}` : 'other run';
}
