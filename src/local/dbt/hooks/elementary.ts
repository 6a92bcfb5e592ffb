/**
 * The tables that the elementary package (0.25) fills from on-run-end: DBT_INVOCATIONS and DBT_RUN_RESULTS. Times are
 * text in UTC, statuses are dbt's own words, and the invocation carries none. Types and words are held against what the
 * package itself has written: test/local/dbt/recorded.test.ts.
 * https://docs.elementary-data.com/data-tests/dbt/package-models
 */
import { boolean, FLOAT, integer, text, type TypedValue } from '../../values';
import type { NodeResult } from '../run';
import { type HookContext, type HookWriter, momentOf, type RowOf, type RunEnd } from './layout';
import { dumps, isoText, secondsText, varsOf } from './python';
import { insertRows, wallClock } from './sql';

const INVOCATIONS = {
  INVOCATION_ID: 'VARCHAR',
  JOB_ID: 'VARCHAR',
  JOB_NAME: 'VARCHAR',
  JOB_RUN_ID: 'VARCHAR',
  RUN_STARTED_AT: 'VARCHAR',
  RUN_COMPLETED_AT: 'VARCHAR',
  GENERATED_AT: 'VARCHAR',
  CREATED_AT: 'TIMESTAMP_NTZ',
  COMMAND: 'VARCHAR',
  DBT_VERSION: 'VARCHAR',
  ELEMENTARY_VERSION: 'VARCHAR',
  FULL_REFRESH: 'BOOLEAN',
  INVOCATION_VARS: 'VARCHAR',
  VARS: 'VARCHAR',
  TARGET_NAME: 'VARCHAR',
  TARGET_DATABASE: 'VARCHAR',
  TARGET_SCHEMA: 'VARCHAR',
  TARGET_PROFILE_NAME: 'VARCHAR',
  THREADS: 'NUMBER(38,0)',
  SELECTED: 'VARCHAR',
  YAML_SELECTOR: 'VARCHAR',
  PROJECT_ID: 'VARCHAR',
  PROJECT_NAME: 'VARCHAR',
  ENV: 'VARCHAR',
  ENV_ID: 'VARCHAR',
  CAUSE_CATEGORY: 'VARCHAR',
  CAUSE: 'VARCHAR',
  PULL_REQUEST_ID: 'VARCHAR',
  GIT_SHA: 'VARCHAR',
  ORCHESTRATOR: 'VARCHAR',
  DBT_USER: 'VARCHAR',
  JOB_URL: 'VARCHAR',
  JOB_RUN_URL: 'VARCHAR',
  ACCOUNT_ID: 'VARCHAR',
  TARGET_ADAPTER_SPECIFIC_FIELDS: 'VARCHAR',
} as const;

const RUN_RESULTS = {
  MODEL_EXECUTION_ID: 'VARCHAR',
  UNIQUE_ID: 'VARCHAR',
  INVOCATION_ID: 'VARCHAR',
  GENERATED_AT: 'VARCHAR',
  CREATED_AT: 'TIMESTAMP_NTZ',
  NAME: 'VARCHAR',
  MESSAGE: 'VARCHAR',
  STATUS: 'VARCHAR',
  RESOURCE_TYPE: 'VARCHAR',
  EXECUTION_TIME: 'FLOAT',
  EXECUTE_STARTED_AT: 'VARCHAR',
  EXECUTE_COMPLETED_AT: 'VARCHAR',
  COMPILE_STARTED_AT: 'VARCHAR',
  COMPILE_COMPLETED_AT: 'VARCHAR',
  ROWS_AFFECTED: 'NUMBER(38,0)',
  FULL_REFRESH: 'BOOLEAN',
  COMPILED_CODE: 'VARCHAR',
  FAILURES: 'NUMBER(38,0)',
  QUERY_ID: 'VARCHAR',
  THREAD_ID: 'VARCHAR',
  MATERIALIZATION: 'VARCHAR',
  ADAPTER_RESPONSE: 'VARCHAR',
  GROUP_NAME: 'VARCHAR',
} as const;

export const ELEMENTARY_TABLES = { DBT_INVOCATIONS: INVOCATIONS, DBT_RUN_RESULTS: RUN_RESULTS };

