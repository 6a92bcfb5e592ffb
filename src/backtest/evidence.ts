/** What the log knows: whose runs there are, when each ended, and what came of a node the next time that it was built. Pure. */
import type { HistoryRow } from './ask';
import { indexFrom } from './in-order';
import type { BacktestLog, NodeRow, RunRow } from './log';

export interface KnownRun {
  row: RunRow;
  start: number;
  /** When the log shows it as over; `Infinity` for one that never ended. */
  end: number;
  job: string | null;
  kind: string;
  outcome: string;
  nodes: readonly NodeRow[];
}

export interface NextResult {
  result: string;
  error: string | null;
}

export interface Evidence {
  /** Ours, in order of their start. */
  runs: readonly KnownRun[];
  /** By job: its full runs, in order. */
  builds: ReadonlyMap<string, readonly KnownRun[]>;
  /** Whether a node is a test, by its name. */
  tests: ReadonlySet<string>;
  /** Result of the node in the first run that started at that time or later and did not skip it. */
  nextResult(node: string, at: number): NextResult | null;
  /** The same of a job, for a log that names no nodes. */
  nextOutcome(job: string, at: number): string | null;
}

export function evidenceOf(log: BacktestLog, history: readonly HistoryRow[]): Evidence {
  const nodesOf = new Map<string, NodeRow[]>();
  for (const node of log.nodes) {
    const known = nodesOf.get(node.run_id);
    if (known === undefined) nodesOf.set(node.run_id, [node]);
    else known.push(node);
  }
  const shown = new Map(history.map((row) => [row.run_id, row]));
  const runs = log.runs
    .flatMap((row): KnownRun[] => {
      const found = shown.get(row.run_id);
      if (found === undefined) return [];
      const start = Date.parse(row.started_at);
      const nodes = nodesOf.get(row.run_id) ?? [];
      return [
        {
          ...{ row, start, nodes, job: found.job_name, kind: found.run_kind, outcome: found.outcome },
          end: endOf(found, start),
        },
      ];
    })
    .sort((a, b) => a.start - b.start);
  return {
    runs,
    builds: buildsByJob(runs),
    tests: new Set(log.nodes.filter(({ is_test }) => is_test === true).map(({ node_name }) => node_name)),
    nextResult: nextResults(runs),
    nextOutcome: nextOutcomes(runs),
  };
}

function endOf({ outcome, ended_at: end }: HistoryRow, start: number): number {
  if (outcome === 'RUNNING') return Infinity;
  return end ?? start;
}

function buildsByJob(runs: readonly KnownRun[]): Map<string, KnownRun[]> {
  const builds = new Map<string, KnownRun[]>();
  for (const run of runs) {
    if (run.job === null || run.kind !== 'FULL_BUILD') continue;
    const known = builds.get(run.job);
    if (known === undefined) builds.set(run.job, [run]);
    else known.push(run);
  }
  return builds;
}

function nextResults(runs: readonly KnownRun[]): Evidence['nextResult'] {
  const byNode = new Map<string, ({ at: number } & NextResult)[]>();
  for (const { start, nodes } of runs) {
    for (const { node_name: name, result, error_number: error } of nodes) {
      if (result === 'SKIPPED') continue;
      const known = byNode.get(name);
      if (known === undefined) byNode.set(name, [{ at: start, result, error }]);
      else known.push({ at: start, result, error });
    }
  }
  return (node, at) => firstFrom(byNode.get(node) ?? [], at) ?? null;
}

function nextOutcomes(runs: readonly KnownRun[]): Evidence['nextOutcome'] {
  const byJob = new Map<string, { at: number; outcome: string }[]>();
  for (const { job, start, outcome } of runs) {
    if (job === null || outcome === 'RUNNING') continue;
    const known = byJob.get(job);
    if (known === undefined) byJob.set(job, [{ at: start, outcome }]);
    else known.push({ at: start, outcome });
  }
  return (job, at) => firstFrom(byJob.get(job) ?? [], at)?.outcome ?? null;
}

function firstFrom<Item extends { at: number }>(items: readonly Item[], time: number): Item | undefined {
  return items[indexFrom(items, time, ({ at }) => at)];
}
