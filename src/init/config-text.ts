/** A setup as `auto-restart.config.ts`: every line is one that its owner will want to change or to understand. */
import type { Schedule } from '../config/types';
import type { JobSetup, Setup, TaskSetup } from './setup';
import { Call, keyOf, sourceOf, textOf } from './source-text';

export function configText(setup: Setup): string {
  const body = deploymentLines(setup).map((line) => `      ${line}`.trimEnd());
  const functions = [
    'auditTables',
    'cron',
    'dbt',
    'every',
    'executeDbtProject',
    'executionHistory',
    'procedureRunner',
  ];
  const text = body.join('\n');
  const code = text.replace(/^\s*\/\/.*$/gm, '');
  const used = functions.filter((name) => new RegExp(`\\b${name}\\(`).test(code));
  return `${importOf([...used, 'defineConfig'].sort())}

/** What each option means: hover over it, or https://www.npmjs.com/package/dbt-auto-restart, docs/config.md. */
export default defineConfig({
  deployments: {
    ${keyOf(setup.deployment)}: {
${text}
    },
  },
});
`;
}

function importOf(names: readonly string[]): string {
  const line = `import { ${names.join(', ')} } from 'dbt-auto-restart';`;
  return line.length <= 100
    ? line
    : `import {\n${names.map((name) => `  ${name},`).join('\n')}\n} from 'dbt-auto-restart';`;
}

function deploymentLines(setup: Setup): string[] {
  const { connection, database, schema, warehouse, timeout, jobs, tasks } = setup;
  return [
    ...(connection === null
      ? ['// Checked before anything is changed: connection: { name: ..., account: ..., role: ... }']
      : [`connection: ${sourceOf(connection, 6, 12)},`]),
    `database: ${textOf(database)},`,
    `schema: ${textOf(schema)},`,
    `defaults: ${sourceOf({ warehouse, timeout }, 6, 10)},`,
    ...stateLines(setup),
    ...runnerLines(setup),
    'jobs: {',
    ...jobs.map((job) => `  ${keyOf(job.name)}: ${sourceOf(jobValue(job), 8, keyOf(job.name).length + 2)},`),
    '},',
    'tasks: {',
    ...tasks.flatMap((task) => [
      `  // ${task.why}`,
      `  ${keyOf(task.name)}: ${sourceOf(taskValue(task), 8, keyOf(task.name).length + 2)},`,
    ]),
    '},',
  ].flatMap((line) => line.split('\n').map((part, at) => (at === 0 ? part : part.slice(6))));
}

function stateLines({ state }: Setup): string[] {
  if (state.kind === 'execution-history') {
    return [
      "// The outcome of earlier runs: Snowflake's own history, seven days. Where dbt hooks write a run log, read that:",
      "// auditTables({ layout: 'o2c' | 'elementary' | 'dbt_artifacts' | columns of your own, where: { environment: 'prod' } })",
      'state: executionHistory(),',
    ];
  }
  const { layout, database, schema, environment } = state;
  const where = environment === undefined ? undefined : { environment };
  return [`state: ${sourceOf(new Call('auditTables', { layout, database, schema, where }), 6, 7)},`];
}

function runnerLines({ runner }: Setup): string[] {
  const call =
    'object' in runner
      ? new Call('executeDbtProject', { object: runner.object })
      : new Call('procedureRunner', runner.procedure);
  return [`runner: ${sourceOf(call, 6, 8)},`];
}

function jobValue({ project, dbt, maxAgeHours }: JobSetup): object {
  return { project, dbt, retry: { maxAttempts: 3, maxAgeHours } };
}

function taskValue({ does, schedule, after, finalize, warehouse, timeout }: TaskSetup): object {
  const what = 'job' in does ? does : { run: new Call('dbt', does.project, does.dbt) };
  return { ...what, schedule: scheduleCall(schedule), after, finalize, warehouse, timeout };
}

function scheduleCall(schedule: Schedule | undefined): Call | undefined {
  if (schedule === undefined) return undefined;
  return schedule.kind === 'cron'
    ? new Call('cron', schedule.expression, schedule.timeZone)
    : new Call('every', `${schedule.every} ${schedule.unit.toLowerCase()}`);
}
