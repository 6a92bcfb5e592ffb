/** The beginning and end of what a moment is in: DATE_TRUNC, TIME_SLICE, LAST_DAY; the next or previous day of a name. */
import { unsupported } from '../../errors';
import type { Lowered } from '../compilation';
import { toNtz } from '../lower/coerce';
import { parameter } from '../lower/values';
import { datePart } from './date-parts';
import { define } from './registry';
import { dated, DAY_OR_LONGER, interval, moment, NTZ, onWallClock, unit, wallClock } from './temporal';
import { literalInteger, literalOf } from './types';

const wordOf = (value: Lowered): string => value.sql.replaceAll("'", '');

/** In DuckDB's words. Weeks begin on Mondays, as ISO's do. */
const ISO_PARTS: Record<string, string> = { weekiso: 'week', yearofweekiso: 'isoyear' };
const TRUNCATES_DATES = new Set([...DAY_OR_LONGER, 'isoyear']);

function truncationPart(word: string, functionName: string): string {
  const part = datePart(word, functionName);
  return ISO_PARTS[part] ?? unit(part, functionName);
}

function truncate(part: string, of: Lowered): Lowered {
  const value = moment(of, 'DATE_TRUNC');
  const { kind } = value.type;
  if (kind === 'TIME' && TRUNCATES_DATES.has(part)) throw unsupported(`DATE_TRUNC of a TIME to a ${part}`);
  if (part === 'nanosecond' || (kind === 'DATE' && !TRUNCATES_DATES.has(part))) return value;
  return onWallClock(value, (wall) => `date_trunc('${part}', ${wall})`);
}

define(
  'DATE_TRUNC',
  2,
  ([part, of], call) => {
    // The other order, DATE_TRUNC(<date>, <part>), is allowed too.
    const [word, value] = part!.type.kind === 'VARCHAR' ? [part!, of!] : [of!, part!];
    return truncate(truncationPart(wordOf(word), call.name), value);
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
  return truncate(truncationPart(part ? wordOf(part) : 'day', 'TRUNC'), of);
}

/**
 * Slices count from 1970-01-01, those of weeks from the Monday of that week.
 * https://docs.snowflake.com/en/sql-reference/functions/time_slice
 */
define('TIME_SLICE', [3, 4], ([of, length, name, edge], call) => {
  const value = dated(of!, call.name);
  const part = slicePart(datePart(wordOf(name!), call.name), value);
  const units = literalInteger(length!);
  if (units !== undefined && units < 1) throw unsupported('TIME_SLICE of a length below 1');
  const ends = edge ? edgeOf(edge) === 'end' : false;
  const origin = part === 'week' ? '1969-12-29' : '1970-01-01';
  const slice = `time_bucket(${interval(part, length!)}, ${toNtz(value)}, TIMESTAMP '${origin}')`;
  const moved = ends ? `(${slice} + ${interval(part, length!)})` : slice;
  return value.type.kind === 'DATE'
    ? { sql: `CAST(${moved} AS DATE)`, type: value.type }
    : { sql: moved, type: NTZ };
});

function slicePart(part: string, { type }: Lowered): string {
  const known = DAY_OR_LONGER.has(part) || (type.kind !== 'DATE' && /^(hour|minute|second)$/.test(part));
  if (!known) throw unsupported(`TIME_SLICE of a ${type.kind} by a ${part}`);
  return part;
}

function edgeOf(edge: Lowered): 'start' | 'end' {
  const word = literalOf(edge)?.toLowerCase();
  if (word !== 'start' && word !== 'end') throw unsupported("TIME_SLICE to what is not 'START' or 'END'");
  return word;
}

const LENGTHS: Record<string, string> = {
  day: '1 day',
  week: '1 week',
  month: '1 month',
  quarter: '3 months',
  year: '1 year',
};

define(
  'LAST_DAY',
  [1, 2],
  ([of, part], call) => {
    const given = part ? datePart(wordOf(part), call.name) : 'month';
    const name = given === 'weekiso' ? 'week' : given;
    const length = LENGTHS[name];
    if (!length) throw unsupported(`LAST_DAY of a ${name}`);
    return {
      sql: `CAST(date_trunc('${name}', CAST(${wallClock(dated(of!, call.name))} AS DATE)) + INTERVAL '${length}' - INTERVAL '1 day' AS DATE)`,
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
define('NEXT_DAY', 2, ([of, name], call) => {
  const date = `CAST(${wallClock(dated(of!, call.name))} AS DATE)`;
  return {
    sql: `(${date} + CAST((${weekday(name!)} - isodow(${date}) + 6) % 7 + 1 AS INTEGER))`,
    type: { kind: 'DATE' },
  };
});
define('PREVIOUS_DAY', 2, ([of, name], call) => {
  const date = `CAST(${wallClock(dated(of!, call.name))} AS DATE)`;
  return {
    sql: `(${date} - CAST((isodow(${date}) - ${weekday(name!)} + 6) % 7 + 1 AS INTEGER))`,
    type: { kind: 'DATE' },
  };
});
