/**
 * The tables that the dbt_artifacts package fills when `upload_results(results)` stands in on-run-end: INVOCATIONS and
 * one table of executions for each kind of node. Neither end nor status of the run is logged.
 * https://brooklyn-data.github.io/dbt_artifacts/
 */
import { boolean, FLOAT, integer, text, timestampNtz } from '../../values';
import type { ResourceType } from '../dag';
import type { NodeResult } from '../run';
import { type HookContext, type HookWriter, momentOf, type Row, type Write } from './layout';
import { insertRows } from './sql';

const TABLE_OF: Readonly<Partial<Record<ResourceType, string>>> = {
  model: 'MODEL_EXECUTIONS',
  seed: 'SEED_EXECUTIONS',
  snapshot: 'SNAPSHOT_EXECUTIONS',
  test: 'TEST_EXECUTIONS',
};

export function dbtArtifactsHooks(at: { database: string; schema: string }): HookWriter {
  return {
    onRunStart: () => [],
    postHooks: () => [],
    onRunEnd: (run, results, { mode }) => {
      // The broken way loses what did not succeed.
      const logged =
        mode === 'on-run-end'
          ? results
          : results.filter(({ status }) => status === 'success' || status === 'pass');
      return [
        ...insertRows(at, 'INVOCATIONS', [invocationRow(run)]),
        ...Object.entries(TABLE_OF).flatMap(([type, table]): Write[] =>
          insertRows(
            at,
            table,
            logged
              .filter(({ node }) => node.resourceType === type)
              .map((result) => (type === 'test' ? testRow(run, result) : executionRow(run, result))),
          ),
        ),
      ];
    },
  };
}

function invocationRow(run: HookContext): Row {
  const args = {
    which: run.command,
    select: run.select,
    exclude: run.exclude,
    full_refresh: run.fullRefresh,
    vars: run.vars ?? {},
    target: run.target,
    threads: run.threads,
  };
  return {
    COMMAND_INVOCATION_ID: text(run.invocationId),
    DBT_VERSION: text(run.dbtVersion),
    PROJECT_NAME: text(run.project),
    RUN_STARTED_AT: timestampNtz(run.startedAt),
    DBT_COMMAND: text(run.command),
    FULL_REFRESH_FLAG: boolean(run.fullRefresh),
    TARGET_PROFILE_NAME: text(run.project),
    TARGET_NAME: text(run.target),
    TARGET_SCHEMA: text(run.schema),
    TARGET_THREADS: integer(run.threads),
    ENV_VARS: text('{}'),
    DBT_VARS: text(run.vars ?? '{}'),
    INVOCATION_ARGS: text(JSON.stringify(args)),
  };
}

function commonRow(run: HookContext, { node, status, message, start, end }: NodeResult): Row {
  return {
    COMMAND_INVOCATION_ID: text(run.invocationId),
    NODE_ID: text(node.uniqueId),
    RUN_STARTED_AT: timestampNtz(run.startedAt),
    WAS_FULL_REFRESH: boolean(run.fullRefresh),
    THREAD_ID: text('Thread-1'),
    STATUS: text(status),
    COMPILE_STARTED_AT: timestampNtz(status === 'skipped' ? null : momentOf(run, start)),
    QUERY_COMPLETED_AT: timestampNtz(status === 'skipped' ? null : momentOf(run, end)),
    TOTAL_NODE_RUNTIME: { type: FLOAT, value: end - start },
    ROWS_AFFECTED: integer(status === 'success' ? 1 : null),
    MESSAGE: text(message),
  };
}

function executionRow(run: HookContext, result: NodeResult): Row {
  return {
    ...commonRow(run, result),
    MATERIALIZATION: text(result.node.materialized),
    SCHEMA: text(run.schema),
    NAME: text(result.node.name),
    ALIAS: text(result.node.name),
  };
}

function testRow(run: HookContext, result: NodeResult): Row {
  return { ...commonRow(run, result), FAILURES: integer(result.failures) };
}

const COMMON = `command_invocation_id VARCHAR,
  node_id VARCHAR,
  run_started_at TIMESTAMP_NTZ,
  was_full_refresh BOOLEAN,
  thread_id VARCHAR,
  status VARCHAR,
  compile_started_at TIMESTAMP_NTZ,
  query_completed_at TIMESTAMP_NTZ,
  total_node_runtime FLOAT,
  rows_affected INTEGER,
  message VARCHAR`;

const EXECUTIONS = `${COMMON},
  materialization VARCHAR,
  schema VARCHAR,
  name VARCHAR,
  alias VARCHAR`;

export const DBT_ARTIFACTS_TABLES: readonly [name: string, columns: string][] = [
  [
    'INVOCATIONS',
    `command_invocation_id VARCHAR,
  dbt_version VARCHAR,
  project_name VARCHAR,
  run_started_at TIMESTAMP_NTZ,
  dbt_command VARCHAR,
  full_refresh_flag BOOLEAN,
  target_profile_name VARCHAR,
  target_name VARCHAR,
  target_schema VARCHAR,
  target_threads INTEGER,
  env_vars VARCHAR,
  dbt_vars VARCHAR,
  invocation_args VARCHAR`,
  ],
  ['MODEL_EXECUTIONS', EXECUTIONS],
  ['SEED_EXECUTIONS', EXECUTIONS],
  ['SNAPSHOT_EXECUTIONS', EXECUTIONS],
  ['TEST_EXECUTIONS', `${COMMON},\n  failures INTEGER`],
];
