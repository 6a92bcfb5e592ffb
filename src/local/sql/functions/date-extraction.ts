/** Parts of dates and times. https://docs.snowflake.com/en/sql-reference/functions/date_part */
import { unsupported } from '../../errors';
import type { Lowered } from '../compilation';
import { toLtz, toNtz } from '../lower/coerce';
import { datePart, noPart } from './date-parts';
import { define } from './registry';
import { dated, moment, temporal, wallClock } from './temporal';
import { integer, varchar } from './types';

/** Epochs of NTZ values take the wall clock for UTC; others are instants. */
function epochMicros(value: Lowered): string {
  const of = temporal(value);
  const zoned = of.type.kind === 'TIMESTAMP_LTZ' || of.type.kind === 'TIMESTAMP_TZ';
  return `epoch_us(${zoned ? toLtz(of) : toNtz(of)})`;
}

/** Minutes that the value's zone is ahead of UTC: the session's for LTZ, none for what has no zone. */
export function offsetMinutes(value: Lowered): string {
  if (value.type.kind === 'TIMESTAMP_TZ') return `(${value.sql}).o`;
  return value.type.kind === 'TIMESTAMP_LTZ' ? `sf_session_offset(${value.sql})` : '0';
}

const OF_TIMES = new Set(['hour', 'minute', 'second', 'nanosecond']);
/** https://docs.snowflake.com/en/sql-reference/functions/date_part */
const NOT_OF_DATES = new Set(['epoch_millisecond', 'epoch_microsecond', 'epoch_nanosecond']);

function part(name: string, value: Lowered): Lowered {
  const of = moment(value, 'EXTRACT');
  if (of.type.kind === 'DATE' && NOT_OF_DATES.has(name)) throw unsupported(`the ${name} of a DATE`);
  if (!OF_TIMES.has(name)) dated(of, `the ${name}`);
  const x = wallClock(of);
  switch (name) {
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
    case 'nanosecond':
      return integer(`(microsecond(${x}) % 1000000 * 1000)`);
    case 'timezone_hour':
      return integer(`trunc(${offsetMinutes(temporal(of))} / 60)`);
    case 'timezone_minute':
      return integer(`(${offsetMinutes(temporal(of))} % 60)`);
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

/** Of a second only the nanoseconds are a part. */
function extracted(word: string, functionName: string): string {
  const name = datePart(word, functionName);
  if (name === 'millisecond' || name === 'microsecond') throw noPart(word, functionName);
  return name;
}

define('DATE_PART', 2, ([name, of], call) => part(extracted(name!.sql.replaceAll("'", ''), call.name), of!), {
  words: [0],
});

const NAMED_AFTER_THEIR_PART =
  'YEAR QUARTER MONTH WEEK WEEKISO DAY DAYOFMONTH DAYOFWEEK DAYOFWEEKISO DAYOFYEAR HOUR MINUTE SECOND YEAROFWEEK YEAROFWEEKISO WEEKOFYEAR';
for (const name of NAMED_AFTER_THEIR_PART.split(' '))
  define(name, 1, ([of]) => part(datePart(name, name), of!));

define('DAYNAME', 1, ([of], { name }) => varchar(`strftime(${wallClock(dated(of!, name))}, '%a')`));
define('MONTHNAME', 1, ([of], { name }) => varchar(`strftime(${wallClock(dated(of!, name))}, '%b')`));
