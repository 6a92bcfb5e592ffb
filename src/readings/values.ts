/** Values of a row -> JSON: times are ISO 8601 in UTC, NULL is `null`. */
import type { Row } from './send';

export function textOf(row: Row, column: string): string | null {
  const value = row[column];
  if (value === null || value === undefined) return null;
  return value instanceof Date ? value.toISOString() : String(value);
}

export function numberOf(row: Row, column: string): number | null {
  const text = textOf(row, column);
  return text === null || text === '' || Number.isNaN(Number(text)) ? null : Number(text);
}

/** A TIMESTAMP of any kind; those without a zone are UTC, as all our views have them. */
export function timeOf(row: Row, column: string): string | null {
  const text = textOf(row, column);
  if (text === null) return null;
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/.test(text.trim());
  const moment = Date.parse(hasZone ? text : `${text.trim().replace(' ', 'T')}Z`);
  return Number.isNaN(moment) ? text : new Date(moment).toISOString();
}

export function flagOf(row: Row, column: string): boolean {
  return ['true', '1'].includes((textOf(row, column) ?? '').toLowerCase());
}
