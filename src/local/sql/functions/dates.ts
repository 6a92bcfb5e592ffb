/** Date and time arithmetic. https://docs.snowflake.com/en/sql-reference/functions-date-time */
import { SnowflakeError, unsupported } from '../../errors';
import type { SqlType } from '../../values';
import type { Lowered } from '../compilation';
import { isTimestamp, toLtz, toNtz } from '../lower/coerce';
import { datePart } from './date-parts';
import { setDateTruncation } from './numbers';
import { define } from './registry';
import { bigint, integer, numeric, textOf } from './types';

const NTZ: SqlType = { kind: 'TIMESTAMP_NTZ' };

const DAY_OR_LONGER = new Set(['day', 'week', 'month', 'quarter', 'year']);

/** A date or timestamp: text is read as TIMESTAMP_NTZ. */
function temporal(value: Lowered): Lowered {
  const { kind } = value.type;
  if (kind === 'DATE' || kind === 'TIME' || isTimestamp(value.type)) return value;
  if (kind === 'NULL') return { sql: 'CAST(NULL AS TIMESTAMP)', type: NTZ };
  return { sql: toNtz(value), type: NTZ };
}

/** So many units as an interval of DuckDB. */
function interval(part: string, count: Lowered): string {
  const n = bigint(
    numeric(count).type.kind === 'NUMBER' && !/^-?\d+$/.test(count.sql)
      ? { ...numeric(count), sql: `round(${numeric(count).sql})` }
      : count,
  );
  switch (part) {
    case 'year':
      return `to_years(CAST(${n} AS INTEGER))`;
    case 'quarter':
      return `to_months(CAST(3 * ${n} AS INTEGER))`;
    case 'month':
      return `to_months(CAST(${n} AS INTEGER))`;
    case 'week':
      return `to_days(CAST(7 * ${n} AS INTEGER))`;
    case 'day':
      return `to_days(CAST(${n} AS INTEGER))`;
    case 'hour':
      return `to_hours(${n})`;
    case 'minute':
      return `to_minutes(${n})`;
    case 'second':
      return `to_microseconds(1000000 * ${n})`;
    case 'millisecond':
      return `to_microseconds(1000 * ${n})`;
    case 'microsecond':
      return `to_microseconds(${n})`;
    case 'nanosecond':
      return `to_microseconds(${n} // 1000)`;
    default:
      throw new SnowflakeError(
        '002069',
        '22023',
        `SQL compilation error:\n'${part}' is not a valid date/time component for function DATEADD.`,
      );
  }
}

function add(part: string, count: Lowered, to: Lowered, sign = '+'): Lowered {
  const value = temporal(to);
  const by = interval(part, count);
  if (value.type.kind === 'DATE' && DAY_OR_LONGER.has(part))
    return { sql: `CAST((${value.sql} ${sign} ${by}) AS DATE)`, type: value.type };
  if (value.type.kind === 'TIME' && DAY_OR_LONGER.has(part))
    throw unsupported(`DATEADD of a ${part} to a TIME`);
  if (value.type.kind === 'TIMESTAMP_TZ')
    return {
      sql: `sf_tz_of_wall(sf_tz_wall(${value.sql}) ${sign} ${by}, (${value.sql}).o)`,
      type: value.type,
    };
  return { sql: `(${value.sql} ${sign} ${by})`, type: value.type.kind === 'DATE' ? NTZ : value.type };
}

define(
  'DATEADD TIMESTAMPADD TIMEADD',
  3,
  ([part, count, to], call) => add(datePart(part!.sql, call.name), count!, to!),
  { words: [0] },
);
define('ADD_MONTHS', 2, ([to, count]) => {
  const value = temporal(to!);
  const moved = add('month', count!, value);
  // The last day of a month stays the last day.
  const asDate = `CAST(${value.sql} AS DATE)`;
  const end = `CAST(last_day(CAST(${moved.sql} AS DATE)) AS ${value.type.kind === 'DATE' ? 'DATE' : 'TIMESTAMP'})`;
  if (value.type.kind !== 'DATE') throw unsupported('ADD_MONTHS of a timestamp');
  return {
    sql: `(CASE WHEN ${asDate} = last_day(${asDate}) THEN ${end} ELSE ${moved.sql} END)`,
    type: value.type,
  };
});

