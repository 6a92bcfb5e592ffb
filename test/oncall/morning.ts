/**
 * A morning on call, Tuesday 06:00 UTC: the o2c log on a local Snowflake, the generated views over it, and two tasks:
 * one that builds at 04:00, one that heals every quarter of an hour.
 */
import { renderDeployment } from '../../src/render/render';
import { taskBody } from '../../src/render/task-body';
import { resolveDeployments } from '../../src/model/resolve';
import type { Deployment } from '../../src/model/deployment';
import type { RetryPolicyConfig, TaskConfig } from '../../src/config/types';
import { openAccount, type Account } from '../decision/harness/account';
import { createLog, writeLog } from '../decision/harness/log-tables';
import { o2cLog } from '../decision/harness/layouts/o2c';
import { NOW, PROJECT } from '../decision/logs';
import type { LoggedRun } from '../decision/reference/history';
import { readJobStates } from '../../src/readings/job-state';
import { readTaskStates } from '../../src/readings/task-state';
import { statusOf, type JobStatus, type StatusFacts } from '../../src/oncall/status';

export const LOG = o2cLog();

const TASKS: Record<string, TaskConfig> = {
  DAILY_BUILD: {
    job: 'daily',
    mode: 'full-build',
    schedule: { kind: 'cron', expression: '0 4 * * *', timeZone: 'UTC' },
  },
  DAILY_HEAL: {
    job: 'daily',
    mode: 'retry-only',
    schedule: { kind: 'cron', expression: '*/15 * * * *', timeZone: 'UTC' },
  },
};

export function bakery(retry: RetryPolicyConfig = {}): Deployment {
  const [deployment] = resolveDeployments({
    deployments: {
      bakery: {
        database: 'EDW',
        schema: 'O2C_AUDIT',
        defaults: { warehouse: 'FLOUR_WH', timeout: '4 hours' },
        state: LOG.state,
        runner: { kind: 'procedure', procedure: 'EDW.O2C_AUDIT.BAKE' },
        jobs: {
          daily: { project: PROJECT, dbt: { command: 'build' }, retry: { staleRunHours: 6, ...retry } },
        },
        tasks: TASKS,
      },
    },
  });
  return deployment!;
}

export interface Morning {
  account: Account;
  deployment: Deployment;
  /** What the log holds; replaces what it held. */
  logged(...runs: LoggedRun[]): Promise<void>;
  status(): Promise<JobStatus>;
  facts(): Promise<StatusFacts>;
  /** Statements since the last call. */
  sent(): string[];
}

export async function openMorning(deployment = bakery()): Promise<Morning> {
  const account = await openAccount();
  const { inside } = account;
  account.setClock(NOW - 8 * 24 * 3_600_000);
  await inside.run('CREATE WAREHOUSE IF NOT EXISTS FLOUR_WH');
  await createLog(inside, LOG);
  for (const { kind, sql } of renderDeployment(deployment).statements) {
    if (kind === 'procedure' || kind === 'view') await inside.run(sql);
  }
  await inside.run(
    `CREATE PROCEDURE BAKE(PROJECT VARCHAR, COMMAND VARCHAR) RETURNS VARCHAR LANGUAGE SQL EXECUTE AS CALLER AS
$$ DECLARE burnt EXCEPTION (-20100, 'the cake is burnt'); BEGIN RAISE burnt; END; $$`,
  );
  for (const { root, children } of deployment.graphs) {
    for (const task of [root, ...children]) await inside.run(createTask(task, deployment));
    for (const task of [...children, root]) await inside.run(`ALTER TASK ${task.name.name} RESUME`);
  }
  account.setClock(NOW);
  const statements: string[] = [];
  const reader = { session: account.client, onSend: (sql: string) => void statements.push(sql) };
  const facts = async (): Promise<StatusFacts> => ({
    ...(await readJobStates(reader, [deployment])),
    tasks: await readTaskStates(reader, [deployment]),
    tasksUnseen: null,
    now: account.local.clock.nowDate().getTime(),
  });
  return {
    account,
    deployment,
    logged: async (...runs) => {
      await inside.run('DELETE FROM DBT_RUN_LOG');
      await inside.run('DELETE FROM DBT_MODEL_LOG');
      await writeLog(inside, LOG, runs);
    },
    facts,
    status: async () => statusOf([deployment], await facts())[0]!,
    sent: () => statements.splice(0),
  };
}

function createTask(task: Deployment['graphs'][number]['root'], deployment: Deployment): string {
  const when =
    task.schedule?.kind === 'cron'
      ? `SCHEDULE = 'USING CRON ${task.schedule.expression} ${task.schedule.timeZone}'`
      : `AFTER ${task.after.map(({ name }) => name).join(', ')}`;
  return `CREATE TASK ${task.name.name} WAREHOUSE = FLOUR_WH ${when} AS ${taskBody(task.action, deployment)}`;
}
