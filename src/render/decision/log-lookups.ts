/** Short looks at the run log, beside the query that decides: which runs matter, and which one this call has made. */
import type { AuditTablesState } from '../../model/deployment';
import { abilities, loggedAsRunning, type RunColumn, runsQuery, selectionIs } from '../../state/audit-tables';
import { compactQuery } from './compact';

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
      ...(able.selection && able.command
        ? { command: (command) => `COALESCE(${command}, :v_command) = :v_command` }
        : {}),
      ...(able.selection ? { selection: () => selectionIs(log, ':v_selection') } : {}),
    }),
  );
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
