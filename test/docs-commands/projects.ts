/** What the documents' commands find: projects in folders, and one account behind the connections that they name. */
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../src/config/load';
import { openLocal } from '../../src/local';
import { serve } from '../../src/local/server/serve';
import { resolveEnvironments } from '../../src/model/resolve-environments';
import { prepareAccount } from '../../src/rehearse/account';
import { git } from '../pipelines/commands';
import { readDocument } from './documented';

export type Project = 'one' | 'environments' | 'new';

export interface Workplace {
  /** Where connections.toml is found. */
  home: string;
  /** The folder of the project; of a new one an empty one each time. */
  folderOf(project: Project): string;
  sql(text: string): Promise<unknown[][]>;
  close(): Promise<void>;
}

const MANIFEST = join(__dirname, '..', 'local', 'dbt', 'expected', 'manifest.json');

const deployment = (database: string, connection: string): string => `
      ${connection}
      database: ${database},
      schema: 'O2C_AUDIT',
      defaults: { warehouse: 'FLOUR_WH', timeout: '4 hours' },
      state: auditTables({
        layout: 'o2c',
        where: { environment: 'prod' },
        zones: { startedAt: 'UTC', endedAt: 'America/Los_Angeles' },
      }),
      runner: executeDbtProject({ object: 'BAKERY' }),
      jobs: { daily: { project: 'bakery', dbt: { command: 'build' } } },
      tasks: {
        DAILY_BUILD: { job: 'daily', mode: 'full-build', schedule: cron('0 6 * * *', 'UTC') },
        HEAL_LATER: { job: 'daily', mode: 'retry-only', schedule: cron('20 7 * * *', 'UTC') },
      },`;

const IMPORT = `import { auditTables, cron, defineConfig, executeDbtProject } from 'dbt-auto-restart';\n`;

/** Those of docs/environments.md. */
const ENVIRONMENTS = `${IMPORT}
export default defineConfig({
  app: 'acme-finance',
  environments: ['dev', 'prod'],
  deployments: ({ env }) => ({ o2c: {${deployment("env === 'prod' ? 'EDW' : 'EDW_DEV'", 'connection: { name: env },')} } }),
});
`;
const ONE = `${IMPORT}
export default defineConfig({ app: 'bakery', deployments: { bakery: {${deployment("'BAKERY'", '')} } } });
`;

const DAG = {
  project: 'bakery',
  nodes: [
    { name: 'flour' },
    { name: 'dough', dependsOn: ['flour'] },
    { name: 'bread', dependsOn: ['dough'] },
  ],
};

const rehearsal = (name: string): string => `
import { defineRehearsal } from 'dbt-auto-restart';
export default defineRehearsal({
  title: 'an ordinary day',
  deployment: '${name}',
  projects: [${JSON.stringify(DAG)}],
  start: '2026-01-05T05:00:00Z',
  end: '2026-01-05T07:00:00Z',
  tasks: ['DAILY_BUILD'],
  expect: [{ task: 'DAILY_BUILD', action: 'FULL_BUILD', outcome: 'SUCCEEDED' }],
});
`;

/** What docs/security.md says that the role needs that applies and owns. */
const privilegesIn = (database: string): string[] =>
  [
    `USAGE ON DATABASE ${database}`,
    `USAGE, CREATE VIEW, CREATE PROCEDURE, CREATE TASK ON SCHEMA ${database}.O2C_AUDIT`,
    `USAGE ON DBT PROJECT ${database}.O2C_AUDIT.BAKERY`,
    `SELECT, INSERT, UPDATE ON TABLE ${database}.O2C_AUDIT.DBT_RUN_LOG`,
    `SELECT ON TABLE ${database}.O2C_AUDIT.DBT_MODEL_LOG`,
  ].map((privilege) => `GRANT ${privilege} TO ROLE DBT_DEPLOY`);

const ROLE = [
  'CREATE ROLE DBT_DEPLOY',
  'GRANT ROLE DBT_DEPLOY TO USER LOCAL',
  'GRANT EXECUTE TASK ON ACCOUNT TO ROLE DBT_DEPLOY',
  'GRANT USAGE ON WAREHOUSE FLOUR_WH TO ROLE DBT_DEPLOY',
  ...['BAKERY', 'EDW', 'EDW_DEV'].flatMap(privilegesIn),
];

