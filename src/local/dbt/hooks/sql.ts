/** Statements over log tables: one INSERT for many rows. */
import { showIdentifier } from '../../catalog/names';
import { timestampNtz, type TypedValue } from '../../values';
import type { Statement } from './layout';

/** Rows of one INSERT: enough that a run of 500 nodes is few statements, few enough for a statement's text. */
const ROWS_PER_INSERT = 500;

export type Row = Readonly<Record<string, TypedValue>>;

/** No statement for no rows. Every row has the columns of the first. */
export function insertRows(table: string, rows: readonly Row[]): Statement[] {
  const [first] = rows;
  if (!first) return [];
  const columns = Object.keys(first);
  const tuple = `(${columns.map(() => '?').join(', ')})`;
  const statements: Statement[] = [];
  for (let at = 0; at < rows.length; at += ROWS_PER_INSERT) {
    const some = rows.slice(at, at + ROWS_PER_INSERT);
    statements.push({
      sql: `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${some.map(() => tuple).join(', ')}`,
      binds: some.flatMap((row) => columns.map((column) => row[column]!)),
    });
  }
  return statements;
}

export function qualified(at: { database: string; schema: string }, table: string): string {
  return `${showIdentifier(at.database)}.${showIdentifier(at.schema)}.${table}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What a clock in `zone` shows at that moment. Both in microseconds; offsets are whole seconds. */
export function wallClock(micros: bigint, zone: string): TypedValue {
  if (zone === 'UTC') return timestampNtz(micros);
  const seconds = micros / 1_000_000n;
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  const parts = Object.fromEntries(
    format.formatToParts(new Date(Number(seconds) * 1000)).map(({ type, value }) => [type, Number(value)]),
  );
  const shown = Date.UTC(
    parts['year']!,
    parts['month']! - 1,
    parts['day'],
    parts['hour'],
    parts['minute'],
    parts['second'],
  );
  return timestampNtz(BigInt(shown) * 1000n + (micros - seconds * 1_000_000n));
}

/** `2026-11-22 06:00:00.123456`, as dbt packages write times into text columns. */
export function timeText(micros: bigint): string {
  const iso = new Date(Number(micros / 1000n)).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)}.${String(micros % 1_000_000n).padStart(6, '0')}`;
}
