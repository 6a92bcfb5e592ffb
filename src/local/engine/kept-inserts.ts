/**
 * INSERTs of single rows whose plans are kept. DuckDB keeps the plan of one with parameters as long as every value has the
 * type of its column, which a NULL has not: so there is a statement for each choice of columns that are NULL.
 */
import { type DuckDBConnection, type DuckDBPreparedStatement, DuckDBTimestampValue } from '@duckdb/node-api';
import type { TableRecord } from '../catalog/objects';
import type { TypedValue } from '../values';
import { type StoredValue, storedValue } from './stored-value';

const MOST = 32;

export class KeptInserts {
  private readonly statements = new Map<string, DuckDBPreparedStatement>();
  private version = 0;

  /** @param schemaVersion grows when tables change: a plan that DuckDB has to make anew it never keeps again */
  constructor(
    private readonly connection: DuckDBConnection,
    private readonly schemaVersion: () => number,
  ) {}

  async insert(table: TableRecord, row: Readonly<Record<string, TypedValue>>): Promise<void> {
    const values = table.columns.map(({ name, type }) => storedValue(type, row[name]?.value ?? null));
    const statement = await this.statementFor(table.duckName, values);
    values.filter((value) => value !== null).forEach((value, index) => bind(statement, index + 1, value));
    await statement.run();
  }

  private forget(): void {
    for (const statement of this.statements.values()) statement.destroySync();
    this.statements.clear();
  }

  private async statementFor(
    table: string,
    values: readonly StoredValue[],
  ): Promise<DuckDBPreparedStatement> {
    let parameters = 0;
    const places = values.map((value) => (value === null ? 'NULL' : `$${(parameters += 1)}`));
    const sql = `INSERT INTO ${table} VALUES (${places.join(', ')})`;
    const version = this.schemaVersion();
    if (version !== this.version || this.statements.size >= MOST) this.forget();
    this.version = version;
    const known = this.statements.get(sql);
    if (known) return known;
    const statement = await this.connection.prepare(sql);
    this.statements.set(sql, statement);
    return statement;
  }
}

function bind(statement: DuckDBPreparedStatement, index: number, value: NonNullable<StoredValue>): void {
  if (typeof value === 'string') statement.bindVarchar(index, value);
  else if (typeof value === 'boolean') statement.bindBoolean(index, value);
  else if (typeof value === 'bigint') statement.bindHugeInt(index, value);
  else if (typeof value === 'number') statement.bindDouble(index, value);
  else if (value instanceof DuckDBTimestampValue) statement.bindTimestamp(index, value);
  else statement.bindDecimal(index, value);
}