/** `+ INTERVAL '1 day, 2 hours'`. */
export function addInterval(value: Lowered, text: string, sign: string): Lowered {
  if (sign !== '+' && sign !== '-') throw unsupported(`${sign} INTERVAL`);
  return text.split(',').reduce((moved, piece) => {
    const match = /^\s*(-?\d+)\s*([a-z]*)\s*$/i.exec(piece);
    if (!match) throw unsupported(`INTERVAL '${text}'`);
    const count: Lowered = { sql: match[1]!, type: { kind: 'NUMBER', precision: 10, scale: 0 } };
    return add(datePart(match[2] || 'second', 'INTERVAL'), count, moved, sign);
  }, value);
}

/** Boundaries crossed. Days and longer on the wall clock, shorter parts on the instant when a zone is known. */
function difference(part: string, from: Lowered, to: Lowered): Lowered {
  const [a, b] = [temporal(from), temporal(to)];
  const zoned = [a, b].some(
    (value) => value.type.kind === 'TIMESTAMP_LTZ' || value.type.kind === 'TIMESTAMP_TZ',
  );
  const time = a.type.kind === 'TIME' && b.type.kind === 'TIME';
  const instants = zoned && !DAY_OR_LONGER.has(part);
  const wall = (value: Lowered): string => (zoned ? `CAST(${toLtz(value)} AS TIMESTAMP)` : toNtz(value));
  const side = (value: Lowered): string =>
    time ? value.sql : instants ? `(${toLtz(value)} AT TIME ZONE 'UTC')` : wall(value);
  const [x, y] = [side(a), side(b)];
  if (part === 'week') return integer(`(date_diff('day', sf_week_start(${x}), sf_week_start(${y})) // 7)`);
  if (part === 'nanosecond') return integer(`(CAST(date_diff('microsecond', ${x}, ${y}) AS HUGEINT) * 1000)`);
  return integer(`date_diff('${part}', ${x}, ${y})`);
}

define(
  'DATEDIFF TIMESTAMPDIFF TIMEDIFF',
  3,
  ([part, from, to], call) => difference(datePart(part!.sql, call.name), from!, to!),
  { words: [0] },
);
define('MONTHS_BETWEEN', 2, ([later, earlier]) => {
  const [a, b] = [`CAST(${temporal(later!).sql} AS DATE)`, `CAST(${temporal(earlier!).sql} AS DATE)`];
  const months = `(date_diff('month', ${b}, ${a}))`;
  const exact = `(day(${a}) = day(${b}) OR (${a} = last_day(${a}) AND ${b} = last_day(${b})))`;
  return {
    sql: `CAST(CASE WHEN ${exact} THEN ${months} ELSE ${months} + (day(${a}) - day(${b})) / 31.0 END AS DECIMAL(38,6))`,
    type: { kind: 'NUMBER', precision: 38, scale: 6 },
  };
});

function truncate(part: string, of: Lowered): Lowered {
  const value = temporal(of);
  if (value.type.kind === 'TIME') throw unsupported('DATE_TRUNC of a TIME');
  if (value.type.kind === 'DATE' && !DAY_OR_LONGER.has(part)) return value;
  if (part === 'nanosecond') return value;
  if (value.type.kind === 'TIMESTAMP_TZ')
    return {
      sql: `sf_tz_of_wall(date_trunc('${part}', sf_tz_wall(${value.sql})), (${value.sql}).o)`,
      type: value.type,
    };
  return {
    sql:
      value.type.kind === 'DATE'
        ? `CAST(date_trunc('${part}', ${value.sql}) AS DATE)`
        : `date_trunc('${part}', ${value.sql})`,
    type: value.type,
  };
}

