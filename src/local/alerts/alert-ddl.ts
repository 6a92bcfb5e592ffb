import { ddlName, showEscaped, showIdentifier } from '../catalog/names';
import type { Alert } from './alert';

/** A statement that makes the alert, but for its comment, as accounts give it. https://docs.snowflake.com/en/sql-reference/functions/get_ddl */
export function ddlOfAlert(alert: Alert, qualified: boolean): string {
  const { condition, action } = alert;
  const { warehouse, schedule } = alert.properties;
  return [
    `create or replace alert ${ddlName(alert, qualified)}`,
    ...(warehouse === undefined ? [] : [`warehouse=${showIdentifier(warehouse)}`]),
    ...(schedule === undefined ? [] : [`schedule=${showEscaped(schedule)}`]),
    ...['if (exists(', `\t${condition}`, '))', 'then', `${action};`],
  ].join('\n\t');
}
