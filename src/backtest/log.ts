/**
 * A log as the back-test reads it: the rows of the views of runs and nodes, from an account or from a file. Pure.
 * Times are UTC.
 */
import { AutoRestartError } from '../errors';
import type { Deployment } from '../model/deployment';
import { viewQuery } from '../plan/bodies';
import type { Templates } from '../render/templates';
import { renderViews } from '../render/views';

/** Columns of V_AUTO_RESTART_RUNS, in lower case. Times are ISO 8601. */
export interface RunRow {
  run_id: string;
  project_name: string | null;
  environment: string | null;
  is_ours: boolean | null;
  command: string | null;
  selection: string | null;
  scope: string | null;
  tells_exclude: boolean | null;
  retry_of: string | null;
  leaves_artifacts: boolean | null;
  started_at: string;
  ended_at: string | null;
  has_end: boolean | null;
  status: string | null;
  state: string | null;
  tests_failed: number | null;
}

/** Columns of V_AUTO_RESTART_NODES that are read. */
export interface NodeRow {
  run_id: string;
  node_name: string;
  is_test: boolean | null;
  result: string;
  ended_at: string | null;
  /** Of its error; `null` where the log has none, or no policy asks. */
  error_number: string | null;
}

export interface BacktestLog {
  /** Of this shape; a file of another is refused. */
  format: 1;
  deployment: string;
  runs: RunRow[];
  nodes: NodeRow[];
}

/** What a log is asked, without anything of ours in the account: the queries of the two views, looking back so far. */
export function logQueries(
  deployment: Deployment,
  days: number,
  templates: Templates,
): { runs: string; nodes: string } {
  const views = renderViews({ ...deployment, lookBackDays: days }, templates);
  return { runs: viewQuery(views.runs), nodes: viewQuery(views.nodes) };
}

export type Kind = 'text' | 'flag' | 'number' | 'time' | readonly string[];

/** Kinds of the columns; a list has the words that there are. */
export const RUN_COLUMNS: Readonly<Record<keyof RunRow, Kind>> = {
  run_id: 'text',
  project_name: 'text',
  environment: 'text',
  is_ours: 'flag',
  command: 'text',
  selection: 'text',
  scope: 'text',
  tells_exclude: 'flag',
  retry_of: 'text',
  leaves_artifacts: 'flag',
  started_at: 'time',
  ended_at: 'time',
  has_end: 'flag',
  status: 'text',
  state: ['RUNNING', 'SUCCEEDED', 'FAILED'],
  tests_failed: 'number',
};
export const NODE_COLUMNS: Readonly<Record<keyof NodeRow, Kind>> = {
  run_id: 'text',
  node_name: 'text',
  is_test: 'flag',
  result: ['SUCCEEDED', 'FAILED', 'SKIPPED'],
  ended_at: 'time',
  error_number: 'text',
};
const MUST: readonly string[] = ['run_id', 'started_at', 'node_name', 'result'];
const HINT =
  'export the log with backtest --save FILE, or write the columns of V_AUTO_RESTART_RUNS and V_AUTO_RESTART_NODES';

/**
 * @param rows as a driver gives them, column names in any case
 * @param where for people: `runs`, `nodes`
 * @throws AutoRestartError REQUEST for a row without what every row must have, and for a value that is none of its column
 */
export function runRows(rows: readonly unknown[], where: string): RunRow[] {
  return rows.map((row, at) => readRow<RunRow>(row, RUN_COLUMNS, `${where}[${at}]`));
}

export function nodeRows(rows: readonly unknown[], where: string): NodeRow[] {
  return rows.map((row, at) => readRow<NodeRow>(row, NODE_COLUMNS, `${where}[${at}]`));
}

function readRow<Shape>(row: unknown, columns: Readonly<Record<string, Kind>>, where: string): Shape {
  if (typeof row !== 'object' || row === null) throw refused(`${where} is ${JSON.stringify(row)}`);
  const given = new Map(Object.entries(row).map(([name, value]) => [name.toLowerCase(), value as unknown]));
  return Object.fromEntries(
    Object.entries(columns).map(([name, kind]) => {
      const value = readValue(given.get(name), kind);
      if (value === undefined || (value === null && MUST.includes(name))) {
        const words = Array.isArray(kind) ? `, and none of ${kind.join(', ')}` : '';
        throw refused(`${name} of ${where} is ${JSON.stringify(given.get(name)) ?? 'missing'}${words}`);
      }
      return [name, value];
    }),
  ) as Shape;
}

function refused(message: string): AutoRestartError {
  return new AutoRestartError('REQUEST', message, { hint: HINT });
}

/** @returns `undefined` for what cannot be read */
function readValue(value: unknown, kind: Kind): unknown {
  if (value === undefined || value === null || value === '')
    return kind === 'text' && value === '' ? '' : null;
  switch (kind) {
    case 'time':
      return readTime(value);
    case 'flag':
      return FLAGS.get(String(value).toLowerCase());
    case 'number':
      return Number.isFinite(Number(value)) ? Number(value) : undefined;
    case 'text':
      return typeof value === 'object' ? undefined : String(value);
    default:
      return kind.find((word) => word === value);
  }
}

const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/** A time without a zone is UTC, as the views write it. */
function readTime(value: unknown): string | undefined {
  const text = value instanceof Date ? value.toISOString() : String(value).trim().replace(' ', 'T');
  const at = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}

/** Minutes by which the history view lets clocks differ. */
const AHEAD_MINUTES = 5;

/** Without the runs that start later than now: by a clock that is wrong, and no stretch of a log reaches there. */
export function withoutAhead(log: BacktestLog, now: number): BacktestLog {
  const runs = log.runs.filter((run) => Date.parse(run.started_at) <= now + AHEAD_MINUTES * 60_000);
  const ids = new Set(runs.map(({ run_id: id }) => id));
  return { ...log, runs, nodes: log.nodes.filter(({ run_id: id }) => ids.has(id)) };
}

/** @param file for people @throws AutoRestartError REQUEST */
export function parseLog(text: string, file: string): BacktestLog {
  let value: Partial<BacktestLog> | null;
  try {
    value = JSON.parse(text) as Partial<BacktestLog> | null;
  } catch (error) {
    throw new AutoRestartError('REQUEST', `the log is no JSON: ${(error as Error).message}`, { where: file });
  }
  const { format, deployment, runs, nodes } = value ?? {};
  if (format !== 1 || !Array.isArray(runs) || !Array.isArray(nodes)) {
    throw new AutoRestartError('REQUEST', 'the file is no exported log', {
      where: file,
      hint: 'backtest --connection NAME --save FILE writes one: { "format": 1, "deployment": ..., "runs": [...], "nodes": [...] }',
    });
  }
  const log: BacktestLog = {
    format: 1,
    deployment: typeof deployment === 'string' ? deployment : '',
    runs: runRows(runs, 'runs'),
    nodes: nodeRows(nodes, 'nodes'),
  };
  refuseWhatDoesNotFit(log);
  return log;
}

/** The views have a run once, and of runs that are not there no nodes. */
function refuseWhatDoesNotFit({ runs, nodes }: BacktestLog): void {
  const ids = new Set<string>();
  for (const { run_id: id } of runs) {
    if (ids.has(id)) throw refused(`the log has run ${id} twice`);
    ids.add(id);
  }
  const stray = nodes.findIndex(({ run_id: id }) => !ids.has(id));
  if (stray >= 0)
    throw refused(`nodes[${stray}] is of run ${nodes[stray]!.run_id}, which the log does not have`);
}
