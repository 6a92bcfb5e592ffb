/** Dates and times from parts, and from one zone to another; parts beyond their range carry over. */
import { SnowflakeError } from '../../errors';
import type { Lowered } from '../compilation';
import { cast, toLtz, toNtz } from '../lower/coerce';
import { typeOf } from '../lower/operands';
import { misplaced } from '../operands';
import { compileError } from '../scope';
import { isZoneName } from '../zone-names';
import { define } from './registry';
import { NTZ, temporal } from './temporal';
import { bigint, literalOf, textOf } from './types';

define('DATE_FROM_PARTS DATEFROMPARTS', 3, ([y, m, d]) => ({
  sql: `CAST(make_date(CAST(${bigint(y!)} AS BIGINT), 1, 1) + to_months(CAST(${bigint(m!)} - 1 AS INTEGER)) + to_days(CAST(${bigint(d!)} - 1 AS INTEGER)) AS DATE)`,
  type: { kind: 'DATE' },
}));

const nanoseconds = (value: Lowered | undefined): string =>
  value ? ` + to_microseconds(${bigint(value)} // 1000)` : '';

const clock = (h: string, m: string, s: string): string =>
  `to_hours(${h}) + to_minutes(${m}) + to_microseconds(CAST(1000000 AS BIGINT) * ${s})`;

define('TIME_FROM_PARTS TIMEFROMPARTS', [3, 4], ([h, m, s, nanos]) => ({
  sql: `(TIME '00:00:00' + ${clock(bigint(h!), bigint(m!), bigint(s!))}${nanoseconds(nanos)})`,
  type: { kind: 'TIME' },
}));

/** Of year, month, day, hour, minute, second[, nanosecond], or of a date and a time. */
function wallClockOfParts(args: readonly Lowered[]): Lowered {
  if (args.length < 6) {
    const [date, time] = [cast(args[0]!, { kind: 'DATE' }), cast(args[1]!, { kind: 'TIME' })];
    return { sql: `(${date.sql} + ${time.sql})`, type: NTZ };
  }
  const [y, m, d, h, mi, s] = args.map(bigint);
  return {
    sql: `(make_timestamp(${y}, 1, 1, 0, 0, 0) + to_months(CAST(${m} - 1 AS INTEGER)) + to_days(CAST(${d} - 1 AS INTEGER)) + ${clock(h!, mi!, s!)}${nanoseconds(args[6])})`,
    type: NTZ,
  };
}

define('TIMESTAMP_NTZ_FROM_PARTS TIMESTAMPNTZFROMPARTS TIMESTAMP_FROM_PARTS', [2, 7], wallClockOfParts);
define('TIMESTAMP_LTZ_FROM_PARTS TIMESTAMPLTZFROMPARTS', [6, 7], (args) =>
  cast(wallClockOfParts(args), { kind: 'TIMESTAMP_LTZ' }));
define('TIMESTAMP_TZ_FROM_PARTS TIMESTAMPTZFROMPARTS', [6, 8], (args) => {
  const [wall, zone] = [wallClockOfParts(args), args[7] && textOf(args[7])];
  if (!zone) return cast(wall, { kind: 'TIMESTAMP_TZ' });
  return { sql: `sf_tz_in_zone(${wall.sql} AT TIME ZONE ${zone}, ${zone})`, type: { kind: 'TIMESTAMP_TZ' } };
});

/**
 * @throws SnowflakeError 100103 for what is no name, letter for letter.
 * https://docs.snowflake.com/en/sql-reference/functions/convert_timezone
 */
function zoneOf(value: Lowered): string {
  const name = literalOf(value);
  if (name === undefined) return `sf_zone_name(${textOf(value)})`;
  if (!isZoneName(name)) throw new SnowflakeError('100103', '22023', `Unknown timezone: '${name}'`);
  return value.sql;
}

/** Three arguments: a wall clock from one zone to another. Two: an instant, shown in a zone; text may name its offset. */
define('CONVERT_TIMEZONE', [2, 3], (args, call, { compilation }) => {
  if (args.length === 3) {
    if (args[2]!.type.kind === 'TIMESTAMP_TZ' || args[2]!.type.kind === 'TIMESTAMP_LTZ')
      throw compileError(compilation, call.at, '001044', '42P13', misplaced(call.name, args.map(typeOf)));
    const [source, target] = args.slice(0, 2).map(zoneOf);
    return {
      sql: `((${toNtz(temporal(args[2]!))} AT TIME ZONE ${source}) AT TIME ZONE ${target})`,
      type: NTZ,
    };
  }
  const [zone, moment] = args as [Lowered, Lowered];
  const instant = toLtz(
    moment.type.kind === 'VARCHAR' ? cast(moment, { kind: 'TIMESTAMP_TZ' }) : temporal(moment),
  );
  return { sql: `sf_tz_in_zone(${instant}, ${zoneOf(zone)})`, type: { kind: 'TIMESTAMP_TZ' } };
});
