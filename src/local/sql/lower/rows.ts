/** Rows computed by this process, as a relation of DuckDB: one JSON parameter, an array of arrays of text. */
import type { ResultColumn, SqlType, SqlValue } from '../../values';

/** Columns are called `c0`, `c1`, ... */
export function rowsFromParameter(number: number, columns: readonly ResultColumn[]): string {
  const items = columns.map((column, index) => `${fromText(`v[${index + 1}]`, column.type)} AS c${index}`);
  return `SELECT ${items.join(', ')} FROM (SELECT unnest(CAST(CAST(CAST($${number} AS VARCHAR) AS JSON) AS VARCHAR[][])) AS v)`;
}

export function rowsToJson(rows: readonly (readonly SqlValue[])[]): string {
  return `[${rows.map(rowToJson).join()}]`;
}

const kept = new WeakMap<readonly SqlValue[], string>();

/** A frozen row is one that comes again and again. */
function rowToJson(row: readonly SqlValue[]): string {
  const known = kept.get(row);
  if (known !== undefined) return known;
  const json = JSON.stringify(row.map((value) => (value === null ? null : String(value))));
  if (Object.isFrozen(row)) kept.set(row, json);
  return json;
}

function fromText(sql: string, type: SqlType): string {
  switch (type.kind) {
    case 'VARCHAR':
      return sql;
    case 'NUMBER':
      return `CAST(${sql} AS ${type.scale === 0 ? 'HUGEINT' : `DECIMAL(38,${type.scale})`})`;
    case 'FLOAT':
      return `CAST(${sql} AS DOUBLE)`;
    case 'BOOLEAN':
      return `CAST(${sql} AS BOOLEAN)`;
    case 'DATE':
      return `(DATE '1970-01-01' + CAST(${sql} AS INTEGER))`;
    case 'TIME':
      return `CAST(make_timestamp(CAST(${sql} AS BIGINT)) AS TIME)`;
    case 'TIMESTAMP_NTZ':
      return `make_timestamp(CAST(${sql} AS BIGINT))`;
    case 'TIMESTAMP_LTZ':
      return `make_timestamptz(CAST(${sql} AS BIGINT))`;
    case 'TIMESTAMP_TZ':
      return `CASE WHEN ${sql} IS NOT NULL THEN {'t': make_timestamptz(CAST(split_part(${sql}, ' ', 1) AS BIGINT)), 'o': CAST(split_part(${sql}, ' ', 2) AS SMALLINT)} END`;
    case 'BINARY':
      return `unhex(${sql})`;
    default:
      return `CAST(${sql} AS JSON)`;
  }
}
