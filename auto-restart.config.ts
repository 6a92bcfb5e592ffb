/**
 * The two deployments that this repository ships with.
 *
 * `o2c` keeps to what its users have: audit tables that dbt's hooks write, `SYSTEM$DBT_RUN`, and tasks that decide
 * for themselves. `o2c_native` is what works on any account today: EXECUTE DBT PROJECT, Snowflake's own history, a
 * daily build that is never displaced, a finalizer that heals it at once, and a window of the morning for what needs longer.
 */
import {
  auditTables,
  cron,
  dbt,
  defineConfig,
  executeDbtProject,
  executionHistory,
  procedureRunner,
} from 'dbt-auto-restart';

const project = 'dbt_o2c_enhanced';

export default defineConfig({
  deployments: {
    o2c: {
      database: 'EDW',
      schema: 'O2C_AUDIT',
      defaults: { warehouse: 'COMPUTE_WH', timeout: '4 hours' },
      state: auditTables({
        layout: 'o2c',
        where: { environment: 'prod' },
        // dbt writes the starts in UTC; the hook that writes the ends uses the session's clock.
        zones: { startedAt: 'UTC', endedAt: 'America/Los_Angeles' },
      }),
      runner: procedureRunner('SYSTEM$DBT_RUN'),
      tasks: {
        O2C_DAILY_BUILD: {
          project,
          retry: { maxAttempts: 3, maxAgeHours: 24, retryCommand: 'run' },
          schedule: cron('0 6 * * *', 'UTC'),
          comment: 'Daily build with auto-restart',
        },
        O2C_HOURLY_INCREMENTAL: {
          project,
          dbt: { command: 'run', select: ['tag:merge', 'tag:append_only'] },
          retry: { maxAgeHours: 2 },
          schedule: cron('5 * * * *', 'UTC'),
          initialState: 'suspended',
          comment: 'Hourly incremental with auto-restart',
        },
        O2C_POST_BUILD_TESTS: {
          run: dbt(project, { command: 'test' }),
          after: ['O2C_DAILY_BUILD'],
          comment: 'Tests after the daily build',
        },
        O2C_PARTITION_RELOAD: {
          run: dbt(project, { command: 'run', select: ['tag:partition_reload'], fullRefresh: true }),
          schedule: cron('0 7 * * *', 'UTC'),
          comment: 'Daily reload of partitions, not restarted',
        },
      },
      grants: { DBT_O2C_DEVELOPER: ['read'], DBT_O2C_PROD: ['call', 'read'] },
    },

    o2c_native: {
      connection: { name: 'prod' },
      database: 'EDW',
      // A schema of its own: two deployments in one schema would replace each other's procedure, view and tasks.
      schema: 'O2C_NATIVE',
      defaults: { warehouse: 'COMPUTE_WH', timeout: '4 hours' },
      state: executionHistory(),
      runner: executeDbtProject({ object: 'EDW.O2C_NATIVE.DBT_O2C_ENHANCED' }),
      jobs: {
        daily: { project, dbt: { command: 'build' }, retry: { maxAttempts: 3, maxAgeHours: 24 } },
        hourly: {
          project,
          dbt: { command: 'run', select: ['tag:merge', 'tag:append_only'] },
          retry: { maxAgeHours: 2 },
        },
      },
      tasks: {
        O2C_DAILY_BUILD: {
          job: 'daily',
          mode: 'full-build',
          schedule: cron('0 6 * * *', 'UTC'),
          comment: 'Daily build, never displaced by a retry',
        },
        O2C_DAILY_HEAL: {
          job: 'daily',
          mode: 'retry-only',
          // Right after the build, whatever came of it, while the warehouse is still awake.
          finalize: 'O2C_DAILY_BUILD',
          comment: 'Retries what the daily build left broken, at once',
        },
        O2C_DAILY_HEAL_LATER: {
          job: 'daily',
          mode: 'retry-only',
          // A window, not all day: each look wakes the warehouse for a minute at least.
          schedule: cron('*/30 7-9 * * *', 'UTC'),
          comment: 'Retries once more what is still broken',
        },
        O2C_HEALED_TESTS: {
          run: dbt(project, { command: 'test' }),
          after: ['O2C_DAILY_HEAL_LATER'],
          onlyIfBuilt: true,
          comment: 'Tests after a later retry that built something',
        },
        O2C_HOURLY_INCREMENTAL: {
          job: 'hourly',
          schedule: cron('5 * * * *', 'UTC'),
          initialState: 'suspended',
          comment: 'Hourly incremental with auto-restart',
        },
        O2C_POST_BUILD_TESTS: {
          run: dbt(project, { command: 'test' }),
          after: ['O2C_DAILY_BUILD'],
          comment: 'Tests after the daily build',
        },
      },
      grants: { DBT_O2C_DEVELOPER: ['read'], DBT_O2C_PROD: ['call', 'read'] },
    },
  },
});
