/** Short looks at the run log, beside the query that decides: which runs matter, and which one this call has made. */
import type { AuditTablesState } from '../../model/deployment';
import { abilities, type RunColumn, runsQuery, selectionIs } from '../../state/audit-tables';
import { compactQuery } from './compact';

/** The job's full runs where the log carries the selection, else all runs of the project: started_at and state. */
export function fullRunsOfJob(log: AuditTablesState): string {
  const able = abilities(log);
  return compactQuery(
    runsQuery(log, ['started_at', 'state'], {
      ...ofProject(log),
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
