/**
 * Bind variables as the protocol carries them: `{"1": {"type": "FIXED", "value": "42"}}`, every value as text, an array
 * of texts where one statement is run for many rows.
 * Written by snowflake-sdk `lib/connection/statement.js` (buildBindsMap) and snowflake-connector-python `cursor.py`.
 */
import { SnowflakeError } from '../errors';
import { lineAndPosition, tokenize } from '../sql/lexer';
import type { SqlType, SqlValue, TypedValue } from '../values';

export interface WireBind {
  type: string;
  value: string | null | (string | null)[];
}

/** By position, from `'1'`. */
export type WireBinds = Readonly<Record<string, WireBind>>;

/**
 * One row of typed values for each time the statement is to run; one empty row without binds.
 * @throws SnowflakeError for a type or a value that is not one of the protocol's
 */
export function decodeBinds(binds: WireBinds | undefined): TypedValue[][] {
  const columns = inOrder(binds ?? {});
  const lengths = new Set(columns.flatMap(({ value }) => (Array.isArray(value) ? [value.length] : [])));
  const [rows = 1] = lengths;
  if (lengths.size > 1) throw invalidBind(`arrays of ${[...lengths].join(' and ')} values`);
  return Array.from({ length: rows }, (_, row) =>
    columns.map(({ type, value }) => decodeBind(type, Array.isArray(value) ? (value[row] ?? null) : value)),
  );
}

/** Whether the client sent arrays: the statement is run once for each row. */
export function isArrayBind(binds: WireBinds | undefined): boolean {
  return Object.values(binds ?? {}).some(({ value }) => Array.isArray(value));
}

function inOrder(binds: WireBinds): WireBind[] {
  const positions = Object.keys(binds).map(Number);
  const valid = positions.every((position) => Number.isInteger(position) && position > 0);
  if (!valid) throw invalidBind(`positions ${Object.keys(binds).join(', ')}`);
  return Array.from({ length: positions.length }, (_, index) => {
    const bind = binds[String(index + 1)];
    if (!bind) throw invalidBind(`position ${index + 1} is missing`);
    return bind;
  });
}

const TYPES: Record<string, SqlType> = {
  FIXED: { kind: 'NUMBER', precision: 38, scale: 0 },
  REAL: { kind: 'FLOAT' },
  TEXT: { kind: 'VARCHAR' },
  ANY: { kind: 'VARCHAR' },
  BOOLEAN: { kind: 'BOOLEAN' },
  DATE: { kind: 'DATE' },
  TIME: { kind: 'TIME' },
  TIMESTAMP_NTZ: { kind: 'TIMESTAMP_NTZ' },
  TIMESTAMP_LTZ: { kind: 'TIMESTAMP_LTZ' },
  TIMESTAMP_TZ: { kind: 'TIMESTAMP_TZ' },
  BINARY: { kind: 'BINARY' },
  VARIANT: { kind: 'VARIANT' },
  ARRAY: { kind: 'ARRAY' },
  OBJECT: { kind: 'OBJECT' },
};

/** @throws SnowflakeError for a type the protocol does not have, or text that is no value of it */
export function decodeBind(wireType: string, text: string | null): TypedValue {
  const type = TYPES[wireType.toUpperCase()];
  if (!type) throw invalidBind(`type ${wireType}`);
  if (text === null) return { type, value: null };
  if (type.kind === 'NUMBER') return decodeNumber(text);
  const value = decodeText(type, text);
  if (value === undefined) throw invalidBind(`'${text}' is no ${type.kind}`);
  return { type, value };
}

const LARGEST_NUMBER = 10n ** 38n - 1n;
/** https://docs.snowflake.com/en/sql-reference/data-types-datetime: years up to 9999, in milliseconds. */
const LARGEST_MILLIS = 253_402_300_799_999;
const DAY_MICROS = 86_400_000_000n;

function decodeNumber(text: string): TypedValue {
  const digits = /^([+-]?\d+)(?:\.(\d+))?$/.exec(text.trim());
  if (!digits) throw invalidBind(`'${text}' is no NUMBER`);
  const scale = digits[2]?.length ?? 0;
  const type: SqlType = { kind: 'NUMBER', precision: 38, scale };
  if (scale > 0) return { type, value: text.trim() };
  const whole = BigInt(digits[1]!);
  if (whole > LARGEST_NUMBER || whole < -LARGEST_NUMBER) throw outOfRange(text);
  return { type, value: Number.isSafeInteger(Number(whole)) ? Number(whole) : whole };
}

