/** Writes histories into the tables of a log, by statements that any client could send. */
import type { Session } from '../../../src/snowflake/session';
import type { LoggedRun } from '../reference/history';
import type { LogLayout, LogRows, LogValue } from './layouts/layout';

const ROWS_PER_STATEMENT = 1000;

export async function createLog(session: Session, layout: LogLayout): Promise<void> {
  for (const statement of layout.ddl) await session.run(statement.replace('CREATE', 'CREATE OR REPLACE'));
}

export async function writeLog(
  session: Session,
  layout: LogLayout,
  runs: readonly LoggedRun[],
): Promise<void> {
  for (const statement of layout.rows(runs).flatMap(insertStatements)) await session.run(statement);
}

export function insertStatements({ table, columns, rows }: LogRows): string[] {
  const statements: string[] = [];
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
    const some = rows.slice(start, start + ROWS_PER_STATEMENT);
    const values = some.map((row) => `(${row.map(literal).join(', ')})`).join(',\n');
    statements.push(`INSERT INTO ${table} (${columns.join(', ')}) VALUES\n${values}`);
  }
  return statements;
}

function literal(value: LogValue): string {
  if (value === null) return 'NULL';
  if (typeof value === 'number') return String(value);
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
