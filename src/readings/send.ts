/** Sends a query that knex built, and tells whoever wants to know what is sent. */
import type { Knex } from 'knex';
import { literal } from '../sql-text';
import type { BindValue, Session } from '../snowflake/session';

export type Row = Readonly<Record<string, unknown>>;

/** A session that reads, and says what it reads. */
export interface Reader {
  session: Session;
  /** Called with each statement before it is sent. */
  onSend?: (sql: string) => void;
}

/** @throws SnowflakeStatementError */
export async function read(
  { session, onSend }: Reader,
  query: Knex.QueryBuilder | Knex.Raw | string,
): Promise<Row[]> {
  const { sql, bindings } =
    typeof query === 'string' ? { sql: query, bindings: [] } : query.toSQL().toNative();
  onSend?.(withValues(sql, bindings as BindValue[]));
  return (await session.run(sql, bindings as BindValue[])).rows;
}

/** The statement as a worksheet takes it: values stand where binds stood. */
export function withValues(sql: string, binds: readonly BindValue[]): string {
  let at = 0;
  return sql.replace(/'(?:[^'\\]|''|\\[\s\S])*'|"(?:[^"]|"")*"|\?/g, (found) => {
    if (found !== '?') return found;
    const value = binds[at++] ?? null;
    if (value === null) return 'NULL';
    return typeof value === 'string' ? literal(value) : String(value).toUpperCase();
  });
}
