/**
 * SQL statements inside a block: where they end, and which parts of them are variables.
 * https://docs.snowflake.com/en/developer-guide/snowflake-scripting/variables#using-a-variable-in-a-sql-statement-binding
 */
import { lineAndPosition, type Token } from '../../sql/lexer';
import { VERBS } from '../../reference/statements';
import { TokenReader } from '../../sql/token-reader';
import type { BindPart, SqlText, VariableRef } from '../ast';
import { isBlockStart, parseBlock } from './block';
import { refuseBadBind } from './form';
import { placeOf, variableNames, type ScriptReader } from './reader';
import { refuseMissingSemicolon } from './semicolons';

/** Words after which a colon starts a bind even without white space: `SELECT:v`. */
const NO_PATH_AFTER = new Set(
  'SELECT,WHERE,AND,OR,NOT,IN,ON,THEN,ELSE,WHEN,LIKE,ILIKE,BETWEEN,VALUES,LIMIT,OFFSET,BY,SET,RETURN,INTO,IS'.split(
    ',',
  ),
);

/** Reads one SQL statement up to its semicolon, or to the end of the parentheses it stands in. */
export function parseSql(reader: ScriptReader): SqlText {
  const place = placeOf(reader);
  if (!startsStatement(reader)) reader.fail();
  const tokens = takeStatement(reader);
  const keyword = tokens[0]?.value ?? '';
  const into: string[] = [];
  const kept = takesInto(keyword) ? withoutInto(reader.text, tokens, into) : tokens;
  refuseMissingSemicolon(reader.text, kept, (at) => bindAt(reader.text, kept, at), reader.peek());
  return { is: 'sql', keyword, parts: splitAtBinds(reader.text, kept), into, place };
}

/** A verb, or the parenthesis of a query. */
function startsStatement(reader: ScriptReader): boolean {
  const first = reader.peek();
  return first?.text === '(' || (first?.kind === 'word' && VERBS.has(first.value));
}

/** The text of a call is the same without its INTO, which the caller has read. */
export function sqlOf(reader: ScriptReader, tokens: readonly Token[]): SqlText {
  const first = tokens[0]!;
  const place = lineAndPosition(reader.text, first.start);
  return { is: 'sql', keyword: first.value, parts: splitAtBinds(reader.text, tokens), into: [], place };
}

/**
 * A statement may hold a whole block (`CREATE TASK t AS BEGIN ...; END`), so a semicolon ends it only outside of one.
 */
function takeStatement(reader: ScriptReader): Token[] {
  const from = reader.at;
  const opener = bodyOpener(reader);
  let parentheses = 0;
  for (let token = reader.peek(); token; token = reader.peek()) {
    const value = token.kind === 'symbol' ? token.value : '';
    if (value === ';') break;
    if (value === '(') parentheses += 1;
    if (value === ')') parentheses -= 1;
    if (parentheses < 0) break;
    reader.next();
    const opensBody = parentheses === 0 && token.kind === 'word' && token.value === opener;
    if (opensBody && isBlockStart(reader)) parseBlock(reader);
  }
  if (reader.at === from) reader.fail();
  return reader.tokens.slice(from, reader.at);
}

/** The word before a body: AS, in alerts THEN and ACTION. */
function bodyOpener(reader: ScriptReader): string | undefined {
  if (!reader.sees('CREATE'))
    return reader.sees('ALTER', 'ALERT') ? 'ACTION' : reader.sees('ALTER') ? 'AS' : undefined;
  return reader.peek(reader.peek(1)?.value === 'OR' ? 3 : 1)?.value === 'ALERT' ? 'THEN' : 'AS';
}

function takesInto(keyword: string): boolean {
  return keyword === 'SELECT' || keyword === 'WITH' || keyword === '(';
}

