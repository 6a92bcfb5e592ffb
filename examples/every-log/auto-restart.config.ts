/**
 * One project and one policy over each run log that this tool reads: those of two packages, and tables of one's own as
 * hooks written by hand fill them. `npx dbt-auto-restart rehearse --config examples/every-log/auto-restart.config.ts`
 */
import { auditTables, cron, defineConfig, executeDbtProject, type CustomLayout } from 'dbt-auto-restart';

const deployment = (schema: string, layout: Parameters<typeof auditTables>[0]['layout']) => ({
  connection: { account: 'BAKERY' },
  database: 'BAKERY',
  schema,
  defaults: { warehouse: 'OVEN' },
  state: auditTables({ layout, where: { environment: 'prod' } }),
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

export default defineConfig({
  deployments: {
    elementary: deployment('ELEMENTARY', 'elementary'),
    dbt_artifacts: deployment('ARTIFACTS', 'dbt_artifacts'),
    own_columns: deployment('OWN', ownColumns),
  },
});
