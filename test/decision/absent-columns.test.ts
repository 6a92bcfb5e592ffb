/** Each column that a preset layout can do without, alone and all at once: the tables lack it, and the views still read them. */
import type { AuditTablesConfig } from '../../src/config/types';
import { openAccount, type Account } from './harness/account';
import { deploymentOf } from './harness/deployments';
import { callProcedure, install } from './harness/installed';
import type { LogLayout } from './harness/layouts/layout';
import { o2cLog } from './harness/layouts/o2c';
import { artifactsLog, elementaryLog } from './harness/layouts/packages';
import { createLog, writeLog } from './harness/log-tables';
import { DAILY, full, log } from './logs';

let account: Account;
beforeAll(async () => {
  account = await openAccount();
});
afterAll(async () => account.close());

const OPTIONAL: readonly [LogLayout, string[]][] = [
  [
    o2cLog(),
    [
      ...['run_ended_at', 'run_status', 'project_name', 'environment', 'run_command', 'selector_used'],
      ...['tests_failed', 'started_at', 'ended_at', 'error_message'],
    ],
  ],
  [
    elementaryLog,
    [
      ...['run_completed_at', 'project_name', 'target_name', 'command', 'selected', 'yaml_selector'],
      ...['execute_started_at', 'execute_completed_at', 'resource_type', 'created_at', 'message'],
    ],
  ],
  [
    artifactsLog,
    [
      ...['project_name', 'target_name', 'dbt_command', 'invocation_args'],
      ...['compile_started_at', 'query_completed_at', 'message'],
    ],
  ],
];

const CASES = OPTIONAL.flatMap(([layout, columns]) =>
  [...columns.map((column) => [column]), columns].map((absent) => ({
    layout,
    absent,
    said: `${layout.name} without ${absent.length === 1 ? absent[0] : 'any'}`,
  })),
);

it.each(CASES)('$said', async ({ layout, absent }) => {
  await createLog(account.inside, layout);
  await writeLog(account.inside, layout, log(full(DAILY, 'FAILED', { a: 'FAILED', b: 'SUCCESS' })));
  for (const ddl of layout.ddl) {
    const [, table] = /TABLE (\w+)/.exec(ddl)!;
    for (const column of absent.filter((name) => new RegExp(`\\b${name}\\b`, 'i').test(ddl)))
      await account.inside.run(`ALTER TABLE ${table} DROP COLUMN ${column}`);
  }
  const { where, ...state } = layout.state as AuditTablesConfig;
  const isTold = !absent.some((column) => column === 'environment' || column === 'target_name');
  await install(
    account.client,
    deploymentOf({ ...state, ...(isTold && where ? { where } : {}), absentColumns: absent }, [DAILY]),
  );
  expect(await callProcedure(account.client, DAILY, 'PLAN')).toBe(
    'PLAN: 🔄 RETRY #1: Rerunning failed models: a+ | would run: dbt build --select a+',
  );
});
