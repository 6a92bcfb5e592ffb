/** Values to text in a given format, dates and times from text. https://docs.snowflake.com/en/sql-reference/date-time-input-output */
import { unsupported } from '../../errors';
import type { SqlType } from '../../values';
import type { Lowered } from '../compilation';
import { quoteLiteral } from '../duck-text';
import { cast, isNumeric, isTemporal, ofSeconds } from '../lower/coerce';
import { requireText } from '../lower/operands';
import { binaryText } from './binary';
import { formatted, readingFormat } from './date-formats';
import { numberText } from './number-formats';
import { define } from './registry';
import { literalInteger, literalText, textOf, varchar } from './types';

define('TO_CHAR TO_VARCHAR', [1, 2], ([value, format], call) => {
  if (!format || value!.type.kind === 'NULL' || /^'auto'$/i.test(format.sql)) return varchar(textOf(value!));
  if (isTemporal(value!.type)) return varchar(formatted(value!, literalText(format, call.name)));
  if (isNumeric(value!.type)) return numberText(value!, format);
  if (value!.type.kind === 'BINARY') return varchar(binaryText(value!.sql, literalText(format, call.name)));
  throw unsupported(`${call.name} of ${value!.type.kind} with a format`);
});

/** Text in a given format, of 1970 where it says no year; with an offset in it, a TIMESTAMP_TZ. */
function read(text: string, format: string, target: SqlType, tries: boolean): Lowered {
  const { codes, zoned } = readingFormat(format);
  const hasYear = /%[Yy]/.test(codes);
  const [subject, pattern] = hasYear ? [text, codes] : [`('1970 ' || ${text})`, `%Y ${codes}`];
  const parsed = `try_strptime(${subject}, ${quoteLiteral(pattern)})`;
  const kind = target.kind.startsWith('TIMESTAMP') ? 'timestamp' : target.kind.toLowerCase();
  const words = quoteLiteral(` as ${kind} with format '${format}'`);
  const found = tries
    ? parsed
    : `CASE WHEN ${text} IS NOT NULL THEN coalesce(${parsed}, error('SF:100096:22007:Can''t parse ''' || ${text} || '''' || ${words})) END`;
  if (!zoned) return { sql: `CAST(${found} AS TIMESTAMP)`, type: { kind: 'TIMESTAMP_NTZ' } };
  return {
    sql: `sf_tz_at_offset(CAST(${found} AS TIMESTAMPTZ), sf_offset_of(${text}))`,
    type: { kind: 'TIMESTAMP_TZ' },
  };
}

function scaleOf(scale: Lowered, name: string): number {
  const decimals = literalInteger(scale);
  if (decimals === undefined || decimals < 0 || decimals > 9)
    throw unsupported(`${name} with a scale that is no constant from 0 to 9`);
  return decimals;
}

/** TO_DATE, TO_TIMESTAMP_*, TO_TIME: automatic format, a given one, or a number of seconds (milliseconds, ...). */
function conversion(type: SqlType, tries: boolean) {
  return (args: Lowered[], call: { name: string }): Lowered => {
    const [value, second] = args as [Lowered, Lowered | undefined];
    if (tries) requireText(value, type);
    if (!second) return cast(value, type, tries);
    if (value.type.kind === 'NUMBER') {
      const moment: Lowered = {
        sql: ofSeconds(value, scaleOf(second, call.name)),
        type: { kind: 'TIMESTAMP_NTZ' },
      };
      return type.kind === 'TIMESTAMP_LTZ'
        ? { sql: `(${moment.sql} AT TIME ZONE 'UTC')`, type }
        : cast(moment, type);
    }
    const format = literalText(second, call.name);
    if (/^auto$/i.test(format)) return cast(value, type, tries);
    return cast(read(textOf(value), format, type, tries), type);
  };
}

define('TO_DATE DATE', [1, 2], conversion({ kind: 'DATE' }, false));
define('TRY_TO_DATE', [1, 2], conversion({ kind: 'DATE' }, true));
define('TO_TIME', [1, 2], conversion({ kind: 'TIME' }, false));
define('TIME', 1, conversion({ kind: 'TIME' }, false));
define('TRY_TO_TIME', [1, 2], conversion({ kind: 'TIME' }, true));
for (const [suffix, kind] of [
  ['', 'TIMESTAMP_NTZ'],
  ['_NTZ', 'TIMESTAMP_NTZ'],
  ['_LTZ', 'TIMESTAMP_LTZ'],
  ['_TZ', 'TIMESTAMP_TZ'],
] as const) {
  define(`TO_TIMESTAMP${suffix}`, [1, 2], conversion({ kind }, false));
  define(`TRY_TO_TIMESTAMP${suffix}`, [1, 2], conversion({ kind }, true));
}
