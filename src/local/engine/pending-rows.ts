/**
 * Rows on their way into tables. DuckDB stores many rows at once far more cheaply than few rows many times, so they wait
 * here until a statement comes that may see their table. In a database file nothing waits: what is written lasts.
 */
import { type DuckDBAppender, DuckDBTimestampValue } from '@duckdb/node-api';
import type { TableRecord } from '../catalog/objects';
import type { TypedValue } from '../values';
import type { AppendedRow } from './append';
import type { Duck } from './duck';
import { fromDuckError } from './duck-errors';
import { KeptInserts } from './kept-inserts';
import { type StoredValue, storedValue } from './stored-value';

/** So many rows of one table wait at the most. */
const MOST_WAITING = 20_000;
/** So many are few: an INSERT for each takes DuckDB less than its appender. */
const FEW = 2;

interface Waiting {
  table: TableRecord;
  rows: AppendedRow[];
}

export class PendingRows {
  private readonly waiting = new Map<string, Waiting>();
  /** Tables that a statement asked for since rows were last written ahead. */
  private readonly asked = new Set<string>();
  private writing: Promise<void> = Promise.resolve();
  private readonly inserts: KeptInserts;

  /**
   * @param onChange told of every change, as results that were kept are not true any more
   * @param schemaVersion of the account, see there
   */
  constructor(
    private readonly duck: Duck,
    private readonly onChange: () => void,
    schemaVersion: () => number,
  ) {
    this.inserts = new KeptInserts(duck.own, schemaVersion);
  }

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
      this.asked.add(name);
      due.push(...this.take(name));
    }
    if (due.length > 0) this.writing = this.writing.then(() => this.write(due));
    await this.writing;
  }

  /**
   * Begins to store the few rows of tables that statements ask for again and again, such as a log that is looked at
   * before every run, on DuckDB's thread while this one goes on. To be called when nothing will `change` them any more.
   * A failure is the next statement's.
   */
  writeAhead(): void {
    const few = [...this.asked].filter((name) => (this.waiting.get(name)?.rows.length ?? Infinity) <= FEW);
    const due = few.flatMap((name) => this.take(name));
    this.asked.clear();
    if (due.length === 0) return;
    this.writing = this.writing.then(() => this.duck.whileOpen(() => this.write(due)));
    this.writing.catch(() => undefined);
  }

  private take(name: string): Waiting[] {
    const waiting = this.waiting.get(name);
    this.waiting.delete(name);
    return waiting ? [waiting] : [];
  }

  private async write(due: readonly Waiting[]): Promise<void> {
    try {
      for (const { table, rows } of due) {
        if (rows.length <= FEW) for (const row of rows) await this.inserts.insert(table, row);
        else await this.appendAll(table, rows);
      }
    } catch (error) {
      throw fromDuckError(error);
    }
  }

  private async appendAll({ duckName, columns }: TableRecord, rows: readonly AppendedRow[]): Promise<void> {
    const [schema, table] = splitDuckName(duckName);
    const appender = await this.duck.own.createAppender(table, schema);
    for (const row of rows) {
      for (const { name, type } of columns) append(appender, storedValue(type, row[name]?.value ?? null));
      appender.endRow();
    }
    appender.closeSync();
  }
}

function append(appender: DuckDBAppender, value: StoredValue): void {
  if (value === null) appender.appendNull();
  else if (typeof value === 'string') appender.appendVarchar(value);
  else if (typeof value === 'boolean') appender.appendBoolean(value);
  else if (typeof value === 'bigint') appender.appendHugeInt(value);
  else if (typeof value === 'number') appender.appendDouble(value);
  else if (value instanceof DuckDBTimestampValue) appender.appendTimestamp(value);
  else appender.appendDecimal(value);
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
