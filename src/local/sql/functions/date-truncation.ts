/** The beginning and end of what a moment is in: DATE_TRUNC, TIME_SLICE, LAST_DAY; the next or previous day of a name. */
import { unsupported } from '../../errors';
import type { Lowered } from '../compilation';
import { toNtz } from '../lower/coerce';
import { parameter } from '../lower/values';
import { datePart } from './date-parts';
import { define } from './registry';
import { DAY_OR_LONGER, interval, moment, NTZ, onWallClock, temporal, unit, wallClock } from './temporal';

const wordOf = (value: Lowered): string => value.sql.replaceAll("'", '');

function truncate(part: string, of: Lowered): Lowered {
  const value = moment(of, 'DATE_TRUNC');
  const { kind } = value.type;
  if (kind === 'TIME' && DAY_OR_LONGER.has(part)) throw unsupported(`DATE_TRUNC of a TIME to a ${part}`);
  if (part === 'nanosecond' || (kind === 'DATE' && !DAY_OR_LONGER.has(part))) return value;
  return onWallClock(value, (wall) => `date_trunc('${part}', ${wall})`);
}

define(
  'DATE_TRUNC',
  2,
  ([part, of], call) => {
    // The other order, DATE_TRUNC(<date>, <part>), is allowed too.
    const [word, value] = part!.type.kind === 'VARCHAR' ? [part!, of!] : [of!, part!];
    return truncate(unit(datePart(wordOf(word), call.name), call.name), value);
  },
  {
    words: [0],
    // Its value stays the same for a day, and so do the results of what asks for it.
    whole: ({ args: [part, of] }, context) =>
      part?.is === 'string' &&
      part.value.toLowerCase() === 'day' &&
      of?.is === 'call' &&
      of.name === 'SYSDATE'
        ? parameter({ from: 'session', value: 'utcToday', type: NTZ }, context)
        : undefined,
  },
);

/** TRUNC(date[, part]) is DATE_TRUNC(part, date); without a part, of the day. */
export function truncateDate(of: Lowered, part: Lowered | undefined): Lowered {
  return truncate(unit(datePart(part ? wordOf(part) : 'day', 'TRUNC'), 'TRUNC'), of);
}

/** Slices count from 1970-01-01, those of weeks from the Monday of that week. */
define('TIME_SLICE', [3, 4], ([of, length, name, edge], call) => {
  const value = temporal(of!);
  const part = unit(datePart(wordOf(name!), call.name), call.name);
  const origin = part === 'week' ? '1969-12-29' : '1970-01-01';
  const slice = `time_bucket(${interval(part, length!)}, ${toNtz(value)}, TIMESTAMP '${origin}')`;
  const moved = edge && /end/i.test(edge.sql) ? `(${slice} + ${interval(part, length!)})` : slice;
  return value.type.kind === 'DATE'
    ? { sql: `CAST(${moved} AS DATE)`, type: value.type }
    : { sql: moved, type: NTZ };
});

const LENGTHS: Record<string, string> = {
  week: '1 week',
  month: '1 month',
  quarter: '3 months',
  year: '1 year',
};

define(
  'LAST_DAY',
  [1, 2],
  ([of, part], call) => {
    const name = part ? datePart(wordOf(part), call.name) : 'month';
    const length = LENGTHS[name];
    if (!length) throw unsupported(`LAST_DAY of a ${name}`);
    return {
      sql: `CAST(date_trunc('${name}', CAST(${wallClock(of!)} AS DATE)) + INTERVAL '${length}' - INTERVAL '1 day' AS DATE)`,
      type: { kind: 'DATE' },
    };
  },
  { words: [1] },
);

const WEEKDAYS = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'];

/** Monday is 1. The first two letters are enough. */
function weekday(name: Lowered): number {
  const index = WEEKDAYS.indexOf(wordOf(name).trim().toLowerCase().slice(0, 2));
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
