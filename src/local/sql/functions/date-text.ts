/** Dates and times to and from text. https://docs.snowflake.com/en/sql-reference/date-time-input-output */
import { unsupported } from '../../errors';
import type { SqlType } from '../../values';
import type { Lowered } from '../compilation';
import { quoteLiteral } from '../duck-text';
import { cast, isNumeric, isTemporal, toNtz } from '../lower/coerce';
import { define } from './registry';
import { int32, textOf, varchar } from './types';

const ELEMENTS: [RegExp, string][] = [
  [/^YYYY/i, '%Y'],
  [/^YY/i, '%y'],
  [/^MMMM/i, '%B'],
  [/^MON/i, '%b'],
  [/^MM/i, '%m'],
  [/^DD/i, '%d'],
  [/^DY/i, '%a'],
  [/^HH24/i, '%H'],
  [/^HH12/i, '%I'],
  [/^(AM|PM)/i, '%p'],
  [/^MI/i, '%M'],
  [/^SS/i, '%S'],
  [/^FF3/i, '%g'],
  [/^FF6/i, '%f'],
  [/^FF9?/i, '%n'],
  [/^"([^"]*)"/, '"'],
];

/** DuckDB's format for Snowflake's; the offset (TZH, TZM) is not a value's of NTZ. @throws SnowflakeError for elements that are not modelled */
export function strftimeFormat(format: string): string {
  let rest = format;
  let result = '';
  while (rest) {
    const found = ELEMENTS.map(([pattern, code]) => ({ match: pattern.exec(rest), code })).find(
      ({ match }) => match,
    );
    if (found?.match) {
      result += found.code === '"' ? found.match[1]!.replaceAll('%', '%%') : found.code;
      rest = rest.slice(found.match[0].length);
      continue;
    }
    if (/^(TZH|TZM|TZD|FF\d|HH|WW)/i.test(rest)) throw unsupported(`format element in '${format}'`);
    result += rest[0] === '%' ? '%%' : rest[0];
    rest = rest.slice(1);
  }
  return result;
}

/** The text of a literal argument. */
function literalText(value: Lowered, name: string): string {
  const match = /^'((?:[^']|'')*)'$/.exec(value.sql);
  if (!match) throw unsupported(`${name} with a computed format`);
  return match[1]!.replaceAll("''", "'");
}

define('TO_CHAR TO_VARCHAR', [1, 2], ([value, format], call) => {
  if (!format) return varchar(textOf(value!));
  if (isTemporal(value!.type)) {
    const text = literalText(format, call.name);
    const wall =
      value!.type.kind === 'TIME' ? `CAST(DATE '1970-01-01' + ${value!.sql} AS TIMESTAMP)` : toNtz(value!);
    return varchar(`strftime(${wall}, ${quoteLiteral(strftimeFormat(text))})`);
  }
  if (isNumeric(value!.type)) return numberText(value!, literalText(format, call.name));
  if (value!.type.kind === 'BINARY' && /^'(hex|utf-8)'$/i.test(format.sql))
    return varchar(/hex/i.test(format.sql) ? `hex(${value!.sql})` : `decode(${value!.sql})`);
  throw unsupported(`${call.name} of ${value!.type.kind} with a format`);
});

/** Fixed-position formats of 9 and 0 with at most one point, and FM before them. */
function numberText(value: Lowered, format: string): Lowered {
  const match = /^(FM)?([90,]*)(?:\.([90]+))?$/i.exec(format);
  if (!match) throw unsupported(`number format '${format}'`);
  const [, fill, whole = '', fraction = ''] = match;
  const grouped = whole.includes(',');
  const digits = whole.replaceAll(',', '');
  const zeros = digits.includes('0') ? digits.length - digits.indexOf('0') : fraction ? 0 : 1;
  const rounded = `round(CAST(abs(${value.sql}) AS DECIMAL(38,${fraction.length})), ${fraction.length})`;
  const wholeText = `lpad(CAST(trunc(${rounded}) AS VARCHAR), CAST(greatest(length(CAST(trunc(${rounded}) AS VARCHAR)), ${zeros}) AS INTEGER), '0')`;
  if (grouped) throw unsupported(`number format '${format}'`);
  const body = fraction
    ? `${wholeText} || '.' || right(CAST(${rounded} AS VARCHAR), ${fraction.length})`
    : wholeText;
  const signed = `CASE WHEN ${value.sql} < 0 THEN '-' ELSE ${fill ? "''" : "' '"} END || ${body}`;
  if (fill) return varchar(`(${signed})`);
  const width = 1 + digits.length + (fraction ? 1 + fraction.length : 0);
  return varchar(
    `(CASE WHEN length(${signed}) > ${width} THEN repeat('#', ${width}) ELSE lpad(${signed}, CAST(${width} AS INTEGER), ' ') END)`,
  );
}

/** TO_DATE, TO_TIMESTAMP_*, TO_TIME: automatic format, a given one, or a number of seconds (milliseconds, ...). */
function conversion(type: SqlType, tries: boolean) {
  return (args: Lowered[], call: { name: string }): Lowered => {
    const [value, second] = args as [Lowered, Lowered | undefined];
    if (!second) return cast(value, type, tries);
    if (value.type.kind === 'NUMBER') {
      const moment: Lowered = {
        sql: `sf_epoch_scaled(CAST(${value.sql} AS HUGEINT), ${int32(second)})`,
        type: { kind: 'TIMESTAMP_NTZ' },
      };
      return type.kind === 'TIMESTAMP_LTZ'
        ? { sql: `(${moment.sql} AT TIME ZONE 'UTC')`, type }
        : cast(moment, type);
    }
    const format = literalText(second, call.name);
    if (/^auto$/i.test(format)) return cast(value, type, tries);
    const parsed: Lowered = {
      sql: `${tries ? 'try_strptime' : 'strptime'}(${textOf(value)}, ${quoteLiteral(strftimeFormat(format))})`,
      type: { kind: 'TIMESTAMP_NTZ' },
    };
    return cast(parsed, type);
  };
}

define('TO_DATE DATE', [1, 2], conversion({ kind: 'DATE' }, false));
define('TRY_TO_DATE', [1, 2], conversion({ kind: 'DATE' }, true));
define('TO_TIME TIME', [1, 2], conversion({ kind: 'TIME' }, false));
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