export function elementaryHooks(at: { database: string; schema: string }): HookWriter {
  return {
    onRunStart: () => [],
    postHooks: () => [],
    onRunEnd: (run, results, end) => [
      ...insertRows(at, 'DBT_INVOCATIONS', [invocationRow(run, end)]),
      ...insertRows(
        at,
        'DBT_RUN_RESULTS',
        logged(results, end).map((result, index) => resultRow(run, result, end, index)),
      ),
    ],
  };
}

/** The broken way loses what did not succeed. */
function logged(results: readonly NodeResult[], { mode }: RunEnd): readonly NodeResult[] {
  return mode === 'on-run-end'
    ? results
    : results.filter(({ status }) => status === 'success' || status === 'pass');
}

function invocationRow(run: HookContext, { seconds }: RunEnd): RowOf<typeof INVOCATIONS> {
  const ended = momentOf(run, seconds);
  const { invocation } = run;
  const vars = text(dumps(varsOf(invocation.vars)));
  return {
    INVOCATION_ID: text(run.invocationId),
    RUN_STARTED_AT: text(secondsText(run.startedAt)),
    RUN_COMPLETED_AT: text(secondsText(ended)),
    GENERATED_AT: text(secondsText(ended)),
    CREATED_AT: wallClock(ended, run.zone),
    COMMAND: text(invocation.command),
    DBT_VERSION: text(run.dbtVersion),
    ELEMENTARY_VERSION: text('0.25.1'),
    FULL_REFRESH: boolean(invocation.fullRefresh),
    INVOCATION_VARS: vars,
    VARS: vars,
    TARGET_NAME: text(run.target),
    TARGET_DATABASE: text(run.database),
    TARGET_SCHEMA: text(run.schema),
    TARGET_PROFILE_NAME: text(run.project),
    THREADS: integer(run.threads),
    SELECTED: text(dumps(invocation.select)),
    YAML_SELECTOR: text(invocation.selector ?? null),
    PROJECT_NAME: text(run.project),
    TARGET_ADAPTER_SPECIFIC_FIELDS: text(
      dumps({ warehouse: run.warehouse ?? null, user: run.user, role: run.role }),
    ),
  };
}

function resultRow(
  run: HookContext,
  result: NodeResult,
  { seconds }: RunEnd,
  index: number,
): RowOf<typeof RUN_RESULTS> {
  const { node, status, message, failures, start, end } = result;
  const ended = momentOf(run, seconds);
  const time = (at: number): TypedValue => text(status === 'skipped' ? null : isoText(momentOf(run, at)));
  return {
    MODEL_EXECUTION_ID: text(`${run.invocationId}.${node.uniqueId}`),
    UNIQUE_ID: text(node.uniqueId),
    INVOCATION_ID: text(run.invocationId),
    GENERATED_AT: text(secondsText(ended)),
    CREATED_AT: wallClock(ended, run.zone),
    NAME: text(node.name),
    MESSAGE: text(message),
    STATUS: text(status),
    RESOURCE_TYPE: text(node.resourceType),
    EXECUTION_TIME: { type: FLOAT, value: end - start },
    EXECUTE_STARTED_AT: time(start),
    EXECUTE_COMPLETED_AT: time(end),
    COMPILE_STARTED_AT: time(start),
    COMPILE_COMPLETED_AT: time(start),
    ROWS_AFFECTED: integer(status === 'error' || status === 'skipped' ? null : 1),
    FULL_REFRESH: boolean(run.invocation.fullRefresh),
    FAILURES: integer(failures),
    QUERY_ID: text(queryId(run, result, index)),
    THREAD_ID: text(threadOf(result)),
    MATERIALIZATION: text(materializationOf(result)),
    ADAPTER_RESPONSE: text('{}'),
  };
}

/** What `--fail-fast` never started is skipped by the main thread. */
export function threadOf({ status, message }: NodeResult): string {
  return status === 'skipped' && message !== null ? 'MainThread' : 'Thread-1 (worker)';
}

/** A unit test is materialized as such once it has run. */
function materializationOf({ node, status }: NodeResult): string | null {
  if (node.resourceType !== 'unit_test') return node.materialized;
  return status === 'error' || status === 'skipped' ? null : 'unit';
}

/** Of the adapter's response, which a failure has none of and a seed's INSERT gives no id. */
function queryId({ invocationId }: HookContext, { node, status }: NodeResult, index: number): string | null {
  if (status === 'error' || status === 'skipped' || node.resourceType === 'seed') return null;
  return `${invocationId.slice(0, 24)}${index.toString(16).padStart(12, '0')}`;
}
