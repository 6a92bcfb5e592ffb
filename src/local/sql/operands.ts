/** Which types have a sum, or are true or false. https://docs.snowflake.com/en/sql-reference/operators */
import type { Type } from './compilation';
import { showFull } from './types';

type Kind = Type['kind'];

const NUMBERS = new Set<Kind>(['NUMBER', 'FLOAT']);
const MOMENTS = new Set<Kind>(['TIME', 'TIMESTAMP_NTZ', 'TIMESTAMP_LTZ', 'TIMESTAMP_TZ']);
/** What AND, OR and NOT take; text and numbers are made BOOLEANs. */
const TRUTHS = new Set<Kind>(['BOOLEAN', 'NUMBER', 'FLOAT', 'VARCHAR', 'VARIANT', 'NULL']);

/** Whether an operator has no value for these types, whatever the values are. */
export function isMisplaced(op: string, kinds: readonly Kind[]): boolean {
  if (op === 'AND' || op === 'OR' || op === 'NOT') return kinds.some((kind) => !TRUTHS.has(kind));
  if (kinds.includes('BOOLEAN') || kinds.includes('BINARY')) return true;
  return kinds.some((kind) => MOMENTS.has(kind)) && kinds.some((kind) => NUMBERS.has(kind));
}

/** 001044, as Snowflake words it. */
export function misplaced(op: string, types: readonly Type[]): string {
  return `Invalid argument types for function '${op}': (${types.map(shown).join(', ')})`;
}

const shown = (type: Type): string => (type.kind === 'NULL' ? 'NULL' : showFull(type));
