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

const RUN_COLUMNS: Readonly<Record<keyof RunRow, 'text' | 'flag' | 'number' | 'time'>> = {
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
  state: 'text',
  tests_failed: 'number',
};
const NODE_COLUMNS: Readonly<Record<keyof NodeRow, 'text' | 'flag' | 'time'>> = {
  run_id: 'text',
  node_name: 'text',
  is_test: 'flag',
  result: 'text',
  ended_at: 'time',
  error_number: 'text',
};
const MUST: readonly string[] = ['run_id', 'started_at', 'node_name', 'result'];

/**
 * @param rows as a driver gives them, column names in any case
 * @param where for people: `runs`, `nodes`
 * @throws AutoRestartError REQUEST for a row without what every row must have
 */
export function runRows(rows: readonly object[], where: string): RunRow[] {
  return rows.map((row, at) => readRow<RunRow>(row, RUN_COLUMNS, `${where}[${at}]`));
}

export function nodeRows(rows: readonly object[], where: string): NodeRow[] {
  return rows.map((row, at) => readRow<NodeRow>(row, NODE_COLUMNS, `${where}[${at}]`));
}

function readRow<Shape>(row: object, columns: Readonly<Record<string, string>>, where: string): Shape {
  const given = new Map(Object.entries(row).map(([name, value]) => [name.toLowerCase(), value as unknown]));
  return Object.fromEntries(
    Object.entries(columns).map(([name, kind]) => {
      const value = readValue(given.get(name), kind);
      if (value === undefined || (value === null && MUST.includes(name))) {
        throw new AutoRestartError(
          'REQUEST',
          `${name} of ${where} is ${JSON.stringify(given.get(name)) ?? 'missing'}`,
          {
            hint: 'export the log with backtest --save FILE, or write the columns of V_AUTO_RESTART_RUNS and V_AUTO_RESTART_NODES',
          },
        );
      }
      return [name, value];
    }),
  ) as Shape;
}

/** @returns `undefined` for what cannot be read */
function readValue(value: unknown, kind: string): unknown {
  if (value === undefined || value === null || value === '')
    return kind === 'text' && value === '' ? '' : null;
  switch (kind) {
    case 'time':
      return readTime(value);
    case 'flag':
      return typeof value === 'boolean' ? value : /^(true|1)$/i.test(String(value));
    case 'number':
      return Number.isFinite(Number(value)) ? Number(value) : undefined;
    default:
      return String(value);
  }
}

/** A time without a zone is UTC, as the views write it. */
function readTime(value: unknown): string | undefined {
  const text = value instanceof Date ? value.toISOString() : String(value).trim().replace(' ', 'T');
  const at = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
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
  return {
    format: 1,
    deployment: typeof deployment === 'string' ? deployment : '',
    runs: runRows(runs, 'runs'),
    nodes: nodeRows(nodes, 'nodes'),
  };
}
