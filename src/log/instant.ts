/**
 * A time of the log as UTC, whatever type its column has: the SQL finds out. TIMESTAMP_LTZ, TIMESTAMP_TZ and text with
 * an offset are points in time; numbers are seconds, milliseconds ... since 1970, as Snowflake tells them apart by their
 * size; everything else is a wall clock in the zone that the config names.
 *
 * https://docs.snowflake.com/en/sql-reference/functions/convert_timezone
 * https://docs.snowflake.com/en/sql-reference/functions/to_timestamp (integers in a text)
 */
import { literal } from '../sql-text';

/** `2026-01-05 07:00:00+02:00`, `...T05:00:00Z` */
const OFFSET = '.*:[0-9.]+ *(Z|[+-][0-9]{2}(:?[0-9]{2})?)';

/**
 * @param column an expression of any type
 * @param zone IANA name
 * @param indent blanks before each line but the first
 */
export function utcInstant(column: string, zone: string, indent: number): string {
  const type = `TYPEOF(TO_VARIANT(${column}))`;
  const isUtc = zone === 'UTC';
  const wall = `${column}::TIMESTAMP_NTZ`;
  // As text Snowflake takes whole numbers for what they are; a zone must not be applied to them.
  const isNumber = `${type} IN ('INTEGER', 'DECIMAL', 'DOUBLE')`;
  const digits = isUtc
    ? ''
    : `\n        OR (${type} = 'VARCHAR' AND REGEXP_LIKE(${column}::VARCHAR, '[0-9]+'))`;
  const text = [
    'CASE',
    `    WHEN ${isNumber}${digits}`,
    `        THEN TO_TIMESTAMP_NTZ(${column}::VARCHAR)`,
    `    WHEN ${type} IN ('TIMESTAMP_LTZ', 'TIMESTAMP_TZ')`,
    `        OR (${type} = 'VARCHAR'`,
    `            AND REGEXP_LIKE(${column}::VARCHAR, ${literal(OFFSET)}))`,
    `        THEN CONVERT_TIMEZONE('UTC', ${column}::TIMESTAMP_LTZ)::TIMESTAMP_NTZ`,
    `    ELSE ${isUtc ? wall : `CONVERT_TIMEZONE(${literal(zone)}, 'UTC', ${wall})`}`,
    'END',
  ].join('\n');
  return text.replaceAll('\n', `\n${' '.repeat(indent)}`);
}
