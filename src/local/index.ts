/**
 * The door of the local Snowflake: all that the rest of the product may import of it (test/architecture.test.ts). What
 * needs DuckDB is loaded when it is called, so that a command that only reads a DAG needs none.
 */
import type { LocalSnowflake } from './engine/contract';
import type { Embedded } from './server/embedded';

export type { Embedded };

/**
 * Opens an account in this process.
 * @param options.file the database file; left out, everything is in memory
 * @param options.start what the clock shows at first
 * @throws SnowflakeError 250001 when the file is in use or is none of ours
 */
export async function openLocal(options: { file?: string; start?: Date } = {}): Promise<LocalSnowflake> {
  return (await import('./open')).openLocal(options);
}

/**
 * Serves an account on a file to any client.
 * @param options.port default: a free one
 * @throws AutoRestartError FAILED when the file is not an account or is in use, or the port is taken
 */
export async function startEmbedded(options: { file: string; port?: number }): Promise<Embedded> {
  return (await import('./server/embedded')).startEmbedded(options);
}

export { DEFAULT_FILE } from './server/default-file';

// What an account is made of, and values as they come and go.
export type { LocalSnowflake, QualifiedName, Session } from './engine/contract';
export { NotAuthorized, NotModelled, SnowflakeError } from './errors';
export { keyOf, showIdentifier } from './catalog/names';
export { splitName } from './sql/token-reader';
export { boolean, integer, text, type SqlValue, type TypedValue } from './values';

// What a rehearsal sets and looks at beside SQL.
export { sentOf } from './notifications/send';
export type { TaskRun } from './tasks/task-run';
export { runsOf } from './tasks/task-run';
export { type Dag, type DagNode, type Graph, graphOf, isEphemeral } from './dbt/dag';
export { readDag } from './dbt/read-dag';
export { nodesCalled, ownNames, tellingApart } from './dbt/named-nodes';
export { selectNodes } from './dbt/selectors';
export { type DbtProject, projectsOf } from './dbt/projects';
export { controlsOf } from './dbt/controls';
export { type Execution, executionsOf, nameOf } from './dbt/executions';
export type { MappingJson } from './dbt/hooks/layout';
export { tableStatements } from './dbt/hooks/layouts';
export { mappedTableStatements } from './dbt/hooks/mapped-tables';
export { MANNER, NODE_ROLES, readMapping, RUN_ROLES } from './dbt/hooks/mapping';
