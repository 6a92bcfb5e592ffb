/** What a deployment wants in the account: its statements, and what the plan has to know of it besides. */
import type { Deployment } from '../model/deployment';
import { deploymentFolder } from '../model/folder';
import type { Owner } from '../render/fingerprint';
import type { RenderedDeployment, Statement } from '../render/statement';
import { qualified } from '../sql-text';

export interface Wanted {
  owner: Owner;
  folder: string;
  database: string;
  schema: string;
  /** The role that is to own the objects; `null` where the config names none. */
  role: string | null;
  /** A procedure that starts dbt and is in no documentation; `null` for a documented way. */
  undocumentedRunner: string | null;
  /** Qualified names of the tables that the log is read from; none for Snowflake's own history. */
  logTables: readonly string[];
  /** Without lock and unlock, in apply order. */
  statements: readonly Statement[];
}

export function wantedOf(deployment: Deployment, rendered: RenderedDeployment): Wanted {
  const { app, env, name, database, schema } = deployment;
  return {
    owner: { app, env, deployment: name },
    folder: deploymentFolder(deployment),
    database,
    schema,
    ...factsOf(deployment),
    statements: rendered.statements.filter(({ kind }) => kind !== 'lock' && kind !== 'unlock'),
  };
}

/** What the statements do not say of themselves. */
function factsOf({
  connection,
  runner,
  state,
}: Deployment): Pick<Wanted, 'role' | 'undocumentedRunner' | 'logTables'> {
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
