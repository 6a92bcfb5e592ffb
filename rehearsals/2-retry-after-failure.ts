import { defineRehearsal } from 'dbt-auto-restart';
import { o2cDag } from './dags/o2c';

export default defineRehearsal({
  title: 'Model 15 of 25 fails: the next morning runs it and what depends on it, and nothing else',
  deployment: 'o2c',
  projects: [o2cDag],
  start: '2026-01-05T05:00:00Z',
  end: '2026-01-07T08:00:00Z',
  tasks: ['O2C_DAILY_BUILD'],
  events: [{ at: '2026-01-05T05:30:00Z', fail: 'dm_o2c_reconciliation' }],
  expect: [
    {
      at: '2026-01-05 06:00',
      action: 'FULL_BUILD',
      reason: 'FIRST_RUN',
      failed: ['dm_o2c_reconciliation'],
      outcome: 'FAILED',
    },
    {
      at: '2026-01-06 06:00',
      action: 'SELECTIVE_RETRY',
      reason: 'RETRY',
      attempt: 1,
      failed: [],
      outcome: 'SUCCEEDED',
    },
    { task: 'O2C_POST_BUILD_TESTS', action: 'DBT', outcome: 'SUCCEEDED' },
    {
      at: '2026-01-07 06:00',
      action: 'FULL_BUILD',
      reason: 'NORMAL_SCHEDULE',
      skipped: [],
      outcome: 'SUCCEEDED',
    },
    { task: 'O2C_POST_BUILD_TESTS', action: 'DBT', outcome: 'SUCCEEDED' },
  ],
});
