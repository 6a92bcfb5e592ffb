import { showIdentifier } from '../catalog/names';
import type { Task } from './task';

/** A statement that makes the same task, for GET_DDL. https://docs.snowflake.com/en/sql-reference/functions/get_ddl */
export function ddlOf(task: Task): string {
  const { properties } = task;
  const named = (name: string | undefined) => (name === undefined ? undefined : showIdentifier(name));
  const clauses = [
    property('warehouse', named(properties.warehouse)),
    property(
      'user_task_managed_initial_warehouse_size',
      quoted(properties.userTaskManagedInitialWarehouseSize),
    ),
    property('schedule', quoted(properties.schedule)),
    property('config', quoted(properties.config)),
    property('overlap_policy', properties.overlapPolicy),
    ...Object.entries(properties.sessionParameters ?? {}).map(([name, value]) =>
      property(name, name !== 'QUERY_TAG' && /^\d+$/.test(value) ? value : quoted(value)),
    ),
    property('user_task_timeout_ms', properties.userTaskTimeoutMs),
    property('suspend_task_after_num_failures', properties.suspendTaskAfterNumFailures),
    property('task_auto_retry_attempts', properties.taskAutoRetryAttempts),
    property('error_integration', named(properties.errorIntegration)),
    property('success_integration', named(properties.successIntegration)),
    property('log_level', quoted(properties.logLevel)),
    property('target_completion_interval', quoted(properties.targetCompletionInterval)),
    property('serverless_task_min_statement_size', quoted(properties.serverlessTaskMinStatementSize)),
    property('serverless_task_max_statement_size', quoted(properties.serverlessTaskMaxStatementSize)),
    property('comment', quoted(properties.comment)),
    property('finalize', task.finalizes ?? undefined),
    task.predecessors.length > 0 && `after ${task.predecessors.join(', ')}`,
    properties.executeAsUser !== undefined && `execute as user ${showIdentifier(properties.executeAsUser)}`,
    task.condition !== null && `when ${task.condition}`,
  ].filter((clause) => clause !== false);
  return [`create or replace task ${showIdentifier(task.name)}`, ...clauses, `as ${task.definition};`].join(
    '\n\t',
  );
}

function property(name: string, value: string | number | undefined): string | false {
  return value !== undefined && `${name}=${value}`;
}

function quoted(text: string | undefined): string | undefined {
  return text === undefined ? undefined : `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
