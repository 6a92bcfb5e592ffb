/** Alerts. https://docs.snowflake.com/en/sql-reference/sql/show-alerts */
import type { DeployedAlert } from '../plan/deployed';
import { withoutMark } from '../render/fingerprint';
import { identifier } from '../sql-text';
import type { Session } from '../snowflake/session';
import { settingIn, show, textIn } from './answers';
import type { Place } from './inspect';

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
