/** The setup of a team that begins: a full build on a schedule, and its finalizer that retries what failed. */
import type { LayoutName } from '../config/types';
import type { Pipeline, Setup } from './setup';

export interface Answers {
  /** Name of the dbt project. */
  project: string;
  database: string;
  schema: string;
  warehouse: string;
  /** `history`, or the layout of the log that dbt's hooks write. */
  log: 'history' | LayoutName;
  /** The dbt project object; `undefined` is the project's name in the deployment's schema. */
  object: string | undefined;
  /** dbt's target name in the log. */
  environment: string;
  /** Cron of the full build, five fields. */
  schedule: string;
  timeZone: string;
  connection: string | undefined;
  pipeline: Pipeline;
}

export function newSetup(answers: Answers): Setup {
  const { project, database, schema, warehouse, log, connection } = answers;
  const build = `${identifierFrom(project)}_BUILD`;
  return {
    deployment: folderFrom(project),
    connection: connection === undefined ? null : { name: connection },
    database,
    schema,
    warehouse,
    timeout: '4 hours',
    state:
      log === 'history'
        ? { kind: 'execution-history' }
        : { kind: 'audit-tables', layout: log, environment: answers.environment },
    runner: { object: answers.object ?? `${database}.${schema}.${identifierFrom(project)}` },
    jobs: [{ name: 'daily', project, dbt: { command: 'build' }, maxAgeHours: 20 }],
    tasks: [
      {
        name: build,
        why: 'Everything, on the schedule.',
        does: { job: 'daily', mode: 'full-build' },
        schedule: { kind: 'cron', expression: answers.schedule, timeZone: answers.timeZone },
      },
      healer(build, 'daily'),
    ],
    pipeline: answers.pipeline,
    notes: [],
  };
}

export function healer(root: string, job: string): Setup['tasks'][number] {
  return {
    name: `${root.replace(/"$/, '')}_HEAL${root.endsWith('"') ? '"' : ''}`,
    why: `When ${root} has ended: what failed in it, and nothing on good days.`,
    does: { job, mode: 'retry-only' },
    finalize: root,
  };
}

/** As a name of Snowflake that needs no quotes. */
export function identifierFrom(text: string): string {
  const plain = text
    .toUpperCase()
    .replace(/[^A-Z0-9_]+/g, '_')
    .replace(/^_+|_+$/g, '');
  return /^[A-Z_]/.test(plain) ? plain : `DBT_${plain}`.replace(/_$/, '');
}

/** As a name of a folder. */
export function folderFrom(text: string): string {
  const plain = text
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '_')
    .replace(/^[_-]+|[_-]+$/g, '');
  return plain === '' ? 'dbt' : plain;
}
