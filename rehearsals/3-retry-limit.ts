import { defineRehearsal } from 'dbt-auto-restart';
import { o2cDag } from './dags/o2c';

export default defineRehearsal({
  title: 'A failure that stays: three retries, then a full build',
  deployment: 'o2c',
  projects: [o2cDag],
  start: '2026-01-05T05:00:00Z',
  end: '2026-01-09T08:00:00Z',
  tasks: ['O2C_DAILY_BUILD'],
  events: [{ at: '2026-01-05T05:30:00Z', fail: 'dm_o2c_reconciliation', times: 5 }],
  expect: [
    { at: '2026-01-05 06:00', action: 'FULL_BUILD', reason: 'FIRST_RUN', attempt: 0, outcome: 'FAILED' },
    { at: '2026-01-06 06:00', action: 'SELECTIVE_RETRY', attempt: 1, outcome: 'FAILED' },
    { at: '2026-01-07 06:00', action: 'SELECTIVE_RETRY', attempt: 2, outcome: 'FAILED' },
    { at: '2026-01-08 06:00', action: 'SELECTIVE_RETRY', attempt: 3, outcome: 'FAILED' },
    {
      at: '2026-01-09 06:00',
      action: 'FULL_BUILD',
      reason: 'MAX_RETRIES_REACHED',
      attempt: 0,
      outcome: 'FAILED',
    },
  ],
});
