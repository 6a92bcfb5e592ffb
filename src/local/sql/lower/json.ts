/** Semi-structured values: paths into them, arrays and objects from parts. */
import { SnowflakeError } from '../../errors';
import type { Expression } from '../ast';
import type { Lowered } from '../compilation';
import { quoteLiteral } from '../duck-text';
import { isSemi, toText, toVariant } from './coerce';
import { bigint } from '../functions/types';
import { lower, type Context } from './expression';

export function lowerPath(expression: Expression & { is: 'path' }, context: Context): Lowered {
  const operand = lower(expression.operand, context);
  if (!isSemi(operand.type) && operand.type.kind !== 'NULL') {
    throw new SnowflakeError(
      '001044',
      '42P13',
      `SQL compilation error:\nInvalid argument types for function 'GET': (${operand.type.kind}, VARCHAR)`,
    );
  }
  // A star in a path of DuckDB's is any key, quoted too.
  if (expression.step.is === 'string' && !expression.step.value.includes('*')) {
    const path = `$."${expression.step.value.replaceAll('"', '\\"')}"`;
    return { sql: `json_extract(${operand.sql}, ${quoteLiteral(path)})`, type: { kind: 'VARIANT' } };
  }
  if (expression.step.is === 'number')
    return { sql: `json_extract(${operand.sql}, '$[${expression.step.text}]')`, type: { kind: 'VARIANT' } };
  return element(operand, lower(expression.step, context));
}

/**
 * By a text the value of that key, by a number the element at that place.
 * https://docs.snowflake.com/en/sql-reference/functions/get
 */
export function element(operand: Lowered, step: Lowered): Lowered {
  const sql =
    step.type.kind === 'VARCHAR'
      ? `sf_get_key(${operand.sql}, ${step.sql})`
      : `sf_get_at(${operand.sql}, ${bigint(step)})`;
  return { sql, type: { kind: 'VARIANT' } };
}

/** NULL elements become JSON nulls. */
export function jsonArray(items: readonly Lowered[]): string {
  if (items.length === 0) return `CAST('[]' AS JSON)`;
  return `to_json([${items.map((item) => `coalesce(${toVariant(item)}, CAST('null' AS JSON))`).join(', ')}])`;
}

export function lowerObject(entries: [Expression, Expression][], context: Context): Lowered {
  const args = entries.flatMap(([key, value]) => [lower(key, context), lower(value, context)]);
  return { sql: jsonObject(args), type: { kind: 'OBJECT' } };
}

/** Alternating keys and values, sorted by key; an entry with a NULL is left out, as OBJECT_CONSTRUCT does. */
export function jsonObject(args: readonly Lowered[], keepNulls = false): string {
  if (args.length === 0) return `CAST('{}' AS JSON)`;
  const entries: string[] = [];
  for (let index = 0; index + 1 < args.length; index += 2) {
    const value = toVariant(args[index + 1]!);
    entries.push(
      jsonEntry(toText(args[index]!), keepNulls ? `coalesce(${value}, CAST('null' AS JSON))` : value),
    );
  }
  return `sf_object(list_filter([${entries.join(', ')}], lambda e: e.k IS NOT NULL AND e.v IS NOT NULL))`;
}

/** A key and its value, of which `sf_object` makes an object. */
export const jsonEntry = (key: string, value: string): string => `{'k': ${key}, 'v': ${value}}`;
