/** The run logs that are known column by column, as presets of the user's own `CustomLayout`. */
import type { CustomLayout, LayoutName } from '../config/types';

export interface Layout extends Pick<CustomLayout, 'runs'> {
  nodes: Omit<CustomLayout['nodes'], 'table'> & { tables: { table: string; resourceType: string | null }[] };
  /** Column of a node's message, read only where a policy asks for it: older logs may lack it. */
  messageColumn: string | null;
  /** Column of dbt's arguments as an object. */
  args: string | null;
  selectionWidth: number | null;
}

/** Hooks of the o2c project: a run row from on-run-start and on-run-end, a node row from each post-hook. */
const o2c: Layout = {
  runs: {
    table: 'DBT_RUN_LOG',
    runId: 'RUN_ID',
    startedAt: 'RUN_STARTED_AT',
    endedAt: 'RUN_ENDED_AT',
    status: 'RUN_STATUS',
    project: 'PROJECT_NAME',
    environment: 'ENVIRONMENT',
    command: 'RUN_COMMAND',
    selection: 'SELECTOR_USED',
    testsFailed: 'TESTS_FAILED',
    createdAt: 'RUN_STARTED_AT',
  },
  nodes: {
    tables: [{ table: 'DBT_MODEL_LOG', resourceType: null }],
    runId: 'RUN_ID',
    name: 'MODEL_NAME',
    status: 'STATUS',
    startedAt: 'STARTED_AT',
    endedAt: 'ENDED_AT',
    createdAt: 'STARTED_AT',
  },
  messageColumn: 'ERROR_MESSAGE',
  args: null,
  selectionWidth: 500,
};

/** https://docs.elementary-data.com: dbt_invocations and dbt_run_results, both written on-run-end. */
const elementary: Layout = {
  runs: {
    table: 'DBT_INVOCATIONS',
    runId: 'INVOCATION_ID',
    startedAt: 'RUN_STARTED_AT',
    endedAt: 'RUN_COMPLETED_AT',
    project: 'PROJECT_NAME',
    environment: 'TARGET_NAME',
    command: 'COMMAND',
    selection: 'SELECTED',
    yamlSelector: 'YAML_SELECTOR',
    createdAt: 'CREATED_AT',
  },
  nodes: {
    tables: [{ table: 'DBT_RUN_RESULTS', resourceType: null }],
    runId: 'INVOCATION_ID',
    // Not NAME, which lacks the version of a model.
    name: 'UNIQUE_ID',
    nameIs: 'unique_id',
    status: 'STATUS',
    startedAt: 'EXECUTE_STARTED_AT',
    endedAt: 'EXECUTE_COMPLETED_AT',
    resourceType: 'RESOURCE_TYPE',
    createdAt: 'CREATED_AT',
  },
  messageColumn: 'MESSAGE',
  args: null,
  selectionWidth: null,
};

/** https://github.com/brooklyn-data/dbt_artifacts: one table of executions for each resource type. */
const dbtArtifacts: Layout = {
  runs: {
    table: 'INVOCATIONS',
    runId: 'COMMAND_INVOCATION_ID',
    startedAt: 'RUN_STARTED_AT',
    project: 'PROJECT_NAME',
    environment: 'TARGET_NAME',
    command: 'DBT_COMMAND',
    createdAt: 'RUN_STARTED_AT',
  },
  nodes: {
    tables: [
      { table: 'MODEL_EXECUTIONS', resourceType: 'model' },
      { table: 'SEED_EXECUTIONS', resourceType: 'seed' },
      { table: 'SNAPSHOT_EXECUTIONS', resourceType: 'snapshot' },
      { table: 'TEST_EXECUTIONS', resourceType: 'test' },
    ],
    runId: 'COMMAND_INVOCATION_ID',
    name: 'NODE_ID',
    nameIs: 'unique_id',
    status: 'STATUS',
    startedAt: 'COMPILE_STARTED_AT',
    endedAt: 'QUERY_COMPLETED_AT',
    createdAt: 'RUN_STARTED_AT',
  },
  messageColumn: 'MESSAGE',
  args: 'INVOCATION_ARGS',
  selectionWidth: null,
};

export const LAYOUTS: Readonly<Record<LayoutName, Layout>> = { o2c, elementary, dbt_artifacts: dbtArtifacts };

/** dbt's own words (https://docs.getdbt.com/reference/artifacts/run-results-json) and those of the o2c layout. */
export const STATUS_WORDS = {
  succeeded: ['SUCCESS', 'SUCCEEDED', 'PASS', 'WARN', 'NO-OP', 'REUSED', 'TRUE'],
  failed: ['FAILED', 'FAIL', 'ERROR', 'RUNTIME ERROR', 'PARTIAL SUCCESS', 'PARTIAL'],
  running: ['RUNNING'],
  skipped: ['SKIPPED', 'SKIP'],
} as const;

export function asLayout(custom: CustomLayout): Layout {
  const { table, ...columns } = custom.nodes;
  return {
    runs: custom.runs,
    nodes: { ...columns, tables: [{ table, resourceType: null }] },
    messageColumn: null,
    args: null,
    selectionWidth: null,
  };
}