/** What docs/doctor.md says that the probe needs, of the role that tries it and of the reader. */
const SCRATCH = [
  'CREATE DATABASE SCRATCH_DB',
  'CREATE SCHEMA SCRATCH_DB.SCRATCH',
  'CREATE ROLE SOME_ROLE',
  ...['SOME_ROLE', 'DBT_DEPLOY'].flatMap((role) => [
    `GRANT USAGE ON DATABASE SCRATCH_DB TO ROLE ${role}`,
    `GRANT USAGE ON SCHEMA SCRATCH_DB.SCRATCH TO ROLE ${role}`,
  ]),
  `GRANT CREATE TABLE, CREATE VIEW, CREATE TASK, CREATE PROCEDURE ON SCHEMA SCRATCH_DB.SCRATCH
     TO ROLE DBT_DEPLOY`,
];

/** A task that nobody configured yet. */
const SHOP = [
  'CREATE DATABASE SHOP',
  'CREATE SCHEMA SHOP.DBT',
  `CREATE TASK SHOP.DBT.BUILD WAREHOUSE = FLOUR_WH SCHEDULE = 'USING CRON 30 4 * * * UTC' AS
     EXECUTE DBT PROJECT SHOP.DBT.SHOP ARGS = 'build --target prod'`,
  'GRANT USAGE ON DATABASE SHOP TO ROLE DBT_DEPLOY',
  'GRANT USAGE ON SCHEMA SHOP.DBT TO ROLE DBT_DEPLOY',
  'GRANT MONITOR ON TASK SHOP.DBT.BUILD TO ROLE DBT_DEPLOY',
];

export async function openWorkplace(): Promise<Workplace> {
  const home = mkdtempSync(join(tmpdir(), 'auto-restart-docs-'));
  const one = newProject(home, 'one', ONE, 'bakery');
  const environments = newProject(home, 'environments', ENVIRONMENTS, 'o2c');
  addWhatCommandsRead(one);
  const local = await openLocal({ start: new Date(Date.UTC(2026, 2, 10, 3)) });
  for (const cwd of [one, environments]) {
    for (const each of resolveEnvironments((await loadConfig({ cwd })).configs))
      await prepareAccount(local, each, { dagOf: () => JSON.stringify(DAG) });
  }
  const session = local.openSession({ user: 'LOCAL' });
  for (const sql of [...ROLE, ...SCRATCH, ...SHOP]) await session.execute(sql);
  const server = await serve(local);
  writeConnections(home, server.port);
  return {
    home,
    folderOf: (project) =>
      project === 'new' ? mkdtempSync(join(home, 'new-')) : { one, environments }[project],
    sql: async (text) => (await session.execute(text)).rows,
    close: () => closeAll(session, server, local),
  };
}

async function closeAll(...parts: { close(): Promise<void> }[]): Promise<void> {
  for (const part of parts) await part.close();
}

function newProject(home: string, name: string, config: string, deployed: string): string {
  const folder = join(home, name);
  mkdirSync(join(folder, 'rehearsals'), { recursive: true });
  writeFileSync(join(folder, 'auto-restart.config.ts'), config);
  writeFileSync(join(folder, 'rehearsals', '2-retry-after-failure.ts'), rehearsal(deployed));
  return folder;
}

/** A manifest of dbt's, the policies of docs/retries.md as they stand there, and a remote whose main is this commit. */
function addWhatCommandsRead(folder: string): void {
  mkdirSync(join(folder, 'target'));
  copyFileSync(MANIFEST, join(folder, 'target', 'manifest.json'));
  const [, policies = ''] =
    /```ts\n([^`]*'five attempts'[^`]*)```/.exec(readDocument('docs/retries.md')) ?? [];
  writeFileSync(join(folder, 'policies.ts'), policies);
  git(folder, 'init', '--quiet', '--initial-branch', 'main');
  git(folder, 'add', ...readdirSync(folder).filter((name) => name !== '.git'));
  git(folder, 'commit', '--quiet', '--message', 'a first deployment');
  git(folder, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
}

function writeConnections(home: string, port: number): void {
  const section = (name: string): string => `[${name}]
account = "ORG-BAKERY"
user = "LOCAL"
password = "rye-bread"
host = "127.0.0.1"
port = ${port}
protocol = "http"
warehouse = "FLOUR_WH"
role = "DBT_DEPLOY"
`;
  mkdirSync(join(home, '.snowflake'));
  const file = join(home, '.snowflake', 'connections.toml');
  writeFileSync(file, ['default', 'dev', 'prod'].map(section).join('\n'));
  chmodSync(file, 0o600);
}
