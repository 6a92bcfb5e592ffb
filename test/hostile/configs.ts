/** Configs that say something in every field, and texts that try to be more than a value. */
import {
  auditTables,
  cron,
  dbt,
  every,
  executeDbtProject,
  executionHistory,
  procedureRunner,
} from '../../src/config/define';
import type { Config, CustomLayout } from '../../src/config/types';

const layout: CustomLayout = {
  runs: {
    ...{ table: 'BAKES', runId: 'BAKE_ID', startedAt: 'STARTED', endedAt: 'ENDED', status: 'STATE' },
    ...{
      project: 'PROJECT',
      environment: 'ENV',
      command: 'COMMAND',
      selection: 'PICKED',
      testsFailed: 'BAD',
    },
  },
  nodes: {
    ...{
      table: 'LOAVES',
      runId: 'BAKE_ID',
      name: 'LOAF',
      status: 'STATE',
      startedAt: 'BEGUN',
      endedAt: 'DONE',
    },
    resourceType: 'KIND',
  },
  statuses: { succeeded: ['GOOD'], failed: ['BURNT', 'FAILED'], running: ['BAKING'] },
};

const jobs = {
  bread: {
    project: 'bakery',
    dbt: { select: ['tag:bread', 'path:models/rolls'], exclude: ['tag:slow'], vars: { flour: 'rye', more: { of: ['it'] } } },
    retry: { maxAgeHours: 30 },
  },
  rolls: { project: 'bakery', dbt: { command: 'run' as const, target: 'prod', flags: ['--no-use-colors'] } },
}; // prettier-ignore

const tasks = {
  BAKE: { job: 'bread', schedule: cron('0 4 * * *', 'Europe/Berlin'), comment: 'Every morning', timeout: '2 hours' },
  HEAL: { job: 'bread', mode: 'retry-only' as const, schedule: every('2 hours'), errorIntegration: 'BELL', warehouse: 'OVEN_WH' },
  ROLLS: { job: 'rolls', after: ['BAKE'], onlyIfBuilt: true },
  TASTE: { run: dbt('bakery', { command: 'test', select: ['tag:sweet'] }), after: ['ROLLS'] },
}; // prettier-ignore

/** On a log of its own columns, with a procedure that starts dbt. */
export const LOGGED: Config = {
  app: 'acme-bakery',
  deployments: {
    bakery: {
      connection: { name: 'prod', account: 'ACME-BAKERY', role: 'BAKER' },
      database: 'BAKERY',
      schema: 'OVEN',
      defaults: { warehouse: 'FLOUR_WH', timeout: '4 hours', errorIntegration: 'GONG' },
      state: auditTables({
        ...{ layout, database: 'LOGS', schema: 'RUNS', where: { environment: 'prod' } },
        zones: { startedAt: 'UTC', endedAt: 'America/Los_Angeles' },
      }),
      runner: procedureRunner('BAKERY.OVEN.START_DBT'),
      jobs,
      tasks,
      grants: { BAKERS: ['call', 'read'], GUESTS: ['operate'] },
      notification: { integration: 'MAIL', kind: 'email', recipients: ['baker@example.com'] },
      names: { procedure: 'RESTART_DBT', view: 'V_RESTARTS' },
    },
  },
};

/** On Snowflake's own history, with EXECUTE DBT PROJECT. */
export const NATIVE: Config = {
  deployments: {
    bakery: {
      ...LOGGED.deployments['bakery']!,
      state: executionHistory(),
      runner: executeDbtProject({
        object: 'BAKERY.OVEN.BAKERY_DBT',
        dbtVersion: '1.9.4',
        envVars: { DBT_OVEN: 'hot' },
      }),
      notification: { integration: 'HOOK', kind: 'webhook' },
    },
  },
};

/** On the layouts that are known by name. */
export const KNOWN = (['o2c', 'elementary', 'dbt_artifacts'] as const).map((name): Config => ({
  deployments: {
    bakery: {
      ...LOGGED.deployments['bakery']!,
      state: auditTables({ layout: name, where: { environment: 'prod' } }),
      notification: { integration: 'QUEUE', kind: 'queue' },
    },
  },
}));

export const CONFIGS: readonly Config[] = [LOGGED, NATIVE, ...KNOWN];

/** Each tries to leave the place it stands in, in one language or another. */
export const HOSTILE = [
  "'; DROP TABLE LOAVES; --",
  "\\'; DROP TABLE LOAVES; --",
  '"; DROP TABLE LOAVES; --',
  '"x$$; DROP TABLE LOAVES; --"',
  '"a""; DROP TABLE LOAVES; --"',
  '"semi;colon -- \'quote\' /* open"',
  '"back\\slash\\"',
  '"SELECT"',
  '"a.b"',
  '"we ird|`code` <script>alert(1)</script>"',
  '$$',
  '$',
  'A$',
  '"$A$"',
  'two\nlines; DROP TABLE LOAVES;',
  '-- comment',
  '/* open',
  '&name',
  '<% name %>',
  '{{ env_var("X") }}',
  '{% if x %}',
  '__FINGERPRINT__',
  '[dbt-auto-restart -/-/bakery 0123456789ab]',
  '\u0001]',
  '\\x01]',
  '${process.env}',
  '$&$1$`',
  '%s%n',
  ':v_selector',
  '?',
  'NULL',
  'null',
  '--select other',
  "it's",
  '\\',
  '\\\\',
  'x\\',
  'Brötchen',
  '🥐',
  'a🥐b',
  '\ud83e',
  '\u202etxet',
  '\u200b',
  '\u001b[31m',
  '\0',
  '',
  ' ',
  ' padded ',
  'constructor',
  '__proto__',
  'toString',
  '| a | b |',
  '`',
  '```',
  '<script>alert(1)</script>',
  '](javascript:alert(1))',
  'x'.repeat(255),
  `"${'y z'.repeat(85)}"`,
  'x'.repeat(5000),
] as const;
