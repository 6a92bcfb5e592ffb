/**
 * The shape of a config: which keys there are and of which type each value is. Everything that needs more than
 * the value itself (names that must exist, limits, cron) is checked in `src/model`, where it is resolved.
 */
import * as z from 'zod/mini';
import { LAYOUT_NAMES } from './layout-names';
import type { Config, IntervalSchedule } from './types';

const text = z.string();
const texts = z.array(text);
const option = z.optional;

const dbtCommand = z.strictObject({
  command: option(z.enum(['build', 'run', 'test', 'seed', 'snapshot'])),
  select: option(texts),
  exclude: option(texts),
  // What JSON cannot hold is found, with its path, before the shape is looked at.
  vars: option(z.record(text, z.unknown())),
  fullRefresh: option(z.boolean()),
  target: option(text),
  threads: option(z.number()),
  flags: option(texts),
});

const retryPolicy = z.strictObject({
  maxAttempts: option(z.number()),
  maxAgeHours: option(z.number()),
  staleRunHours: option(z.number()),
  onRunInProgress: option(z.enum(['wait', 'skip', 'raise', 'run'])),
  waitMinutes: option(z.number()),
  onTestFailure: option(z.enum(['rebuild-parent', 'retest'])),
  onStateUnreadable: option(z.enum(['full-build', 'raise'])),
  retryCommand: option(z.enum(['run', 'build'])),
  recordFailure: option(z.union([z.boolean(), z.strictObject({ values: z.record(text, text) })])),
  delayMinutes: option(z.union([z.number(), z.array(z.number())])),
  maxRetryMinutes: option(z.number()),
  permanentErrors: option(texts),
  maxSelectorLength: option(z.number()),
});

const job = z.strictObject({ project: text, dbt: option(dbtCommand), retry: option(retryPolicy) });

const unitText = z.custom<IntervalSchedule['unit']>((value) => typeof value === 'string');

const schedule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('cron'), expression: text, timeZone: text }),
  // `every('soon')` carries its text in `unit`, to be refused with it: the model checks both.
  z.strictObject({ kind: z.literal('interval'), every: z.union([z.number(), z.nan()]), unit: unitText }),
]);

const task = z.strictObject({
  job: option(text),
  project: option(text),
  dbt: option(dbtCommand),
  retry: option(retryPolicy),
  mode: option(z.enum(['auto', 'full-build', 'retry-only', 'plan'])),
  run: option(z.strictObject({ project: text, dbt: dbtCommand })),
  schedule: option(schedule),
  after: option(texts),
  finalize: option(text),
  onlyIfBuilt: option(z.boolean()),
  warehouse: option(text),
  timeout: option(text),
  suspendAfterFailures: option(z.number()),
  taskAutoRetryAttempts: option(z.number()),
  errorIntegration: option(text),
  initialState: option(z.enum(['started', 'suspended'])),
  comment: option(text),
});

const customLayout = z.strictObject({
  runs: z.strictObject({
    table: text,
    runId: text,
    startedAt: text,
    endedAt: option(text),
    status: option(text),
    project: option(text),
    environment: option(text),
    command: option(text),
    selection: option(text),
    commandLine: option(text),
    exclude: option(text),
    yamlSelector: option(text),
    createdAt: option(text),
    testsFailed: option(text),
  }),
  nodes: z.strictObject({
    table: text,
    runId: text,
    name: text,
    nameIs: option(z.enum(['name', 'unique_id', 'relation'])),
    status: text,
    startedAt: option(text),
    endedAt: option(text),
    resourceType: option(text),
    message: option(text),
    createdAt: option(text),
  }),
  statuses: option(
    z.strictObject({
      succeeded: option(texts),
      failed: option(texts),
      running: option(texts),
      skipped: option(texts),
    }),
  ),
});

const state = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('audit-tables'),
    layout: z.union([z.enum(LAYOUT_NAMES), customLayout]),
    database: option(text),
    schema: option(text),
    where: option(z.strictObject({ environment: option(text) })),
    zones: option(z.strictObject({ startedAt: option(text), endedAt: option(text) })),
    selectionWidth: option(z.number()),
    absentColumns: option(texts),
  }),
  z.strictObject({ kind: z.literal('execution-history') }),
]);

const runner = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('execute-dbt-project'),
    object: text,
    dbtVersion: option(text),
    envVars: option(z.record(text, text)),
    writeback: option(z.boolean()),
  }),
  z.strictObject({ kind: z.literal('procedure'), procedure: text }),
]);

const notification = {
  integration: text,
  kind: option(z.enum(['webhook', 'email', 'queue'])),
  recipients: option(texts),
};

const deployment = z.strictObject({
  connection: option(z.strictObject({ name: option(text), account: option(text), role: option(text) })),
  database: text,
  schema: text,
  defaults: option(
    z.strictObject({
      warehouse: option(text),
      timeout: option(text),
      suspendAfterFailures: option(z.number()),
      errorIntegration: option(text),
    }),
  ),
  state,
  runner,
  jobs: option(z.record(text, job)),
  tasks: z.record(text, task),
  grants: option(z.record(text, z.array(z.enum(['call', 'read', 'operate'])))),
  notSecret: option(texts),
  notification: option(z.strictObject(notification)),
  alerts: option(
    z.strictObject({
      ...notification,
      on: z.array(z.enum(['given-up', 'permanent-error', 'stuck', 'suspended', 'unreadable'])),
      schedule: option(schedule),
      warehouse: option(text),
    }),
  ),
  lookBackDays: option(z.number()),
  names: option(
    z.strictObject({
      procedure: option(text),
      view: option(text),
      stateView: option(text),
      jobsView: option(text),
      runsView: option(text),
      nodesView: option(text),
      alerts: option(text),
    }),
  ),
});

export const configSchema = z.strictObject({
  app: option(text),
  environments: option(texts),
  deployments: z.record(text, deployment),
});

/** Whether two types are one: each is assignable to the other, optional keys and literals included. */
export type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

export type ParsedConfig = z.infer<typeof configSchema>;

/** The schema and the manual (`types.ts`) describe one thing: a key that only one of them has does not compile. */
export const schemaEqualsTypes: Equal<Config, ParsedConfig> = true;
