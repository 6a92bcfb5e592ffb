/** DROP ALERT. https://docs.snowflake.com/en/sql-reference/sql/drop-alert */
import { dropGrantsOn } from '../catalog/grants';
import { keyOf, qualify } from '../catalog/names';
import type { StatementHandler } from '../engine/contract';
import { doesNotExist } from '../errors';
import { TokenReader } from '../sql/token-reader';
import { statusRow } from '../tasks/status-row';
import { alertsOf } from './alert';
import { alertSchedulerOf } from './alert-scheduler';

export const dropAlert: StatementHandler = {
  name: 'DROP ALERT',
  matches: ([first, second]) => first?.value === 'DROP' && second?.value === 'ALERT',
  run: async ({ text, tokens }, session) => {
    const reader = new TokenReader(text, tokens);
    reader.expect('DROP', 'ALERT');
    const ifExists = reader.accept('IF', 'EXISTS');
    const name = qualify(reader.name(), session);
    reader.end();
    const { account } = session;
    const key = keyOf(name);
    if (!alertsOf(account).get(key)) {
      if (!ifExists) throw doesNotExist('Alert', key);
      return statusRow(`Drop statement executed successfully (${name.name} already dropped).`);
    }
    await alertsOf(account).delete(key);
    await dropGrantsOn(account.catalog, 'ALERT', key);
    alertSchedulerOf(account).forget(key);
    return statusRow(`${name.name} successfully dropped.`);
  },
};
