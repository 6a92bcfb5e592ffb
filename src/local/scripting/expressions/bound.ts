/** An expression as SQL text, its variables replaced by `?`: what `Session.evaluate` takes. */
import type { Token } from '../../sql/lexer';
import type { TypedValue } from '../../values';
import type { Expression } from '../ast';
import { SLOW, type Lookup } from './fast-value';
import { plainNumber } from '../../sql/number-literal';
import { typeOfCall } from './type-of';

export interface BoundText {
  sql: string;
  binds: TypedValue[];
}

/**
 * A number is the one it writes: 1.50 is 1.5 and 1e2 is 100, exactly.
 * Outside of a subquery a variable is named without its colon; inside one only the colon makes it a variable.
 * https://docs.snowflake.com/en/developer-guide/snowflake-scripting/variables#using-a-variable-in-an-expression
 */
export function bindVariables({ text, tokens }: Expression, lookup: Lookup): BoundText {
  const binds: TypedValue[] = [];
  const from = tokens[0]!.start;
  let sql = '';
  let copied = from;
  for (let at = 0; at < tokens.length;) {
    const token = tokens[at]!;
    const literal = token.kind === 'number' ? plainNumber(token.text) : undefined;
    if (literal !== undefined && literal !== token.text && !inSubquery(tokens, at)) {
      sql += text.slice(copied - from, token.start - from) + literal;
      copied = token.end;
    }
    const found = variableAt(tokens, at, lookup);
    if (found) {
      sql += text.slice(copied - from, tokens[at]!.start - from) + '?';
      copied = tokens[at + found.length - 1]!.end;
      binds.push(found.value);
    }
    at += found?.length ?? 1;
  }
  return { sql: sql + text.slice(copied - from), binds };
}

function variableAt(
  tokens: readonly Token[],
  at: number,
  lookup: Lookup,
): { value: TypedValue; length: number } | undefined {
  const type = inSubquery(tokens, at) ? undefined : typeOfCall(tokens, at, lookup);
  if (type) return type;
  const colon = colonAt(tokens, at) === 'bind' ? 1 : 0;
  const name = tokens[at + colon];
  if (name?.kind !== 'word' && name?.kind !== 'quoted') return undefined;
  if (name.value !== RESULTSET_STATUS && colon === 0 && (!isFree(tokens, at) || inSubquery(tokens, at)))
    return undefined;
  if (name.value === RESULTSET_STATUS) return resultSetStatus(tokens, at, lookup);
  const column = tokens[at + colon + 1]?.text === '.' ? tokens[at + colon + 2] : undefined;
  if (column) {
    const value = lookup(name.value, column.value);
    if (value !== SLOW) return { value, length: colon + 3 };
  }
  const value = lookup(name.value, undefined);
  return value === SLOW ? undefined : { value, length: colon + 1 };
}

/** The function whose argument is a RESULTSET, and its name as a column of one for the lookup. */
export const RESULTSET_STATUS = 'SYSTEM$GET_RESULTSET_STATUS';

/** https://docs.snowflake.com/en/sql-reference/functions/system_get_resultset_status */
function resultSetStatus(
  tokens: readonly Token[],
  at: number,
  lookup: Lookup,
): { value: TypedValue; length: number } | undefined {
  const name = tokens[at + 2];
  const value = name ? lookup(name.value, RESULTSET_STATUS) : SLOW;
  const isCall = tokens[at + 1]?.text === '(' && tokens[at + 3]?.text === ')';
  return isCall && value !== SLOW ? { value, length: 4 } : undefined;
}

/** Not a function's name, a part of a qualified name, an argument's name, or a type. */
function isFree(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  const after = tokens[at + 1]?.text;
  if (after === '(' || after === '=>') return false;
  if (before?.text === '.' || before?.text === '::') return false;
  if (colonAt(tokens, at - 1) === 'path') return false;
  return !(before?.kind === 'word' && before.value === 'AS');
}

/** `:v`, `v:path`, `{'key': v}`; `undefined` where no colon stands. */
export function colonAt(tokens: readonly Token[], at: number): 'bind' | 'path' | 'key' | undefined {
  if (tokens[at]?.text !== ':') return undefined;
  const before = tokens[at - 1];
  if (before?.kind === 'string') return 'key';
  if (!before || before.end !== tokens[at]!.start) return 'bind';
  const ends = before.kind !== 'symbol' || before.text === ')' || before.text === ']';
  return ends ? 'path' : 'bind';
}

/** Whether one of the open parentheses before the token holds a query. */
function inSubquery(tokens: readonly Token[], at: number): boolean {
  let closed = 0;
  for (let index = at - 1; index >= 0; index -= 1) {
    if (tokens[index]!.text === ')') closed += 1;
    if (tokens[index]!.text !== '(') continue;
    if (closed > 0) closed -= 1;
    else if (['SELECT', 'WITH'].includes(tokens[index + 1]?.value ?? '')) return true;
  }
  return false;
}