/** `undefined` for text that is no value of the type. */
function decodeText(type: SqlType, text: string): SqlValue | undefined {
  switch (type.kind) {
    case 'FLOAT':
      return floatOf(text);
    case 'BOOLEAN':
      return booleanOf(text);
    case 'DATE': // milliseconds
      return isMillis(text) ? Math.floor(Number(text) / 86_400_000) : undefined;
    case 'TIME': // nanoseconds
      return isInteger(text) && isTimeOfDay(BigInt(text) / 1000n) ? BigInt(text) / 1000n : undefined;
    case 'TIMESTAMP_NTZ':
    case 'TIMESTAMP_LTZ':
      return microsOf(text);
    case 'TIMESTAMP_TZ':
      return timestampTzOf(text);
    case 'BINARY':
      return /^(?:[\da-f]{2})*$/i.test(text) ? text.toUpperCase() : undefined;
    case 'VARIANT':
    case 'ARRAY':
    case 'OBJECT':
      return isJson(text, type.kind) ? text : undefined;
    default:
      return text;
  }
}

function floatOf(text: string): number | undefined {
  const special: Record<string, number> = { nan: NaN, inf: Infinity, infinity: Infinity };
  const word = text.trim().toLowerCase();
  const [, sign, name = ''] = /^([+-]?)(nan|inf|infinity)$/.exec(word) ?? [];
  if (name in special) return sign === '-' ? -special[name]! : special[name]!;
  return word === '' || Number.isNaN(Number(word)) ? undefined : Number(word);
}

function isJson(text: string, kind: SqlType['kind']): boolean {
  try {
    const value: unknown = JSON.parse(text);
    if (kind === 'ARRAY') return Array.isArray(value);
    return kind === 'VARIANT' || (typeof value === 'object' && value !== null && !Array.isArray(value));
  } catch {
    return false;
  }
}

const isMillis = (text: string): boolean => isInteger(text) && Math.abs(Number(text)) <= LARGEST_MILLIS;

const isTimeOfDay = (micros: bigint): boolean => micros >= 0n && micros < DAY_MICROS;

/** Microseconds of as many nanoseconds. */
function microsOf(nanoseconds: string): bigint | undefined {
  if (!isInteger(nanoseconds)) return undefined;
  const micros = BigInt(nanoseconds) / 1000n;
  return isMillis(String(micros / 1000n)) ? micros : undefined;
}

const isInteger = (text: string): boolean => /^-?\d+$/.test(text);

function booleanOf(text: string): boolean | undefined {
  if (/^(true|1)$/i.test(text)) return true;
  return /^(false|0)$/i.test(text) ? false : undefined;
}

/** `"<nanoseconds> <offset minutes + 1440>"`. */
function timestampTzOf(text: string): string | undefined {
  const match = /^(-?\d+) (\d{1,4})$/.exec(text);
  const micros = match ? microsOf(match[1]!) : undefined;
  const offset = Number(match?.[2]) - 1440;
  return micros === undefined || Math.abs(offset) > 1440 ? undefined : `${micros} ${offset}`;
}

function outOfRange(text: string): SnowflakeError {
  return new SnowflakeError('100039', '22003', `Numeric value '${text}' is out of range`);
}

function invalidBind(what: string): SnowflakeError {
  return new SnowflakeError('002049', '42601', `SQL compilation error: error: bind variable: ${what}.`);
}

/**
 * `:1`, `:2` are another way to write binds; the engine knows `?`. Where the text has numbered ones, they become `?`
 * and the values follow in the order of the text. Text inside literals and `$$` is not looked at.
 */
export function positionBinds(
  sql: string,
  row: readonly TypedValue[],
): { sql: string; binds: readonly TypedValue[] } {
  if (row.length === 0 || !/:\d/.test(sql)) return { sql, binds: row };
  const binds: TypedValue[] = [];
  let text = '';
  let copied = 0;
  const tokens = tokenize(sql);
  tokens.forEach((token, index) => {
    const number = tokens[index + 1];
    if (token.text !== ':' || number?.kind !== 'number' || number.start !== token.end) return;
    if (isPath(tokens[index - 1], token.start)) return;
    const value = row[Number(number.text) - 1];
    if (!value) throw missingBind(sql, token.start, number.text);
    binds.push(value);
    text += `${sql.slice(copied, token.start)}?`;
    copied = number.end;
  });
  return binds.length > 0 ? { sql: text + sql.slice(copied), binds } : { sql, binds: row };
}

/** `src:1` with nothing between is an element of a VARIANT. */
function isPath(before: { kind: string; text: string; end: number } | undefined, colon: number): boolean {
  if (before?.end !== colon) return false;
  return before.kind === 'word' || before.kind === 'quoted' || before.text === ']' || before.text === ')';
}

function missingBind(sql: string, at: number, number: string): SnowflakeError {
  const { line, position } = lineAndPosition(sql, at);
  return new SnowflakeError(
    '002049',
    '42601',
    `SQL compilation error: error line ${line} at position ${position}\nBind variable :${number} not set.`,
  );
}
