/**
 * Runs of tasks, as Snowflake's TASK_HISTORY has them: seven days, for who may MONITOR the tasks.
 * https://docs.snowflake.com/en/sql-reference/functions/task_history
 */
import type { Deployment } from '../model/deployment';
import { identifier, literal } from '../sql-text';
import { read, type Reader, type Row } from './send';
import { textOf, timeOf } from './values';

/** One run of a task. Times are ISO 8601 in UTC. */
export interface TaskRunRead {
  database: string;
  schema: string;
  task: string;
  /** SUCCEEDED, FAILED, FAILED_AND_AUTO_SUSPENDED, CANCELLED, SKIPPED, EXECUTING; SCHEDULED ones are left out. */
  state: string;
  scheduledAt: string;
  startedAt: string | null;
  endedAt: string | null;
  /** What the procedure returned. */
  returned: string | null;
  error: string | null;
}

/** The function gives this many rows at most, the newest. */
export const MOST_TASK_RUNS = 10_000;

/** Newest first. @param since ISO 8601 in UTC; what lies more than seven days back is not there @throws SnowflakeStatementError */
export async function readTaskRuns(
  reader: Reader,
  deployments: readonly Pick<Deployment, 'database' | 'schema'>[],
  since: string,
): Promise<TaskRunRead[]> {
  const homes = new Map<string, Set<string>>();
  for (const { database, schema } of deployments)
    homes.set(database, (homes.get(database) ?? new Set()).add(schema));
  const runs: TaskRunRead[] = [];
  for (const [database, schemas] of homes) {
    const rows = await read(
      reader,
      `SELECT DATABASE_NAME, SCHEMA_NAME, NAME, STATE, SCHEDULED_TIME, QUERY_START_TIME, COMPLETED_TIME, RETURN_VALUE, ERROR_MESSAGE
FROM TABLE(${identifier(database)}.INFORMATION_SCHEMA.TASK_HISTORY(
  SCHEDULED_TIME_RANGE_START => ${literal(since)}::TIMESTAMP_TZ, RESULT_LIMIT => ${MOST_TASK_RUNS}))
WHERE SCHEMA_NAME IN (${[...schemas].map(literal).join(', ')}) AND STATE <> 'SCHEDULED'`,
    );
    runs.push(...rows.map(taskRun));
  }
  return runs.sort((a, b) => (a.scheduledAt < b.scheduledAt ? 1 : -1));
}

function taskRun(row: Row): TaskRunRead {
  return {
    database: textOf(row, 'DATABASE_NAME') ?? '',
    schema: textOf(row, 'SCHEMA_NAME') ?? '',
    task: textOf(row, 'NAME') ?? '',
    state: textOf(row, 'STATE') ?? '',
    scheduledAt: timeOf(row, 'SCHEDULED_TIME') ?? '',
    startedAt: timeOf(row, 'QUERY_START_TIME'),
    endedAt: timeOf(row, 'COMPLETED_TIME'),
    returned: textOf(row, 'RETURN_VALUE'),
    error: textOf(row, 'ERROR_MESSAGE'),
  };
}
