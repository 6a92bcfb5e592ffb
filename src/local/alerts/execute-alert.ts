/** EXECUTE ALERT. https://docs.snowflake.com/en/sql-reference/sql/execute-alert */
import { keyOf } from '../catalog/names';
import type { StatementHandler } from '../engine/contract';
import { TokenReader } from '../sql/token-reader';
import { statusRow } from '../tasks/status-row';
import { alertSchedulerOf } from './alert-scheduler';
import { namedAlert } from './named-alert';
import { requireSchedule } from './schedule-kind';

export const executeAlert: StatementHandler = {
  name: 'EXECUTE ALERT',
  matches: ([first, second]) => first?.value === 'EXECUTE' && second?.value === 'ALERT',
  run: ({ text, tokens }, session) => {
    const reader = new TokenReader(text, tokens);
    reader.expect('EXECUTE', 'ALERT');
    const alert = namedAlert(reader, session);
    reader.end();
    requireSchedule(alert, 'EXECUTE ALERT');
    alertSchedulerOf(session.account).execute(keyOf(alert));
    return Promise.resolve(statusRow(`Alert ${alert.name} is scheduled to run immediately.`));
  },
};
