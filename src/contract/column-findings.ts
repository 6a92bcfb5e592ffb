/** Whether the tables and columns that the views read are there, and of types that can be read. */
import { nearest } from '../config/nearest';
import type { AuditTablesState, ObjectName } from '../model/deployment';
import { identifier, qualified } from '../sql-text';
import { columnUses, isReadable, tablesOf, WANTED, type ColumnUse } from './column-uses';
import type { LogColumn, LogTable } from './columns';
import { asWritten, inConfig, leaveOut, listed, without, writeColumn } from './config-words';
import { finding, type Finding } from './finding';

export function columnFindings(state: AuditTablesState, tables: readonly LogTable[]): Finding[] {
  const missing = tablesOf(state).filter((name) => tableOf(name, tables) === undefined);
  return [
    ...missing.map((name) => missingTable(name, state, tables)),
    ...columnUses(state).flatMap((use) => {
      const table = tableOf(use.table, tables);
      return table === undefined ? [] : columnFinding(use, table, state);
    }),
  ];
}

/** The table of that name, where its columns are visible. */
export function tableOf(
  { database, schema, name }: ObjectName,
  tables: readonly LogTable[],
): LogTable | undefined {
  return tables.find(
    (table) =>
      table.name.database === database &&
      table.name.schema === schema &&
      table.name.name === name &&
      table.columns.length > 0,
  );
}

export function columnIn(table: LogTable, name: string): LogColumn | undefined {
  return table.columns.find((column) => column.name === name);
}

export function placeOf(table: ObjectName, column: string): string {
  return `${qualified(table)}.${identifier(column)}`;
}

function missingTable(name: ObjectName, state: AuditTablesState, tables: readonly LogTable[]): Finding {
  const part = name === state.runs.table ? 'runs' : 'nodes';
  const near = tables.map((table) => table.name).filter(({ database }) => database === name.database);
  const other = near.find(
    (one) =>
      one.schema === name.schema &&
      one.name !== name.name &&
      one.name.toUpperCase() === name.name.toUpperCase(),
  );
  if (other !== undefined) {
    const hint = writeColumn(state, { key: `${part}.table` }, asWritten(other.name));
    return finding('NAME_IN_OTHER_CASE', qualified(name), `there is ${qualified(other)}`, hint);
  }
  const elsewhere = [
    ...new Set(
      near.filter((one) => one.name === name.name && one.schema !== name.schema).map((one) => one.schema),
    ),
  ];
  const [first] = elsewhere;
  const there = elsewhere.length === 0 ? '' : `; there is one in ${listed(elsewhere.map(identifier))}`;
  return finding(
    'TABLE_MISSING',
    qualified(name),
    `there is no such table, or this role may not see it${there}`,
    first === undefined
      ? `let dbt run once with the hooks that make it, grant SELECT on it, or correct ${whereTablesAre(state, part)}`
      : `write state.schema: ${inConfig(asWritten(first))}`,
  );
}

function whereTablesAre({ layout }: AuditTablesState, part: string): string {
  const place = 'state.database and state.schema';
  return layout === 'custom' ? `state.layout.${part}.table, ${place}` : place;
}

function columnFinding(use: ColumnUse, table: LogTable, state: AuditTablesState): Finding[] {
  const column = columnIn(table, use.column);
  if (column === undefined) return [missingColumn(use, table, state)];
  if (isReadable(use.use, column.type)) return [];
  const cast = `or read the log through a view that has it as ${WANTED[use.use]}`;
  const hint = use.optional
    ? `${leaveOut(state, use)}, ${cast}`
    : `${writeColumn(state, use, '<another column>')}, ${cast}`;
  return [
    finding(
      'COLUMN_TYPE',
      placeOf(use.table, use.column),
      `it is ${column.type}, and is read as ${WANTED[use.use]}`,
      hint,
    ),
  ];
}

function missingColumn(use: ColumnUse, table: LogTable, state: AuditTablesState): Finding {
  const where = placeOf(use.table, use.column);
  const names = table.columns.map(({ name }) => name);
  const other = names.find((name) => name.toUpperCase() === use.column.toUpperCase());
  if (other !== undefined) {
    const hint = writeColumn(state, use, asWritten(other));
    return finding('NAME_IN_OTHER_CASE', where, `there is ${identifier(other)}`, hint);
  }
  const guess = nearest(use.column, names);
  const found = guess === undefined ? `the table has ${listed(names, 8)}` : `there is ${identifier(guess)}`;
  const another = writeColumn(state, use, guess === undefined ? '<the column>' : asWritten(guess));
  const hint =
    use.optional && state.layout === 'custom'
      ? `${another}, or leave it out`
      : use.optional && guess === undefined
        ? `${without(state, use)}, or let the hooks write it`
        : another;
  return finding('COLUMN_MISSING', where, `there is no such column: ${found}`, hint);
}
