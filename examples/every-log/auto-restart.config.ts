/**
 * One project and one policy over each run log that this tool reads: three known ones, tables of one's own as hooks
 * written by hand fill them, and Snowflake's own history. `generated/` beside it is the SQL of each, kept as an example:
 * what differs between two of its folders is what a log is allowed to change.
 * `npx dbt-auto-restart rehearse --config examples/every-log/auto-restart.config.ts`
 */
import {
  auditTables,
  cron,
  defineConfig,
  executeDbtProject,
  executionHistory,
  type CustomLayout,
  type StateConfig,
} from 'dbt-auto-restart';

const deploymentOver = (schema: string, state: StateConfig) => ({
  connection: { account: 'BAKERY' },
  database: 'BAKERY',
  schema,
  defaults: { warehouse: 'OVEN' },
  state,
  runner: executeDbtProject({ object: `BAKERY.${schema}.SHOP` }),
  jobs: { daily: { project: 'shop', dbt: { command: 'build' as const } } },
  tasks: { DAILY: { job: 'daily', schedule: cron('0 6 * * *', 'UTC') } },
});

export const ownColumns: CustomLayout = {
  runs: {
    table: 'DBT_RUNS',
    runId: 'id',
    startedAt: 'started_at',
    endedAt: 'ended_at',
    status: 'state',
    project: 'project',
    environment: 'target',
    command: 'command',
    selection: 'selection',
  },
  nodes: { table: 'DBT_NODES', runId: 'run_id', name: 'node', status: 'state', resourceType: 'kind' },
};

/** What a hand-written hook often keeps: the command as it was typed, a row at the start and one at the end. */
export const commandLines: CustomLayout = {
  runs: {
    table: 'DBT_RUNS',
    runId: 'id',
    startedAt: 'started_at',
    endedAt: 'ended_at',
    status: 'state',
    commandLine: 'invocation',
    createdAt: 'written_at',
  },
  nodes: {
    table: 'DBT_NODES',
    runId: 'run_id',
    name: 'unique_id',
    nameIs: 'unique_id',
    status: 'state',
    message: 'message',
    createdAt: 'written_at',
  },
};

/** No selection, no command: what failed in a row is one chain, and each project has one job. */
export const withoutSelection: CustomLayout = {
  runs: { table: 'DBT_RUNS', runId: 'id', startedAt: 'started_at', status: 'state', project: 'project' },
  nodes: { table: 'DBT_NODES', runId: 'run_id', name: 'node', status: 'state' },
};

const deployment = (schema: string, layout: Parameters<typeof auditTables>[0]['layout']) =>
  deploymentOver(schema, auditTables({ layout, where: { environment: 'prod' } }));

export default defineConfig({
  deployments: {
    o2c: deployment('O2C', 'o2c'),
    elementary: deployment('ELEMENTARY', 'elementary'),
    dbt_artifacts: deployment('ARTIFACTS', 'dbt_artifacts'),
    own_columns: deployment('OWN', ownColumns),
    command_lines: deploymentOver('LINES', auditTables({ layout: commandLines })),
    without_selection: deploymentOver('PLAIN', auditTables({ layout: withoutSelection })),
    snowflake_history: deploymentOver('NATIVE', executionHistory()),
  },
});
