import { showIdentifier, showString } from '../catalog/names';
import type { Alert } from './alert';

/** A statement that makes the alert, but for its comment, as accounts give it. https://docs.snowflake.com/en/sql-reference/functions/get_ddl */
export function ddlOfAlert({ name, properties: { warehouse, schedule }, condition, action }: Alert): string {
  return [
    `create or replace alert ${showIdentifier(name)}`,
    ...(warehouse === undefined ? [] : [`warehouse=${showIdentifier(warehouse)}`]),
    ...(schedule === undefined ? [] : [`schedule=${showString(schedule)}`]),
    ...['if (exists(', `\t${condition}`, '))', 'then', `${action};`],
  ].join('\n\t');
}
