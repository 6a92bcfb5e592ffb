/**
 * Rows into a table without a statement. A log writer adds the same shape of rows thousands of times in a rehearsed
 * year, and planning an INSERT costs DuckDB more than storing its rows.
 */
import { type DuckDBAppender, DuckDBDecimalValue, DuckDBTimestampValue } from '@duckdb/node-api';
import { keyOf } from '../catalog/names';
import type { ColumnRecord, TableRecord } from '../catalog/objects';
import type { SqlType, SqlValue, TypedValue } from '../values';
import { engineSession } from './account';
import type { QualifiedName, Session } from './contract';
import { fromDuckError } from './duck-errors';

export type AppendedRow = Readonly<Record<string, TypedValue>>;

/**
 * Adds rows of plain values, keyed by column name as stored, as an INSERT would; every row has the columns of the first.
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
  if (table?.kind !== 'TABLE' || own.temporary.size > 0) return false;
  if (!first || !knowsColumns(table, first)) return false;
  if (!rows.every((row) => table.columns.every((column) => fits(column, row[column.name])))) return false;
  const [schema, duckTable] = splitDuckName(table.duckName);
  await own.exclusively(async ({ raw }) => {
    try {
      const appender = await raw.createAppender(duckTable, schema);
      for (const row of rows) {
        for (const column of table.columns) append(appender, column.type, row[column.name]?.value ?? null);
        appender.endRow();
      }
      appender.closeSync();
    } catch (error) {
      throw fromDuckError(error);
    }
  });
  return true;
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
      if (typeof value !== 'number' || Math.abs(value) >= Math.min(10 ** (type.precision - type.scale), 1e12))
        return false;
      return type.scale > 0 || Number.isInteger(value);
    case 'TIMESTAMP_NTZ':
      return given.type.kind === 'TIMESTAMP_NTZ' && typeof value === 'bigint';
    default:
      return false;
  }
}

/** Snowflake counts characters, JavaScript halves of some. */
function isShorter(value: string, length: number | undefined): boolean {
  return length === undefined || value.length <= length || [...value].length <= length;
}

function append(appender: DuckDBAppender, type: SqlType, value: SqlValue): void {
  if (value === null) appender.appendNull();
  else if (typeof value === 'string') appender.appendVarchar(value);
  else if (typeof value === 'boolean') appender.appendBoolean(value);
  else if (typeof value === 'bigint') appender.appendTimestamp(new DuckDBTimestampValue(value));
  else if (type.kind !== 'NUMBER') appender.appendDouble(value);
  else if (type.scale === 0 && type.precision === 38) appender.appendHugeInt(BigInt(value));
  else {
    const scaled = BigInt(Math.round(value * 10 ** type.scale));
    appender.appendDecimal(new DuckDBDecimalValue(scaled, type.precision, type.scale));
  }
}

/** `"EDW.O2C_AUDIT"."DBT_RUN_LOG"` */
function splitDuckName(duckName: string): [schema: string, table: string] {
  const [schema, table] = (duckName.match(/"(?:[^"]|"")*"/g) ?? []).map((part) =>
    part.slice(1, -1).replaceAll('""', '"'),
  );
  if (schema === undefined || table === undefined)
    throw new Error(`not DuckDB's name of a table: ${duckName}`);
  return [schema, table];
}
