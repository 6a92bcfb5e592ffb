/** Short looks at the run log, beside the query that decides: which runs matter, and which one this call has made. */
import type { AuditTablesState } from '../../model/deployment';
import {
  abilities,
  latestRunsQuery,
  loggedAsRunning,
  normalisedSelection,
  type RunColumn,
  runsQuery,
  selectionIs,
} from '../../state/audit-tables';
import { identifier, qualified } from '../../sql-text';
import { compactQuery } from './compact';

/** The project's runs that are logged as running, however long ago they started; `null` where no log can say so. */
export function runsInProgress(log: AuditTablesState): string | null {
  const running = loggedAsRunning(log);
  if (running === null) return null;
  return compactQuery(runsQuery(log, ['run_id', 'started_at'], { ...ofProject(log), status: () => running }));
}

/** The latest run of the project in each status, command and selection that is logged. For a log with statuses and selections. */
export function latestRuns(log: AuditTablesState): string {
  return compactQuery(latestRunsQuery(log, ofProject(log)));
}

/** A condition on such a row: its runs are full runs of the job. */
export function isOfJob(log: AuditTablesState): string {
  const selected = `${normalisedSelection('selection', log)} = :v_selection`;
  return abilities(log).command ? `${ownCommand('LOWER(command)')} AND ${selected}` : selected;
}

/** When the job's full runs started, those in progress left out; without selections in the log, all runs of the project. */
export function fullRunsOfJob(log: AuditTablesState): string {
  const able = abilities(log);
  const running = able.selection ? loggedAsRunning(log) : null;
  return compactQuery(
    runsQuery(log, ['started_at'], {
      ...ofProject(log),
      ...(running === null
        ? {}
        : { started_at: (start) => `(NOT ${running} OR ${start} <= DATEADD('second', -:v_stale, :v_now))` }),
      ...(able.selection && able.command ? { command: ownCommand } : {}),
      ...(able.selection ? { selection: () => selectionIs(log, ':v_selection') } : {}),
    }),
  );
}

function ownCommand(command: string): string {
  return `COALESCE(${command}, :v_command) = :v_command`;
}

/** The columns of the node results that the decision reads. */
export function resultsOfNodes({ nodes }: AuditTablesState): string {
  const columns = [nodes.runId, nodes.name, nodes.status, nodes.startedAt, nodes.endedAt, nodes.resourceType]
    .filter((column) => column !== null)
    .map(identifier);
  return nodes.tables
    .map(({ table }) => `SELECT ${columns.join(', ')} FROM ${qualified(table)}`)
    .join(' UNION ALL ');
}

/** The runs that can be the one this call has made. */
export function runsOfCall(log: AuditTablesState, columns: readonly RunColumn[]): string {
  const able = abilities(log);
  const command = "IFF(:v_word = 'RETRY', :v_retry_command, :v_command)";
  const selected =
    "IFF(:v_word = 'RETRY', ARRAY_TO_STRING(ARRAY_SORT(STRTOK_TO_ARRAY(:v_selector, ', ')), ','), :v_selection)";
  return compactQuery(
    runsQuery(log, columns, {
      ...ofProject(log),
      started_at: (start) => `${start} >= :v_called`,
      ...(able.command ? { command: (logged) => `${logged} = ${command}` } : {}),
      ...(able.selection ? { selection: (logged) => `${logged} = ${selected}` } : {}),
    }),
  );
}

function ofProject(log: AuditTablesState): Partial<Record<RunColumn, (project: string) => string>> {
  return abilities(log).project ? { project_name: (project) => `${project} = :PROJECT_NAME` } : {};
}
