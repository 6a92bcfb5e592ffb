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

/** What a clock in `zone` shows at that moment. Both in microseconds. */
export function wallClock(micros: bigint, zone: string): TypedValue {
  return timestampNtz(micros + offsetAt(micros, zone));
}

/** Offsets change on the quarter of an hour, if at all; a run's rows share very few of these. */
const QUARTER = 900_000_000n;
const offsets = new Map<string, { quarter: bigint; offset: bigint }>();

function offsetAt(micros: bigint, zone: string): bigint {
  if (zone === 'UTC') return 0n;
  const quarter = micros / QUARTER;
  const known = offsets.get(zone);
  if (known?.quarter === quarter) return known.offset;
  const moment = Number((quarter * QUARTER) / 1000n);
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(new Date(moment))
      .map(({ type, value }) => [type, Number(value)]),
  ) as Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number>;
  const shown = Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second);
  const offset = BigInt(shown - moment) * 1000n;
  offsets.set(zone, { quarter, offset });
  return offset;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const numeric = 'numeric';
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    second: numeric,
  });
  formats.set(zone, format);
  return format;
}

/** `2026-11-22 06:00:00.123456`, as dbt packages write times into text columns. */
export function timeText(micros: bigint): string {
  const iso = new Date(Number(micros / 1000n)).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)}.${String(micros % 1_000_000n).padStart(6, '0')}`;
}
