import { defineRehearsal } from 'dbt-auto-restart';
import { o2cDag } from './dags/o2c';

export default defineRehearsal({
  title: 'Nothing has failed: every morning builds all 25 models',
  deployment: 'o2c',
  projects: [o2cDag],
  start: '2026-01-05T05:00:00Z',
  end: '2026-01-06T08:00:00Z',
  tasks: ['O2C_DAILY_BUILD'],
  expect: [
    {
      at: '2026-01-05 06:00',
      task: 'O2C_DAILY_BUILD',
      action: 'FULL_BUILD',
      reason: 'FIRST_RUN',
      command: 'build',
      skipped: [],
      outcome: 'SUCCEEDED',
    },
    { task: 'O2C_POST_BUILD_TESTS', action: 'DBT', command: 'test', outcome: 'SUCCEEDED' },
    {
      at: '2026-01-06 06:00',
      task: 'O2C_DAILY_BUILD',
      action: 'FULL_BUILD',
      reason: 'NORMAL_SCHEDULE',
      attempt: 0,
      skipped: [],
      outcome: 'SUCCEEDED',
    },
    { task: 'O2C_POST_BUILD_TESTS', action: 'DBT', outcome: 'SUCCEEDED' },
  ],
});
