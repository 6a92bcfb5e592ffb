/** DATEADD, DATEDIFF and their kin, and INTERVAL. https://docs.snowflake.com/en/sql-reference/functions-date-time */
import { unsupported } from '../../errors';
import type { Lowered } from '../compilation';
import { toLtz, toNtz } from '../lower/coerce';
import { datePart } from './date-parts';
import { define } from './registry';
import { dated, DAY_OR_LONGER, interval, NTZ, onWallClock, temporal, unit, wallClock } from './temporal';
import { numberType } from '../number-types';
import { integer } from './types';

function add(part: string, count: Lowered, to: Lowered, sign = '+'): Lowered {
  const value = temporal(to);
  const by = interval(part, count);
  const { kind } = value.type;
  if (kind === 'TIME' && DAY_OR_LONGER.has(part)) throw unsupported(`DATEADD of a ${part} to a TIME`);
  if (kind === 'TIMESTAMP_TZ' || (kind === 'DATE' && DAY_OR_LONGER.has(part)))
    return onWallClock(value, (wall) => `(${wall} ${sign} ${by})`);
  return { sql: `(${value.sql} ${sign} ${by})`, type: kind === 'DATE' ? NTZ : value.type };
}

define(
  'DATEADD TIMESTAMPADD TIMEADD',
  3,
  ([part, count, to], call) => add(unit(datePart(part!.sql, call.name), call.name), count!, to!),
  { words: [0] },
);

/** The last day of a month stays the last day. */
define('ADD_MONTHS', 2, ([to, count]) => {
  const by = interval('month', count!);
  return onWallClock(dated(to!, 'ADD_MONTHS'), (wall) => `sf_add_months(${wall}, ${by})`);
});

/** `+ INTERVAL '1 day, 2 hours'`, one after the other; a number alone counts seconds. */
export function addInterval(value: Lowered, text: string, sign: string): Lowered {
  if (sign !== '+' && sign !== '-') throw unsupported(`${sign} INTERVAL`);
  return text.split(',').reduce((moved, piece) => {
    const match = /^\s*(-?\d+)\s*([a-z]*)\s*$/i.exec(piece);
    if (!match) throw unsupported(`INTERVAL '${text}'`);
    const count: Lowered = { sql: match[1]!, type: { kind: 'NUMBER', precision: 10, scale: 0 } };
    return add(unit(datePart(match[2] || 'second', 'INTERVAL'), 'INTERVAL'), count, moved, sign);
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
  return { ...integer(boundaries(part, x, y)), type: numberType(digitsOf(part, a, b), 0) };
}

function boundaries(part: string, x: string, y: string): string {
  if (part === 'week') return `(date_diff('day', sf_week_start(${x}), sf_week_start(${y})) // 7)`;
  if (part === 'nanosecond') return `(CAST(date_diff('microsecond', ${x}, ${y}) AS HUGEINT) * 1000)`;
  return `date_diff('${part}', ${x}, ${y})`;
}

const SHORT = new Set(['hour', 'minute', 'second', 'millisecond']);

/** Digits of the most units that there can be between two dates, times or timestamps. */
function digitsOf(part: string, a: Lowered, b: Lowered): number {
  const both = (kind: string): boolean => a.type.kind === kind && b.type.kind === kind;
  if (both('TIME')) return SHORT.has(part) ? 9 : 18;
  if (DAY_OR_LONGER.has(part)) return 9;
  if (both('DATE')) return SHORT.has(part) ? 18 : 38;
  return part === 'hour' ? 9 : part === 'minute' || part === 'second' ? 18 : 38;
}

define(
  'DATEDIFF TIMESTAMPDIFF TIMEDIFF',
  3,
  ([part, from, to], call) => difference(unit(datePart(part!.sql, call.name), call.name), from!, to!),
  { words: [0] },
);

/** A whole number between equal days of the month and between last days; else the rest counts as 31sts, time included. */
define('MONTHS_BETWEEN', 2, (args, { name }) => {
  const [later, earlier] = args.map((arg) => wallClock(dated(arg, name)));
  return {
    sql: `CAST(sf_months_between(${later}, ${earlier}) AS DECIMAL(38,6))`,
    type: numberType(27, 6),
  };
});
