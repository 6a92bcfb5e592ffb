/** Values taking the type of the variable, argument or result they go into. */
import type { Session } from '../../engine/contract';
import { SnowflakeError } from '../../errors';
import { bytesFor } from '../../sql/storage';
import { showType } from '../../sql/types';
import { asDouble, decimalOf, decimalValue, rescale } from '../expressions/decimal';
import { SLOW } from '../expressions/fast-value';
import { plainNumber } from '../../sql/number-literal';
import type { SqlType, SqlValue, TypedValue } from '../../values';

/** @throws SnowflakeError 100038 and its kin when the value has no form in that type */
export async function convert(value: TypedValue, type: SqlType, session: Session): Promise<SqlValue> {
  if (value.value === null) return null;
  if (type.kind === 'NUMBER') refuseTooLarge(value, type);
  const plain = convertPlain(value, type);
  if (plain !== undefined) return plain;
  refuseTooLong(value, type);
  return (await session.evaluate(`CAST(? AS ${showType(type)})`, [value])).value;
}

/** Conversions that leave the value as it is; `undefined` for all others, which are the database's. */
export function convertPlain(value: TypedValue, type: SqlType): SqlValue | undefined {
  const from = value.type;
  if (type.kind === 'VARCHAR') return asVarchar(value, type.length);
  if (type.kind === 'NUMBER') {
    if (hasTooManyDigits(value.value)) return undefined;
    if (from.kind === 'NUMBER' && from.scale === type.scale && from.precision <= type.precision)
      return value.value;
    const number = decimalOf(value);
    const rounded = number && decimalValue(rescale(number, type.scale), type.scale, type.precision);
    return rounded === undefined || rounded === SLOW ? undefined : rounded.value;
  }
  if (type.kind === 'FLOAT' && from.kind === 'NUMBER') return asDouble(value);
  const isSizeless = type.kind === from.kind && from.kind !== 'BINARY';
  return isSizeless ? value.value : undefined;
}

/** DuckDB's largest integers have 39 digits, Snowflake's numbers 38. */
function hasTooManyDigits(value: SqlValue): boolean {
  return typeof value === 'bigint' && (value >= 10n ** 38n || value <= -(10n ** 38n));
}

/** Rounded to the type's scale, the number has to fit its precision. */
function refuseTooLarge(value: TypedValue, type: NumberType): void {
  const number = decimalOf(value);
  const isLarge =
    hasTooManyDigits(value.value) || (number && isLargerThan(rescale(number, type.scale), type));
  if (isLarge) throw outOfRange(type, value.value);
}

function isLargerThan(units: bigint, { precision }: NumberType): boolean {
  return units >= 10n ** BigInt(precision) || units <= -(10n ** BigInt(precision));
}

type NumberType = Extract<SqlType, { kind: 'NUMBER' }>;

/** 100039, with the type as Snowflake stores it. */
export function outOfRange({ precision, scale }: NumberType, value: SqlValue): SnowflakeError {
  const shown = plainNumber(String(value).replace('-', '')) ?? String(value);
  const type = `FIXED[SB${bytesFor(precision)}](${precision},${scale}){not null}`;
  const message = `Number out of representable range: type ${type}, value ${String(value).startsWith('-') ? '-' : ''}${shown}`;
  return new SnowflakeError('100039', '22003', message);
}

function asVarchar(value: TypedValue, length: number | undefined): SqlValue | undefined {
  const shown = varcharOf(value);
  return shown !== undefined && fits(shown, length) ? shown : undefined;
}

function fits(shown: string, length: number | undefined): boolean {
  return length === undefined || [...shown].length <= length;
}

/** An explicit CAST cuts text off; going into a variable or argument, it has to fit. */
function refuseTooLong(value: TypedValue, type: SqlType): void {
  const shown = type.kind === 'VARCHAR' ? varcharOf(value) : undefined;
  if (type.kind !== 'VARCHAR' || shown === undefined || fits(shown, type.length)) return;
  throw new SnowflakeError('100078', '22000', `String '${shown}' is too long and would be truncated`);
}

function varcharOf({ type, value }: TypedValue): string | undefined {
  if (type.kind === 'VARCHAR') return value as string;
  if (type.kind === 'BOOLEAN') return String(value);
  return type.kind === 'NUMBER' ? String(value) : undefined;
}