/** Takes `INTO :a, :b` out of a SELECT; the names go into `into`. */
function withoutInto(text: string, tokens: readonly Token[], into: string[]): Token[] {
  let parentheses = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'symbol' && token.value === '(') parentheses += 1;
    if (token.kind === 'symbol' && token.value === ')') parentheses -= 1;
    if (parentheses !== 0 || token.kind !== 'word' || token.value !== 'INTO') continue;
    const targets = new TokenReader(text, tokens.slice(index + 1));
    into.push(...variableNames(targets));
    return [...tokens.slice(0, index), ...tokens.slice(index + 1 + targets.at)];
  }
  return [...tokens];
}

function splitAtBinds(text: string, tokens: readonly Token[]): (string | BindPart)[] {
  const parts: (string | BindPart)[] = [];
  let pending = '';
  const last = tokens[tokens.length - 1];
  for (let index = 0; index < tokens.length;) {
    const found = bindAt(text, tokens, index);
    const length = found?.length ?? 1;
    const closing = tokens[index + length - 1]!;
    const next = tokens[index + length];
    if (found) {
      if (pending) parts.push(pending);
      parts.push(found.part);
      pending = '';
    } else {
      pending += tokens[index]!.text;
    }
    if (closing !== last && next) pending += between(text, closing, next);
    index += length;
  }
  if (pending) parts.push(pending);
  return parts;
}

/** White space and comments as written, so that positions in SQL errors stay true; a cut-out INTO leaves a space. */
function between(text: string, left: Token, right: Token): string {
  const gap = text.slice(left.end, right.start);
  return /^(?:\s|--[^\n]*\n|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/)*$/.test(gap) ? gap : ' ';
}

function bindAt(
  text: string,
  tokens: readonly Token[],
  at: number,
): { part: BindPart; length: number } | undefined {
  const token = tokens[at]!;
  if (token.kind === 'word' && (token.value === 'IDENTIFIER' || token.value === 'TABLE')) {
    return wrappedBind(text, tokens, at, token.value);
  }
  if (token.kind !== 'symbol' || token.value !== ':' || isPath(tokens, at)) return undefined;
  const variable = variableAt(text, tokens, at + 1);
  const place = lineAndPosition(text, token.start);
  return variable && { part: { is: 'value', variable, place }, length: 2 };
}

/** `IDENTIFIER(:v)`, `TABLE(:v)` and `TABLE(rs)`. */
function wrappedBind(
  text: string,
  tokens: readonly Token[],
  at: number,
  word: 'IDENTIFIER' | 'TABLE',
): { part: BindPart; length: number } | undefined {
  if (tokens[at + 1]?.text !== '(') return undefined;
  const colon = tokens[at + 2]?.text === ':' ? 1 : 0;
  if (word === 'IDENTIFIER' && colon === 0) return undefined;
  const variable = variableAt(text, tokens, at + 2 + colon);
  const end = at + 3 + colon;
  if (!variable || tokens[end]?.text !== ')') return undefined;
  const length = end + 1 - at;
  const place = lineAndPosition(text, tokens[at + 2]!.start);
  if (word === 'IDENTIFIER') return { part: { is: 'identifier', variable, place }, length };
  const written = colon === 0 ? text.slice(tokens[at]!.start, tokens[end]!.end) : '';
  return { part: { is: 'table', variable, place, text: written }, length };
}

function variableAt(text: string, tokens: readonly Token[], at: number): VariableRef | undefined {
  const token = tokens[at];
  const hasColon = tokens[at - 1]?.text === ':';
  if (hasColon) refuseBadBind(text, token, tokens[at + 1]);
  if (token?.kind !== 'word' && token?.kind !== 'quoted') return undefined;
  return { name: token.value, column: undefined };
}

/** `src:customer` and `{'a': 1}` use the colon too: there it follows a value, without white space or as a key. */
function isPath(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  if (!before) return false;
  if (before.kind === 'string' || before.kind === 'number') return true;
  if (before.end !== tokens[at]!.start) return false;
  if (before.kind === 'word') return !NO_PATH_AFTER.has(before.value);
  return before.kind === 'quoted' || before.text === ')' || before.text === ']';
}
