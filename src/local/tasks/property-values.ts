/** Values as statements about tasks and alerts write them after `NAME =`; each kind refuses the others, as written. */
import type { Token } from '../sql/lexer';
import type { TokenReader } from '../sql/token-reader';
import { invalidValue } from './task-errors';

const MOST = 2 ** 31 - 1;

/** A whole number of 32 bits, perhaps negative. */
export function readNumber(reader: TokenReader, name: string): number {
  const sign = reader.accept('-') ? '-' : '';
  const token = nextValue(reader);
  const written = sign + token.text;
  if (token.kind !== 'number' || !/^\d+$/.test(token.text) || Number(token.text) > MOST)
    throw invalidValue(written, name);
  return Number(written);
}

export function readBoolean(reader: TokenReader, name: string): boolean {
  const token = nextValue(reader);
  if (!isBoolean(token)) throw invalidValue(token.text, name);
  return token.value === 'TRUE';
}

/** A string, or a name: folded unless it is quoted. */
export function readText(reader: TokenReader, name: string): string {
  const token = nextValue(reader);
  if (token.kind === 'number' || isBoolean(token)) throw invalidValue(token.text, name);
  return token.value;
}

/** As `readText`, but a name stays as it was written: levels are shown so. */
export function readUnfolded(reader: TokenReader, name: string): string {
  const { kind, text } = reader.peek() ?? reader.fail();
  const value = readText(reader, name);
  return kind === 'word' ? text : value;
}

/** An object's name, or one in single quotes. */
export function readObjectName(reader: TokenReader): string {
  return reader.peek()?.kind === 'string' ? reader.string().toUpperCase() : reader.identifier();
}

function nextValue(reader: TokenReader): Token {
  if (reader.peek()?.kind === 'symbol') reader.fail();
  return reader.next();
}

function isBoolean({ kind, value }: Token): boolean {
  return kind === 'word' && (value === 'TRUE' || value === 'FALSE');
}
