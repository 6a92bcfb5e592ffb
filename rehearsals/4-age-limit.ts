import { defineRehearsal } from 'dbt-auto-restart';
import { o2cDag } from './dags/o2c';

export default defineRehearsal({
  title:
    'Monday to Thursday: retried while it is fresh, built anew once the failure is more than 24 hours old',
  deployment: 'o2c',
  projects: [o2cDag],
  start: '2026-01-05T05:00:00Z',
  end: '2026-01-08T08:00:00Z',
  tasks: ['O2C_DAILY_BUILD'],
  events: [
    { at: '2026-01-05T05:30:00Z', fail: 'dm_o2c_reconciliation', times: 3 },
    // On Thursday somebody holds the task back for an hour.
    { at: '2026-01-08T05:30:00Z', suspend: 'O2C_DAILY_BUILD' },
    { at: '2026-01-08T07:00:00Z', run: 'EXECUTE TASK EDW.O2C_AUDIT.O2C_DAILY_BUILD' },
  ],
  expect: [
    { at: '2026-01-05 06:00', action: 'FULL_BUILD', reason: 'FIRST_RUN', outcome: 'FAILED' },
    { at: '2026-01-06 06:00', action: 'SELECTIVE_RETRY', attempt: 1, outcome: 'FAILED' },
    { at: '2026-01-07 06:00', action: 'SELECTIVE_RETRY', attempt: 2, outcome: 'FAILED' },
    {
      at: '2026-01-08 07:00',
      action: 'FULL_BUILD',
      reason: 'FAILURE_TOO_OLD',
      skipped: [],
      outcome: 'SUCCEEDED',
    },
    { task: 'O2C_POST_BUILD_TESTS', action: 'DBT', outcome: 'SUCCEEDED' },
  ],
});
