/** A statement that makes the same dbt project, for GET_DDL. https://docs.snowflake.com/en/sql-reference/functions/get_ddl */
import { ddlName, showIdentifier, showString } from '../catalog/names';
import type { DbtProject } from './projects';

export function ddlOf(project: DbtProject, qualified: boolean): string {
  const { source, properties } = project;
  const lines = Object.entries(properties).map(([property, value]) => `\t${property}=${valueText(value)}`);
  return (
    [
      `create or replace dbt project ${ddlName(project, qualified)}`,
      `\tfrom ${showString(source)}`,
      ...lines,
    ].join('\n') + ';'
  );
}

function valueText(value: string | boolean | readonly string[]): string {
  if (typeof value === 'string') return showString(value);
  return typeof value === 'boolean'
    ? String(value).toUpperCase()
    : `(${value.map(showIdentifier).join(', ')})`;
}
