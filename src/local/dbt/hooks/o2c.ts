/**
 * The log of the order-to-cash project: DBT_RUN_LOG, a row that is inserted when the run starts and updated when it
 * ends, and DBT_MODEL_LOG, a row for each model. Starts are dbt's, in UTC; ends are CURRENT_TIMESTAMP() of the session.
 */
import { FLOAT, integer, text, timestampNtz, type TypedValue } from '../../values';
import { isTest } from '../dag';
import type { NodeResult } from '../run';
import { type HookContext, type HookWriter, momentOf, type Row, type RunEnd, type Write } from './layout';
import { insertRows, updateRows, wallClock } from './sql';

export function o2cHooks(at: { database: string; schema: string }): HookWriter {
  const modelRows = (run: HookContext, results: readonly NodeResult[]): Write[] =>
    insertRows(
      at,
      'DBT_MODEL_LOG',
      results.map((result) => modelRow(run, result)),
    );
  return {
    onRunStart: (run) => insertRows(at, 'DBT_RUN_LOG', [startRow(run)]),
    // Post-hooks are configured on models, and dbt runs none for a node that failed.
    postHooks: (run, results) =>
      modelRows(
        run,
        results.filter(({ node, status }) => node.resourceType === 'model' && status === 'success'),
      ),
    onRunEnd: (run, results, end) => [
      ...(end.mode === 'on-run-end' ? modelRows(run, results.filter(isNotTest)) : []),
      updateRows(at, 'DBT_RUN_LOG', ['RUN_ID', text(run.invocationId)], endOf(run, results, end)),
    ],
  };
}

function isNotTest({ node }: NodeResult): boolean {
  return !isTest(node);
}

function startRow(run: HookContext): Row {
  return {
    RUN_ID: text(run.invocationId),
    PROJECT_NAME: text(run.project),
    PROJECT_VERSION: text(run.projectVersion),
    ENVIRONMENT: text(run.target),
    RUN_STARTED_AT: timestampNtz(run.startedAt),
    RUN_STATUS: text('RUNNING'),
    RUN_COMMAND: text(run.command),
    WAREHOUSE_NAME: text(run.warehouse ?? null),
    USER_NAME: text(run.user),
    ROLE_NAME: text(run.role),
    SELECTOR_USED: text(run.select.length > 0 ? run.select.join(',') : 'all'),
    CREATED_AT: wallClock(run.startedAt, run.zone),
  };
}

const STATUS: Readonly<Record<string, string>> = { success: 'SUCCESS', error: 'FAIL', skipped: 'SKIPPED' };

function modelRow(run: HookContext, { node, status, message, start, end }: NodeResult): Row {
  const ended = wallClock(momentOf(run, end), run.zone);
  return {
    LOG_ID: text(`${run.invocationId}_${node.name}`),
    RUN_ID: text(run.invocationId),
    PROJECT_NAME: text(run.project),
    MODEL_NAME: text(node.name),
    MODEL_ALIAS: text(node.name),
    SCHEMA_NAME: text(run.schema),
    DATABASE_NAME: text(run.database),
    MATERIALIZATION: text(node.materialized),
    BATCH_ID: text(run.invocationId),
    PARENT_BATCH_ID: text(null),
    STATUS: text(STATUS[status] ?? status.toUpperCase()),
    ERROR_MESSAGE: text(status === 'success' ? null : message),
    STARTED_AT: timestampNtz(momentOf(run, start)),
    ENDED_AT: ended,
    EXECUTION_SECONDS: seconds(end - start),
    ROWS_AFFECTED: integer(status === 'success' ? 1 : null),
    IS_INCREMENTAL: {
      type: { kind: 'BOOLEAN' },
      value: node.materialized === 'incremental' && !run.fullRefresh,
    },
    CREATED_AT: ended,
  };
}

/** The broken hook counts rows with status FAIL, which no post-hook ever wrote: a failed run ends as SUCCESS. */
function endOf(
  run: HookContext,
  results: readonly NodeResult[],
  { mode, selected, seconds: duration }: RunEnd,
): Row {
  const models = results.filter(isNotTest);
  const tests = results.filter((result) => !isNotTest(result));
  const count = (of: readonly NodeResult[], ...statuses: string[]) =>
    of.filter(({ status }) => statuses.includes(status)).length;
  const seesAll = mode === 'on-run-end';
  const failed = seesAll ? count(models, 'error') : 0;
  const testsFailed = seesAll ? count(tests, 'fail', 'error') : 0;
  return {
    RUN_STATUS: text(failed + testsFailed > 0 ? 'FAILED' : 'SUCCESS'),
    RUN_ENDED_AT: wallClock(momentOf(run, duration), run.zone),
    RUN_DURATION_SECONDS: seconds(duration),
    MODELS_SELECTED: integer(selected - tests.length),
    MODELS_RUN: integer(count(models, 'success') + failed),
    MODELS_SUCCESS: integer(count(models, 'success')),
    MODELS_FAILED: integer(failed),
    MODELS_SKIPPED: integer(seesAll ? count(models, 'skipped') : 0),
    TESTS_RUN: integer(seesAll ? tests.length - count(tests, 'skipped') : 0),
    TESTS_PASSED: integer(seesAll ? count(tests, 'pass', 'warn') : 0),
    TESTS_FAILED: integer(testsFailed),
  };
}

function seconds(value: number): TypedValue {
  return { type: FLOAT, value };
}

export const O2C_TABLES: readonly [name: string, columns: string][] = [
  [
    'DBT_RUN_LOG',
    `run_id VARCHAR(50) NOT NULL PRIMARY KEY,
  project_name VARCHAR(100),
  project_version VARCHAR(20),
  environment VARCHAR(50),
  run_started_at TIMESTAMP_NTZ,
  run_ended_at TIMESTAMP_NTZ,
  run_duration_seconds NUMBER(10,2),
  run_status VARCHAR(20),
  run_command VARCHAR(50),
  models_selected INTEGER,
  models_run INTEGER,
  models_success INTEGER,
  models_failed INTEGER,
  models_skipped INTEGER,
  tests_run INTEGER,
  tests_passed INTEGER,
  tests_failed INTEGER,
  warehouse_name VARCHAR(100),
  user_name VARCHAR(100),
  role_name VARCHAR(100),
  selector_used VARCHAR(500),
  created_at TIMESTAMP_NTZ DEFAULT CURRENT_TIMESTAMP()`,
  ],
  [
    'DBT_MODEL_LOG',
    `log_id VARCHAR(100) NOT NULL,
  run_id VARCHAR(50),
  project_name VARCHAR(100),
  model_name VARCHAR(200),
  model_alias VARCHAR(200),
  schema_name VARCHAR(100),
  database_name VARCHAR(100),
  materialization VARCHAR(50),
  batch_id VARCHAR(50),
  parent_batch_id VARCHAR(50),
  status VARCHAR(20),
  error_message VARCHAR(4000),
  started_at TIMESTAMP_NTZ,
  ended_at TIMESTAMP_NTZ,
  execution_seconds NUMBER(10,2),
  rows_affected INTEGER,
  bytes_processed INTEGER,
  is_incremental BOOLEAN,
  incremental_strategy VARCHAR(50),
  query_id VARCHAR(100),
  created_at TIMESTAMP_NTZ DEFAULT CURRENT_TIMESTAMP()`,
  ],
];
