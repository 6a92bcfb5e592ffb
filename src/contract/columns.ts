/**
 * One query over the tables and columns of all logs, and its rows as values.
 * https://docs.snowflake.com/en/sql-reference/info-schema/columns, https://docs.snowflake.com/en/sql-reference/info-schema/tables
 */
import type { ObjectName } from '../model/deployment';
import { identifier, literal } from '../sql-text';

export interface LogTable {
  name: ObjectName;
  /** `BASE TABLE`, `VIEW`, `EXTERNAL TABLE` ... */
  type: string;
  /** None where only the table is visible, or it is of another schema. */
  columns: LogColumn[];
}

export interface LogColumn {
  name: string;
  /** As INFORMATION_SCHEMA says it: `TEXT`, `NUMBER`, `TIMESTAMP_NTZ`. */
  type: string;
  nullable: boolean;
  /** Whether an INSERT that leaves it out gives it a value. */
  filled: boolean;
  /** Characters of a text, digits of a number. */
  width: number | null;
}

/** Columns of the tables of that name, and tables of that name in other schemas and in other case. */
export function columnsQuery(tables: readonly ObjectName[]): string {
  const databases = [...new Set(tables.map(({ database }) => database))].sort();
  return databases
    .flatMap((database) => {
      const here = tables.filter((table) => table.database === database);
      const names = listOf(here.flatMap(({ name }) => spellings(name)));
      const from = `${identifier(database)}.INFORMATION_SCHEMA`;
      return [
        `SELECT TABLE_CATALOG, TABLE_SCHEMA, TABLE_NAME, IFF(IS_DYNAMIC = 'YES', 'DYNAMIC TABLE', TABLE_TYPE) AS TABLE_TYPE, NULL::VARCHAR AS COLUMN_NAME, NULL::VARCHAR AS DATA_TYPE,
  NULL::VARCHAR AS IS_NULLABLE, NULL::VARCHAR AS COLUMN_DEFAULT, NULL::VARCHAR AS IS_IDENTITY, NULL::NUMBER AS WIDTH
FROM ${from}.TABLES
WHERE TABLE_NAME IN (${names})`,
        `SELECT TABLE_CATALOG, TABLE_SCHEMA, TABLE_NAME, NULL::VARCHAR, COLUMN_NAME, DATA_TYPE,
  IS_NULLABLE, COLUMN_DEFAULT, IS_IDENTITY, COALESCE(CHARACTER_MAXIMUM_LENGTH, NUMERIC_PRECISION)
FROM ${from}.COLUMNS
WHERE TABLE_SCHEMA IN (${listOf(here.map(({ schema }) => schema))}) AND TABLE_NAME IN (${names})`,
      ];
    })
    .join('\nUNION ALL\n');
}

type Row = Readonly<Record<string, unknown>>;

export function readColumns(rows: readonly Row[]): LogTable[] {
  const tables = new Map<string, LogTable>();
  for (const row of rows) {
    const name = {
      database: text(row, 'TABLE_CATALOG'),
      schema: text(row, 'TABLE_SCHEMA'),
      name: text(row, 'TABLE_NAME'),
    };
    const key = JSON.stringify(name);
    const table = tables.get(key) ?? { name, type: '', columns: [] };
    tables.set(key, table);
    if (row['COLUMN_NAME'] === null) table.type = text(row, 'TABLE_TYPE');
    else table.columns.push(columnOf(row));
  }
  return [...tables.values()];
}

function columnOf(row: Row): LogColumn {
  const width = row['WIDTH'];
  return {
    name: text(row, 'COLUMN_NAME'),
    type: text(row, 'DATA_TYPE'),
    nullable: text(row, 'IS_NULLABLE') !== 'NO',
    filled: (row['COLUMN_DEFAULT'] ?? null) !== null || text(row, 'IS_IDENTITY') === 'YES',
    width: width === null || width === undefined ? null : Number(width),
  };
}

const text = (row: Row, column: string): string => String(row[column] ?? '');

/** As it is, and as a name in quotes is usually written. */
function spellings(name: string): string[] {
  return [name, name.toUpperCase(), name.toLowerCase()];
}

function listOf(values: readonly string[]): string {
  return [...new Set(values)].sort().map(literal).join(', ');
}
