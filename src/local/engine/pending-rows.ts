/**
 * Rows on their way into tables. DuckDB stores many rows at once far more cheaply than few rows many times, so they wait
 * here until a statement comes that may see their table. In a database file nothing waits: what is written lasts.
 */
import { type DuckDBAppender, DuckDBDecimalValue, DuckDBTimestampValue } from '@duckdb/node-api';
import type { TableRecord } from '../catalog/objects';
import type { SqlType, SqlValue, TypedValue } from '../values';
import type { AppendedRow } from './append';
import type { Duck } from './duck';
import { fromDuckError } from './duck-errors';

/** So many rows of one table wait at the most. */
const MOST_WAITING = 20_000;

interface Waiting {
  table: TableRecord;
  rows: AppendedRow[];
}

export class PendingRows {
  private readonly waiting = new Map<string, Waiting>();
  private writing: Promise<void> = Promise.resolve();

  /** @param onChange told of every change, as results that were kept are not true any more */
  constructor(
    private readonly duck: Duck,
    private readonly onChange: () => void,
  ) {}

  async add(table: TableRecord, rows: readonly AppendedRow[]): Promise<void> {
    const before = this.waiting.get(table.duckName);
    const all = before ? before.rows : [];
    if (!before) this.waiting.set(table.duckName, { table, rows: all });
    for (const row of rows) all.push(row);
    this.onChange();
    if (this.duck.persistent || all.length > MOST_WAITING) await this.settle([table.duckName]);
  }

  /** @returns whether rows with that key were waiting */
  change(
    { duckName }: TableRecord,
    [column, { value }]: readonly [string, TypedValue],
    changes: AppendedRow,
  ): boolean {
    const rows = this.waiting.get(duckName)?.rows ?? [];
    let found = false;
    for (let index = rows.length - 1; index >= 0; index -= 1) {
      if (rows[index]![column]?.value !== value) continue;
      rows[index] = { ...rows[index], ...changes };
      found = true;
    }
    if (found) this.onChange();
    return found;
  }

  /**
   * Puts into their tables what waits for them.
   * @param tables DuckDB's names; left out, all
   */
  async settle(tables: Iterable<string> = [...this.waiting.keys()]): Promise<void> {
    const due: Waiting[] = [];
    for (const name of tables) {
      const waiting = this.waiting.get(name);
      if (!waiting) continue;
      this.waiting.delete(name);
      due.push(waiting);
    }
    if (due.length > 0) this.writing = this.writing.then(() => this.write(due));
    await this.writing;
  }

  private async write(due: readonly Waiting[]): Promise<void> {
    try {
      for (const { table, rows } of due) {
        const [schema, duckTable] = splitDuckName(table.duckName);
        const appender = await this.duck.own.createAppender(duckTable, schema);
        for (const row of rows) {
          for (const column of table.columns) append(appender, column.type, row[column.name]?.value ?? null);
          appender.endRow();
        }
        appender.closeSync();
      }
    } catch (error) {
      throw fromDuckError(error);
    }
  }
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
