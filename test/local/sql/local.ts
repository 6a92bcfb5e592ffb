/** An account of the engine alone, on a bakery's database, and values in a form that a test can write down. */
import type { Feature, LocalSnowflake, Session } from '../../../src/local/engine/contract';
import { openLocalSnowflake } from '../../../src/local/engine/open';
import type { SqlType, SqlValue } from '../../../src/local/values';

export interface Local {
  account: LocalSnowflake;
  session: Session;
  /** The rows of a statement, each value as text. */
  rows(sql: string): Promise<(string | null)[][]>;
  /** The one value of `SELECT <expression>`. */
  value(expression: string): Promise<string | null>;
  /** `code text` of the error that the statement gives. */
  refusal(sql: string): Promise<string>;
  close(): Promise<void>;
}

/** The clock shows 2026-03-02 15:04:05 UTC: 07:04:05 in Los Angeles. */
export const START = new Date('2026-03-02T15:04:05Z');

export async function openBakery(options: { file?: string; features?: Feature[] } = {}): Promise<Local> {
  const account = await openLocalSnowflake({ start: START, ...options });
  const session = account.openSession({ user: 'ADA' });
  await session.execute('CREATE DATABASE IF NOT EXISTS BAKERY');
  await session.execute('USE SCHEMA BAKERY.PUBLIC');
  return {
    account,
    session,
    async rows(sql) {
      const { columns, rows } = await session.execute(sql);
      return rows.map((row) => row.map((value, index) => show(value, columns[index]!.type)));
    },
    async value(expression) {
      const { columns, rows } = await session.execute(`SELECT ${expression}`);
      return show(rows[0]![0]!, columns[0]!.type);
    },
    async refusal(sql) {
      try {
        await session.execute(sql);
      } catch (error) {
        const { code, message } = error as { code?: string; message: string };
        return `${code} ${message}`;
      }
      throw new Error(`nothing was refused in ${sql}`);
    },
    async close() {
      await session.close();
      await account.close();
    },
  };
}

/** Dates and timestamps as ISO text (LTZ in UTC with a Z), the rest as it is. */
export function show(value: SqlValue, type: SqlType): string | null {
  if (value === null) return null;
  const iso = (micros: bigint): string =>
    new Date(Number(micros / 1000n)).toISOString().replace('.000Z', 'Z');
  switch (type.kind) {
    case 'DATE':
      return iso(BigInt(value as number) * 86_400_000_000n).slice(0, 10);
    case 'TIMESTAMP_NTZ':
      return iso(value as bigint)
        .replace('T', ' ')
        .replace('Z', '');
    case 'TIMESTAMP_LTZ':
      return iso(value as bigint);
    case 'TIMESTAMP_TZ': {
      const [micros, offset] = String(value).split(' ');
      return `${iso(BigInt(micros!))} ${offset}`;
    }
    case 'TIME':
      return iso(value as bigint).slice(11, 19);
    default:
      return String(value);
  }
}
