import { openLocalSnowflake } from '../../../src/local/engine/open';
import type { LocalSnowflake, Session } from '../../../src/local/engine/contract';
import { features } from '../../../src/local/features';
import { SnowflakeError } from '../../../src/local/errors';

export interface Bakery {
  account: LocalSnowflake;
  session: Session;
  sql(text: string): Promise<unknown[][]>;
  /** Lets so many minutes pass. */
  pass(minutes: number): Promise<void>;
  /** What bodies wrote with `note`, as `06:00 bread`. */
  log(): Promise<string[]>;
  /** Runs of TASK_HISTORY, oldest first, as `06:00 BREAD SUCCEEDED`. */
  history(): Promise<string[]>;
  /** Code and text of the error a statement gives. */
  error(text: string): Promise<string>;
  /** Values of one column of SHOW TASKS by task. */
  show(column: string): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

/** A body that leaves a line with the time. */
export const note = (text: string) => `INSERT INTO log SELECT '${text}', SYSTEM$LOCAL_NOW()`;

/** An account with a database, a schema and a log, on 1 March 2026 at midnight UTC unless told otherwise. */
export async function openBakery({
  start = '2026-03-01T00:00:00Z',
  file,
}: { start?: string; file?: string } = {}): Promise<Bakery> {
  const account = await openLocalSnowflake({ file, start: new Date(start), features });
  const session = account.openSession({ role: 'BAKER', warehouse: 'OVEN_WH' });
  const sql = async (text: string) => (await session.execute(text)).rows as unknown[][];
  await sql('CREATE DATABASE IF NOT EXISTS BAKERY');
  await sql('CREATE WAREHOUSE IF NOT EXISTS OVEN_WH');
  await sql('CREATE USER IF NOT EXISTS BAKER_JOE');
  await sql('USE SCHEMA BAKERY.PUBLIC');
  await sql('CREATE TABLE IF NOT EXISTS log (what VARCHAR, at VARCHAR)');
  const clockText = (at: unknown) => new Date(Number((at as bigint) / 1000n)).toISOString().slice(11, 16);
  return {
    account,
    session,
    sql,
    pass: async (minutes) => void (await sql(`SELECT SYSTEM$LOCAL_ADVANCE(${minutes * 60})`)),
    log: async () =>
      (await sql('SELECT at, what FROM log ORDER BY at, what')).map(
        ([at, what]) => `${String(at).slice(11, 16)} ${what}`,
      ),
    history: async () => {
      const rows = await sql(
        `SELECT scheduled_time, name, state FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY(RESULT_LIMIT => 10000))
         WHERE state <> 'SCHEDULED'`,
      );
      return rows.reverse().map(([at, name, state]) => `${clockText(at)} ${name} ${state}`);
    },
    error: async (text) => {
      try {
        await session.execute(text);
      } catch (error) {
        if (error instanceof SnowflakeError) return `${error.code}: ${error.message}`;
        throw error;
      }
      return 'no error';
    },
    show: async (column) => {
      const { columns, rows } = await session.execute('SHOW TASKS');
      const at = columns.findIndex(({ name }) => name === column);
      return Object.fromEntries(rows.map((row) => [row[1], row[at]]));
    },
    close: () => account.close(),
  };
}
