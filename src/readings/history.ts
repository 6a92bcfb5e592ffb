/** Runs, as V_AUTO_RESTART_HISTORY has them. */
import type { Knex } from 'knex';
import type { Deployment } from '../model/deployment';
import { builder, view } from './build';
import { read, type Reader, type Row } from './send';
import { flagOf, numberOf, textOf, timeOf } from './values';

/** One run. Times are ISO 8601 in UTC. */
export interface HistoryRun {
  deployment: string;
  runId: string;
  startedAt: string | null;
  endedAt: string | null;
  seconds: number | null;
  /** The log's own word. */
  status: string | null;
  /** SUCCEEDED, FAILED, RUNNING or CRASHED. */
  outcome: string;
  project: string | null;
  /** `null` for a run of no job. */
  job: string | null;
  /** FULL_BUILD, SELECTIVE_RETRY or OTHER. */
  kind: string;
  /** 0 for a full build, the attempt's number for a retry, `null` for others. */
  attempt: number | null;
  rootRunId: string | null;
  command: string | null;
  selection: string | null;
  environment: string | null;
  /** `null` where the log does not name models. */
  modelsRun: number | null;
  modelsFailed: number | null;
  failedModels: string | null;
  secondsSaved: number | null;
  modelsNotRefreshed: number | null;
  /** It says that it starts in the future. */
  isAhead: boolean;
  /** On the last run of a job's latest chain: what is outstanding; `null` elsewhere. */
  openNodes: OpenNode[] | null;
}

export interface OpenNode {
  name: string;
  /** FAILED, SKIPPED, or MISSING where the log has no result of it. */
  result: string;
  isTest: boolean;
}

const COLUMNS = [
  'RUN_ID',
  'RUN_STARTED_AT',
  'RUN_ENDED_AT',
  'RUN_DURATION_SECONDS',
  'RUN_STATUS',
  'OUTCOME',
  'PROJECT_NAME',
  'JOB_NAME',
  'RUN_KIND',
  'RETRY_SEQUENCE',
  'ROOT_RUN_ID',
  'COMMAND',
  'SELECTION',
  'ENVIRONMENT',
  'MODELS_RUN',
  'MODELS_FAILED',
  'FAILED_MODELS',
  'SECONDS_SAVED',
  'MODELS_NOT_REFRESHED',
  'IS_AHEAD',
  'OPEN_NODES',
] as const;

export interface HistoryFilter {
  project?: string;
  job?: string;
  rootRunId?: string;
  runId?: string;
  /** Runs that started at this time or later, ISO 8601 in UTC. */
  since?: string;
  /** Only runs that failed or crashed. */
  failed?: boolean;
  /** Newest first; this many at most. */
  limit: number;
}

/** Newest first. @throws SnowflakeStatementError */
export async function readHistory(
  reader: Reader,
  deployments: readonly Deployment[],
  filter: HistoryFilter,
): Promise<HistoryRun[]> {
  const build = builder();
  const [first, ...others] = deployments.map((deployment) => runs(build, deployment, filter));
  if (first === undefined) return [];
  const all = others.length === 0 ? first : first.unionAll(others);
  const rows = await read(
    reader,
    build
      .select('*')
      .from(all.as('H'))
      .orderBy([{ column: 'RUN_STARTED_AT', order: 'desc' }, { column: 'RUN_ID' }])
      .limit(filter.limit),
  );
  return rows.map(historyRun);
}

function runs(build: Knex, { name, views }: Deployment, filter: HistoryFilter): Knex.QueryBuilder {
  const query = build
    .select([build.raw('? AS DEPLOYMENT', [name]), ...COLUMNS])
    .from(view(build, views.history, 'V'));
  if (filter.project !== undefined) void query.whereRaw('LOWER(PROJECT_NAME) = LOWER(?)', [filter.project]);
  if (filter.job !== undefined) void query.whereRaw('UPPER(JOB_NAME) = UPPER(?)', [filter.job]);
  if (filter.rootRunId !== undefined) void query.where('ROOT_RUN_ID', filter.rootRunId);
  if (filter.runId !== undefined) void query.where('RUN_ID', filter.runId);
  if (filter.since !== undefined) {
    void query.whereRaw('RUN_STARTED_AT >= TO_TIMESTAMP_NTZ(?)', [
      filter.since.replace('T', ' ').replace(/(?:\.\d+)?Z$/, ''),
    ]);
  }
  if (filter.failed === true) void query.whereIn('OUTCOME', ['FAILED', 'CRASHED']);
  return query;
}

function historyRun(row: Row): HistoryRun {
  return {
    deployment: textOf(row, 'DEPLOYMENT') ?? '',
    runId: textOf(row, 'RUN_ID') ?? '',
    startedAt: timeOf(row, 'RUN_STARTED_AT'),
    endedAt: timeOf(row, 'RUN_ENDED_AT'),
    seconds: numberOf(row, 'RUN_DURATION_SECONDS'),
    status: textOf(row, 'RUN_STATUS'),
    outcome: textOf(row, 'OUTCOME') ?? '',
    project: textOf(row, 'PROJECT_NAME'),
    job: textOf(row, 'JOB_NAME'),
    kind: textOf(row, 'RUN_KIND') ?? 'OTHER',
    attempt: numberOf(row, 'RETRY_SEQUENCE'),
    rootRunId: textOf(row, 'ROOT_RUN_ID'),
    command: textOf(row, 'COMMAND'),
    selection: textOf(row, 'SELECTION') || null,
    environment: textOf(row, 'ENVIRONMENT'),
    modelsRun: numberOf(row, 'MODELS_RUN'),
    modelsFailed: numberOf(row, 'MODELS_FAILED'),
    failedModels: textOf(row, 'FAILED_MODELS') || null,
    secondsSaved: numberOf(row, 'SECONDS_SAVED'),
    modelsNotRefreshed: numberOf(row, 'MODELS_NOT_REFRESHED'),
    isAhead: flagOf(row, 'IS_AHEAD'),
    openNodes: openNodesOf(row['OPEN_NODES']),
  };
}

/** The driver gives an ARRAY as its JSON, or parsed. */
function openNodesOf(value: unknown): OpenNode[] | null {
  const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : value;
  if (!Array.isArray(parsed)) return null;
  return parsed.map((node: Record<string, unknown>) => ({
    name: String(node['name'] ?? ''),
    result: String(node['result'] ?? ''),
    isTest: node['is_test'] === true,
  }));
}
