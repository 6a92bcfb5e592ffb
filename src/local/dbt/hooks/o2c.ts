/**
 * The log of the order-to-cash project: DBT_RUN_LOG, a row that is inserted when the run starts and updated when it
 * ends, and DBT_MODEL_LOG, a row for each model. Starts are dbt's, in UTC; ends are CURRENT_TIMESTAMP() of the session.
 */
import { FLOAT, integer, text, timestampNtz, type TypedValue } from '../../values';
import { isTest } from '../dag';
import type { NodeResult } from '../run';
import { type HookContext, type HookWriter, momentOf, type RowOf, type RunEnd, type Write } from './layout';
import { insertRows, updateRows, wallClock } from './sql';

const RUN_LOG = {
  RUN_ID: 'VARCHAR(50) NOT NULL PRIMARY KEY',
  PROJECT_NAME: 'VARCHAR(100)',
  PROJECT_VERSION: 'VARCHAR(20)',
  ENVIRONMENT: 'VARCHAR(50)',
  RUN_STARTED_AT: 'TIMESTAMP_NTZ',
  RUN_ENDED_AT: 'TIMESTAMP_NTZ',
  RUN_DURATION_SECONDS: 'NUMBER(10,2)',
  RUN_STATUS: 'VARCHAR(20)',
  RUN_COMMAND: 'VARCHAR(50)',
  MODELS_SELECTED: 'INTEGER',
  MODELS_RUN: 'INTEGER',
  MODELS_SUCCESS: 'INTEGER',
  MODELS_FAILED: 'INTEGER',
  MODELS_SKIPPED: 'INTEGER',
  TESTS_RUN: 'INTEGER',
  TESTS_PASSED: 'INTEGER',
  TESTS_FAILED: 'INTEGER',
  WAREHOUSE_NAME: 'VARCHAR(100)',
  USER_NAME: 'VARCHAR(100)',
  ROLE_NAME: 'VARCHAR(100)',
  SELECTOR_USED: 'VARCHAR(500)',
  CREATED_AT: 'TIMESTAMP_NTZ DEFAULT CURRENT_TIMESTAMP()',
} as const;

const MODEL_LOG = {
  LOG_ID: 'VARCHAR(100) NOT NULL',
  RUN_ID: 'VARCHAR(50)',
  PROJECT_NAME: 'VARCHAR(100)',
  MODEL_NAME: 'VARCHAR(200)',
  MODEL_ALIAS: 'VARCHAR(200)',
  SCHEMA_NAME: 'VARCHAR(100)',
  DATABASE_NAME: 'VARCHAR(100)',
  MATERIALIZATION: 'VARCHAR(50)',
  BATCH_ID: 'VARCHAR(50)',
  PARENT_BATCH_ID: 'VARCHAR(50)',
  STATUS: 'VARCHAR(20)',
  ERROR_MESSAGE: 'VARCHAR(4000)',
  STARTED_AT: 'TIMESTAMP_NTZ',
  ENDED_AT: 'TIMESTAMP_NTZ',
  EXECUTION_SECONDS: 'NUMBER(10,2)',
  ROWS_AFFECTED: 'INTEGER',
  BYTES_PROCESSED: 'INTEGER',
  IS_INCREMENTAL: 'BOOLEAN',
  INCREMENTAL_STRATEGY: 'VARCHAR(50)',
  QUERY_ID: 'VARCHAR(100)',
  CREATED_AT: 'TIMESTAMP_NTZ DEFAULT CURRENT_TIMESTAMP()',
} as const;

export const O2C_TABLES = { DBT_RUN_LOG: RUN_LOG, DBT_MODEL_LOG: MODEL_LOG };

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

function startRow(run: HookContext): RowOf<typeof RUN_LOG> {
  return {
    RUN_ID: text(run.invocationId),
    PROJECT_NAME: text(run.project),
    PROJECT_VERSION: text(run.projectVersion),
    ENVIRONMENT: text(run.target),
    RUN_STARTED_AT: timestampNtz(run.startedAt),
    RUN_STATUS: text('RUNNING'),
    RUN_COMMAND: text(run.invocation.command),
    WAREHOUSE_NAME: text(run.warehouse ?? null),
    USER_NAME: text(run.user),
    ROLE_NAME: text(run.role),
    SELECTOR_USED: text(selectorUsed(run.invocation.select)),
    CREATED_AT: wallClock(run.startedAt, run.zone),
  };
}

function selectorUsed(select: readonly string[]): string {
  return select.length > 0 ? select.join(',') : 'all';
}

const STATUS: Readonly<Record<string, string>> = { success: 'SUCCESS', error: 'FAIL', skipped: 'SKIPPED' };

function modelRow(run: HookContext, result: NodeResult): RowOf<typeof MODEL_LOG> {
  const { node, status, message, start, end } = result;
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
      value: node.materialized === 'incremental' && !run.invocation.fullRefresh,
    },
    CREATED_AT: ended,
  };
}

/** The broken hook counts rows with status FAIL, which no post-hook ever wrote: a failed run ends as SUCCESS. */
function endOf(
  run: HookContext,
  results: readonly NodeResult[],
  { mode, selected, seconds: duration }: RunEnd,
): RowOf<typeof RUN_LOG> {
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
