/** Statements over log tables: one INSERT for any number of rows, and the times that stand in them. */
import { keyOf, showIdentifier } from '../../catalog/names';
import { type SqlType, text, timestampNtz, type TypedValue } from '../../values';
import { offsetAt } from '../../../model/time-zone';
import type { Insert, Row, Statement, Update, Write } from './layout';
import { timeText } from './python';

/**
 * The INSERT for tables that are not as expected. The rows travel as one JSON bind: the text is the same for any
 * number of them, so it is compiled once.
 */
export function insertStatement({ table, rows }: Insert): Statement {
  const columns = Object.entries(rows[0] ?? {});
  const values = columns.map(([, { type }], index) => `r.value[${index}]::${typeName(type)}`);
  return {
    sql:
      `INSERT INTO ${keyOf(table)} (${columns.map(([name]) => showIdentifier(name)).join(', ')}) ` +
      `SELECT ${values.join(', ')} FROM TABLE(FLATTEN(INPUT => PARSE_JSON(?))) r`,
    binds: [text(JSON.stringify(rows.map((row) => columns.map(([name]) => jsonValue(row[name]!)))))],
  };
}

/** The UPDATE for rows that are in their table already. */
export function updateStatement({ table, key: [key, value], changes }: Update): Statement {
  const entries = Object.entries(changes);
  const assignments = entries.map(([name]) => `${showIdentifier(name)} = ?`);
  return {
    sql: `UPDATE ${keyOf(table)} SET ${assignments.join(', ')} WHERE ${showIdentifier(key)} = ?`,
    binds: [...entries.map(([, change]) => change), value],
  };
}

function typeName(type: SqlType): string {
  return type.kind === 'NUMBER' ? 'INTEGER' : type.kind;
}

/** As the cast to its type reads it. */
function jsonValue({ type, value }: TypedValue): unknown {
  if (value === null) return null;
  switch (type.kind) {
    case 'OBJECT':
    case 'ARRAY':
    case 'VARIANT':
      return JSON.parse(String(value));
    case 'TIMESTAMP_NTZ':
      return timeText(value as bigint);
    case 'TIMESTAMP_LTZ':
      return `${timeText(value as bigint)} +0000`;
    case 'TIMESTAMP_TZ':
      return `${timeText(BigInt(String(value).split(' ')[0]!))} +0000`;
    case 'DATE':
      return timeText(BigInt(Number(value)) * 86_400_000_000n).slice(0, 10);
    default:
      return value;
  }
}

/** Rows for a table beside the others of its log. Nothing for no rows. */
export function insertRows(
  at: { database: string; schema: string },
  table: string,
  rows: readonly Row[],
): Write[] {
  return rows.length === 0 ? [] : [{ table: { ...at, name: table }, rows }];
}

/** The same for a change of the rows whose key has that value. */
export function updateRows(
  at: { database: string; schema: string },
  table: string,
  key: readonly [column: string, value: TypedValue],
  changes: Row,
): Write {
  return { table: { ...at, name: table }, key, changes };
}

export function qualified(at: { database: string; schema: string }, table: string): string {
  return keyOf({ ...at, name: table });
}

/** What a clock in `zone` shows at that moment, in microseconds UTC. */
export function wallClock(micros: bigint, zone: string): TypedValue {
  return timestampNtz(micros + BigInt(offsetAt(zone, Number(micros / 1000n))) * 1000n);
}
