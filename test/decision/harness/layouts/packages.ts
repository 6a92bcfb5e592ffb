/**
 * The logs of two dbt packages. Both are written on-run-end, so that a killed run leaves nothing, and neither has a
 * status of the run: it is what its nodes say.
 */
import type { LoggedNode, LoggedRun } from '../../reference/history';
import { nodeResult } from '../../reference/runs';
import { visibleIn } from '../../visible';
import type { LogLayout, LogRows } from './layout';
import { selectionList, wallClock } from './layout';

/** `selected` is a list as Jinja's tojson writes it, and empty without `--select`. */
export const elementaryLog: LogLayout = {
  name: 'elementary',
  kind: 'selection',
  state: { kind: 'audit-tables', layout: 'elementary', where: { environment: 'prod' } },
  ddl: [
    `CREATE TABLE DBT_INVOCATIONS (invocation_id VARCHAR, run_started_at VARCHAR, run_completed_at VARCHAR,
  generated_at VARCHAR, created_at TIMESTAMP_NTZ, command VARCHAR, target_name VARCHAR, selected VARCHAR,
  yaml_selector VARCHAR, project_name VARCHAR)`,
    `CREATE TABLE DBT_RUN_RESULTS (model_execution_id VARCHAR, unique_id VARCHAR, invocation_id VARCHAR,
  generated_at VARCHAR, created_at TIMESTAMP_NTZ, name VARCHAR, status VARCHAR, resource_type VARCHAR,
  execute_started_at VARCHAR, execute_completed_at VARCHAR, message VARCHAR)`,
  ],
  visible: (runs) => writtenAtTheEnd(runs),
  rows: (runs) => [
    {
      table: 'DBT_INVOCATIONS',
      columns: [
        'invocation_id',
        'run_started_at',
        'run_completed_at',
        'command',
        'target_name',
        'selected',
        'project_name',
      ],
      rows: ended(runs).map((run) => [
        run.id,
        wallClock(run.startedAt),
        wallClock(run.endedAt),
        run.command ?? null,
        run.environment ?? null,
        selectionList(run).length === 0 ? '' : JSON.stringify(selectionList(run)).replaceAll('","', '", "'),
        run.project,
      ]),
    },
    {
      table: 'DBT_RUN_RESULTS',
      columns: [
        'unique_id',
        'invocation_id',
        'name',
        'status',
        'resource_type',
        'execute_started_at',
        'execute_completed_at',
        'message',
      ],
      rows: ended(runs).flatMap((run) =>
        run.nodes.map((node) => [
          `${node.resourceType ?? 'model'}.${run.project}.${node.name}`,
          run.id,
          node.name,
          dbtWord(node.status),
          node.resourceType ?? 'model',
          ...times(run, node),
          node.message ?? null,
        ]),
      ),
    },
  ],
};

/** The arguments are JSON, nodes have only a unique id, each type its table, and the run has no end. */
export const artifactsLog: LogLayout = {
  name: 'dbt_artifacts',
  kind: 'selection',
  state: { kind: 'audit-tables', layout: 'dbt_artifacts', where: { environment: 'prod' } },
  ddl: [
    `CREATE TABLE INVOCATIONS (command_invocation_id VARCHAR, project_name VARCHAR, run_started_at TIMESTAMP_NTZ,
  dbt_command VARCHAR, target_name VARCHAR, invocation_args VARCHAR)`,
    ...['MODEL', 'SEED', 'SNAPSHOT', 'TEST'].map(
      (type) => `CREATE TABLE ${type}_EXECUTIONS (command_invocation_id VARCHAR, node_id VARCHAR,
  run_started_at TIMESTAMP_NTZ, status VARCHAR, compile_started_at TIMESTAMP_NTZ, query_completed_at TIMESTAMP_NTZ,
  name VARCHAR, message VARCHAR)`,
    ),
  ],
  visible: (runs) =>
    writtenAtTheEnd(runs).map((run) => ({
      ...run,
      endedAt: latestEnd(run),
      exclude: '',
    })),
  rows: (runs) => [
    {
      table: 'INVOCATIONS',
      columns: [
        'command_invocation_id',
        'project_name',
        'run_started_at',
        'dbt_command',
        'target_name',
        'invocation_args',
      ],
      rows: ended(runs).map((run) => [
        run.id,
        run.project,
        wallClock(run.startedAt),
        run.command ?? null,
        run.environment ?? null,
        JSON.stringify({ which: run.command, select: selectionList(run), exclude: [] }),
      ]),
    },
    executions('model', runs),
    executions('test', runs),
  ],
};

function latestEnd(run: LoggedRun): number | null {
  const ends = run.nodes.map((node) => node.endedAt).filter((end) => end != null);
  return ends.length === 0 ? null : Math.max(...ends);
}

function executions(type: 'model' | 'test', runs: readonly LoggedRun[]): LogRows {
  return {
    table: `${type.toUpperCase()}_EXECUTIONS`,
    columns: [
      'command_invocation_id',
      'node_id',
      'status',
      'compile_started_at',
      'query_completed_at',
      'message',
    ],
    rows: ended(runs).flatMap((run) =>
      run.nodes
        .filter((node) => (node.resourceType ?? 'model') === type)
        .map((node) => [
          run.id,
          `${type}.${run.project}.${node.name}`,
          dbtWord(node.status),
          ...times(run, node),
          node.message ?? null,
        ]),
    ),
  };
}

/** A node that was skipped has none. */
function times(run: LoggedRun, node: LoggedNode): [start: string | null, end: string | null] {
  return node.status === 'SKIPPED' ? [null, null] : [wallClock(run.startedAt), wallClock(node.endedAt)];
}

const ended = (runs: readonly LoggedRun[]): LoggedRun[] => runs.filter((run) => run.status !== 'RUNNING');

function writtenAtTheEnd(runs: readonly LoggedRun[]): LoggedRun[] {
  return visibleIn('selection', ended(runs)).map(({ testsFailed: _, ...run }) => {
    const nodes = run.nodes.map((node) => (node.status === 'SKIPPED' ? { ...node, endedAt: null } : node));
    const fine = run.nodes.length > 0 && run.nodes.every((node) => nodeResult(node.status) === 'SUCCEEDED');
    return { ...run, nodes, status: fine ? 'SUCCESS' : 'FAILED' };
  });
}

const DBT_WORDS: Record<string, string> = {
  SUCCESS: 'success',
  FAIL: 'error',
  ERROR: 'error',
  SKIPPED: 'skipped',
};

function dbtWord(status: string | null): string | null {
  return status === null ? null : (DBT_WORDS[status.toUpperCase()] ?? status.toLowerCase());
}