define(
  'DATE_TRUNC',
  2,
  ([part, of], call) => {
    // The other order, DATE_TRUNC(<date>, <part>), is allowed too.
    if (part!.type.kind !== 'VARCHAR')
      return truncate(datePart(of!.sql.replaceAll("'", ''), call.name), part!);
    return truncate(datePart(part!.sql, call.name), of!);
  },
  { words: [0] },
);
setDateTruncation(([of, part]) => truncate(datePart((part?.sql ?? 'day').replaceAll("'", ''), 'TRUNC'), of!));

/** The wall clock that parts are read from. */
function wallClock(value: Lowered): string {
  if (value.type.kind === 'TIME') return `CAST(DATE '1970-01-01' + ${value.sql} AS TIMESTAMP)`;
  return toNtz(temporal(value));
}

/** Epochs of NTZ values take the wall clock for UTC; others are instants. */
function epochMicros(value: Lowered): string {
  const of = temporal(value);
  const zoned = of.type.kind === 'TIMESTAMP_LTZ' || of.type.kind === 'TIMESTAMP_TZ';
  return `epoch_us(${zoned ? toLtz(of) : toNtz(of)})`;
}

function part(name: string, of: Lowered): Lowered {
  const x = wallClock(of);
  switch (name) {
    case 'dayofweek':
      return integer(`dayofweek(${x})`);
    case 'dayofweekiso':
      return integer(`isodow(${x})`);
    case 'week':
    case 'weekiso':
      return integer(`week(${x})`);
    case 'yearofweek':
    case 'yearofweekiso':
      return integer(`isoyear(${x})`);
    case 'second':
      return integer(`floor(second(${x}))`);
    case 'millisecond':
      return integer(`(microsecond(${x}) % 1000000 // 1000)`);
    case 'microsecond':
      return integer(`(microsecond(${x}) % 1000000)`);
    case 'nanosecond':
      return integer(`(microsecond(${x}) % 1000000 * 1000)`);
    case 'epoch_second':
      return integer(`floor(${epochMicros(of)} / 1000000)`);
    case 'epoch_millisecond':
      return integer(`floor(${epochMicros(of)} / 1000)`);
    case 'epoch_microsecond':
      return integer(epochMicros(of));
    case 'epoch_nanosecond':
      return integer(`(CAST(${epochMicros(of)} AS HUGEINT) * 1000)`);
    default:
      return integer(`${name}(${x})`);
  }
}

define('DATE_PART', 2, ([name, of], call) => part(datePart(name!.sql.replaceAll("'", ''), call.name), of!), {
  words: [0],
});
for (const name of [
  'YEAR',
  'QUARTER',
  'MONTH',
  'WEEK',
  'WEEKISO',
  'DAY',
  'DAYOFMONTH',
  'DAYOFWEEK',
  'DAYOFWEEKISO',
  'DAYOFYEAR',
  'HOUR',
  'MINUTE',
  'SECOND',
  'YEAROFWEEK',
  'YEAROFWEEKISO',
  'WEEKOFYEAR',
]) {
  define(name, 1, ([of]) => part(datePart(name, name), of!));
}
define('DAYNAME', 1, ([of]) => ({ sql: `strftime(${wallClock(of!)}, '%a')`, type: { kind: 'VARCHAR' } }));
define('MONTHNAME', 1, ([of]) => ({ sql: `strftime(${wallClock(of!)}, '%b')`, type: { kind: 'VARCHAR' } }));

define(
  'LAST_DAY',
  [1, 2],
  ([of, unit], call) => {
    const name = unit ? datePart(unit.sql.replaceAll("'", ''), call.name) : 'month';
    const date = `CAST(${wallClock(of!)} AS DATE)`;
    const length: Record<string, string> = {
      week: '1 week',
      month: '1 month',
      quarter: '3 months',
      year: '1 year',
    };
    if (!length[name]) throw unsupported(`LAST_DAY of a ${name}`);
    return {
      sql: `CAST(date_trunc('${name}', ${date}) + INTERVAL '${length[name]}' - INTERVAL '1 day' AS DATE)`,
      type: { kind: 'DATE' },
    };
  },
  { words: [1] },
);

