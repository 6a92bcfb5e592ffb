import { ddlName, showEscaped, showIdentifier, showString } from '../catalog/names';
import { splitName } from '../sql/token-reader';
import type { Task } from './task';

/**
 * A statement that makes the same task, for GET_DDL, as accounts write it: an OVERLAP_POLICY that has no older name is not in it.
 * https://docs.snowflake.com/en/sql-reference/functions/get_ddl
 */
export function ddlOf(task: Task, qualified: boolean): string {
  const { properties } = task;
  const shown = (key: string): string => (qualified ? key : showIdentifier(splitName(key).at(-1)!));
  const clauses = [
    property('warehouse', named(properties.warehouse)),
    property('schedule', quoted(properties.schedule)),
    property('config', properties.config === undefined ? undefined : showString(properties.config)),
    property(
      'USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE',
      quoted(properties.userTaskManagedInitialWarehouseSize),
    ),
    property('SUSPEND_TASK_AFTER_NUM_FAILURES', properties.suspendTaskAfterNumFailures),
    property('USER_TASK_TIMEOUT_MS', properties.userTaskTimeoutMs),
    property('TASK_AUTO_RETRY_ATTEMPTS', properties.taskAutoRetryAttempts),
    ...Object.entries(properties.sessionParameters ?? {}).map(([name, value]) =>
      property(name, name !== 'QUERY_TAG' && /^\d+$/.test(value) ? value : quoted(value)),
    ),
    property('ERROR_INTEGRATION', named(properties.errorIntegration)),
    property('SUCCESS_INTEGRATION', named(properties.successIntegration)),
    property('LOG_LEVEL', quoted(properties.logLevel)),
    property('TARGET_COMPLETION_INTERVAL', quoted(properties.targetCompletionInterval)),
    property('SERVERLESS_TASK_MIN_STATEMENT_SIZE', quoted(properties.serverlessTaskMinStatementSize)),
    property('SERVERLESS_TASK_MAX_STATEMENT_SIZE', quoted(properties.serverlessTaskMaxStatementSize)),
    property('COMMENT', quoted(properties.comment)),
    properties.overlapPolicy === 'ALLOW_CHILD_OVERLAP' && 'allow_overlapping_execution=true',
    task.finalizes !== null && `finalize=${shown(task.finalizes)}`,
    task.predecessors.length > 0 && `after ${task.predecessors.map(shown).join(', ')}`,
    properties.executeAsUser !== undefined && `execute as user ${showIdentifier(properties.executeAsUser)}`,
    task.condition !== null && `when ${task.condition}`,
  ].filter((clause) => clause !== false);
  return [`create or replace task ${ddlName(task, qualified)}`, ...clauses, `as ${task.definition};`].join(
    '\n\t',
  );
}

function property(name: string, value: string | number | undefined): string | false {
  return value !== undefined && `${name}=${value}`;
}

const named = (name: string | undefined): string | undefined =>
  name === undefined ? undefined : showIdentifier(name);
const quoted = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : showEscaped(text);
