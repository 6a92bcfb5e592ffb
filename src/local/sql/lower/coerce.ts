/**
 * Conversions between Snowflake's types, explicit and implicit.
 * https://docs.snowflake.com/en/sql-reference/data-type-conversion
 */
import { SnowflakeError } from '../../errors';
import type { SqlType } from '../../values';
import type { Lowered, Type } from '../compilation';
import { duckType, showType } from '../types';

const SEMI = new Set(['VARIANT', 'ARRAY', 'OBJECT']);
const TIMESTAMPS = new Set(['TIMESTAMP_NTZ', 'TIMESTAMP_LTZ', 'TIMESTAMP_TZ']);
export const isSemi = (type: Type): boolean => SEMI.has(type.kind);
export const isTimestamp = (type: Type): boolean => TIMESTAMPS.has(type.kind);
export const isNumeric = (type: Type): boolean => type.kind === 'NUMBER' || type.kind === 'FLOAT';
export const isTemporal = (type: Type): boolean =>
  isTimestamp(type) || type.kind === 'DATE' || type.kind === 'TIME';

/** `value::type`. With `tries`, what cannot be converted is NULL. @throws SnowflakeError 001065-like for pairs that never convert */
export function cast(value: Lowered, type: SqlType, tries = false): Lowered {
  if (value.type.kind === 'NULL') return { sql: `CAST(${value.sql} AS ${duckType(type)})`, type };
  const sql = castSql(value, type, tries ? 'TRY_CAST' : 'CAST');
  return type.kind === 'VARIANT' ? { sql, type, holds: value.holds ?? value.type } : { sql, type };
}

function castSql(value: Lowered, type: SqlType, verb: string): string {
  const { sql } = value;
  switch (type.kind) {
    case 'VARCHAR': {
      const text = toText(value);
      if (type.length === undefined) return text;
      return verb === 'CAST'
        ? `left(${text}, ${type.length})`
        : `CASE WHEN length(${text}) <= ${type.length} THEN ${text} END`;
    }
    case 'NUMBER':
      return toNumber(value, type, verb);
    case 'FLOAT':
      if (value.type.kind === 'BOOLEAN' || isNumeric(value.type)) return `CAST(${sql} AS DOUBLE)`;
      return `${verb}(${digitsOf(value, type, verb)} AS DOUBLE)`;
    case 'BOOLEAN':
      if (value.type.kind === 'BOOLEAN') return sql;
      if (isNumeric(value.type)) return `(${sql} <> 0)`;
      return verb === 'CAST'
        ? `sf_boolean(${textOf(value, type)})`
        : `sf_try_boolean(${textOf(value, type)})`;
    case 'DATE':
      return toDate(value, verb);
    case 'TIME':
      if (value.type.kind === 'TIME') return sql;
      if (isTimestamp(value.type)) return `CAST(${toNtz(value, 'CAST')} AS TIME)`;
      return `${verb}(sf_time(${textOf(value, type)}) AS TIME)`;
    case 'TIMESTAMP_NTZ':
      return toNtz(value, verb);
    case 'TIMESTAMP_LTZ':
      return toLtz(value, verb);
    case 'TIMESTAMP_TZ':
      return toTz(value, verb);
    case 'BINARY':
      if (value.type.kind === 'BINARY') return sql;
      return `${verb === 'CAST' ? 'sf_unhex' : 'sf_try_unhex'}(${textOf(value, type)})`;
    case 'VARIANT':
      return toVariant(value);
    case 'ARRAY':
      if (value.type.kind === 'ARRAY') return sql;
      if (value.type.kind === 'VARIANT') return `sf_to_array(${sql})`;
      return `sf_to_array(${toVariant(value)})`;
    case 'OBJECT':
      if (value.type.kind === 'OBJECT') return sql;
      if (value.type.kind === 'VARIANT') return `sf_only(${sql}, 'OBJECT', 'OBJECT')`;
      throw cannotCast(value.type, type);
  }
}

/** The text that another type's parser reads: of strings and of variants. */
function textOf(value: Lowered, target: SqlType): string {
  if (value.type.kind === 'VARCHAR') return value.sql;
  // Of a VARIANT only a text is a date or a time: https://docs.snowflake.com/en/sql-reference/functions/to_date
  if (value.type.kind === 'VARIANT' && (target.kind === 'DATE' || target.kind === 'TIME'))
    return `sf_only_text(${value.sql}, '${target.kind}')`;
  if (value.type.kind === 'VARIANT') return `(${value.sql} ->> '$')`;
  throw cannotCast(value.type, target);
}

/** The text of a number: DuckDB would pass over underscores in it. */
function digitsOf(value: Lowered, target: SqlType, verb: string): string {
  if (value.type.kind === 'VARIANT' && verb === 'CAST')
    return `sf_variant_digits(${value.sql}, '${target.kind === 'FLOAT' ? 'REAL' : 'FIXED'}')`;
  const text = textOf(value, target);
  if (/^'[^_]*'$/.test(text)) return text;
  return `${verb === 'CAST' ? 'sf_digits' : 'sf_try_digits'}(${text})`;
}

function cannotCast(from: Type, to: SqlType): SnowflakeError {
  return new SnowflakeError(
    '001065',
    '22023',
    `SQL compilation error:\ninvalid type [CAST(${showType(from as SqlType)} AS ${showType(to)})] for parameter 'TO_${to.kind}'`,
  );
}

