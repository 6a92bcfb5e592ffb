/** Shorthands for results, and arguments brought to the type a function takes. */
import { unsupported } from '../../errors';
import type { SqlType } from '../../values';
import type { Lowered } from '../compilation';
import { literalOf as literalIn } from '../duck-text';
import { COUNTED, OF_NULL } from '../number-types';
import { cast, isNumeric, isSemi, toText, toVariant } from '../lower/coerce';

export const INTEGER: SqlType = { kind: 'NUMBER', precision: 38, scale: 0 };

export const varchar = (sql: string): Lowered => ({ sql, type: { kind: 'VARCHAR' } });
export const boolean = (sql: string): Lowered => ({ sql, type: { kind: 'BOOLEAN' } });
export const integer = (sql: string): Lowered => ({ sql: `CAST(${sql} AS HUGEINT)`, type: INTEGER });
/** Of characters or bytes. */
export const counted = (sql: string): Lowered => ({ sql: `CAST(${sql} AS HUGEINT)`, type: COUNTED });
export const float = (sql: string): Lowered => ({ sql, type: { kind: 'FLOAT' } });
export const variant = (sql: string): Lowered => ({ sql, type: { kind: 'VARIANT' } });
export const array = (sql: string): Lowered => ({ sql, type: { kind: 'ARRAY' } });
/** @param texts a VARCHAR[] */
export const textArray = (texts: string): Lowered => ({ ...array(`to_json(${texts})`), texts });
export const object = (sql: string): Lowered => ({ sql, type: { kind: 'OBJECT' } });

/** The argument as text; binary stays bytes. */
export function textOf(value: Lowered): string {
  return value.type.kind === 'NULL' ? 'CAST(NULL AS VARCHAR)' : toText(value);
}

/** A count or position: DuckDB takes 64 bits. */
export function bigint(value: Lowered): string {
  if (/^-?\d+$/.test(value.sql)) return value.sql;
  const number = isNumeric(value.type) ? value : cast(value, INTEGER);
  return `CAST(${number.type.kind === 'FLOAT' ? `round(${number.sql})` : number.sql} AS BIGINT)`;
}

/** A count that negative ones leave at nothing, and NULL at NULL. */
export function atLeast0(value: Lowered): string {
  const count = bigint(value);
  if (/^\d+$/.test(count)) return count;
  return `CASE WHEN ${count} < 0 THEN 0 ELSE ${count} END`;
}

export function int32(value: Lowered): string {
  if (/^-?\d+$/.test(value.sql)) return value.sql;
  return `CAST(${bigint(value)} AS INTEGER)`;
}

/** A number of whatever kind: texts and variants are FLOATs. */
export function numeric(value: Lowered): Lowered {
  if (isNumeric(value.type)) return value;
  if (value.type.kind === 'NULL') return { sql: 'CAST(NULL AS HUGEINT)', type: OF_NULL };
  return cast(value, { kind: 'FLOAT' });
}

export function double(value: Lowered): string {
  return `CAST(${numeric(value).sql} AS DOUBLE)`;
}

export function json(value: Lowered): string {
  return toVariant(value);
}

/** The value of a literal whole number, undefined for anything else. */
export function literalInteger(value: Lowered): number | undefined {
  const match = /^\(?(-?\d+)\)?$/.exec(value.sql);
  return match ? Number(match[1]) : undefined;
}

/** The text of a literal, undefined for anything else. */
export const literalOf = (value: Lowered): string | undefined => literalIn(value.sql);

/** The text of a literal argument. @throws SnowflakeError for anything that has to be computed */
export function literalText(value: Lowered, name: string): string {
  const literal = literalOf(value);
  if (literal === undefined) throw unsupported(`${name} with a computed format`);
  return literal;
}

/** An ARRAY from an array or a variant that holds one. */
export function list(value: Lowered): string {
  return isSemi(value.type) ? value.sql : toVariant(value);
}
