/**
 * SYSTEM$TYPEOF in an expression of a block: of a variable its declared type. In SQL it is a function as any other.
 * https://docs.snowflake.com/en/sql-reference/functions/system_typeof
 */
import { closingOf } from '../../sql/closing';
import type { Token } from '../../sql/lexer';
import { bytesFor, storedAs } from '../../sql/storage';
import { showType } from '../../sql/types';
import { text, type TypedValue } from '../../values';
import { parseFast } from './fast-parser';
import { SLOW, type Lookup } from './fast-value';
import { numberLiteral } from './literals';

/** The call that begins at a token, computed; `undefined` for another token and for what the database has to compute. */
export function typeOfCall(
  tokens: readonly Token[],
  at: number,
  lookup: Lookup,
): { value: TypedValue; length: number } | undefined {
  if (tokens[at]?.value !== 'SYSTEM$TYPEOF' || tokens[at + 1]?.text !== '(') return undefined;
  const end = closingOf(tokens, at + 1) ?? tokens.length;
  const inside = tokens.slice(at + 2, end);
  const value = parseFast(inside)?.(lookup) ?? SLOW;
  if (value === SLOW) return undefined;
  return { value: text(shown(value, inside)), length: end + 1 - at };
}

function shown({ type, value }: TypedValue, written: readonly Token[]): string {
  const [only] = written.filter(({ text: each }) => each !== ':');
  const isName = written.length <= 2 && (only?.kind === 'word' || only?.kind === 'quoted');
  if (type.kind === 'VARCHAR') {
    if (only?.value === 'NULL') return 'NULL[LOB]';
    if (isName) return 'VARCHAR[LOB]';
    const isLiteral = written.length === 1 && only?.kind === 'string';
    return `VARCHAR(${isLiteral ? Math.max(1, [...String(value)].length) : 134_217_728})[LOB]`;
  }
  if (type.kind !== 'NUMBER') return `${showType(type)}[${storedAs(type)}]`;
  const literal = written.length === 1 && only?.kind === 'number' ? numberLiteral(only.text) : undefined;
  return `${showType(type)}[SB${literal ? bytesOf(literal) : bytesFor(type.precision)}]`;
}

function bytesOf({ value }: TypedValue): number {
  const units = Number(String(value).replace('.', ''));
  return units < 2 ** 7 ? 1 : units < 2 ** 15 ? 2 : units < 2 ** 31 ? 4 : units < 2 ** 63 ? 8 : 16;
}
