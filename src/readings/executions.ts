/** What the account itself remembers of tasks and of dbt, seven days back: query ids, and what tasks returned. */
import type { Deployment } from '../model/deployment';
import { identifier, literal } from '../sql-text';
import { read, type Reader, type Row } from './send';
import { textOf, timeOf } from './values';

/** One execution of a task. Times are ISO 8601 in UTC. */
export interface TaskRun {
  deployment: string;
  task: string;
  queryId: string | null;
  /** SUCCEEDED, FAILED, FAILED_AND_AUTO_SUSPENDED, CANCELLED, EXECUTING, SKIPPED. */
  state: string;
  startedAt: string | null;
  endedAt: string | null;
  /** What the procedure decided: a bare word, the reason's code, the message. */
  returned: string | null;
  error: string | null;
}

/** One execution of a dbt project object. */
export interface DbtExecution {
  deployment: string;
  queryId: string;
  startedAt: string | null;
  endedAt: string | null;
  state: string | null;
}

/**
 * https://docs.snowflake.com/en/sql-reference/functions/task_history: the arguments filter before the limit, WHERE after it.
 * @throws SnowflakeStatementError
 */
export async function readTaskRuns(reader: Reader, deployment: Deployment): Promise<TaskRun[]> {
  const names = deployment.graphs
    .flatMap(({ root, children }) => [root, ...children])
    .map(({ name }) => name.name);
  if (names.length === 0) return [];
  const rows = await read(
    reader,
    `SELECT NAME, QUERY_ID, STATE, QUERY_START_TIME, COMPLETED_TIME, RETURN_VALUE, ERROR_MESSAGE
FROM TABLE(${identifier(deployment.database)}.INFORMATION_SCHEMA.TASK_HISTORY(
    SCHEDULED_TIME_RANGE_START => DATEADD('day', -7, CURRENT_TIMESTAMP()),
    RESULT_LIMIT => 10000))
WHERE DATABASE_NAME = ${literal(deployment.database)}
    AND SCHEMA_NAME = ${literal(deployment.schema)}
    AND NAME IN (${names.map(literal).join(', ')})
    AND QUERY_START_TIME IS NOT NULL
ORDER BY QUERY_START_TIME DESC`,
  );
  return rows.map((row) => taskRun(row, deployment.name));
}

function taskRun(row: Row, deployment: string): TaskRun {
  return {
    deployment,
    task: textOf(row, 'NAME') ?? '',
    queryId: textOf(row, 'QUERY_ID'),
    state: textOf(row, 'STATE') ?? '',
    startedAt: timeOf(row, 'QUERY_START_TIME'),
    endedAt: timeOf(row, 'COMPLETED_TIME'),
    returned: textOf(row, 'RETURN_VALUE') || null,
    error: textOf(row, 'ERROR_MESSAGE') || null,
  };
}

/**
 * https://docs.snowflake.com/en/sql-reference/functions/dbt_project_execution_history
 * @returns none where dbt is started by a procedure: nobody knows of which object
 * @throws SnowflakeStatementError
 */
export async function readExecutions(reader: Reader, { name, runner }: Deployment): Promise<DbtExecution[]> {
  if (runner.kind !== 'execute-dbt-project') return [];
  const { object } = runner;
  const rows = await read(
    reader,
    `SELECT QUERY_ID, QUERY_START_TIME, QUERY_END_TIME, STATE
FROM TABLE(SNOWFLAKE.INFORMATION_SCHEMA.DBT_PROJECT_EXECUTION_HISTORY(
    OBJECT_NAME => ${literal(object.name)},
    DATABASE => ${literal(object.database)},
    SCHEMA => ${literal(object.schema)},
    RESULT_LIMIT => 10000))`,
  );
  return rows.map((row) => ({
    deployment: name,
    queryId: textOf(row, 'QUERY_ID') ?? '',
    startedAt: timeOf(row, 'QUERY_START_TIME'),
    endedAt: timeOf(row, 'QUERY_END_TIME'),
    state: textOf(row, 'STATE'),
  }));
}
