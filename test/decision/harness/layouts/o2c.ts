/** The log of the order-to-cash project: two tables, no types of nodes, two clocks. */
import type { LoggedRun } from '../../reference/history';
import { visibleIn } from '../../visible';
import type { LogLayout } from './layout';
import { wallClock } from './layout';

const RUN_LOG = `CREATE TABLE DBT_RUN_LOG (
  run_id VARCHAR(50) PRIMARY KEY, project_name VARCHAR(100), project_version VARCHAR(20), environment VARCHAR(50),
  run_started_at TIMESTAMP_NTZ, run_ended_at TIMESTAMP_NTZ, run_duration_seconds NUMBER(10,2), run_status VARCHAR(20),
  run_command VARCHAR(50), models_selected INTEGER, models_run INTEGER, models_success INTEGER, models_failed INTEGER,
  models_skipped INTEGER, tests_run INTEGER, tests_passed INTEGER, tests_failed INTEGER, warehouse_name VARCHAR(100),
  user_name VARCHAR(100), role_name VARCHAR(100), selector_used VARCHAR(500), created_at TIMESTAMP_NTZ)`;

const MODEL_LOG = `CREATE TABLE DBT_MODEL_LOG (
  log_id VARCHAR(100), run_id VARCHAR(50), project_name VARCHAR(100), model_name VARCHAR(200), model_alias VARCHAR(200),
  schema_name VARCHAR(100), database_name VARCHAR(100), materialization VARCHAR(50), batch_id VARCHAR(50),
  parent_batch_id VARCHAR(50), status VARCHAR(20), error_message VARCHAR(4000), started_at TIMESTAMP_NTZ,
  ended_at TIMESTAMP_NTZ, execution_seconds NUMBER(10,2), rows_affected INTEGER, bytes_processed INTEGER,
  is_incremental BOOLEAN, incremental_strategy VARCHAR(50), query_id VARCHAR(100), created_at TIMESTAMP_NTZ)`;

/** @param endedAt zone of the ends; the starts are dbt's, in UTC */
export function o2cLog(endedAt = 'UTC'): LogLayout {
  return {
    name: 'o2c',
    kind: 'selection',
    state: {
      kind: 'audit-tables',
      layout: 'o2c',
      where: { environment: 'prod' },
      zones: { startedAt: 'UTC', endedAt },
    },
    ddl: [RUN_LOG, MODEL_LOG],
    visible: (runs) => visibleIn('selection', runs).map(withoutTypes),
    rows: (runs) => [
      {
        table: 'DBT_RUN_LOG',
        columns: [
          'run_id',
          'project_name',
          'environment',
          'run_started_at',
          'run_ended_at',
          'run_status',
          'run_command',
          'tests_failed',
          'selector_used',
        ],
        rows: runs.map((run) => [
          run.id,
          run.project,
          run.environment ?? null,
          wallClock(run.startedAt),
          wallClock(run.endedAt, endedAt),
          run.status,
          run.command ?? null,
          run.testsFailed ?? null,
          run.selection ?? null,
        ]),
      },
      {
        table: 'DBT_MODEL_LOG',
        columns: [
          'log_id',
          'run_id',
          'project_name',
          'model_name',
          'status',
          'error_message',
          'started_at',
          'ended_at',
        ],
        rows: runs.flatMap((run) =>
          run.nodes.map((node, index) => [
            `${run.id}_${index}`,
            run.id,
            run.project,
            node.name,
            node.status,
            node.message ?? null,
            wallClock(run.startedAt),
            wallClock(node.endedAt, endedAt),
          ]),
        ),
      },
    ],
  };
}

/** Tests are logged as models are, so a failed test is retried like a model. */
export function withoutTypes(run: LoggedRun): LoggedRun {
  return { ...run, nodes: run.nodes.map(({ resourceType: _, ...node }) => node) };
}
