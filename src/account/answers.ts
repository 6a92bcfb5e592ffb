/** Rows of SHOW and of INFORMATION_SCHEMA -> values. */
import { AutoRestartError } from '../errors';
import { parseObjectName } from '../model/names';
import type { ObjectName } from '../model/deployment';
import { literal } from '../sql-text';
import type { Session } from '../snowflake/session';

export type Row = Readonly<Record<string, unknown>>;

/** SHOW gives this many rows at most, and does not say that there were more. https://docs.snowflake.com/en/sql-reference/sql/show */
const MOST_ROWS = 10_000;

/** @throws AutoRestartError FAILED where the answer may have been cut */
export async function show(session: Session, sql: string): Promise<Row[]> {
  const { rows } = await session.run(sql);
  if (rows.length < MOST_ROWS) return rows;
  throw new AutoRestartError(
    'FAILED',
    `${sql} gave ${rows.length} rows, which is as many as SHOW gives: some may be missing`,
    {
      hint: 'use a role that sees less, or fewer objects: a plan must see all of them',
    },
  );
}

/** `null` for NULL; '' is kept. */
export function textIn(row: Row, column: string): string | null {
  const value = row[column];
  if (value === null || value === undefined) return null;
  return value instanceof Date ? value.toISOString() : String(value);
}

/** Where SHOW writes `null` as a word, or nothing at all. */
export function settingIn(row: Row, column: string): string | null {
  const text = textIn(row, column);
  return text === null || text === '' || text === 'null' ? null : text;
}

/** A qualified name as Snowflake shows it; parts that are missing are the home's. */
export function nameIn(text: string, home: { database: string; schema: string }): ObjectName {
  const parsed = parseObjectName(text, home);
  return parsed.ok ? parsed.value : { ...home, name: text };
}

export function listOf(values: readonly string[]): string {
  return values.map(literal).join(', ');
}
