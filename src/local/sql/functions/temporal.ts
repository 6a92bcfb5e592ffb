/** Dates, times and timestamps as arguments, and counts of units as intervals. */
import { SnowflakeError, unsupported } from '../../errors';
import type { SqlType } from '../../values';
import type { Lowered } from '../compilation';
import { isTimestamp, toNtz } from '../lower/coerce';
import { typeOf } from '../lower/operands';
import { showFull } from '../types';
import { noPart } from './date-parts';
import { bigint, numeric } from './types';

export const NTZ: SqlType = { kind: 'TIMESTAMP_NTZ' };

export const DAY_OR_LONGER = new Set(['day', 'week', 'month', 'quarter', 'year']);

/** A date, time or timestamp: text is read as TIMESTAMP_NTZ. */
export function temporal(value: Lowered): Lowered {
  const { kind } = value.type;
  if (kind === 'DATE' || kind === 'TIME' || isTimestamp(value.type)) return value;
  if (kind === 'NULL') return { sql: 'CAST(NULL AS TIMESTAMP)', type: NTZ };
  return { sql: toNtz(value), type: NTZ };
}

/** As `temporal`; @throws SnowflakeError 002016 for a text, which only DATEADD, DATEDIFF and conversions read */
export function moment(value: Lowered, name: string): Lowered {
  if (value.type.kind !== 'VARCHAR') return temporal(value);
  throw new SnowflakeError(
    '002016',
    '22000',
    `SQL compilation error:\nFunction ${name} does not support ${showFull(typeOf(value) as SqlType)} argument type`,
  );
}

/**
 * As `temporal`, of what has a date; @throws NotModelled for a TIME, which an account refuses in words of
 * its own
 */
export function dated(value: Lowered, name: string): Lowered {
  if (value.type.kind === 'TIME') throw unsupported(`${name} of a TIME`);
  return temporal(value);
}

/** The wall clock that parts are read from. */
export function wallClock(value: Lowered): string {
  if (value.type.kind === 'TIME') return `CAST(DATE '1970-01-01' + ${value.sql} AS TIMESTAMP)`;
  return toNtz(temporal(value));
}

/** What `compute` makes of the wall clock, in the value's own type: a TIMESTAMP_TZ keeps its offset. */
export function onWallClock(value: Lowered, compute: (wall: string) => string): Lowered {
  const { sql, type } = value;
  if (type.kind === 'TIMESTAMP_TZ')
    return { sql: `sf_tz_of_wall(${compute(`sf_tz_wall(${sql})`)}, (${sql}).o)`, type };
  if (type.kind === 'DATE') return { sql: `CAST(${compute(sql)} AS DATE)`, type };
  if (type.kind === 'TIME') return { sql: `CAST(${compute(wallClock(value))} AS TIME)`, type };
  return { sql: compute(sql), type };
}

const LENGTHS: Record<string, (n: string) => string> = {
  year: (n) => `to_years(CAST(${n} AS INTEGER))`,
  quarter: (n) => `to_months(CAST(3 * ${n} AS INTEGER))`,
  month: (n) => `to_months(CAST(${n} AS INTEGER))`,
  week: (n) => `to_days(CAST(7 * ${n} AS INTEGER))`,
  day: (n) => `to_days(CAST(${n} AS INTEGER))`,
  hour: (n) => `to_hours(${n})`,
  minute: (n) => `to_minutes(${n})`,
  second: (n) => `to_microseconds(CAST(1000000 AS BIGINT) * ${n})`,
  millisecond: (n) => `to_microseconds(CAST(1000 AS BIGINT) * ${n})`,
  microsecond: (n) => `to_microseconds(${n})`,
  nanosecond: (n) => `to_microseconds(${n} // 1000)`,
};

/** A part that has a length. @throws SnowflakeError 002069 for those that have none (dayofweek, epoch, ...) */
export function unit(part: string, functionName: string): string {
  if (part in LENGTHS) return part;
  throw noPart(part, functionName);
}

/** So many units as an interval of DuckDB; fractions are rounded. */
export function interval(part: string, count: Lowered): string {
  const number = numeric(count);
  const whole = number.type.kind === 'NUMBER' && !/^-?\d+$/.test(count.sql);
  return LENGTHS[part]!(bigint(whole ? { ...number, sql: `round(${number.sql})` } : count));
}
