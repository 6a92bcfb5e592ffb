/** What a condition of IF, WHILE, UNTIL and a searched CASE takes. https://docs.snowflake.com/en/developer-guide/snowflake-scripting/branch */
import type { TypedValue } from '../../values';

/**
 * TRUE, and whatever reads `1` or `true`: the number 1, a text, a VARIANT. Anything else does not hold, without an error: 2, 'yes',
 * 1.0 in a NUMBER(3,1), a date. What stands inside of AND, OR and NOT has to be a BOOLEAN or convertible to one.
 */
export function holds({ type, value }: TypedValue): boolean {
  if (value === null) return false;
  switch (type.kind) {
    case 'BOOLEAN':
      return value === true;
    case 'NUMBER':
    case 'FLOAT':
    case 'VARCHAR':
    case 'VARIANT':
      return /^(?:1|true)$/i.test(String(value));
    default:
      return false;
  }
}
