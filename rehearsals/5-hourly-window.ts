import { defineRehearsal } from 'dbt-auto-restart';
import { o2cDag } from './dags/o2c';

export default defineRehearsal({
  title: 'The hourly task retries inside its own selection, for two hours',
  deployment: 'o2c',
  projects: [o2cDag],
  start: '2026-01-05T00:30:00Z',
  end: '2026-01-05T08:30:00Z',
  tasks: ['O2C_HOURLY_INCREMENTAL'],
  events: [
    { at: '2026-01-05T01:30:00Z', fail: 'dm_o2c_orders', times: 3 },
    // Two ticks pass before somebody resumes it: the failure is older than two hours by then.
    { at: '2026-01-05T05:00:00Z', suspend: 'O2C_HOURLY_INCREMENTAL' },
    { at: '2026-01-05T07:00:00Z', resume: 'O2C_HOURLY_INCREMENTAL' },
  ],
  expect: [
    { at: '2026-01-05 01:05', action: 'FULL_BUILD', reason: 'FIRST_RUN', outcome: 'SUCCEEDED' },
    {
      at: '2026-01-05 02:05',
      action: 'FULL_BUILD',
      reason: 'NORMAL_SCHEDULE',
      failed: ['dm_o2c_orders'],
      outcome: 'FAILED',
    },
    { at: '2026-01-05 03:05', action: 'SELECTIVE_RETRY', attempt: 1, outcome: 'FAILED' },
    { at: '2026-01-05 04:05', action: 'SELECTIVE_RETRY', attempt: 2, outcome: 'FAILED' },
    { at: '2026-01-05 07:05', action: 'FULL_BUILD', reason: 'FAILURE_TOO_OLD', outcome: 'SUCCEEDED' },
    { at: '2026-01-05 08:05', action: 'FULL_BUILD', reason: 'NORMAL_SCHEDULE', outcome: 'SUCCEEDED' },
  ],
});
