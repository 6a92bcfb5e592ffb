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
  expect: [
    {
      at: '2026-01-05 06:00',
      task: 'O2C_DAILY_BUILD',
      action: 'FULL_BUILD',
      reason: 'REQUESTED',
      outcome: 'FAILED',
    },
    {
      at: '2026-01-05 06:05',
      task: 'O2C_DAILY_HEAL',
      action: 'SELECTIVE_RETRY',
      attempt: 1,
      failed: [],
      outcome: 'SUCCEEDED',
    },
    { task: 'O2C_HEALED_TESTS', action: 'DBT', outcome: 'SUCCEEDED' },
    {
      at: '2026-01-05 06:20',
      task: 'O2C_DAILY_HEAL',
      action: 'NOTHING',
      reason: 'NORMAL_SCHEDULE',
      command: null,
    },
    { task: 'O2C_HEALED_TESTS', action: 'SKIP', outcome: 'SKIPPED' },
    { at: '2026-01-05 06:35', task: 'O2C_DAILY_HEAL', action: 'NOTHING', reason: 'NORMAL_SCHEDULE' },
    { task: 'O2C_HEALED_TESTS', action: 'SKIP', outcome: 'SKIPPED' },
  ],
});
