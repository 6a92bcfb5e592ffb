/** Dbt project objects as the catalog keeps them. https://docs.snowflake.com/en/sql-reference/sql/create-dbt-project */
import { keyOf, qualify } from '../catalog/names';
import type { Catalog, Collection, QualifiedName, Session } from '../engine/contract';
import { doesNotExist } from '../errors';
import { splitName } from '../sql/token-reader';
import type { Dag } from './dag';

export interface DbtProject extends QualifiedName {
  dag: Dag;
  /** FROM, as it was written; `inline` for SYSTEM$LOCAL_DBT_CREATE. */
  source: string;
  owner: string;
  /** Microseconds UTC. */
  createdOn: number;
  updatedOn: number;
  properties: ProjectProperties;
}

export interface ProjectProperties {
  DBT_VERSION?: string;
  DEFAULT_TARGET?: string;
  DEFAULT_ENVIRONMENT?: string;
  EXTERNAL_ACCESS_INTEGRATIONS?: string[];
  AUTO_COMPILE?: boolean;
  DEFAULT_WRITEBACK?: boolean;
  COMMENT?: string;
}

/** https://docs.snowflake.com/en/user-guide/data-engineering/dbt-projects-on-snowflake-dbt-core-versions */
export const DEFAULT_DBT_VERSION = '1.9.4';
export const DBT_VERSIONS: readonly string[] = ['1.9.4', '1.10.15', '1.11.11', '1.12.3', '2.0.0'];

export function projectsOf(catalog: Catalog): Collection<DbtProject> {
  return catalog.collection<DbtProject>('dbt projects');
}

/** @throws SnowflakeError 002003 */
export function projectNamed(parts: readonly string[], session: Session): DbtProject {
  const name = qualify(parts, session);
  const project = projectsOf(session.account.catalog).get(keyOf(name));
  if (!project) throw doesNotExist('DBT Project', keyOf(name));
  return project;
}

/**
 * The project that a text argument means: the object's name, up to three parts, or the name of the dbt project that
 * it holds; letter case does not matter. Of several, the one in the session's schema, else the oldest.
 * @throws SnowflakeError 002003 for none
 */
export function projectCalled(text: string, session: Session): DbtProject {
  const projects = [...projectsOf(session.account.catalog).values()];
  const parts = splitName(text);
  const found = projects.filter((project) => isCalled(project, parts));
  const candidates =
    found.length > 0 ? found : projects.filter((project) => isSame(project.dag.project, text));
  const { database, schema } = session;
  const here = candidates.find((project) => project.database === database && project.schema === schema);
  const project = here ?? candidates[0];
  if (!project) throw doesNotExist('DBT Project', text);
  return project;
}

function isCalled(project: DbtProject, parts: readonly string[]): boolean {
  const own = [project.database, project.schema, project.name].slice(-parts.length);
  return own.length === parts.length && own.every((part, index) => isSame(part, parts[index]!));
}

function isSame(a: string, b: string): boolean {
  return a.toUpperCase() === b.toUpperCase();
}

/** `snow://dbt/<db>.<schema>.<project>`, under which the live version and the results of runs lie. */
export function locationOf(project: QualifiedName): string {
  return `snow://dbt/${keyOf(project)}`;
}
