/** Values into DuckDB's parameters, in the form that the compiler's casts expect. */
import {
  DuckDBDateValue,
  DuckDBTimeValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBPreparedStatement,
} from '@duckdb/node-api';
import type { TypedValue } from '../values';

export function bindValue(
  statement: DuckDBPreparedStatement,
  index: number,
  { type, value }: TypedValue,
): void {
  if (value === null) {
    statement.bindNull(index);
    return;
  }
  switch (type.kind) {
    case 'NUMBER':
      if (type.scale === 0) statement.bindHugeInt(index, wholeNumber(value));
      else statement.bindVarchar(index, String(value));
      return;
    case 'FLOAT':
      statement.bindDouble(index, Number(value));
      return;
    case 'BOOLEAN':
      statement.bindBoolean(index, value === true || value === 'true' || value === 1);
      return;
    case 'DATE':
      statement.bindDate(index, new DuckDBDateValue(Number(value)));
      return;
    case 'TIME':
      statement.bindTime(index, new DuckDBTimeValue(BigInt(value)));
      return;
    case 'TIMESTAMP_NTZ':
      statement.bindTimestamp(index, new DuckDBTimestampValue(BigInt(value)));
      return;
    case 'TIMESTAMP_LTZ':
      statement.bindTimestampTZ(index, new DuckDBTimestampTZValue(BigInt(value)));
      return;
    default:
      statement.bindVarchar(index, String(value));
  }
}

function wholeNumber(value: string | number | bigint | boolean): bigint {
  return typeof value === 'string' ? BigInt(value.split('.')[0]!) : BigInt(value);
}