function toNumber(value: Lowered, type: SqlType & { kind: 'NUMBER' }, verb: string): string {
  const target = duckType(type);
  if (value.type.kind === 'NUMBER') {
    if (value.type.precision === type.precision && value.type.scale === type.scale) return value.sql;
    return `${verb}(${value.sql} AS ${target})`;
  }
  // DuckDB rounds halves of doubles to even when it casts; Snowflake rounds them away from zero.
  if (value.type.kind === 'FLOAT') return `${verb}(round(${value.sql}, ${type.scale}) AS ${target})`;
  if (value.type.kind === 'BOOLEAN') return `${verb}(CAST(${value.sql} AS INTEGER) AS ${target})`;
  return `${verb}(${digitsOf(value, type, verb)} AS ${target})`;
}

function toDate(value: Lowered, verb: string): string {
  if (value.type.kind === 'DATE') return value.sql;
  if (isTimestamp(value.type)) return `CAST(${toNtz(value, 'CAST')} AS DATE)`;
  const macro = verb === 'CAST' ? 'sf_date' : 'sf_try_date';
  return `${macro}(${textOf(value, { kind: 'DATE' })})`;
}

/**
 * A number is of seconds, or of what parts of one are `scale` decimals; only in a text its size counts.
 * https://docs.snowflake.com/en/sql-reference/functions/to_timestamp
 */
export function ofSeconds({ sql, type }: Lowered, scale = 0): string {
  if (scale > 6) return `sf_instant(CAST(${sql} AS HUGEINT) // ${10 ** (scale - 6)})`;
  const whole = type.kind === 'NUMBER' && type.scale === 0;
  return `sf_instant(CAST(${sql} AS ${whole ? 'HUGEINT' : 'DECIMAL(38,6)'}) * ${10 ** (6 - scale)})`;
}

/** The wall clock: of the session's zone for LTZ, of its own offset for TZ. */
export function toNtz(value: Lowered, verb = 'CAST'): string {
  switch (value.type.kind) {
    case 'TIMESTAMP_NTZ':
      return value.sql;
    case 'TIMESTAMP_LTZ':
    case 'DATE':
      return `CAST(${value.sql} AS TIMESTAMP)`;
    case 'TIMESTAMP_TZ':
      return `sf_tz_wall(${value.sql})`;
    case 'NUMBER':
      return ofSeconds(value);
    case 'VARIANT':
      return `sf_variant_ntz(${value.sql}, ${verb === 'CAST' ? 'sf_ntz' : 'sf_try_ntz'}(${textOf(value, { kind: 'TIMESTAMP_NTZ' })}))`;
    default:
      return `${verb === 'CAST' ? 'sf_ntz' : 'sf_try_ntz'}(${textOf(value, { kind: 'TIMESTAMP_NTZ' })})`;
  }
}

/** The instant. */
export function toLtz(value: Lowered, verb = 'CAST'): string {
  switch (value.type.kind) {
    case 'TIMESTAMP_LTZ':
      return value.sql;
    case 'TIMESTAMP_TZ':
      return `(${value.sql}).t`;
    case 'TIMESTAMP_NTZ':
    case 'DATE':
      return `CAST(${value.sql} AS TIMESTAMPTZ)`;
    case 'NUMBER':
      return `(${ofSeconds(value)} AT TIME ZONE 'UTC')`;
    default:
      return `${verb === 'CAST' ? 'sf_ltz' : 'sf_try_ltz'}(${textOf(value, { kind: 'TIMESTAMP_LTZ' })})`;
  }
}

function toTz(value: Lowered, verb: string): string {
  if (value.type.kind === 'TIMESTAMP_TZ') return value.sql;
  if (value.type.kind === 'VARCHAR' || value.type.kind === 'VARIANT') {
    return `${verb === 'CAST' ? 'sf_tz' : 'sf_try_tz'}(${textOf(value, { kind: 'TIMESTAMP_TZ' })})`;
  }
  return `sf_tz_of_ltz(${toLtz(value, verb)})`;
}

/** Text as Snowflake writes values with its default output formats. */
export function toText(value: Lowered): string {
  switch (value.type.kind) {
    case 'VARCHAR':
      return value.sql;
    case 'FLOAT':
      return `sf_float_text(${value.sql})`;
    case 'TIMESTAMP_NTZ':
      return `strftime(${value.sql}, '%Y-%m-%d %H:%M:%S.%g')`;
    case 'TIMESTAMP_LTZ':
      return `sf_ltz_text(${value.sql})`;
    case 'TIMESTAMP_TZ':
      return `sf_tz_text(${value.sql})`;
    case 'TIME':
      return `strftime(CAST(DATE '1970-01-01' + ${value.sql} AS TIMESTAMP), '%H:%M:%S')`;
    case 'BINARY':
      return `hex(${value.sql})`;
    case 'VARIANT':
      return `(${value.sql} ->> '$')`;
    default:
      return `CAST(${value.sql} AS VARCHAR)`;
  }
}

export function toVariant(value: Lowered): string {
  if (isSemi(value.type)) return value.sql;
  if (value.type.kind === 'NULL') return 'CAST(NULL AS JSON)';
  const plain = value.type.kind === 'NUMBER' || value.type.kind === 'FLOAT' || value.type.kind === 'BOOLEAN';
  const of = plain ? value.sql : toText(value);
  return `(CASE WHEN ${of} IS NULL THEN NULL ELSE to_json(${of}) END)`;
}

/** A value on its way into a column: implicit conversion, and an error where text does not fit. */
export function assign(value: Lowered, type: SqlType): string {
  if (type.kind === 'VARCHAR') {
    const text =
      isSemi(value.type) || value.type.kind === 'VARCHAR' || value.type.kind === 'NULL'
        ? toText(value)
        : cast(value, { kind: 'VARCHAR' }).sql;
    return type.length === undefined || value.type.kind === 'NULL' ? text : `sf_fit(${text}, ${type.length})`;
  }
  return cast(value, type).sql;
}
