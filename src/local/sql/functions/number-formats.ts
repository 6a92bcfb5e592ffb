/** Format models of numbers: digits with groups, decimals and FM. https://docs.snowflake.com/en/sql-reference/sql-format-models */
import { unsupported } from '../../errors';
import type { Lowered } from '../compilation';
import { quoteLiteral } from '../duck-text';
import { varchar } from './types';

interface NumberFormat {
  /** FM: no blanks. */
  fill: boolean;
  /** Digits before the point, and from which one on they are always shown. */
  digits: number;
  zeros: number;
  decimals: number;
  groups: number;
  dollar: boolean;
}

/** @throws SnowflakeError for elements other than `FM $ 9 0 , .` and groups that are not of three digits */
function parseFormat(format: string): NumberFormat {
  const match = /^(FM)?(\$)?([90,]*)(?:\.([90]+))?$/i.exec(format);
  const [, fill, dollar, whole = '', fraction = ''] = match ?? [];
  if (!match || !/^(\d*|\d{1,3}(,\d{3})+)$/.test(whole)) throw unsupported(`number format '${format}'`);
  const digits = whole.replaceAll(',', '');
  return {
    fill: fill !== undefined,
    digits: digits.length,
    zeros: digits.includes('0') ? digits.length - digits.indexOf('0') : fraction ? 0 : 1,
    decimals: fraction.length,
    groups: whole.split(',').length - 1,
    dollar: dollar !== undefined,
  };
}

/** The number's text: a blank or minus before it, padded with blanks to the format's width; `#` where it does not fit. */
export function numberText(value: Lowered, text: string): Lowered {
  const format = parseFormat(text);
  if (format.dollar || (format.groups > 0 && format.zeros > 1)) throw unsupported(`number format '${text}'`);
  const rounded = `round(CAST(abs(${value.sql}) AS DECIMAL(38,${format.decimals})), ${format.decimals})`;
  const whole =
    format.groups > 0
      ? `format('{:,}', CAST(trunc(${rounded}) AS BIGINT))`
      : `lpad(CAST(trunc(${rounded}) AS VARCHAR), CAST(greatest(length(CAST(trunc(${rounded}) AS VARCHAR)), ${format.zeros}) AS INTEGER), '0')`;
  const body =
    format.decimals > 0 ? `${whole} || '.' || right(CAST(${rounded} AS VARCHAR), ${format.decimals})` : whole;
  const signed = `CASE WHEN ${value.sql} < 0 THEN '-' ELSE ${format.fill ? "''" : "' '"} END || ${body}`;
  if (format.fill) return varchar(`(${signed})`);
  const width = 1 + format.digits + format.groups + (format.decimals > 0 ? 1 + format.decimals : 0);
  return varchar(
    `(CASE WHEN length(${signed}) > ${width} THEN repeat('#', ${width}) ELSE lpad(${signed}, CAST(${width} AS INTEGER), ' ') END)`,
  );
}

/** The digits of a text in that format, as a text that can be cast; 100038 (or NULL, with `tries`) for any other text. */
export function plainDigits(text: string, model: string, tries: boolean): string {
  const format = parseFormat(model);
  const whole = format.groups > 0 ? `(\\d{1,3}(,\\d{3})*|\\d*)` : `\\d{0,${format.digits}}`;
  const pattern = `^\\s*[-+]?${format.dollar ? '\\$' : ''}${whole}${format.decimals > 0 ? `(\\.\\d{0,${format.decimals}})?` : ''}\\s*$`;
  const refused = tries
    ? ''
    : ` WHEN ${text} IS NOT NULL THEN error('SF:100038:22018:Numeric value ''' || ${text} || ''' is not recognized')`;
  return `(CASE WHEN regexp_matches(${text}, ${quoteLiteral(pattern)}) THEN translate(${text}, '$, ', '')${refused} END)`;
}
