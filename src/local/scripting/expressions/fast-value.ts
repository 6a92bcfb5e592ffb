/** What a fast expression gives, or does not give. */
import { INTEGER, NULL, type SqlType, type TypedValue } from '../../values';

/** The answer "not here": the caller asks the database. */
export const SLOW = Symbol('slow');
/** A text that only the database computes: good enough for a branch that is not taken. */
export const TEXT_LATER = Symbol('text, later');
/** The same of an array. */
export const ARRAY_LATER = Symbol('array, later');
export type Fast = TypedValue | typeof SLOW;
export type Computed = Fast | typeof TEXT_LATER | typeof ARRAY_LATER;

/** Value of a variable, or of a row variable's column; SLOW for what is no variable. */
export interface Lookup {
  (name: string, column: string | undefined): Fast;
  /** What SYSDATE() says, in microseconds; left out where there is no clock. */
  now?: () => bigint;
}
export type FastExpression = (lookup: Lookup) => Computed;

export function isSlow(value: Computed): value is typeof SLOW | typeof TEXT_LATER | typeof ARRAY_LATER {
  return typeof value === 'symbol';
}

/** The type of the values that are not the bare NULL; SLOW when the database has to find their common one. */
export function commonType(values: readonly Computed[]): SqlType | typeof SLOW {
  let type: SqlType | undefined;
  for (const value of values) {
    if (value === SLOW || value === ARRAY_LATER) return SLOW;
    if (value === NULL) continue;
    const next = value === TEXT_LATER ? NULL.type : value.type;
    const both = type ? sameType(type, next) : next;
    if (!both) return SLOW;
    type = both;
  }
  return type ?? NULL.type;
}

/** Whole numbers have one type here; lengths of texts do not matter; a NUMBER beside a FLOAT becomes one. */
function sameType(a: SqlType, b: SqlType): SqlType | undefined {
  if (a.kind === 'FLOAT' && b.kind === 'NUMBER') return a;
  if (a.kind === 'NUMBER' && b.kind === 'FLOAT') return b;
  if (a.kind !== 'NUMBER' || b.kind !== 'NUMBER') return a.kind === b.kind ? a : undefined;
  if (a.scale !== b.scale) return undefined;
  if (a.precision === b.precision) return a;
  return a.scale === 0 ? INTEGER : undefined;
}

export function typed(value: Computed, type: SqlType): Fast {
  if (isSlow(value)) return SLOW;
  const becomesFloat = type.kind === 'FLOAT' && value.type.kind === 'NUMBER' && value.value !== null;
  return { type, value: becomesFloat ? Number(value.value) : value.value };
}
