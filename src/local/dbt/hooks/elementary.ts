/**
 * The tables that the elementary package fills from on-run-end: DBT_INVOCATIONS and DBT_RUN_RESULTS. Times are text in
 * UTC, statuses are dbt's own words, and the invocation carries none.
 * https://docs.elementary-data.com/data-tests/dbt/package-models
 */
import { boolean, FLOAT, integer, text, timestampNtz } from '../../values';
import type { NodeResult } from '../run';
import { type HookContext, type HookWriter, momentOf, type Row, type RunEnd } from './layout';
import { insertRows, timeText, wallClock } from './sql';

export function elementaryHooks(at: { database: string; schema: string }): HookWriter {
  return {
    onRunStart: () => [],
    postHooks: () => [],
    onRunEnd: (run, results, end) => [
      ...insertRows(at, 'DBT_INVOCATIONS', [invocationRow(run, end)]),
      ...insertRows(
        at,
        'DBT_RUN_RESULTS',
        logged(results, end).map((result) => resultRow(run, result, end)),
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

function invocationRow(run: HookContext, { seconds }: RunEnd): Row {
  const ended = momentOf(run, seconds);
  return {
    INVOCATION_ID: text(run.invocationId),
    JOB_ID: text(null),
    JOB_NAME: text(null),
    JOB_RUN_ID: text(null),
    RUN_STARTED_AT: text(timeText(run.startedAt)),
    RUN_COMPLETED_AT: text(timeText(ended)),
    GENERATED_AT: text(timeText(ended)),
    CREATED_AT: wallClock(ended, run.zone),
    COMMAND: text(run.command),
    DBT_VERSION: text(run.dbtVersion),
    ELEMENTARY_VERSION: text('0.19.0'),
    FULL_REFRESH: boolean(run.fullRefresh),
    INVOCATION_VARS: text(run.vars ?? '{}'),
    VARS: text(run.vars ?? '{}'),
    TARGET_NAME: text(run.target),
    TARGET_DATABASE: text(run.database),
    TARGET_SCHEMA: text(run.schema),
    TARGET_PROFILE_NAME: text(run.project),
    THREADS: integer(run.threads),
    SELECTED: text(selected(run.select)),
    YAML_SELECTOR: text(null),
    PROJECT_NAME: text(run.project),
  };
}

/** The package renders a list as Jinja's tojson does, and nothing as an empty text. */
function selected(select: readonly string[]): string {
  return select.length > 0 ? `[${select.map((value) => JSON.stringify(value)).join(', ')}]` : '';
}

function resultRow(run: HookContext, result: NodeResult, { seconds }: RunEnd): Row {
  const { node, status, message, failures, start, end } = result;
  const ran = status !== 'skipped';
  const ended = momentOf(run, seconds);
  return {
    MODEL_EXECUTION_ID: text(`${run.invocationId}.${node.uniqueId}`),
    UNIQUE_ID: text(node.uniqueId),
    INVOCATION_ID: text(run.invocationId),
    GENERATED_AT: text(timeText(ended)),
    CREATED_AT: timestampNtz(ended),
    NAME: text(node.name),
    MESSAGE: text(message),
    STATUS: text(status),
    RESOURCE_TYPE: text(node.resourceType),
    EXECUTION_TIME: { type: FLOAT, value: end - start },
    EXECUTE_STARTED_AT: text(ran ? timeText(momentOf(run, start)) : null),
    EXECUTE_COMPLETED_AT: text(ran ? timeText(momentOf(run, end)) : null),
    ROWS_AFFECTED: integer(status === 'success' ? 1 : null),
    FULL_REFRESH: boolean(run.fullRefresh),
    FAILURES: integer(failures),
    QUERY_ID: text(null),
    THREAD_ID: text('Thread-1'),
    MATERIALIZATION: text(node.materialized),
  };
}

export const ELEMENTARY_TABLES: readonly [name: string, columns: string][] = [
  [
    'DBT_INVOCATIONS',
    `invocation_id VARCHAR,
  job_id VARCHAR,
  job_name VARCHAR,
  job_run_id VARCHAR,
  run_started_at VARCHAR,
  run_completed_at VARCHAR,
  generated_at VARCHAR,
  created_at TIMESTAMP_NTZ,
  command VARCHAR,
  dbt_version VARCHAR,
  elementary_version VARCHAR,
  full_refresh BOOLEAN,
  invocation_vars VARCHAR,
  vars VARCHAR,
  target_name VARCHAR,
  target_database VARCHAR,
  target_schema VARCHAR,
  target_profile_name VARCHAR,
  threads INTEGER,
  selected VARCHAR,
  yaml_selector VARCHAR,
  project_name VARCHAR`,
  ],
  [
    'DBT_RUN_RESULTS',
    `model_execution_id VARCHAR,
  unique_id VARCHAR,
  invocation_id VARCHAR,
  generated_at VARCHAR,
  created_at TIMESTAMP_NTZ,
  name VARCHAR,
  message VARCHAR,
  status VARCHAR,
  resource_type VARCHAR,
  execution_time FLOAT,
  execute_started_at VARCHAR,
  execute_completed_at VARCHAR,
  rows_affected INTEGER,
  full_refresh BOOLEAN,
  failures INTEGER,
  query_id VARCHAR,
  thread_id VARCHAR,
  materialization VARCHAR`,
  ],
];
