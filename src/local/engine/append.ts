/**
 * Rows into a table without a statement, as an INSERT would put them there. A log writer adds the same shape of rows
 * thousands of times in a rehearsed year, and planning an INSERT costs DuckDB more than storing its rows.
 */
import { keyOf } from '../catalog/names';
import type { ColumnRecord, TableRecord } from '../catalog/objects';
import type { SqlType, TypedValue } from '../values';
import { engineSession } from './account';
import type { QualifiedName, Session } from './contract';

export type AppendedRow = Readonly<Record<string, TypedValue>>;

/**
 * Adds rows of plain values, keyed by column name as stored; every row has the columns of the first.
 * @returns false, having done nothing, where it takes an INSERT: no such table or column, a default to compute, a
 * value that needs a conversion or does not fit. The INSERT then says what is wrong.
 */
export async function appendRows(
  session: Session,
  name: QualifiedName,
  rows: readonly AppendedRow[],
): Promise<boolean> {
  const own = engineSession(session);
  const table = own.account.objects.tables.get(keyOf(name));
  const [first] = rows;
  if (table?.kind !== 'TABLE' || own.temporary.size > 0 || own.transaction) return false;
  if (!first || !knowsColumns(table, first)) return false;
  if (!rows.every((row) => table.columns.every((column) => fits(column, row[column.name])))) return false;
  await own.account.pending.add(table, rows);
  return true;
}

/**
 * Changes the rows whose `key` has that value, where `appendRows` added them and nothing has read their table since.
 * @returns false, having done nothing, where it takes an UPDATE
 */
export function changeAppendedRows(
  session: Session,
  name: QualifiedName,
  key: readonly [column: string, value: TypedValue],
  changes: AppendedRow,
): boolean {
  const own = engineSession(session);
  const table = own.account.objects.tables.get(keyOf(name));
  if (table?.kind !== 'TABLE' || own.temporary.size > 0 || own.transaction) return false;
  const columns = new Map(table.columns.map((column) => [column.name, column]));
  const fit = Object.entries(changes).every(([column, value]) => {
    const known = columns.get(column);
    return known !== undefined && fits(known, value);
  });
  return fit && own.account.pending.change(table, key, changes);
}

/** Who appended has no more rows, and will change none: see `PendingRows.writeAhead`. */
export function writeAhead(session: Session): void {
  engineSession(session).account.pending.writeAhead();
}

function knowsColumns(table: TableRecord, row: AppendedRow): boolean {
  const given = Object.keys(row);
  const known = new Set(table.columns.map((column) => column.name));
  return (
    given.every((name) => known.has(name)) &&
    table.columns.every(
      (column) => column.name in row || (column.default === undefined && column.autoincrement === undefined),
    )
  );
}

function fits({ type, nullable }: ColumnRecord, given: TypedValue | undefined): boolean {
  const value = given?.value ?? null;
  if (given === undefined || value === null) return nullable;
  switch (type.kind) {
    case 'VARCHAR':
      return typeof value === 'string' && isShorter(value, type.length);
    case 'BOOLEAN':
      return typeof value === 'boolean';
    case 'FLOAT':
      return typeof value === 'number';
    case 'NUMBER':
      return typeof value === 'number' && isWithin(value, type);
    case 'TIMESTAMP_NTZ':
      return given.type.kind === 'TIMESTAMP_NTZ' && typeof value === 'bigint';
    case 'OBJECT':
      return given.type.kind === 'OBJECT' && typeof value === 'string';
    default:
      return false;
  }
}

/** Snowflake counts characters, JavaScript halves of some. */
function isShorter(value: string, length: number | undefined): boolean {
  return length === undefined || value.length <= length || [...value].length <= length;
}

function isWithin(value: number, { precision, scale }: SqlType & { kind: 'NUMBER' }): boolean {
  if (Math.abs(value) >= Math.min(10 ** (precision - scale), 1e12)) return false;
  return scale > 0 || Number.isInteger(value);
}
