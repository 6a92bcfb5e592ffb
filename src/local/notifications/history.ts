/** TABLE(INFORMATION_SCHEMA.NOTIFICATION_HISTORY()). https://docs.snowflake.com/en/sql-reference/functions/notification_history */
import { splitName } from '../sql/token-reader';
import type { TableFunction } from '../engine/contract';
import { limitArgument, readArguments, textArgument, timeArgument } from '../tasks/history-arguments';
import { INTEGER, TIMESTAMP_LTZ, VARCHAR } from '../values';
import { sentOf } from './send';

const DAY = 86_400 * 1_000_000;
const ARGUMENTS = ['START_TIME', 'END_TIME', 'INTEGRATION_NAME', 'RESULT_LIMIT'];

export const notificationHistory: TableFunction = {
  name: 'NOTIFICATION_HISTORY',
  columns: [
    { name: 'CREATED', type: TIMESTAMP_LTZ },
    { name: 'PROCESSED', type: TIMESTAMP_LTZ },
    { name: 'MESSAGE_SOURCE', type: VARCHAR },
    { name: 'INTEGRATION_NAME', type: VARCHAR },
    { name: 'STATUS', type: VARCHAR },
    { name: 'ERROR_MESSAGE', type: VARCHAR },
    { name: 'ID', type: VARCHAR },
    { name: 'ATTEMPT', type: INTEGER },
    { name: 'MESSAGE_SOURCE_INFO', type: { kind: 'OBJECT' } },
  ],
  rows: (given, session) => {
    const args = readArguments(given, ARGUMENTS, 'NOTIFICATION_HISTORY');
    const { catalog, clock } = session.account;
    const now = Number(clock.now());
    const end = timeArgument(args, 'END_TIME', session) ?? now;
    const start = Math.max(timeArgument(args, 'START_TIME', session) ?? end - DAY, now - 14 * DAY);
    const name = textArgument(args, 'INTEGRATION_NAME') || undefined;
    const wanted = name === undefined ? undefined : splitName(name)[0];
    return [...sentOf(catalog).values()]
      .filter(({ createdOn }) => createdOn >= start && createdOn <= end)
      .filter(({ integration }) => wanted === undefined || integration === wanted)
      .reverse()
      .slice(0, limitArgument(args, { preset: 100, least: 1 }))
      .map(({ createdOn, source, integration, id }) => {
        const at = BigInt(createdOn);
        return [at, at, source, integration, 'SUCCESS', null, id, 1, '{}'];
      });
  },
};
