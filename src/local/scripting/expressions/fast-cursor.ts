/** Steps through the tokens of an expression; whatever it does not know throws NOT_HERE. */
import type { Token } from '../../sql/lexer';

/** Thrown here, caught where the expression is compiled: it is not for us. */
export const NOT_HERE = new Error('not computed here');

export interface Cursor {
  tokens: readonly Token[];
  at: number;
}

export function next(cursor: Cursor): Token {
  const token = cursor.tokens[cursor.at];
  if (!token) throw NOT_HERE;
  cursor.at += 1;
  return token;
}

export function sees(cursor: Cursor, value: string): boolean {
  const token = cursor.tokens[cursor.at];
  return (token?.kind === 'word' || token?.kind === 'symbol') && token.value === value;
}

export function accept(cursor: Cursor, value: string): boolean {
  if (!sees(cursor, value)) return false;
  cursor.at += 1;
  return true;
}

export function refuse(): never {
  throw NOT_HERE;
}
