import type { Deployment, Job, Policy, Task } from '../../../../src/model/deployment';

/** Audit tables of the o2c layout, a runner procedure, jobs of the shorthand: the seed's deployment, as a bakery. */

const at = (name: string) => ({ database: 'BAKERY', schema: 'OVEN', name });

const POLICY: Policy = {
  maxAttempts: 3,
  maxAgeHours: 24,
  staleRunHours: 4,
  onRunInProgress: null,
  waitMinutes: 30,
  onTestFailure: 'rebuild-parent',
  onStateUnreadable: 'full-build',
  retryCommand: 'run',
  recordFailure: true,
  recordValues: {},
  delayMinutes: [0],
  maxRetryMinutes: null,
  permanentErrors: [],
  maxSelectorLength: 500,
};

const dailyJob: Job = {
  name: 'BREAD_DAILY_BUILD',
  project: 'dbt_bakery',
  command: 'build',
  select: [],
  selection: '',
  flags: '',
  exclusion: '',
  policy: POLICY,
};

const hourlyJob: Job = {
  name: 'BREAD_HOURLY',
  project: 'dbt_bakery',
  command: 'run',
  select: ['tag:merge', 'tag:append_only'],
  selection: 'tag:append_only,tag:merge',
  flags: '',
  exclusion: '',
  policy: { ...POLICY, maxAgeHours: 2 },
};

const task: Omit<Task, 'name' | 'action'> = {
  warehouse: 'COMPUTE_WH',
  schedule: null,
  after: [],
  finalizes: null,
  onlyIfBuilt: [],
  timeoutMs: 14_400_000,
  suspendAfterFailures: 10,
  taskAutoRetryAttempts: 0,
  errorIntegration: null,
  initialState: 'started',
  comment: '',
};

const call = (job: Job): Task['action'] => ({
  kind: 'call',
  job: job.name,
  project: job.project,
  mode: 'AUTO',
});

export const deployment: Deployment = {
  name: 'bread',
  app: null,
  env: null,
  connection: { name: 'prod', account: 'BAKERS-GUILD', role: 'DBT_DEPLOY' },
  database: 'BAKERY',
  schema: 'OVEN',
  procedure: at('RUN_DBT_AUTO_RESTART'),
  views: {
    jobs: at('V_AUTO_RESTART_JOBS'),
    runs: at('V_AUTO_RESTART_RUNS'),
    nodes: at('V_AUTO_RESTART_NODES'),
    history: at('V_AUTO_RESTART_HISTORY'),
    state: at('V_AUTO_RESTART_STATE'),
  },
  lookBackDays: 35,
  state: {
    kind: 'audit-tables',
    layout: 'o2c',
    environment: 'prod',
    zones: { startedAt: 'UTC', endedAt: 'America/Los_Angeles' },
    selectionWidth: 500,
    runs: {
      table: at('DBT_RUN_LOG'),
      runId: 'RUN_ID',
      startedAt: 'RUN_STARTED_AT',
      endedAt: 'RUN_ENDED_AT',
      status: 'RUN_STATUS',
      project: 'PROJECT_NAME',
      environment: 'ENVIRONMENT',
      command: 'RUN_COMMAND',
      selection: 'SELECTOR_USED',
      commandLine: null,
      exclude: null,
      yamlSelector: null,
      args: null,
      prunedBy: 'RUN_STARTED_AT',
      testsFailed: 'TESTS_FAILED',
    },
    nodes: {
      tables: [{ table: at('DBT_MODEL_LOG'), resourceType: null }],
      runId: 'RUN_ID',
      name: 'MODEL_NAME',
      status: 'STATUS',
      startedAt: 'STARTED_AT',
      endedAt: 'ENDED_AT',
      resourceType: null,
      nameIs: 'name',
      message: null,
      prunedBy: 'STARTED_AT',
    },
    statuses: {
      succeeded: ['SUCCESS', 'SUCCEEDED', 'PASS', 'WARN', 'NO-OP', 'REUSED'],
      failed: ['FAILED', 'FAIL', 'ERROR', 'RUNTIME ERROR', 'PARTIAL SUCCESS', 'PARTIAL'],
      running: ['RUNNING'],
      skipped: ['SKIPPED', 'SKIP'],
    },
    recordable: true,
    failedStatus: 'FAILED',
  },
  runner: { kind: 'procedure', procedure: { system: 'SYSTEM$DBT_RUN' } },
  jobs: [dailyJob, hourlyJob],
  graphs: [
    {
      root: {
        ...task,
        name: at('BREAD_DAILY_BUILD'),
        action: call(dailyJob),
        schedule: { kind: 'cron', expression: '0 6 * * *', timeZone: 'UTC' },
        comment: 'Daily full build',
      },
      children: [
        {
          ...task,
          name: at('BREAD_POST_BUILD_TESTS'),
          action: { kind: 'dbt', project: 'dbt_bakery', command: 'test' },
          after: [at('BREAD_DAILY_BUILD')],
          suspendAfterFailures: null,
          taskAutoRetryAttempts: null,
        },
      ],
    },
    {
      root: {
        ...task,
        name: at('BREAD_HOURLY'),
        action: call(hourlyJob),
        schedule: { kind: 'cron', expression: '5 * * * *', timeZone: 'UTC' },
      },
      children: [],
    },
    {
      root: {
        ...task,
        name: at('BREAD_PARTITION_RELOAD'),
        action: {
          kind: 'dbt',
          project: 'dbt_bakery',
          command: `run --select fct_loaves --vars '{ "note": "it\\u0027s fresh" }' --full-refresh`,
        },
        schedule: { kind: 'cron', expression: '0 7 * * *', timeZone: 'America/Los_Angeles' },
        initialState: 'suspended',
      },
      children: [],
    },
  ],
  grants: [
    { role: 'DBT_BAKER', kinds: ['read'] },
    { role: 'DBT_PROD', kinds: ['call', 'read', 'operate'] },
  ],
  notification: null,
  alerts: null,
  warnings: [],
};
