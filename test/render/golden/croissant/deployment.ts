import type { Deployment, Job, Policy, Task } from '../../../../src/model/deployment';

/** Snowflake's execution history, EXECUTE DBT PROJECT, named jobs: a daily build, what heals it, a gated child. */

const at = (name: string) => ({ database: 'BAKERY', schema: 'PASTRY', name });

const POLICY: Policy = {
  maxAttempts: 3,
  maxAgeHours: 24,
  staleRunHours: 4,
  onRunInProgress: null,
  waitMinutes: 30,
  onTestFailure: 'rebuild-parent',
  onStateUnreadable: 'raise',
  retryCommand: 'build',
  recordFailure: true,
  recordValues: {},
  delayMinutes: [0],
  maxRetryMinutes: null,
  permanentErrors: [],
  maxSelectorLength: 32_000,
};

const daily: Job = {
  name: 'daily',
  project: 'dbt_croissant',
  command: 'build',
  select: [],
  selection: '',
  flags: '--exclude tag:slow',
  exclusion: 'tag:slow',
  policy: POLICY,
};

const hourly: Job = {
  name: 'hourly',
  project: 'dbt_croissant',
  command: 'run',
  select: ['tag:butter', 'path:models/dough'],
  selection: 'path:models/dough,tag:butter',
  flags: '',
  exclusion: '',
  policy: { ...POLICY, maxAgeHours: 2, retryCommand: 'run' },
};

const task: Omit<Task, 'name' | 'action'> = {
  warehouse: 'PASTRY_WH',
  schedule: null,
  after: [],
  finalizes: null,
  onlyIfBuilt: [],
  timeoutMs: 7_200_000,
  suspendAfterFailures: 5,
  taskAutoRetryAttempts: 0,
  errorIntegration: 'PASTRY_QUEUE',
  initialState: 'started',
  comment: '',
};

const child = { suspendAfterFailures: null, taskAutoRetryAttempts: null, errorIntegration: null };

export const deployment: Deployment = {
  name: 'croissant',
  app: 'acme-bakery',
  env: 'prod',
  connection: { name: null, account: null, role: null },
  database: 'BAKERY',
  schema: 'PASTRY',
  procedure: at('RUN_DBT_AUTO_RESTART'),
  views: {
    jobs: at('V_AUTO_RESTART_JOBS'),
    runs: at('V_AUTO_RESTART_RUNS'),
    nodes: at('V_AUTO_RESTART_NODES'),
    history: at('V_AUTO_RESTART_HISTORY'),
    state: at('V_AUTO_RESTART_STATE'),
  },
  lookBackDays: 35,
  state: { kind: 'execution-history' },
  runner: {
    kind: 'execute-dbt-project',
    object: at('DBT_CROISSANT'),
    dbtVersion: '1.10.15',
    envVars: [
      { name: 'DBT_OVEN', value: "Grandma's & co" },
      { name: 'DBT_HEAT', value: '200' },
    ],
    writeback: false,
  },
  jobs: [daily, hourly],
  graphs: [
    {
      root: {
        ...task,
        name: at('CROISSANT_DAILY_BUILD'),
        action: { kind: 'call', job: 'daily', project: 'dbt_croissant', mode: 'FULL_BUILD' },
        schedule: { kind: 'cron', expression: '0 6 * * MON-FRI', timeZone: 'Europe/Paris' },
      },
      children: [
        {
          ...task,
          ...child,
          name: at('CROISSANT_TESTS'),
          action: { kind: 'dbt', project: 'dbt_croissant', command: 'test --select tag:nightly' },
          after: [at('CROISSANT_DAILY_BUILD')],
          onlyIfBuilt: [at('CROISSANT_DAILY_BUILD')],
        },
        {
          ...task,
          ...child,
          name: at('CROISSANT_GLAZE'),
          action: { kind: 'call', job: 'hourly', project: 'dbt_croissant', mode: 'AUTO' },
          after: [at('CROISSANT_DAILY_BUILD'), at('CROISSANT_TESTS')],
        },
        {
          ...task,
          ...child,
          name: at('CROISSANT_SHOP_WINDOW'),
          action: { kind: 'dbt', project: 'dbt_croissant', command: 'run --select fct_window' },
          after: [at('CROISSANT_DAILY_BUILD'), at('CROISSANT_GLAZE')],
          onlyIfBuilt: [at('CROISSANT_DAILY_BUILD'), at('CROISSANT_GLAZE')],
          initialState: 'suspended',
        },
      ],
    },
    {
      root: {
        ...task,
        name: at('CROISSANT_DAILY_HEAL'),
        action: { kind: 'call', job: 'daily', project: 'dbt_croissant', mode: 'RETRY_ONLY' },
        schedule: { kind: 'interval', every: 15, unit: 'MINUTES' },
        taskAutoRetryAttempts: 2,
        suspendAfterFailures: 0,
      },
      children: [],
    },
    {
      root: {
        ...task,
        name: at('CROISSANT_SHADOW'),
        action: { kind: 'call', job: 'hourly', project: 'dbt_croissant', mode: 'PLAN' },
        schedule: { kind: 'interval', every: 1, unit: 'HOURS' },
        initialState: 'suspended',
      },
      children: [],
    },
  ],
  grants: [{ role: 'PASTRY_CHEF', kinds: ['operate'] }],
  notification: { integration: 'SLACK', kind: 'webhook', recipients: [] },
  alerts: null,
  warnings: [],
};