const WEEKDAYS = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'];
function weekday(name: Lowered): number {
  const index = WEEKDAYS.indexOf(name.sql.replaceAll("'", '').toLowerCase().slice(0, 2));
  if (index < 0) throw unsupported('a computed day of the week');
  return index + 1;
}
define('NEXT_DAY', 2, ([of, name]) => {
  const date = `CAST(${wallClock(of!)} AS DATE)`;
  return {
    sql: `(${date} + CAST((${weekday(name!)} - isodow(${date}) + 6) % 7 + 1 AS INTEGER))`,
    type: { kind: 'DATE' },
  };
});
define('PREVIOUS_DAY', 2, ([of, name]) => {
  const date = `CAST(${wallClock(of!)} AS DATE)`;
  return {
    sql: `(${date} - CAST((isodow(${date}) - ${weekday(name!)} + 6) % 7 + 1 AS INTEGER))`,
    type: { kind: 'DATE' },
  };
});

define('DATE_FROM_PARTS DATEFROMPARTS', 3, ([y, m, d]) => ({
  sql: `CAST(make_date(CAST(${bigint(y!)} AS BIGINT), 1, 1) + to_months(CAST(${bigint(m!)} - 1 AS INTEGER)) + to_days(CAST(${bigint(d!)} - 1 AS INTEGER)) AS DATE)`,
  type: { kind: 'DATE' },
}));
define('TIMESTAMP_NTZ_FROM_PARTS TIMESTAMPNTZFROMPARTS TIMESTAMP_FROM_PARTS', [6, 7], (args) => {
  const [y, m, d, h, mi, s] = args.map(bigint);
  const nanos = args[6] ? ` + to_microseconds(${bigint(args[6])} // 1000)` : '';
  return {
    sql: `(make_timestamp(${y}, 1, 1, 0, 0, 0) + to_months(CAST(${m} - 1 AS INTEGER)) + to_days(CAST(${d} - 1 AS INTEGER)) + to_hours(${h}) + to_minutes(${mi}) + to_microseconds(1000000 * ${s})${nanos})`,
    type: NTZ,
  };
});
define('TIME_FROM_PARTS TIMEFROMPARTS', 3, ([h, m, s]) => ({
  sql: `make_time(${bigint(h!)}, ${bigint(m!)}, CAST(${bigint(s!)} AS DOUBLE))`,
  type: { kind: 'TIME' },
}));

/** Three arguments: a wall clock from one zone to another. Two: an instant, shown in a zone. */
define('CONVERT_TIMEZONE', [2, 3], (args) => {
  if (args.length === 3) {
    const [source, target, wall] = args.map((each, index) =>
      index === 2 ? toNtz(temporal(each)) : textOf(each),
    );
    return { sql: `((${wall} AT TIME ZONE ${source}) AT TIME ZONE ${target})`, type: NTZ };
  }
  return {
    sql: `sf_tz_in_zone(${toLtz(temporal(args[1]!))}, ${textOf(args[0]!)})`,
    type: { kind: 'TIMESTAMP_TZ' },
  };
});
define('TIME_SLICE', [3, 4], ([of, length, name, edge], call) => {
  const value = temporal(of!);
  const unit = datePart(name!.sql.replaceAll("'", ''), call.name);
  const slice = `time_bucket(${interval(unit, { sql: length!.sql, type: length!.type })}, ${toNtz(value)}, TIMESTAMP '1970-01-01')`;
  const moved = edge && /end/i.test(edge.sql) ? `(${slice} + ${interval(unit, length!)})` : slice;
  return value.type.kind === 'DATE'
    ? { sql: `CAST(${moved} AS DATE)`, type: value.type }
    : { sql: moved, type: NTZ };
});
