/** How jobs stand, as V_AUTO_RESTART_STATE says it, and beside it what the run view tells of their usual days. */
import type { Knex } from 'knex';
import type { Deployment } from '../model/deployment';
import { endsSession, type SnowflakeStatementError } from '../snowflake/errors';
import { builder, view } from './build';
import { numberOf, textOf, timeOf } from './values';
import { read, type Reader, type Row } from './send';

/** One job. Times are ISO 8601 in UTC. */
export interface JobState {
  deployment: string;
  project: string;
  job: string;
  rootRunId: string | null;
  rootRunStartedAt: string | null;
  chainEndedAt: string | null;
  /** How the chain's latest run ended: SUCCEEDED, FAILED or CRASHED; `null` without a chain. */
  chainStatus: string | null;
  attemptsMade: number;
  attemptsLeft: number;
  retryUntil: string | null;
  /** From when on a task of mode RETRY_ONLY retries; `null` where nothing is to be retried. */
  nextAt: string | null;
  /** Numbers of the errors of what failed: `001003, 002003`; `null` where the log has none. */
  errorNumbers: string | null;
  /** Units of the selector that failed or are missing: `a+ b+`; `null` where one of the names is not safe. */
  failedNodes: string | null;
  skippedCount: number;
  outstandingCount: number;
  selector: string | null;
  artifactsOf: string | null;
  /** A run of the project that is in progress, whichever job's. */
  runningRunId: string | null;
  runningSince: string | null;
  lastSuccessAt: string | null;
  /** Runs in the log, of any project. */
  runsSeen: number;
  /** CLOCK, TIES, TESTS_UNNAMED. */
  notes: string[];
  chainReason: string;
  chainText: string | null;
  nextAction: string;
  nextReason: string;
  nextCommand: string | null;
  /** When the job's latest full run started, whatever became of it. */
  lastFullStartedAt: string | null;
  /** The longest of the job's successful full runs within the look-back. */
  longestSeconds: number | null;
}

const COLUMNS = [
  'PROJECT_NAME',
  'JOB_NAME',
  'ROOT_RUN_ID',
  'ROOT_RUN_STARTED_AT',
  'CHAIN_ENDED_AT',
  'CHAIN_STATUS',
  'ATTEMPTS_MADE',
  'ATTEMPTS_LEFT',
  'RETRY_UNTIL',
  'NEXT_AT',
  'ERROR_NUMBERS',
  'FAILED_NODES',
  'SKIPPED_COUNT',
  'OUTSTANDING_COUNT',
  'SELECTOR',
  'ARTIFACTS_OF',
  'RUNNING_RUN_ID',
  'RUNNING_SINCE',
  'LAST_SUCCESS_AT',
  'RUNS_SEEN',
  'NOTES',
  'CHAIN_REASON',
  'CHAIN_TEXT',
  'NEXT_ACTION',
  'NEXT_REASON',
  'NEXT_COMMAND',
] as const;

/** A deployment whose state cannot be read, in Snowflake's words. */
export interface Unreadable {
  deployment: string;
  /** Snowflake's, `002003` for what does not exist or may not be seen. */
  code: string;
  message: string;
  /** The state view itself is not there, or this role may not see it. */
  isMissing: boolean;
  /** A column that the view of another version of this tool does not have; `null` where that is not the matter. */
  missingColumn: string | null;
}

export interface JobStates {
  states: JobState[];
  unreadable: Unreadable[];
}

/** One statement for all deployments; only where that fails one for each, so that one broken log hides no other. */
export async function readJobStates(reader: Reader, deployments: readonly Deployment[]): Promise<JobStates> {
  const build = builder();
  const queries = deployments.map((deployment) => jobStates(build, deployment));
  const [first, ...others] = queries;
  if (first === undefined) return { states: [], unreadable: [] };
  try {
    const rows = await read(reader, others.length === 0 ? first : first.unionAll(others));
    return { states: rows.map(jobState), unreadable: [] };
  } catch (error) {
    if (endsSession(error)) throw error;
    if (others.length === 0) return { states: [], unreadable: [unreadable(deployments[0]!, error)] };
  }
  const found: JobStates = { states: [], unreadable: [] };
  for (const deployment of deployments) {
    const { states, unreadable } = await readJobStates(reader, [deployment]);
    found.states.push(...states);
    found.unreadable.push(...unreadable);
  }
  return found;
}

