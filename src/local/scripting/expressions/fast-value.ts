/** What a fast expression gives, or does not give. */
import { NULL, type SqlType, type TypedValue } from '../../values';

/** The answer "not here": the caller asks the database. */
export const SLOW = Symbol('slow');
export type Fast = TypedValue | typeof SLOW;

/** Value of a variable, or of a row variable's column; SLOW for what is no variable. */
export type Lookup = (name: string, column: string | undefined) => Fast;
export type FastExpression = (lookup: Lookup) => Fast;

/** The type of the values that are not the bare NULL; SLOW when they differ. */
export function commonType(values: readonly Fast[]): SqlType | typeof SLOW {
  let type: SqlType | undefined;
  for (const value of values) {
    if (value === SLOW) return SLOW;
    if (value === NULL) continue;
    if (type && (type.kind !== value.type.kind || scaleOf(type) !== scaleOf(value.type))) return SLOW;
    type ??= value.type;
  }
  return type ?? NULL.type;
}

function scaleOf(type: SqlType): number {
  return type.kind === 'NUMBER' ? type.scale : 0;
}

export function typed(value: Fast, type: SqlType): Fast {
  return value === SLOW ? SLOW : { type, value: value.value };
}
