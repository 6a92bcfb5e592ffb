import { showIdentifier } from '../catalog/names';
import type { Task } from './task';

/** A statement that makes the same task, for GET_DDL. https://docs.snowflake.com/en/sql-reference/functions/get_ddl */
export function ddlOf(task: Task): string {
  const { properties } = task;
  const quote = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const clauses = [
    properties.warehouse !== undefined && `warehouse=${showIdentifier(properties.warehouse)}`,
    properties.userTaskManagedInitialWarehouseSize !== undefined &&
      `user_task_managed_initial_warehouse_size=${quote(properties.userTaskManagedInitialWarehouseSize)}`,
    properties.schedule !== undefined && `schedule=${quote(properties.schedule)}`,
    properties.config !== undefined && `config=${quote(properties.config)}`,
    properties.overlapPolicy !== undefined && `overlap_policy=${properties.overlapPolicy}`,
    ...Object.entries(properties.sessionParameters ?? {}).map(([key, value]) => `${key}=${quote(value)}`),
    properties.userTaskTimeoutMs !== undefined && `user_task_timeout_ms=${properties.userTaskTimeoutMs}`,
    properties.suspendTaskAfterNumFailures !== undefined &&
      `suspend_task_after_num_failures=${properties.suspendTaskAfterNumFailures}`,
    properties.taskAutoRetryAttempts !== undefined &&
      `task_auto_retry_attempts=${properties.taskAutoRetryAttempts}`,
    properties.errorIntegration !== undefined && `error_integration=${properties.errorIntegration}`,
    properties.successIntegration !== undefined && `success_integration=${properties.successIntegration}`,
    properties.comment !== undefined && `comment=${quote(properties.comment)}`,
    task.finalizes !== null && `finalize=${task.finalizes}`,
    task.predecessors.length > 0 && `after ${task.predecessors.join(', ')}`,
    properties.executeAsUser !== undefined && `execute as user ${showIdentifier(properties.executeAsUser)}`,
    task.condition !== null && `when ${task.condition}`,
  ].filter((clause) => clause !== false);
  return [`create or replace task ${showIdentifier(task.name)}`, ...clauses, `as ${task.definition};`].join(
    '\n\t',
  );
}