function jobStates(build: Knex, { name, views }: Deployment): Knex.QueryBuilder {
  return build
    .select([
      build.raw('? AS DEPLOYMENT', [name]),
      ...COLUMNS.map((column) => `S.${column}`),
      'U.LAST_FULL_STARTED_AT',
      'U.LONGEST_SECONDS',
    ])
    .from(view(build, views.state, 'S'))
    .leftJoin(usualDays(build, views).as('U'), 'U.JOB_NAME', 'S.JOB_NAME');
}

/** From the runs alone: no node is read for it. */
function usualDays(build: Knex, views: Deployment['views']): Knex.QueryBuilder {
  return build
    .select([
      'J.JOB_NAME',
      build.raw('MAX(R.STARTED_AT) AS LAST_FULL_STARTED_AT'),
      build.raw(
        "MAX(IFF(R.STATE = 'SUCCEEDED' AND R.ENDED_AT BETWEEN R.STARTED_AT AND SYSDATE(), DATEDIFF('second', R.STARTED_AT, R.ENDED_AT), NULL)) AS LONGEST_SECONDS",
      ),
    ])
    .from(view(build, views.jobs, 'J'))
    .join(view(build, views.runs, 'R'), function () {
      this.on(build.raw('R.IS_OURS'))
        .andOn(build.raw('R.PROJECT_NAME = LOWER(J.PROJECT_NAME)'))
        .andOn(build.raw('COALESCE(R.COMMAND, J.COMMAND) = J.COMMAND'))
        .andOn(build.raw('R.SCOPE = J.SCOPE'))
        .andOn(build.raw("R.STARTED_AT <= DATEADD('minute', 5, SYSDATE())"));
    })
    .groupBy('J.JOB_NAME');
}

function jobState(row: Row): JobState {
  const text = (column: string): string | null => textOf(row, column);
  const count = (column: string): number => numberOf(row, column) ?? 0;
  return {
    deployment: text('DEPLOYMENT') ?? '',
    project: text('PROJECT_NAME') ?? '',
    job: text('JOB_NAME') ?? '',
    rootRunId: text('ROOT_RUN_ID'),
    rootRunStartedAt: timeOf(row, 'ROOT_RUN_STARTED_AT'),
    chainEndedAt: timeOf(row, 'CHAIN_ENDED_AT'),
    chainStatus: text('CHAIN_STATUS'),
    attemptsMade: count('ATTEMPTS_MADE'),
    attemptsLeft: count('ATTEMPTS_LEFT'),
    retryUntil: timeOf(row, 'RETRY_UNTIL'),
    nextAt: timeOf(row, 'NEXT_AT'),
    errorNumbers: text('ERROR_NUMBERS') || null,
    failedNodes: text('CHAIN_REASON') === 'UNSAFE_NAME' ? null : text('FAILED_NODES') || null,
    skippedCount: count('SKIPPED_COUNT'),
    outstandingCount: count('OUTSTANDING_COUNT'),
    selector: text('CHAIN_REASON') === 'UNSAFE_NAME' ? null : text('SELECTOR'),
    artifactsOf: text('ARTIFACTS_OF') || null,
    runningRunId: text('RUNNING_RUN_ID'),
    runningSince: timeOf(row, 'RUNNING_SINCE'),
    lastSuccessAt: timeOf(row, 'LAST_SUCCESS_AT'),
    runsSeen: count('RUNS_SEEN'),
    notes: (text('NOTES') ?? '').split(' | ').filter((note) => note !== ''),
    chainReason: text('CHAIN_REASON') ?? '',
    chainText: text('CHAIN_TEXT'),
    nextAction: text('NEXT_ACTION') ?? '',
    nextReason: text('NEXT_REASON') ?? '',
    nextCommand: text('NEXT_COMMAND'),
    lastFullStartedAt: timeOf(row, 'LAST_FULL_STARTED_AT'),
    longestSeconds: numberOf(row, 'LONGEST_SECONDS'),
  };
}

function unreadable({ name, views }: Deployment, error: unknown): Unreadable {
  const { snowflakeCode = '' } = error as Partial<SnowflakeStatementError>;
  const message = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ');
  const [, object = ''] = /(?:Object|Schema|Database) '([^']+)' does not exist/.exec(message) ?? [];
  const { database, schema, name: own } = views.state;
  const ours = [[database], [database, schema], [database, schema, own], [own]].map((parts) =>
    parts.join('.'),
  );
  const isMissing = snowflakeCode === '002003' && ours.includes(object.replaceAll('"', ''));
  const [, column = ''] = /invalid identifier '\"?S\"?\.\"?([A-Z_]+)\"?'/.exec(message) ?? [];
  const missingColumn = (COLUMNS as readonly string[]).includes(column) ? column : null;
  return { deployment: name, code: snowflakeCode, message, isMissing, missingColumn };
}
