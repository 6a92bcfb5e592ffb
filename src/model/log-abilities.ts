/** What a log can tell. Rules that need more are left out of the SQL, and the generator warns about them by name. */
import type { AuditTablesState } from './deployment';

type Runs = AuditTablesState['runs'];

/** Whether the log says what a run selected: in a column of its own, in its arguments or in its command line. */
export function tellsSelection({ selection, args, commandLine }: Runs): boolean {
  return selection !== null || args !== null || commandLine !== null;
}

/** Whether an `--exclude` of somebody's own can be seen. */
export function tellsExclude({ exclude, args, commandLine }: Runs): boolean {
  return exclude !== null || args !== null || commandLine !== null;
}

/** Whether the log says which dbt command a run was. */
export function tellsCommand({ command, args, commandLine }: Runs): boolean {
  return command !== null || args !== null || commandLine !== null;
}

/** Whether tests are told from models: by a column, by their table, or by their unique ids. */
export function tellsResourceType({ nodes }: AuditTablesState): boolean {
  return (
    nodes.resourceType !== null ||
    nodes.nameIs === 'unique_id' ||
    nodes.tables.some(({ resourceType }) => resourceType !== null)
  );
}
