/** All that a config can ask for at once, over each log, with names as long as teams have them. */
import { auditTables, cron, dbt, executeDbtProject, executionHistory } from '../../src/config/define';
import type { AlertState, DeploymentConfig, NotificationConfig, StateConfig } from '../../src/config/types';
import type { Deployment } from '../../src/model/deployment';
import { bakery, resolved } from '../model/bakery';

function everything(
  state: StateConfig,
  notification: NotificationConfig,
  hasMessages: boolean,
): DeploymentConfig {
  const select = ['tag:nightly_reconciliation', 'path:models/marts/finance', '+fct_orders_reconciled'];
  const told: AlertState[] = ['given-up', 'stuck', 'suspended', 'unreadable'];
  const retry = {
    ...{ maxAttempts: 4, maxAgeHours: 20, delayMinutes: [10, 30, 60], maxRetryMinutes: 90 },
    ...(hasMessages ? { permanentErrors: ['000904', '002003', '001003', '003001'] } : {}),
  };
  return bakery({
    connection: { account: 'ACME_CORP-PRODUCTION', role: 'DATA_PLATFORM_DEPLOYER' },
    database: 'ANALYTICS_PRODUCTION',
    schema: 'ORDER_TO_CASH',
    defaults: { warehouse: 'TRANSFORMING_WH', timeout: '2 hours' },
    state,
    runner: executeDbtProject({
      object: 'ANALYTICS_PRODUCTION.ORDER_TO_CASH.ORDER_TO_CASH_DBT',
      dbtVersion: '1.10.15',
      envVars: {
        DBT_ENV_NAME: 'production',
        DBT_THREADS_OF_LOADER: '16',
        DBT_OWNER: 'finance-data@acme.example',
      },
    }),
    jobs: {
      reconciliation_nightly: { project: 'order_to_cash', dbt: { command: 'build', select }, retry },
      everything_daily: { project: 'order_to_cash', retry: { ...retry, onStateUnreadable: 'raise' } },
    },
    tasks: {
      ORDER_TO_CASH_DAILY_BUILD: { job: 'everything_daily', mode: 'full-build', schedule: cron('0 4 * * *') },
      ORDER_TO_CASH_TESTS: {
        run: dbt('order_to_cash', { command: 'test', select: [...select, 'test_type:data'] }),
        after: ['ORDER_TO_CASH_DAILY_BUILD'],
        onlyIfBuilt: true,
      },
      ORDER_TO_CASH_EXPOSURES: {
        run: dbt('order_to_cash', {
          command: 'run',
          vars: { note: "it's a rather long text for a reviewer" },
        }),
        after: ['ORDER_TO_CASH_DAILY_BUILD', 'ORDER_TO_CASH_TESTS'],
      },
      ORDER_TO_CASH_HEAL: {
        job: 'everything_daily',
        mode: 'retry-only',
        finalize: 'ORDER_TO_CASH_DAILY_BUILD',
      },
      ORDER_TO_CASH_RECONCILIATION: {
        job: 'reconciliation_nightly',
        schedule: cron('0 1 * * *', 'America/Argentina/ComodRivadavia'),
        comment:
          'Reconciles what the day before has left open, and tells finance when it has not been able to',
      },
    },
    grants: { ORDER_TO_CASH_ON_CALL: ['call', 'read', 'operate'], ORDER_TO_CASH_DEVELOPER: ['read'] },
    notification,
    alerts: {
      ...{ on: hasMessages ? [...told, 'permanent-error'] : told },
      ...{ warehouse: 'TRANSFORMING_WH' },
      ...notification,
    },
  });
}

const WEBHOOK: NotificationConfig = { integration: 'FINANCE_ON_CALL_WEBHOOK' };
const EMAIL: NotificationConfig = {
  integration: 'FINANCE_ON_CALL_EMAIL',
  kind: 'email',
  recipients: ['finance-on-call@acme.example', 'data-platform@acme.example'],
};
const QUEUE: NotificationConfig = { integration: 'FINANCE_ON_CALL_QUEUE', kind: 'queue' };
const WHERE = { environment: 'production' };

const LOGS: [string, StateConfig, NotificationConfig][] = [
  [
    'o2c',
    auditTables({ layout: 'o2c', where: WHERE, zones: { startedAt: 'UTC', endedAt: 'America/Los_Angeles' } }),
    WEBHOOK,
  ],
  ['elementary', auditTables({ layout: 'elementary', where: WHERE }), EMAIL],
  ['dbt_artifacts', auditTables({ layout: 'dbt_artifacts', where: WHERE }), QUEUE],
  ['history', executionHistory(), WEBHOOK],
];

export const EVERYTHING: readonly { over: string; deployment: Deployment }[] = LOGS.map(
  ([over, state, notification]) => ({
    over,
    deployment: resolved(everything(state, notification, over !== 'history' && over !== 'o2c')),
  }),
);
