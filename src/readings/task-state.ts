/** Tasks as the account has them: whether they are started, and who or what suspended them. */
import type { Deployment, ObjectName } from '../model/deployment';
import { identifier } from '../sql-text';
import { read, type Reader, type Row } from './send';
import { textOf, timeOf } from './values';

/** https://docs.snowflake.com/en/sql-reference/sql/show-tasks */
export interface TaskState {
  name: ObjectName;
  started: boolean;
  /** As SHOW TASKS writes it: `USING CRON 0 6 * * * UTC`, `15 MINUTES`; `null` on children. */
  schedule: string | null;
  /** `USER_SUSPENDED`, `SUSPENDED_DUE_TO_ERRORS`, ...; `null` for a task that was never started. */
  suspendedReason: string | null;
  suspendedAt: string | null;
  createdAt: string | null;
  /** When the version that runs was set: at its last RESUME. */
  committedAt: string | null;
  owner: string | null;
  comment: string;
}

/** One statement, whatever the number of deployments. @throws SnowflakeStatementError */
export async function readTaskStates(
  reader: Reader,
  deployments: readonly Pick<Deployment, 'database' | 'schema'>[],
): Promise<TaskState[]> {
  const rows = await read(reader, `SHOW TASKS IN ${place(deployments)}`);
  const homes = new Set(deployments.map((home) => `${home.database}\n${home.schema}`));
  return rows.map(taskState).filter(({ name }) => homes.has(`${name.database}\n${name.schema}`));
}

/** The smallest place that holds them all. */
function place(deployments: readonly Pick<Deployment, 'database' | 'schema'>[]): string {
  const databases = new Set(deployments.map(({ database }) => database));
  const [first] = deployments;
  if (first === undefined || databases.size > 1) return 'ACCOUNT';
  const isOne = deployments.every(({ schema }) => schema === first.schema);
  const database = identifier(first.database);
  return isOne ? `SCHEMA ${database}.${identifier(first.schema)}` : `DATABASE ${database}`;
}

function taskState(row: Row): TaskState {
  const setting = (column: string): string | null => {
    const text = textOf(row, column);
    return text === null || text === '' || text === 'null' ? null : text;
  };
  return {
    name: {
      database: textOf(row, 'database_name') ?? '',
      schema: textOf(row, 'schema_name') ?? '',
      name: textOf(row, 'name') ?? '',
    },
    started: textOf(row, 'state') === 'started',
    schedule: setting('schedule'),
    suspendedReason: setting('last_suspended_reason'),
    suspendedAt: timeOf(row, 'last_suspended_on'),
    createdAt: timeOf(row, 'created_on'),
    committedAt: timeOf(row, 'last_committed_on'),
    owner: setting('owner'),
    comment: textOf(row, 'comment') ?? '',
  };
}
