/**
 * Alerts, and the table of what they have told.
 * https://docs.snowflake.com/en/sql-reference/sql/show-alerts, https://docs.snowflake.com/en/sql-reference/info-schema/tables
 */
import type { DeployedAlert, DeployedTable } from '../plan/deployed';
import { readMark, withoutMark } from '../render/fingerprint';
import { identifier } from '../sql-text';
import type { Session } from '../snowflake/session';
import { listOf, settingIn, show, textIn } from './answers';
import type { Place } from './inspect';

/** Only those that carry a mark, or have a name of the config. */
export async function readTables(
  session: Session,
  { database, schemas, names }: Place,
): Promise<DeployedTable[]> {
  const { rows } = await session.run(
    `SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_OWNER, COMMENT
FROM ${identifier(database)}.INFORMATION_SCHEMA.TABLES
WHERE TABLE_TYPE = 'BASE TABLE' AND TABLE_SCHEMA IN (${listOf(schemas)})
ORDER BY TABLE_SCHEMA, TABLE_NAME`,
  );
  return rows
    .map((row) => ({
      name: { database, schema: textIn(row, 'TABLE_SCHEMA') ?? '', name: textIn(row, 'TABLE_NAME') ?? '' },
      owner: textIn(row, 'TABLE_OWNER'),
      comment: textIn(row, 'COMMENT') ?? '',
    }))
    .filter(({ name, comment }) => readMark(comment) !== null || names.includes(name.name));
}

/** A role that may see none is told of, where the config has alerts. */
export async function readAlerts(
  session: Session,
  { database, schemas }: Place,
  unseen: string[],
): Promise<DeployedAlert[]> {
  try {
    const rows = await show(session, `SHOW ALERTS IN DATABASE ${identifier(database)}`);
    return rows
      .filter((row) => schemas.includes(textIn(row, 'schema_name') ?? ''))
      .map((row) => ({
        name: { database, schema: textIn(row, 'schema_name') ?? '', name: textIn(row, 'name') ?? '' },
        owner: textIn(row, 'owner'),
        comment: textIn(row, 'comment') ?? '',
        state: textIn(row, 'state') === 'started' ? 'started' : 'suspended',
        properties: {
          WAREHOUSE: settingIn(row, 'warehouse'),
          SCHEDULE: settingIn(row, 'schedule'),
          COMMENT: withoutMark(textIn(row, 'comment') ?? ''),
          IF: textIn(row, 'condition') ?? '',
          THEN: textIn(row, 'action') ?? '',
        },
      }));
  } catch (error) {
    unseen.push(`alerts of ${database} were not compared: ${(error as Error).message.split('\n')[0]}`);
    return [];
  }
}
