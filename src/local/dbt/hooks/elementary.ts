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
    invocation_id: text(run.invocationId),
    job_id: text(null),
    job_name: text(null),
    job_run_id: text(null),
    run_started_at: text(timeText(run.startedAt)),
    run_completed_at: text(timeText(ended)),
    generated_at: text(timeText(ended)),
    created_at: wallClock(ended, run.zone),
    command: text(run.command),
    dbt_version: text(run.dbtVersion),
    elementary_version: text('0.19.0'),
    full_refresh: boolean(run.fullRefresh),
    invocation_vars: text(run.vars ?? '{}'),
    vars: text(run.vars ?? '{}'),
    target_name: text(run.target),
    target_database: text(run.database),
    target_schema: text(run.schema),
    target_profile_name: text(run.project),
    threads: integer(run.threads),
    selected: text(selected(run.select)),
    yaml_selector: text(null),
    project_name: text(run.project),
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
    model_execution_id: text(`${run.invocationId}.${node.uniqueId}`),
    unique_id: text(node.uniqueId),
    invocation_id: text(run.invocationId),
    generated_at: text(timeText(ended)),
    created_at: timestampNtz(ended),
    name: text(node.name),
    message: text(message),
    status: text(status),
    resource_type: text(node.resourceType),
    execution_time: { type: FLOAT, value: end - start },
    execute_started_at: text(ran ? timeText(momentOf(run, start)) : null),
    execute_completed_at: text(ran ? timeText(momentOf(run, end)) : null),
    rows_affected: integer(status === 'success' ? 1 : null),
    full_refresh: boolean(run.fullRefresh),
    failures: integer(failures),
    query_id: text(null),
    thread_id: text('Thread-1'),
    materialization: text(node.materialized),
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
