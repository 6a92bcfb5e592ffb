/**
 * Where the files of a run lie. https://docs.snowflake.com/en/sql-reference/functions/system_locate_dbt_artifacts,
 * https://docs.snowflake.com/en/sql-reference/functions/system_dbt_get_last_failed_run_target
 */
import { keyOf } from '../catalog/names';
import type { Session } from '../engine/contract';
import { SnowflakeError } from '../errors';
import { controlsOf } from './controls';
import { type Execution, executionsOf, HISTORY_MICROS, isKept, nameOf, runsOf } from './executions';
import { projectNamed } from './projects';
import { splitName } from '../sql/token-reader';

/** @throws SnowflakeError for NULL, for what was no run of dbt, and for a run of more than 14 days ago */
export function executionWith(queryId: string | null, caller: string, session: Session): Execution {
  const { catalog, clock } = session.account;
  const execution = queryId === null ? undefined : executionsOf(catalog).get(queryId);
  if (execution && isKept(execution, Number(clock.now()))) return execution;
  throw new SnowflakeError(
    '001044',
    '42P13',
    queryId === null
      ? `${caller}: the query id may not be null.`
      : `${caller}: '${queryId}' is not the query id of a dbt project execution.`,
  );
}

/**
 * A run that has a folder of results, whatever lies in it: a run that was killed, or that dbt refused before it ran
 * anything, has one too.
 * @throws SnowflakeError as `executionWith`, and for a run that is still in progress
 */
export function locatedExecution(queryId: string | null, caller: string, session: Session): Execution {
  const execution = executionWith(queryId, caller, session);
  if (execution.endedAt !== null) return execution;
  throw new SnowflakeError(
    '001044',
    '42P13',
    `${caller}: the execution with query id '${queryId}' is still in progress.`,
  );
}

/** `snow://dbt/EDW.O2C_AUDIT.DBT_O2C_ENHANCED/results/query_id_<id>/`: a place, not a promise that anything is there. */
export function artifactsOf(execution: Execution): string {
  return `snow://dbt/${nameOf(execution)}/${folderOf(execution)}`;
}

/** Below the project's own place. */
export function folderOf({ queryId }: Execution): string {
  return `results/query_id_${queryId}/`;
}

export const LAST_RUN_FUNCTIONS: Readonly<Record<string, (execution: Execution) => boolean>> = {
  SYSTEM$DBT_GET_LAST_FAILED_RUN_TARGET: ({ state }) => state === 'HANDLED_ERROR',
  SYSTEM$DBT_GET_LAST_SUCCESSFUL_RUN_TARGET: ({ state }) => state === 'SUCCESS',
  SYSTEM$DBT_GET_LAST_RUN_TARGET: ({ state }) => state === 'SUCCESS' || state === 'HANDLED_ERROR',
};

/**
 * The latest run of the last 7 days of the wanted kind that left artifacts.
 * @param commands comma-separated; default `compile,build,run,docs generate`
 */
export function lastRun(
  caller: string,
  objectName: string | null,
  commands: string | null,
  session: Session,
): Execution | undefined {
  if (objectName === null)
    throw new SnowflakeError('001044', '42P13', `${caller}: the name may not be null.`);
  const project = projectNamed(splitName(objectName), session);
  const { catalog, clock } = session.account;
  if (controlsOf(catalog, project).historyBlind) {
    throw new SnowflakeError(
      '003001',
      '42501',
      `SQL access control error:\nInsufficient privileges to operate on dbt project '${keyOf(project)}'.`,
    );
  }
  const wanted = (commands ?? 'compile,build,run,docs generate').split(',').map((command) => command.trim());
  const since = Number(clock.now()) - HISTORY_MICROS;
  return runsOf(project, catalog).find(
    (execution) =>
      execution.startedAt >= since &&
      execution.results !== null &&
      wanted.includes(execution.command) &&
      LAST_RUN_FUNCTIONS[caller]!(execution),
  );
}

export function targetOf(execution: Execution): string {
  return `${artifactsOf(execution)}target`;
}
