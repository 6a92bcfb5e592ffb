import type { Deployment, Job, Task } from '../../../../src/model/deployment';

/** Names and texts that attack whoever forgets to escape, over the user's own log tables. */

const at = (name: string) => ({ database: 'Salt "n" Pepper', schema: 'ORDER', name });

const job: Job = {
  name: "twist'; DROP TABLE PRETZEL; --",
  project: "dbt_pretzel's $$ &shop <% x %> {{ y }}",
  command: 'build',
  select: ['tag:salt,path:models/a|b', '+fct_pretzel'],
  selection: '+fct_pretzel,path:models/a|b,tag:salt',
  flags: '',
  exclusion: '',
  policy: {
    maxAttempts: 1,
    maxAgeHours: 6,
    staleRunHours: 6,
    onRunInProgress: 'run',
    waitMinutes: 5,
    onTestFailure: 'retest',
    onStateUnreadable: 'full-build',
    retryCommand: 'build',
    recordFailure: false,
    recordValues: {},
    maxSelectorLength: 200,
  },
};

const task: Omit<Task, 'name' | 'action'> = {
  warehouse: null,
  schedule: null,
  after: [],
  finalizes: null,
  onlyIfBuilt: [],
  timeoutMs: 90_000,
  suspendAfterFailures: 10,
  taskAutoRetryAttempts: 0,
  errorIntegration: null,
  initialState: 'started',
  comment: "Grandma's\n\\ brezen; -- & $$ <% crème %> {{ }}",
};

export const deployment: Deployment = {
  name: 'pretzel',
  app: null,
  env: null,
  connection: { name: null, account: null, role: 'ROLE' },
  database: 'Salt "n" Pepper',
  schema: 'ORDER',
  procedure: at('RUN_PRETZEL'),
  views: {
    jobs: at('V_AUTO_RESTART_JOBS'),
    runs: at('V_AUTO_RESTART_RUNS'),
    nodes: at('V_AUTO_RESTART_NODES'),
    history: at('v pretzel'),
    state: at('V_AUTO_RESTART_STATE'),
  },
  lookBackDays: 35,
  state: {
    kind: 'audit-tables',
    layout: 'custom',
    environment: "o'brien",
    zones: { startedAt: 'Europe/Berlin', endedAt: 'UTC' },
    selectionWidth: null,
    runs: {
      table: at('RUNS'),
      runId: 'id',
      startedAt: 'START',
      endedAt: null,
      status: null,
      project: 'PROJECT',
      environment: 'TARGET',
      command: null,
      selection: 'ARGS',
      commandLine: null,
      exclude: null,
      yamlSelector: null,
      args: null,
      prunedBy: null,
      testsFailed: null,
    },
    nodes: {
      tables: [{ table: at('MODELS'), resourceType: null }],
      runId: 'id',
      name: 'NODE',
      status: 'STATUS',
      startedAt: null,
      endedAt: 'END',
      resourceType: null,
      nameIs: 'name',
      message: null,
      prunedBy: null,
    },
    statuses: { succeeded: ['OK'], failed: ["BROKE'N"], running: ['BAKING'], skipped: ['SKIPPED', 'SKIP'] },
    recordable: false,
    failedStatus: "BROKE'N",
  },
  runner: {
    kind: 'procedure',
    procedure: { database: 'Salt "n" Pepper', schema: 'ORDER', name: 'run dbt' },
  },
  jobs: [job],
  graphs: [
    {
      root: {
        ...task,
        name: at('Twist "1"'),
        action: { kind: 'call', job: job.name, project: job.project, mode: 'AUTO' },
        schedule: { kind: 'interval', every: 30, unit: 'SECONDS' },
      },
      children: [
        {
          ...task,
          name: at('-- TWIST; 2'),
          action: {
            kind: 'dbt',
            project: job.project,
            command: 'run --vars \'{ "salt": true }\' --select \\a🥨',
          },
          after: [at('Twist "1"')],
          onlyIfBuilt: [at('Twist "1"')],
          suspendAfterFailures: null,
          taskAutoRetryAttempts: null,
        },
      ],
    },
  ],
  grants: [{ role: 'TABLE', kinds: ['call'] }],
  notification: null,
  alerts: null,
  warnings: [],
};
