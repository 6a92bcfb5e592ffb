/**
 * The tables that the dbt_artifacts package (2.10) fills when `upload_results(results)` stands in on-run-end: INVOCATIONS
 * and one table of executions for each kind of node but unit tests and functions, which it does not log. Neither end nor
 * status of the run is there. On Snowflake what is JSON elsewhere is an OBJECT. Types and words are held against what the
 * package itself has written: test/local/dbt/recorded.test.ts.
 * https://brooklyn-data.github.io/dbt_artifacts/
 */
import { boolean, FLOAT, integer, text, timestampNtz, type TypedValue } from '../../values';
import { aliasOf, type ResourceType } from '../dag';
import type { NodeResult } from '../run';
import { threadOf } from './elementary';
import { invocationArgs } from './invocation-args';
import { type HookContext, type HookWriter, momentOf, type RowOf, type Write } from './layout';
import { insertRows } from './sql';

const INVOCATIONS = {
  COMMAND_INVOCATION_ID: 'VARCHAR',
  DBT_VERSION: 'VARCHAR',
  PROJECT_NAME: 'VARCHAR',
  RUN_STARTED_AT: 'TIMESTAMP_NTZ',
  DBT_COMMAND: 'VARCHAR',
  FULL_REFRESH_FLAG: 'BOOLEAN',
  TARGET_PROFILE_NAME: 'VARCHAR',
  TARGET_NAME: 'VARCHAR',
  TARGET_SCHEMA: 'VARCHAR',
  TARGET_THREADS: 'NUMBER(38,0)',
  DBT_CLOUD_PROJECT_ID: 'VARCHAR',
  DBT_CLOUD_JOB_ID: 'VARCHAR',
  DBT_CLOUD_RUN_ID: 'VARCHAR',
  DBT_CLOUD_RUN_REASON_CATEGORY: 'VARCHAR',
  DBT_CLOUD_RUN_REASON: 'VARCHAR',
  ENV_VARS: 'OBJECT',
  DBT_VARS: 'OBJECT',
  INVOCATION_ARGS: 'OBJECT',
  DBT_CUSTOM_ENVS: 'OBJECT',
} as const;

const COMMON = {
  COMMAND_INVOCATION_ID: 'VARCHAR',
  NODE_ID: 'VARCHAR',
  RUN_STARTED_AT: 'TIMESTAMP_NTZ',
  WAS_FULL_REFRESH: 'BOOLEAN',
  THREAD_ID: 'VARCHAR',
  STATUS: 'VARCHAR',
  COMPILE_STARTED_AT: 'TIMESTAMP_NTZ',
  QUERY_COMPLETED_AT: 'TIMESTAMP_NTZ',
  TOTAL_NODE_RUNTIME: 'FLOAT',
  ROWS_AFFECTED: 'NUMBER(38,0)',
} as const;
const LAST = { MESSAGE: 'VARCHAR', ADAPTER_RESPONSE: 'OBJECT' } as const;

const EXECUTIONS = {
  ...COMMON,
  MATERIALIZATION: 'VARCHAR',
  SCHEMA: 'VARCHAR',
  NAME: 'VARCHAR',
  ALIAS: 'VARCHAR',
  ...LAST,
} as const;
const TEST_EXECUTIONS = { ...COMMON, FAILURES: 'NUMBER(38,0)', ...LAST } as const;

export const DBT_ARTIFACTS_TABLES = {
  INVOCATIONS,
  MODEL_EXECUTIONS: EXECUTIONS,
  SEED_EXECUTIONS: EXECUTIONS,
  SNAPSHOT_EXECUTIONS: EXECUTIONS,
  TEST_EXECUTIONS,
};

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

function invocationRow(run: HookContext): RowOf<typeof INVOCATIONS> {
  return {
    COMMAND_INVOCATION_ID: text(run.invocationId),
    DBT_VERSION: text(run.dbtVersion),
    PROJECT_NAME: text(run.project),
    RUN_STARTED_AT: timestampNtz(run.startedAt),
    DBT_COMMAND: text(run.invocation.command),
    FULL_REFRESH_FLAG: boolean(run.invocation.fullRefresh),
    TARGET_PROFILE_NAME: text(run.project),
    TARGET_NAME: text(run.target),
    TARGET_SCHEMA: text(run.schema),
    TARGET_THREADS: integer(run.threads),
    INVOCATION_ARGS: object(invocationArgs(run)),
    DBT_CUSTOM_ENVS: object({}),
  };
}

/** Snowflake keeps the keys of an OBJECT in order. */
function object(members: Readonly<Record<string, unknown>>): TypedValue {
  const sorted = Object.entries(members).sort(([a], [b]) => (a < b ? -1 : 1));
  return { type: { kind: 'OBJECT' }, value: JSON.stringify(Object.fromEntries(sorted)) };
}

function commonRow(run: HookContext, result: NodeResult): RowOf<typeof COMMON & typeof LAST> {
  const { node, status, message, start, end } = result;
  const time = (at: number): TypedValue => timestampNtz(status === 'skipped' ? null : momentOf(run, at));
  return {
    COMMAND_INVOCATION_ID: text(run.invocationId),
    NODE_ID: text(node.uniqueId),
    RUN_STARTED_AT: timestampNtz(run.startedAt),
    WAS_FULL_REFRESH: boolean(run.invocation.fullRefresh),
    THREAD_ID: text(threadOf(result)),
    STATUS: text(status),
    COMPILE_STARTED_AT: time(start),
    QUERY_COMPLETED_AT: time(end),
    TOTAL_NODE_RUNTIME: { type: FLOAT, value: end - start },
    ROWS_AFFECTED: integer(status === 'error' || status === 'skipped' ? null : 1),
    // Python's None, written into a text.
    MESSAGE: text(message ?? 'None'),
    ADAPTER_RESPONSE: object({}),
  };
}

function executionRow(run: HookContext, result: NodeResult): RowOf<typeof EXECUTIONS> {
  return {
    ...commonRow(run, result),
    MATERIALIZATION: text(result.node.materialized),
    SCHEMA: text(run.schema),
    NAME: text(result.node.name),
    ALIAS: text(aliasOf(result.node)),
  };
}

function testRow(run: HookContext, result: NodeResult): RowOf<typeof TEST_EXECUTIONS> {
  return { ...commonRow(run, result), FAILURES: integer(result.failures) };
}
