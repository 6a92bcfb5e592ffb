/** How much of memory a result takes, about. */
import type { SqlValue } from '../values';

/** Bytes of a row and of a value beside its text. */
const ROW = 64;
const VALUE = 16;

export function sizeOfRow(row: readonly SqlValue[]): number {
  let size = ROW + VALUE * row.length;
  for (const value of row) if (typeof value === 'string') size += value.length;
  return size;
}

export function sizeOfRows(rows: readonly (readonly SqlValue[])[]): number {
  let size = 0;
  for (const row of rows) size += sizeOfRow(row);
  return size;
}
