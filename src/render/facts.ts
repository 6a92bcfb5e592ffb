/** What the statements of a deployment do not say of themselves, and a plan has to know. */
import type { Deployment } from '../model/deployment';
import { qualified } from '../sql-text';

export interface DeploymentFacts {
  /** The role that is to own the objects; `null` where the config names none. */
  role: string | null;
  /** A procedure that starts dbt and is in no documentation; `null` for a documented way. */
  undocumentedRunner: string | null;
  /** Qualified names of the tables that the log is read from; none for Snowflake's own history. */
  logTables: string[];
}

export function factsOf({ connection, runner, state }: Deployment): DeploymentFacts {
  return {
    role: connection.role,
    undocumentedRunner:
      runner.kind === 'procedure' && 'system' in runner.procedure ? runner.procedure.system : null,
    logTables:
      state.kind === 'audit-tables'
        ? [state.runs.table, ...state.nodes.tables.map(({ table }) => table)].map(qualified)
        : [],
  };
}
