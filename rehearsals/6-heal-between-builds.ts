import { defineRehearsal } from 'dbt-auto-restart';
import { o2cDag } from './dags/o2c';

const nothing = { action: 'NOTHING', reason: 'NORMAL_SCHEDULE', command: null } as const;

export default defineRehearsal({
  title:
    "No audit tables: the daily build is never displaced, its finalizer heals it from Snowflake's own history",
  deployment: 'o2c_native',
  projects: [o2cDag],
  start: '2026-01-05T05:50:00Z',
  end: '2026-01-06T07:40:00Z',
  tasks: ['O2C_DAILY_BUILD', 'O2C_DAILY_HEAL_LATER'],
  events: [
    { at: '2026-01-05T05:55:00Z', fail: 'dm_o2c_reconciliation', until: '2026-01-05T06:50:00Z' },
    { at: '2026-01-06T05:55:00Z', fail: 'dm_o2c_orders', task: 'O2C_DAILY_BUILD', inRun: 1 },
  ],
  expect: {
    tasks: {
      O2C_DAILY_BUILD: [
        { at: '2026-01-05 06:00', action: 'FULL_BUILD', reason: 'REQUESTED', outcome: 'FAILED' },
        { at: '2026-01-06 06:00', action: 'FULL_BUILD', reason: 'REQUESTED', outcome: 'FAILED' },
      ],
      // Minutes after the build, on a warehouse that is still awake.
      O2C_DAILY_HEAL: [
        { action: 'SELECTIVE_RETRY', attempt: 1, failed: ['dm_o2c_reconciliation'], outcome: 'FAILED' },
        { action: 'SELECTIVE_RETRY', attempt: 1, failed: [], outcome: 'SUCCEEDED' },
      ],
      O2C_DAILY_HEAL_LATER: [
        { at: '2026-01-05 07:00', action: 'SELECTIVE_RETRY', attempt: 2, failed: [], outcome: 'SUCCEEDED' },
        ...Array.from({ length: 5 }, () => nothing),
        { at: '2026-01-06 07:00', ...nothing },
        nothing,
      ],
    },
    counts: [
      { of: { task: 'O2C_HEALED_TESTS', action: 'DBT', outcome: 'SUCCEEDED' }, is: 1 },
      { of: { task: 'O2C_HEALED_TESTS', outcome: 'SKIPPED' }, is: 7 },
    ],
    oneAtATime: true,
  },
});
