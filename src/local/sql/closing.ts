/** Where a parenthesis is closed. */
import type { Token } from './lexer';

/** @param open the place of a `(` @returns the place of its `)`; `undefined` where it is not closed */
export function closingOf(tokens: readonly Token[], open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    if (tokens[at]!.text === '(') depth += 1;
    if (tokens[at]!.text === ')') depth -= 1;
    if (depth === 0) return at;
  }
  return undefined;
}
