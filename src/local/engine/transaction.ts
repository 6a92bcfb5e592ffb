/**
 * Explicit transactions. DuckDB gives a transaction up when a statement in it fails at run time; Snowflake undoes that
 * statement alone. So the changes made so far are remembered, and made again in a new transaction.
 * https://docs.snowflake.com/en/sql-reference/transactions
 */
import type { Token } from '../sql/lexer';
import type { TypedValue } from '../values';
import { engineSession, type EngineSession } from './account';
import { bindValue } from './bind';
import type { Session } from './contract';
import { ALL_MACROS } from '../sql/macros';
import { defineMacros, prepared, type DuckConnection } from './duck';

/** One statement of DML with the values it ran with. */
export interface Change {
  sql: string;
  values: readonly TypedValue[];
  timezone: string;
}

export async function begin(session: EngineSession): Promise<void> {
  await session.exclusively(async (connection) => {
    // Created inside, they would be gone after a ROLLBACK.
    await defineMacros(connection, ALL_MACROS);
    await connection.raw.run('BEGIN TRANSACTION');
  });
  session.transaction = [];
}

export async function end(session: EngineSession, how: 'COMMIT' | 'ROLLBACK'): Promise<void> {
  await session.exclusively(({ raw }) => raw.run(how));
  session.transaction = undefined;
}

export function remember(session: EngineSession, change: Change): void {
  if (/^(INSERT|UPDATE|DELETE|MERGE) /.test(change.sql)) session.transaction?.push(change);
}

/** Brings the transaction back to where it was before the statement that failed. */
export async function restore(session: EngineSession, connection: DuckConnection): Promise<void> {
  if (!session.transaction) return;
  await connection.raw.run('ROLLBACK');
  await connection.raw.run('BEGIN TRANSACTION');
  for (const { sql, values, timezone } of session.transaction) {
    const statement = await prepared(connection, sql, timezone);
    values.forEach((value, index) => bindValue(statement, index + 1, value));
    await statement.run();
  }
}

/** Several statements that count as one: when one fails, nothing is left of those before it. */
export async function atomically<T>(session: Session, body: () => Promise<T>): Promise<T> {
  const own = engineSession(session);
  const before = own.transaction?.length;
  if (before === undefined) await begin(own);
  try {
    const result = await body();
    if (before === undefined && own.transaction) await end(own, 'COMMIT');
    return result;
  } catch (error) {
    if (own.transaction && before === undefined) await end(own, 'ROLLBACK');
    else if (own.transaction) {
      own.transaction.length = before!;
      await own.exclusively((connection) => restore(own, connection));
    }
    throw error;
  }
}

const CHANGING = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

/** Whether a transaction starts by itself before the statement: AUTOCOMMIT is off, and it is DML. */
export function startsTransaction(session: EngineSession, [first]: readonly Token[]): boolean {
  if (session.transaction || first?.kind !== 'word' || !CHANGING.has(first.value)) return false;
  return /^false$/i.test(session.parameters.get('AUTOCOMMIT') ?? 'true');
}

const DEFINING = new Set(['CREATE', 'ALTER', 'DROP', 'GRANT', 'REVOKE', 'COMMENT', 'UNDROP']);

/** Whether the statement commits the transaction it stands in: DDL does, and setting AUTOCOMMIT. */
export function endsTransaction(tokens: readonly Token[]): boolean {
  const [first, second] = tokens;
  if (first?.kind !== 'word' || !DEFINING.has(first.value)) return false;
  return second?.value !== 'SESSION' || tokens.some(({ value }) => value === 'AUTOCOMMIT');
}
