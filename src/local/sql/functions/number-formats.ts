/** Format models of numbers: digits with groups, decimals and FM. https://docs.snowflake.com/en/sql-reference/sql-format-models */
import { unsupported } from '../../errors';
import type { Lowered } from '../compilation';
import { quoteLiteral } from '../duck-text';
import { PRINT_NUMBER } from '../macros';
import { numberModel } from '../number-model';
import { literalOf, textOf, varchar } from './types';

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

/** The number's text: this process prints it (`number-model.ts`). @throws NotModelled for other elements */
export function numberText(value: Lowered, format: Lowered): Lowered {
  const model = literalOf(format);
  if (model !== undefined) requireModel(model, value.type.kind === 'FLOAT');
  return varchar(`${PRINT_NUMBER}(CAST(${value.sql} AS VARCHAR), ${textOf(format)})`);
}

function requireModel(text: string, float: boolean): void {
  const model = numberModel(text);
  if (!model || (model.is === 'shortest' && float)) throw unsupported(`number format '${text}'`);
}

/** The digits of a text in that format, as a text that can be cast; 100038 (or NULL, with `tries`) for any other text. */
export function plainDigits(text: string, model: string, tries: boolean): string {
  if (/^X+$/i.test(model)) return hexadecimalDigits(text, model.length, tries);
  const format = parseFormat(model);
  const whole = format.groups > 0 ? `(\\d{1,3}(,\\d{3})*|\\d*)` : `\\d{0,${format.digits}}`;
  const pattern = `^\\s*[-+]?${format.dollar ? '\\$' : ''}${whole}${format.decimals > 0 ? `(\\.\\d{0,${format.decimals}})?` : ''}\\s*$`;
  const refused = tries
    ? ''
    : ` WHEN ${text} IS NOT NULL THEN error('SF:100038:22018:Numeric value ''' || ${text} || ''' is not recognized')`;
  return `(CASE WHEN regexp_matches(${text}, ${quoteLiteral(pattern)}) THEN translate(${text}, '$, ', '')${refused} END)`;
}

/** At most so many hexadecimal digits. */
function hexadecimalDigits(text: string, digits: number, tries: boolean): string {
  if (digits > 15) throw unsupported('a number format of more than 15 hexadecimal digits');
  const refused = tries
    ? ''
    : ` WHEN ${text} IS NOT NULL THEN error('SF:100038:22018:Numeric value ''' || ${text} || ''' is not recognized')`;
  return `(CASE WHEN regexp_full_match(${text}, '[0-9a-fA-F]{1,${digits}}') THEN CAST(CAST('0x' || ${text} AS BIGINT) AS VARCHAR)${refused} END)`;
}
