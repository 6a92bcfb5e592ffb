/**
 * Simple expressions computed here, so that an IF costs no round trip to the database. Whatever is not surely the same
 * as in Snowflake is left to `Session.evaluate`: an unknown construct when the expression is compiled, a mix of types or
 * an edge case when it runs. Tests compare every form with `Session.evaluate`.
 */
import type { Expression } from '../ast';
import { parseFast } from './fast-parser';
import { SLOW, type Fast, type Lookup } from './fast-value';

const compiled = new WeakMap<Expression, (lookup: Lookup) => Fast>();
/** A longer expression may be nested deeper than the stack is: closures call closures. */
const MOST_TOKENS = 2000;
const never = (): Fast => SLOW;

export function evaluateFast(expression: Expression, lookup: Lookup): Fast {
  let fast = compiled.get(expression);
  if (!fast) {
    fast = expression.tokens.length > MOST_TOKENS ? never : (parseFast(expression.tokens) ?? never);
    compiled.set(expression, fast);
  }
  return fast(lookup);
}
