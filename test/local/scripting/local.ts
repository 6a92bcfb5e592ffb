/** A local Snowflake with Scripting alone, and short ways to ask it. */
import { openLocalSnowflake } from '../../../src/local/engine/open';
import type { Feature, LocalSnowflake, Session } from '../../../src/local/engine/contract';
import { SnowflakeError } from '../../../src/local/errors';
import { scriptingFeature } from '../../../src/local/scripting/feature';
import type { SqlValue } from '../../../src/local/values';

export interface Local {
  account: LocalSnowflake;
  session: Session;
  /** Rows of a statement, keyed by column. */
  rows(sql: string): Promise<Record<string, SqlValue>[]>;
  /** The one value of a statement. */
  value(sql: string): Promise<SqlValue>;
  /** What a block gives: `block('RETURN 1;')`. */
  block(statements: string, declare?: string): Promise<SqlValue>;
  /** Code, SQLSTATE and message of a statement that must fail. */
  error(sql: string): Promise<{ code: string; sqlState: string; message: string }>;
  close(): Promise<void>;
}

export async function openLocal(...others: Feature[]): Promise<Local> {
  const account = await openLocalSnowflake({ features: [scriptingFeature, ...others] });
  const session = account.openSession();
  await session.execute('CREATE DATABASE bakery');
  await session.execute('CREATE SCHEMA bakery.orders');
  await session.execute('USE SCHEMA bakery.orders');
  const rows = async (sql: string) => {
    const result = await session.execute(sql);
    return result.rows.map((row) =>
      Object.fromEntries(result.columns.map((column, at) => [column.name, row[at] ?? null])),
    );
  };
  const value = async (sql: string) => (await session.execute(sql)).rows[0]?.[0] ?? null;
  return {
    account,
    session,
    rows,
    value,
    block: (statements, declare = '') =>
      value(`${declare ? `DECLARE ${declare} ` : ''}BEGIN ${statements} END;`),
    error: (sql) => failure(session.execute(sql)),
    close: async () => {
      await session.close();
      await account.close();
    },
  };
}

async function failure(
  running: Promise<unknown>,
): Promise<{ code: string; sqlState: string; message: string }> {
  try {
    await running;
  } catch (error) {
    if (error instanceof SnowflakeError) {
      return { code: error.code, sqlState: error.sqlState, message: error.message };
    }
    throw error;
  }
  throw new Error('the statement did not fail');
}
