/**
 * The type that values of different types meet in, and what brings them there.
 * https://docs.snowflake.com/en/sql-reference/data-type-conversion#data-types-that-can-be-coerced
 */
import type { SqlType } from '../../values';
import type { Lowered, Type } from '../compilation';
import { literalOf } from '../duck-text';
import { exactNumber } from '../number-literal';
import { OF_TEXT, widerType } from '../number-types';
import { cast, isNumeric, isSemi } from './coerce';
import { orderedBy } from './order';

/** The type that values of different types meet in: CASE, COALESCE, UNION, IN, GREATEST, comparisons. */
export function commonType(types: readonly Type[]): Type {
  return types.reduce(commonOfTwo, { kind: 'NULL' });
}

const ORDER = [
  'VARIANT',
  'BOOLEAN',
  'FLOAT',
  'NUMBER',
  'TIMESTAMP_TZ',
  'TIMESTAMP_LTZ',
  'TIMESTAMP_NTZ',
  'DATE',
  'TIME',
  'ARRAY',
  'OBJECT',
  'BINARY',
] as const;

function commonOfTwo(a: Type, b: Type): Type {
  if (a.kind === 'NULL') return b;
  if (b.kind === 'NULL') return a;
  if (a.kind === 'VARCHAR' && b.kind === 'VARCHAR') return commonText(a.length, b.length);
  if (a.kind === 'NUMBER' && b.kind === 'NUMBER') return widerType(a, b);
  if (a.kind === b.kind) return a;
  const other = a.kind === 'VARCHAR' ? b : b.kind === 'VARCHAR' ? a : undefined;
  if (other?.kind === 'NUMBER') return widerType(other, OF_TEXT);
  // The first of a text and a BOOLEAN leads; a text beside a VARIANT stays one.
  if (other?.kind === 'BOOLEAN') return a.kind === 'VARCHAR' ? { kind: 'VARCHAR' } : a;
  if (other?.kind === 'VARIANT') return { kind: 'VARCHAR' };
  const kind = ORDER.find((each) => each === a.kind || each === b.kind);
  return a.kind === kind ? a : b;
}

function commonText(a: number | undefined, b: number | undefined): Type {
  return a === undefined || b === undefined
    ? { kind: 'VARCHAR' }
    : { kind: 'VARCHAR', length: Math.max(a, b) };
}

/** A literal that spells a number is of that number's type beside numbers. */
function typeBeside(value: Lowered, numeric: boolean): Type {
  const literal = numeric && value.type.kind === 'VARCHAR' ? literalOf(value.sql) : undefined;
  return (literal === undefined ? undefined : exactNumber(literal.replace(/^[-+]/, ''))?.type) ?? value.type;
}

/** Brings values to their common type. */
export function unify(values: readonly Lowered[]): { values: Lowered[]; type: Type } {
  const numeric = values.some((value) => value.type.kind === 'NUMBER');
  const type = commonType(values.map((value) => typeBeside(value, numeric)));
  if (type.kind === 'NULL') return { values: [...values], type };
  return {
    values: values.map((value) => ({
      sql: inType(value, type),
      type: value.type.kind === 'NULL' ? value.type : type,
    })),
    type,
  };
}

/** As `cast`, where DuckDB would not convert by itself, or would drop decimals: of two numbers of 38 digits it keeps the first's. */
export function inType(value: Lowered, type: Type): string {
  if (value.type.kind === 'NULL' || type.kind === 'NULL') return value.sql;
  if (value.type.kind === 'NUMBER' && type.kind === 'NUMBER')
    return value.type.scale === type.scale ? value.sql : `CAST(${value.sql} AS DECIMAL(38,${type.scale}))`;
  return value.type.kind === type.kind ? value.sql : cast(value, type).sql;
}

/** Both sides of a comparison, so that DuckDB compares as Snowflake does. */
export function forComparison(left: Lowered, right: Lowered): [Lowered, Lowered] {
  const kinds = [left.type.kind, right.type.kind];
  if (kinds.includes('VARIANT') && left.type.kind !== right.type.kind) {
    const other = left.type.kind === 'VARIANT' ? right : left;
    if (other.type.kind !== 'NULL' && !isSemi(other.type)) {
      const side = (value: Lowered): Lowered =>
        value === other ? value : cast(value, other.type as SqlType, isNumeric(other.type));
      return [side(left), side(right)];
    }
  }
  if (left.type.kind === 'VARIANT' && right.type.kind === 'VARIANT') return [inOrder(left), inOrder(right)];
  if (comparesAsItIs(left.type, right.type)) return [left, right];
  // A text is read as the BOOLEAN beside it, whichever comes first.
  if (left.type.kind === 'VARCHAR' && right.type.kind === 'BOOLEAN') return [cast(left, right.type), right];
  const { values } = unify([left, right]);
  const instant = (value: Lowered): Lowered =>
    value.type.kind === 'TIMESTAMP_TZ' ? { sql: `(${value.sql}).t`, type: { kind: 'TIMESTAMP_LTZ' } } : value;
  return [instant(values[0]!), instant(values[1]!)];
}

/** By kind and value, which are equal for equal numbers however they are written. */
const inOrder = (value: Lowered): Lowered => ({ sql: orderedBy(value), type: value.type });

/** Of one scale, or of more decimals than leave room before the point. */
function comparesAsItIs(a: Type, b: Type): boolean {
  return (
    a.kind === 'NUMBER' && b.kind === 'NUMBER' && (a.scale === b.scale || Math.max(a.scale, b.scale) > 12)
  );
}
