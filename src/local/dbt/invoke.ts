/**
 * One run of dbt inside Snowflake, from its command line to what it leaves behind: rows that hooks write, artifacts,
 * a line of history. https://docs.snowflake.com/en/sql-reference/sql/execute-dbt-project
 */
import { keyOf } from '../catalog/names';
import type { Session } from '../engine/contract';
import { NotModelled, SnowflakeError } from '../errors';
import { DbtError } from './args';
import { type Execution, executionsOf, keepExecution } from './executions';
import { Crash, type Invocation, log, perform, type Run } from './perform';
import { DEFAULT_DBT_VERSION, type DbtProject } from './projects';

/** @returns what dbt printed @throws SnowflakeError when dbt fails or dies */
export async function invokeDbt(project: DbtProject, request: Invocation, session: Session): Promise<string> {
  const run = await begin(project, request, session);
  try {
    await perform(run);
    await finish(run, { state: 'SUCCESS', errorMessage: null });
    return run.execution.log;
  } catch (error) {
    if (error instanceof DbtError) {
      await finish(run, { state: 'HANDLED_ERROR', errorMessage: error.message });
      throw failure(run, error.message);
    }
    // The run never was one of Snowflake's.
    if (error instanceof NotModelled) {
      await executionsOf(session.account.catalog).delete(run.execution.queryId);
      throw error;
    }
    const message = error instanceof Error ? error.message : String(error);
    await finish(run, { state: 'UNHANDLED ERROR', errorMessage: message });
    throw error instanceof Crash ? failure(run, message) : error;
  }
}

async function begin(project: DbtProject, request: Invocation, session: Session): Promise<Run> {
  const execution: Execution = {
    queryId: request.queryId,
    database: project.database,
    schema: project.schema,
    objectName: project.name,
    user: session.user,
    warehouse: session.warehouse ?? null,
    task: session.task ? { name: session.task.taskName, runGroupId: session.task.runGroupId } : null,
    command: 'run',
    args: request.args.trim(),
    dbtVersion: request.dbtVersion ?? project.properties.DBT_VERSION ?? DEFAULT_DBT_VERSION,
    startedAt: Number(session.account.clock.now()),
    endedAt: null,
    state: null,
    errorMessage: null,
    results: null,
    log: '',
  };
  await keepExecution(session.account.catalog, execution);
  return { project, request, session, execution };
}

async function finish(
  { execution, session }: Run,
  end: Pick<Execution, 'state' | 'errorMessage'>,
): Promise<void> {
  Object.assign(execution, end, { endedAt: Number(session.account.clock.now()) });
  if (end.errorMessage !== null) log(execution, `Encountered an error:\n${end.errorMessage}`);
  await executionsOf(session.account.catalog).set(execution.queryId, execution);
}

/**
 * Snowflake documents that a failing run fails the statement, but neither number nor text: 100357 stands for them.
 * https://docs.snowflake.com/en/sql-reference/functions/system_get_dbt_log
 */
function failure({ project, execution }: Run, message: string): SnowflakeError {
  return new SnowflakeError(
    '100357',
    'P0001',
    `dbt ${execution.command} of ${keyOf(project)} failed: ${message}\nSee SYSTEM$GET_DBT_LOG('${execution.queryId}').`,
  );
}
