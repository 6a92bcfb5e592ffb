/** What the verbs send: one statement each, built here and shown before it is sent. */
import type { AuditTablesState, Deployment, Job, ObjectName, Task } from '../model/deployment';
import { callText } from '../render/call';
import { body, identifier, literal, qualified } from '../sql-text';

/** `heal` retries what failed and never builds, `force-full` builds everything. */
export function callSql(deployment: Deployment, job: Job, verb: 'heal' | 'force-full'): string {
  return callText(deployment, job, verb === 'heal' ? 'RETRY_ONLY' : 'FULL_BUILD');
}

export interface Place {
  task: Task;
  root: Task;
}

/** A task of the config, in whatever case it is typed. */
export function taskNamed({ graphs }: Deployment, name: string): Place | null {
  for (const { root, children } of graphs) {
    const task = [root, ...children].find((one) => one.name.name.toUpperCase() === name.toUpperCase());
    if (task !== undefined) return { task, root };
  }
  return null;
}

/**
 * A root is changed by itself. A child is changed while its root is suspended, in one statement, so that no client can
 * stop halfway; whatever happens the root is started again.
 * https://docs.snowflake.com/en/sql-reference/sql/alter-task, https://docs.snowflake.com/en/user-guide/tasks-graphs
 */
export function taskSql({ task, root }: Place, verb: 'pause' | 'resume', rootStarted: boolean): string {
  const change = `ALTER TASK ${qualified(task.name)} ${verb === 'pause' ? 'SUSPEND' : 'RESUME'}`;
  if (task === root || !rootStarted) return change;
  const start = `ALTER TASK ${qualified(root.name)} RESUME`;
  return `EXECUTE IMMEDIATE ${body(`
DECLARE
    failure VARCHAR;
    statement VARCHAR;
BEGIN
    ALTER TASK ${qualified(root.name)} SUSPEND;
    ${change};
    ${start};
    RETURN ${literal(`${task.name.name} is ${verb === 'pause' ? 'suspended' : 'started'}`)};
EXCEPTION
    WHEN OTHER THEN
        failure := SQLERRM;
        BEGIN
            ${start};
        EXCEPTION
            WHEN OTHER THEN
                failure := failure || ${literal(`; and ${root.name.name} could not be started again`)};
        END;
        statement := 'DECLARE failed EXCEPTION (-20002, '''
            || REPLACE(REPLACE(failure, '\\\\', '\\\\\\\\'), '''', '''''') || '''); BEGIN RAISE failed; END';
        EXECUTE IMMEDIATE :statement;
END;
`)}`;
}

/**
 * Ends a run that is logged as running and known to be dead. Its end stays unknown: its start stands in, as it does for
 * a run that crashed. A row that has ended already is not touched.
 * @param isBoolean whether the status column is one
 */
export function abandonSql(
  { runs, statuses, failedStatus }: AuditTablesState,
  run: string,
  isBoolean: boolean,
): string {
  const status = identifier(runs.status ?? '');
  const words = statuses.running.map(literal).join(', ');
  const isRunning = isBoolean || words === '' ? '' : ` OR UPPER(TRIM(${status}::VARCHAR)) IN (${words})`;
  return `UPDATE ${qualified(runs.table)}
SET ${status} = ${isBoolean ? 'FALSE' : literal(failedStatus)}
WHERE ${identifier(runs.runId)}::VARCHAR = ${literal(run)}
    AND (${status} IS NULL${isRunning})`;
}

/** The type of a column is known to the account alone. */
export function describeTable(table: ObjectName): string {
  return `DESCRIBE TABLE ${qualified(table)}`;
}
