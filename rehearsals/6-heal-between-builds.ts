import { defineRehearsal } from 'dbt-auto-restart';
import { o2cDag } from './dags/o2c';

export default defineRehearsal({
  title:
    "No audit tables: the daily build is never displaced, a second task heals it from Snowflake's own history",
  deployment: 'o2c_native',
  projects: [o2cDag],
  start: '2026-01-05T05:50:00Z',
  end: '2026-01-05T06:40:00Z',
  tasks: ['O2C_DAILY_BUILD', 'O2C_DAILY_HEAL'],
  events: [{ at: '2026-01-05T05:55:00Z', fail: 'dm_o2c_reconciliation' }],
});
