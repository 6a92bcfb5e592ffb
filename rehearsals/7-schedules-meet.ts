import { defineRehearsal } from 'dbt-auto-restart';
import { o2cDag } from './dags/o2c';

/** Each model takes a minute: the daily build is not over when the hourly task is due. */
const slowDag = { ...o2cDag, nodes: o2cDag.nodes.map((node) => ({ ...node, seconds: 60 })) };

export default defineRehearsal({
  title: 'Schedules meet: the hourly task waits for the slow daily build, and both recover on their own',
  deployment: 'o2c',
  projects: [slowDag],
  start: '2026-01-05T04:30:00Z',
  end: '2026-01-06T07:00:00Z',
  tasks: ['O2C_DAILY_BUILD', 'O2C_HOURLY_INCREMENTAL'],
  events: [
    { fail: 'agg_o2c_kpis', task: 'O2C_DAILY_BUILD', inRun: 1 },
    { at: '2026-01-05T11:30:00Z', fail: 'dm_o2c_orders', until: '2026-01-05T13:30:00Z' },
    { at: '2026-01-05T16:00:00Z', suspend: 'O2C_HOURLY_INCREMENTAL' },
    { at: '2026-01-05T20:00:00Z', resume: 'O2C_HOURLY_INCREMENTAL' },
  ],
  expect: {
    tasks: {
      O2C_DAILY_BUILD: [
        { action: 'FULL_BUILD', failed: ['agg_o2c_kpis'], outcome: 'FAILED' },
        { action: 'SELECTIVE_RETRY', ran: ['agg_o2c_kpis'], outcome: 'SUCCEEDED' },
      ],
    },
    counts: [
      { of: { task: 'O2C_HOURLY_INCREMENTAL' }, is: 22 },
      { of: { task: 'O2C_HOURLY_INCREMENTAL', outcome: 'FAILED' }, is: 2 },
      { of: { task: 'O2C_HOURLY_INCREMENTAL', action: 'SELECTIVE_RETRY' }, is: 2 },
    ],
    oneAtATime: true,
    queries: [{ sql: "SELECT COUNT(*) FROM DBT_RUN_LOG WHERE run_status = 'RUNNING'", rows: [[0]] }],
  },
});
