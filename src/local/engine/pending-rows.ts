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
/** So many rows take this thread about as long as a small query takes DuckDB's. */
const AT_ONCE = 64;
/** And so does storing so many from an appender. */
const STORED_AT_ONCE = 1000;

interface Waiting {
  readonly table: TableRecord;
  readonly rows: AppendedRow[];
}

/** Rows in an appender of DuckDB's, of a table that has one: no statement sees them before that is closed. */
interface Appended {
  readonly table: TableRecord;
  appender?: DuckDBAppender;
  rows: number;
}

export class PendingRows {
  private readonly waiting = new Map<string, Waiting>();
  /** Rows that nobody will `change`; older than those that wait. */
  private readonly final = new Map<string, Waiting>();
  /** Older than both. */
  private readonly appended = new Map<string, Appended>();
  /** Tables that a statement asked for since rows were last written ahead. */
  private readonly asked = new Set<string>();
  private writing: Promise<void> = Promise.resolve();
  private closed = false;
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
    const { duckName } = table;
    const all = entryOf(this.waiting, table).rows;
    for (const row of rows) all.push(row);
    this.onChange();
    const count = all.length + (this.final.get(duckName)?.rows.length ?? 0);
    if (this.duck.persistent || count > MOST_WAITING) await this.settle([duckName]);
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
  async settle(
    tables: Iterable<string> = new Set([
      ...this.appended.keys(),
      ...this.final.keys(),
      ...this.waiting.keys(),
    ]),
  ): Promise<void> {
    const due: Waiting[] = [];
    for (const name of tables) {
      this.asked.add(name);
      due.push(...this.take(name));
    }
    if (due.length > 0) this.writing = this.writing.then(() => this.write(due));
    await this.writing;
  }

  /**
   * To be called when nothing will `change` the rows any more. Begins to store the few rows of tables that statements
   * ask for again and again, such as a log that is looked at before every run, on DuckDB's thread while this one goes
   * on. Of the others `appendSome` takes care. A failure is the next statement's.
   */
  writeAhead(): void {
    const due: Waiting[] = [];
    for (const [name, { table, rows }] of this.waiting) {
      if (this.asked.has(name) && rows.length <= FEW) due.push(...this.take(name));
      else for (const row of rows) entryOf(this.final, table).rows.push(row);
    }
    this.waiting.clear();
    this.asked.clear();
    if (due.length > 0) this.next(() => this.duck.whileOpen(() => this.write(due)));
  }

  /** Work for while DuckDB's thread is busy: puts some of the rows that nobody changes any more into their appender. */
  appendSome(): void {
    const [first] = this.final.values();
    if (!first || this.closed) return;
    const { table, rows } = first;
    const some = rows.splice(0, AT_ONCE);
    if (rows.length === 0) this.final.delete(table.duckName);
    const appended = this.appended.get(table.duckName) ?? { table, rows: 0 };
    this.appended.set(table.duckName, appended);
    this.next(() => this.append(appended, some));
  }

  /** What waits is not stored any more. */
  async close(): Promise<void> {
    this.closed = true;
    await this.writing.catch(() => undefined);
    for (const { appender } of this.appended.values()) appender?.closeSync();
    this.appended.clear();
  }

  private next(work: () => Promise<void>): void {
    this.writing = this.writing.then(work);
    this.writing.catch(() => undefined);
  }

  private take(name: string): Waiting[] {
    const [final, waiting] = [this.final.get(name), this.waiting.get(name)];
    const table = (final ?? waiting ?? this.appended.get(name))?.table;
    this.final.delete(name);
    this.waiting.delete(name);
    return table ? [{ table, rows: [...(final?.rows ?? []), ...(waiting?.rows ?? [])] }] : [];
  }

  private async write(due: readonly Waiting[]): Promise<void> {
    try {
      for (const { table, rows } of due) await this.store(table, rows);
    } catch (error) {
      throw fromDuckError(error);
    }
  }

  private async store(table: TableRecord, rows: readonly AppendedRow[]): Promise<void> {
    const appended = this.appended.get(table.duckName);
    this.appended.delete(table.duckName);
    if (!appended && rows.length <= FEW) {
      for (const row of rows) await this.inserts.insert(table, row);
      return;
    }
    const all = appended ?? { table, rows: 0 };
    await this.append(all, rows);
    all.appender?.closeSync();
  }

  private async append(appended: Appended, rows: readonly AppendedRow[]): Promise<void> {
    if (this.closed) return;
    const { duckName, columns } = appended.table;
    const [schema, table] = splitDuckName(duckName);
    try {
      const appender = (appended.appender ??= await this.duck.own.createAppender(table, schema));
      for (const row of rows) {
        for (const { name, type } of columns) append(appender, storedValue(type, row[name]?.value ?? null));
        appender.endRow();
      }
      appended.rows += rows.length;
      if (appended.rows < STORED_AT_ONCE) return;
      appender.closeSync();
      delete appended.appender;
      appended.rows = 0;
    } catch (error) {
      throw fromDuckError(error);
    }
  }
}

function entryOf(rows: Map<string, Waiting>, table: TableRecord): Waiting {
  const known = rows.get(table.duckName);
  if (known) return known;
  const entry = { table, rows: [] };
  rows.set(table.duckName, entry);
  return entry;
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
