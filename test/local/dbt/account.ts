import { o2cDag } from '../../../rehearsals/dags/o2c';
import { tableStatements } from '../../../src/local/dbt/hooks/layouts';
import type { LayoutName } from '../../../src/local/dbt/hooks/layout';
import type { HookMode } from '../../../src/local/dbt/hooks/manner';
import type { LocalSnowflake, Session } from '../../../src/local/engine/contract';
import { openLocalSnowflake } from '../../../src/local/engine/open';
import { features } from '../../../src/local/features';
import type { SqlValue } from '../../../src/local/values';

export const START = '2026-11-22T06:00:00Z';

/** An account with the order-to-cash project in EDW.O2C_AUDIT, its log tables beside it, at 06:00 UTC. */
export interface O2cAccount {
  account: LocalSnowflake;
  session: Session;
  rows(sql: string): Promise<SqlValue[][]>;
  /** First column of the first row. */
  value(sql: string): Promise<SqlValue>;
  /** The error's message. */
  failure(sql: string): Promise<string>;
  now(): string;
}

export async function openO2c(
  mode: HookMode = 'on-run-end',
  layout: LayoutName = 'o2c',
): Promise<O2cAccount> {
  const account = await openLocalSnowflake({ start: new Date(START), features });
  const session = account.openSession({
    role: 'DBT_O2C_PROD',
    warehouse: 'COMPUTE_WH',
    parameters: { TIMEZONE: 'America/Los_Angeles' },
  });
  const rows = async (sql: string) => (await session.execute(sql)).rows;
  const o2c: O2cAccount = {
    account,
    session,
    rows,
    value: async (sql) => (await rows(sql))[0]?.[0] ?? null,
    failure: async (sql) => {
      const result = await session.execute(sql).then(
        () => undefined,
        (error: Error) => error.message,
      );
      if (result === undefined) throw new Error(`this did not fail: ${sql}`);
      return result;
    },
    now: () => account.clock.nowDate().toISOString(),
  };
  await rows('CREATE DATABASE IF NOT EXISTS EDW');
  await rows('CREATE SCHEMA IF NOT EXISTS EDW.O2C_AUDIT');
  await rows('USE SCHEMA EDW.O2C_AUDIT');
  for (const statement of tableStatements(layout, 'EDW', 'O2C_AUDIT')) await rows(statement);
  const dag = JSON.stringify(o2cDag).replaceAll("'", "''");
  await rows(`SELECT SYSTEM$LOCAL_DBT_CREATE('DBT_O2C_ENHANCED', '${dag}')`);
  await rows(`SELECT SYSTEM$LOCAL_DBT_HOOKS('dbt_o2c_enhanced', '${mode}', '${layout}')`);
  return o2c;
}

export const EXECUTE = 'EXECUTE DBT PROJECT EDW.O2C_AUDIT.DBT_O2C_ENHANCED';
