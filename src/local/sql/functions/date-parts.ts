/** Names of date and time parts. https://docs.snowflake.com/en/sql-reference/functions-date-time#supported-date-and-time-parts */
import { SnowflakeError } from '../../errors';

const PARTS: Record<string, string> = {
  year: 'year y yy yyy yyyy yr years yrs',
  quarter: 'quarter q qtr qtrs quarters',
  month: 'month mm mon mons months',
  week: 'week w wk weekofyear woy wy weeks',
  day: 'day d dd days dayofmonth',
  hour: 'hour h hh hr hours hrs',
  minute: 'minute m mi min minutes mins',
  second: 'second s sec seconds secs',
  millisecond: 'millisecond ms msec milliseconds',
  microsecond: 'microsecond us usec microseconds',
  nanosecond: 'nanosecond ns nsec nanosec nsecond nanoseconds nanosecs nseconds',
  dayofweek: 'dayofweek weekday dow dw',
  dayofweekiso: 'dayofweekiso weekday_iso dow_iso dw_iso dayofweek_iso',
  dayofyear: 'dayofyear yearday doy dy',
  weekiso: 'weekiso week_iso weekofyeariso weekofyear_iso',
  yearofweek: 'yearofweek',
  yearofweekiso: 'yearofweekiso',
  timezone_hour: 'timezone_hour tzh',
  timezone_minute: 'timezone_minute tzm',
  epoch_second: 'epoch_second epoch epoch_seconds',
  epoch_millisecond: 'epoch_millisecond epoch_milliseconds',
  epoch_microsecond: 'epoch_microsecond epoch_microseconds',
  epoch_nanosecond: 'epoch_nanosecond epoch_nanoseconds',
};

const BY_NAME = new Map(
  Object.entries(PARTS).flatMap(([part, names]) => names.split(' ').map((name) => [name, part] as const)),
);

/** Whether a word names a part: what stands first in DATEADD(day, ...) is no column then. */
export function isDatePart(word: string): boolean {
  return BY_NAME.has(word.toLowerCase());
}

/** @throws SnowflakeError 002069 for a word that is no part */
export function datePart(word: string, functionName: string): string {
  const part = BY_NAME.get(word.toLowerCase());
  if (!part) throw noPart(word, functionName);
  return part;
}

export function noPart(word: string, functionName: string): SnowflakeError {
  return new SnowflakeError(
    '002069',
    '22023',
    `SQL compilation error:\n'${word}' is not a valid date/time component for function ${functionName}.`,
  );
}
