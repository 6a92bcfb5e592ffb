/** One story for every log: the build fails on Tuesday, and on Wednesday what failed and what it stopped is run again. */
import type { Rehearsal } from 'dbt-auto-restart';

export function story(deployment: string, hooks?: Rehearsal['hooks']): Rehearsal {
  return {
    title: `A failure and its retry, as ${deployment} logs them`,
    deployment,
    projects: [
      {
        project: 'shop',
        nodes: [
          { name: 'raw_orders', type: 'seed' },
          { name: 'stg_orders', dependsOn: ['raw_orders'], tests: ['unique_stg_orders_id'] },
          { name: 'orders', dependsOn: ['stg_orders'], tests: ['not_null_orders_id'] },
          { name: 'revenue', dependsOn: ['orders'] },
          { name: 'customers', dependsOn: ['stg_orders'] },
        ],
      },
    ],
    start: '2026-01-05T05:00:00Z',
    end: '2026-01-08T07:00:00Z',
    ...(hooks === undefined ? {} : { hooks }),
    events: [{ at: '2026-01-06T05:00:00Z', fail: 'orders' }],
    expect: [
      { at: '2026-01-05 06:00', action: 'FULL_BUILD', reason: 'FIRST_RUN', outcome: 'SUCCEEDED' },
      {
        at: '2026-01-06 06:00',
        action: 'FULL_BUILD',
        reason: 'NORMAL_SCHEDULE',
        failed: ['orders'],
        outcome: 'FAILED',
      },
      {
        at: '2026-01-07 06:00',
        action: 'SELECTIVE_RETRY',
        reason: 'RETRY',
        attempt: 1,
        outcome: 'SUCCEEDED',
      },
      { at: '2026-01-08 06:00', action: 'FULL_BUILD', reason: 'NORMAL_SCHEDULE', outcome: 'SUCCEEDED' },
    ],
  };
}
