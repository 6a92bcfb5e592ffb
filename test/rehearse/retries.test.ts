/** Retries worth making: at once after the build, once more in a window, not at all where none can mend it, and somebody is told once. */
import { auditTables, cron, procedureRunner } from '../../src/config/define';
import type { RetryPolicyConfig } from '../../src/config/types';
import { resolveDeployments } from '../../src/model/resolve';
import type { Rehearsal } from '../../src/rehearse/rehearsal';
import { o2cDag } from '../../rehearsals/dags/o2c';
import { deployments as shipped, play } from './play';

const project = 'dbt_o2c_enhanced';
const SYNTAX = '001003 (42000): SQL compilation error:\nsyntax error line 3 at position 7';
const LOCKED = "000625 (57014): Statement has locked table 'DM_O2C_ORDERS'";

function deploymentWith(retry: RetryPolicyConfig) {
  return resolveDeployments({
    deployments: {
      healed: {
        database: 'EDW',
        schema: 'O2C_AUDIT',
        defaults: { warehouse: 'COMPUTE_WH', timeout: '4 hours' },
        state: auditTables({
          layout: 'o2c',
          where: { environment: 'prod' },
          zones: { startedAt: 'UTC', endedAt: 'America/Los_Angeles' },
        }),
        runner: procedureRunner('SYSTEM$DBT_RUN'),
        jobs: { daily: { project, dbt: { command: 'build' }, retry } },
        tasks: {
          BUILD: { job: 'daily', mode: 'full-build', schedule: cron('0 6 * * *', 'UTC') },
          HEAL: { job: 'daily', mode: 'retry-only', finalize: 'BUILD' },
          HEAL_LATER: { job: 'daily', mode: 'retry-only', schedule: cron('*/30 7-9 * * *', 'UTC') },
        },
        alerts: {
          integration: 'DATA_ON_CALL',
          on: ['given-up', ...(retry.permanentErrors ? (['permanent-error'] as const) : [])],
          schedule: cron('15 * * * *', 'UTC'),
        },
      },
    },
  });
}

const day: Omit<Rehearsal, 'expect'> = {
  title: 'one day',
  deployment: 'healed',
  projects: [o2cDag],
  start: '2026-01-05T05:50:00Z',
  end: '2026-01-05T12:00:00Z',
};

const failed = { action: 'SELECTIVE_RETRY', outcome: 'FAILED' } as const;

it('fails at 06:00, is retried minutes later, once more in the window, and left to a person when the error is one', async () => {
  const { differences } = await play(
    {
      ...day,
      events: [
        { at: '2026-01-05T05:55:00Z', fail: 'dm_o2c_orders', until: '2026-01-05T06:50:00Z', error: LOCKED },
        { at: '2026-01-05T06:50:00Z', fail: 'dm_o2c_orders', until: '2026-01-05T11:00:00Z', error: SYNTAX },
      ],
      expect: {
        tasks: {
          BUILD: [{ at: '2026-01-05 06:00', action: 'FULL_BUILD', outcome: 'FAILED' }],
          // On a lock a retry may help.
          HEAL: [{ at: /^2026-01-05 06:0/, attempt: 1, ...failed }],
          HEAL_LATER: [
            { at: '2026-01-05 07:00', attempt: 2, ...failed },
            ...Array.from({ length: 5 }, () => ({
              action: 'NOTHING',
              reason: 'PERMANENT_ERROR',
              message: '⚠️ NOT RETRIED: The errors are none that a retry mends',
            })),
          ],
        },
        messages: [
          /^dbt-auto-restart: dbt_o2c_enhanced \/ daily: the errors are none that a retry mends \(001003\); broken: dm_o2c_orders\+$/,
        ],
        queries: [
          {
            sql: 'SELECT chain_reason, error_numbers, next_at FROM V_AUTO_RESTART_STATE',
            rows: [['PERMANENT_ERROR', '001003', null]],
          },
        ],
      },
    },
    { deployments: deploymentWith({ permanentErrors: ['syntax', 'unknown-identifier'] }) },
  );
  expect(differences).toEqual([]);
});

it('waits as long as the policy says, longer each time, and gives up when the time is used up', async () => {
  const { differences } = await play(
    {
      ...day,
      // Each model takes a minute.
      projects: [{ ...o2cDag, nodes: o2cDag.nodes.map((node) => ({ ...node, seconds: 60 })) }],
      events: [{ at: '2026-01-05T05:55:00Z', fail: 'dm_o2c_orders', until: '2026-01-05T11:00:00Z' }],
      expect: {
        tasks: {
          HEAL: [
            {
              action: 'NOTHING',
              reason: 'NOT_YET',
              message: /^⏭️ NOT YET: retried from 2026-01-05 06:\d\d UTC$/,
            },
          ],
          HEAL_LATER: [
            { at: '2026-01-05 07:00', attempt: 1, ...failed },
            { at: '2026-01-05 07:30', action: 'NOTHING', reason: 'NOT_YET' },
            { at: '2026-01-05 08:00', action: 'NOTHING', reason: 'NOT_YET' },
            { at: '2026-01-05 08:30', attempt: 2, ...failed },
            { at: '2026-01-05 09:00', action: 'NOTHING', reason: 'BUDGET_USED' },
            { at: '2026-01-05 09:30', action: 'NOTHING', reason: 'BUDGET_USED' },
          ],
        },
        messages: [/given up \(BUDGET_USED\) after 2 retries/],
      },
    },
    { deployments: deploymentWith({ maxAttempts: 9, delayMinutes: [20, 80], maxRetryMinutes: 2 }) },
  );
  expect(differences).toEqual([]);
});

it('the shipped o2c_native heals by its finalizer at once', async () => {
  const { differences } = await play(
    {
      ...day,
      deployment: 'o2c_native',
      tasks: ['O2C_DAILY_BUILD', 'O2C_DAILY_HEAL_LATER'],
      events: [{ at: '2026-01-05T05:55:00Z', fail: 'dm_o2c_orders' }],
      expect: {
        tasks: { O2C_DAILY_HEAL: [{ at: /^2026-01-05 06:0/, attempt: 1, outcome: 'SUCCEEDED' }] },
        never: [{ task: 'O2C_DAILY_HEAL_LATER', action: 'SELECTIVE_RETRY' }],
      },
    },
    { deployments: shipped },
  );
  expect(differences).toEqual([]);
});
