/** Words of sections 1 and 3: outcomes, results of nodes, ends, and the order of runs. */
import { HOUR, MINUTE } from './history';
import type { History, LoggedNode, LoggedRun } from './history';

export type Outcome = 'SUCCEEDED' | 'RUNNING' | 'CRASHED' | 'FAILED';
export type NodeResult = 'SUCCEEDED' | 'SKIPPED' | 'FAILED';

/** A run as everything below sees it. */
export interface Run {
  logged: LoggedRun;
  id: string;
  outcome: Outcome;
  start: number;
  /** The logged end where it can be believed, else what stands in for it. */
  end: number;
  /** Worst row of each node. */
  results: ReadonlyMap<string, NodeResult>;
  /** Number of the error of each node that failed, where its message has one. */
  errors: ReadonlyMap<string, string>;
  /** Names logged as tests. */
  tests: ReadonlySet<string>;
  /** Says that it starts in the future: in no chain, and not in progress. */
  isAhead: boolean;
}

const SUCCEEDED_RUN = ['SUCCESS', 'SUCCEEDED'];
const RUNNING_RUN = ['RUNNING'];
const SUCCEEDED_NODE = ['SUCCESS', 'SUCCEEDED', 'PASS', 'WARN', 'NO-OP', 'REUSED'];
const FAILED_NODE = ['FAIL', 'FAILED', 'ERROR', 'RUNTIME ERROR', 'PARTIAL SUCCESS'];
const BADNESS: NodeResult[] = ['SUCCEEDED', 'SKIPPED', 'FAILED'];

/** The runs of one project in one environment, oldest first. */
export function readRuns(
  history: History,
  whose: { project: string; environment: string | null; staleRunHours: number; now: number },
): Run[] {
  const ours = history.runs.filter(
    (run) =>
      run.project === whose.project && (whose.environment === null || run.environment === whose.environment),
  );
  return [...ours]
    .sort((a, b) => inOrder(a, b, whose.now))
    .map((logged) => readRun(logged, whose.staleRunHours, whose.now));
}

function readRun(logged: LoggedRun, staleRunHours: number, now: number): Run {
  const outcome = outcomeOf(logged, staleRunHours, now);
  return {
    logged,
    id: logged.id,
    outcome,
    start: logged.startedAt,
    end: endOf(logged, outcome, now),
    results: resultsOf(logged.nodes),
    errors: errorsOf(logged.nodes),
    isAhead: logged.startedAt > now + 5 * MINUTE,
    tests: new Set(logged.nodes.filter((node) => node.resourceType === 'test').map((node) => node.name)),
  };
}

function outcomeOf(run: LoggedRun, staleRunHours: number, now: number): Outcome {
  const word = wordOf(run.status);
  if (SUCCEEDED_RUN.includes(word)) return 'SUCCEEDED';
  if (word !== '' && !RUNNING_RUN.includes(word)) return 'FAILED';
  return run.startedAt < now - staleRunHours * HOUR ? 'CRASHED' : 'RUNNING';
}

export function nodeResult(status: string | null): NodeResult {
  const word = wordOf(status);
  if (SUCCEEDED_NODE.includes(word)) return 'SUCCEEDED';
  return FAILED_NODE.includes(word) ? 'FAILED' : 'SKIPPED';
}

function resultsOf(nodes: readonly LoggedNode[]): Map<string, NodeResult> {
  const results = new Map<string, NodeResult>();
  for (const node of nodes) {
    const result = nodeResult(node.status);
    const before = results.get(node.name);
    if (before === undefined || BADNESS.indexOf(result) > BADNESS.indexOf(before)) {
      results.set(node.name, result);
    }
  }
  return results;
}

/** `000904 (42000): ...`; of several rows the greatest. */
function errorsOf(nodes: readonly LoggedNode[]): Map<string, string> {
  const errors = new Map<string, string>();
  for (const { name, status, message } of nodes) {
    const [, number] = /(\d{6}) \([0-9A-Z]{5}\)/.exec(message ?? '') ?? [];
    if (nodeResult(status) !== 'FAILED' || number === undefined) continue;
    if (number > (errors.get(name) ?? '')) errors.set(name, number);
  }
  return errors;
}

/** A killed run was alive when its last node ended; nothing else is known of its end. */
function endOf(run: LoggedRun, outcome: Outcome, now: number): number {
  if (outcome !== 'CRASHED') return believable(run.endedAt, run.startedAt, now) ?? run.startedAt;
  const ends = run.nodes.map((node) => believable(node.endedAt, run.startedAt, now));
  return Math.max(run.startedAt, ...ends.filter((end) => end !== null));
}

/** Two clocks write real logs: an end before its start or in the future counts as not logged. */
function believable(end: number | null | undefined, start: number, now: number): number | null {
  return end == null || end < start || end > now ? null : end;
}

function inOrder(a: LoggedRun, b: LoggedRun, now: number): number {
  const end = (run: LoggedRun): number => believable(run.endedAt, run.startedAt, now) ?? Infinity;
  if (a.startedAt !== b.startedAt) return a.startedAt - b.startedAt;
  if (end(a) !== end(b)) return end(a) < end(b) ? -1 : 1;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}

function wordOf(status: string | null): string {
  return (status ?? '').trim().toUpperCase();
}
