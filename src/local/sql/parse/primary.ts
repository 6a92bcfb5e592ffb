/** What an expression begins with: literals, names, calls, CASE, CAST, subqueries. */
import { SnowflakeError, unsupported } from '../../errors';
import { newCall, type Expression } from '../ast';
import type { Token } from '../lexer';
import type { TokenReader } from '../token-reader';
import { parseType } from '../types';
import { parseCall } from './call';
import {
  parseExpression,
  parseList,
  parseParenthesisedQuery,
  startsQuery,
  startsTypedLiteral,
} from './expression';
import { parseStar } from './star';
import { NEVER_A_COLUMN, NOT_AN_ALIAS } from './words';

export function parsePrimary(reader: TokenReader): Expression {
  const token = reader.peek();
  if (!token) return reader.fail();
  switch (token.kind) {
    case 'number':
      reader.next();
      refuseLettersAfter(token, reader);
      return { is: 'number', text: token.text };
    case 'string':
    case 'dollar':
      reader.next();
      return { is: 'string', value: token.value };
    case 'symbol':
      return parseSymbol(reader, token.value);
    case 'quoted':
      return parseName(reader);
    case 'word':
      return parseWord(reader, token.value);
  }
}

/** `0x1F` and `1_000` are no numbers, and no number with an alias either. */
function refuseLettersAfter({ end }: Token, reader: TokenReader): void {
  const next = reader.peek();
  if (next?.kind === 'word' && next.start === end && !NOT_AN_ALIAS.has(next.value)) reader.fail();
}

function parseSymbol(reader: TokenReader, symbol: string): Expression {
  switch (symbol) {
    case '(':
      return parseParentheses(reader);
    case '?':
      return { is: 'bind', index: reader.placeholder() };
    case ':':
      return parseColonBind(reader);
    case '$':
      return parseDollar(reader, undefined);
    case '[':
      reader.next();
      return { is: 'array', items: parseList(reader, ']') };
    case '{':
      return parseObject(reader);
    case '@':
      throw unsupported('a stage as an argument');
    case '*':
      return parseStar(reader, undefined);
    default:
      return reader.fail();
  }
}

function parseParentheses(reader: TokenReader): Expression {
  if (startsQuery(reader)) return { is: 'subquery', query: parseParenthesisedQuery(reader) };
  reader.expect('(');
  const items = parseList(reader, ')');
  return items.length === 1 ? items[0]! : { is: 'tuple', items };
}

function parseColonBind(reader: TokenReader): Expression {
  reader.expect(':');
  const token = reader.next();
  if (token.kind === 'number' && /^\d+$/.test(token.text))
    return { is: 'bind', index: Number(token.text) - 1 };
  throw new SnowflakeError(
    '002049',
    '42601',
    `SQL compilation error: error line 1 at position ${token.start}\nBind variable :${token.text} not set.`,
  );
}

/** `$1` and `t.$1` are columns by position, `$name` is a session variable. */
export function parseDollar(reader: TokenReader, table: string | undefined): Expression {
  const at = reader.next().start;
  const token = reader.next();
  if (token.kind === 'number' && /^\d+$/.test(token.text))
    return { is: 'position', index: Number(token.text), table, at };
  if (token.kind === 'word' && table === undefined) return { is: 'variable', name: token.value };
  reader.at -= 1;
  return reader.fail();
}

function parseObject(reader: TokenReader): Expression {
  reader.expect('{');
  const entries: [Expression, Expression][] = [];
  if (reader.accept('}')) return { is: 'object', entries };
  if (reader.sees('*') || reader.peek(1)?.value === '.') return parseStarObject(reader);
  do {
    const key = reader.string();
    reader.expect(':');
    entries.push([{ is: 'string', value: key }, parseExpression(reader)]);
  } while (reader.accept(','));
  reader.expect('}');
  return { is: 'object', entries };
}

/** `{*}` and `{t.*}` are OBJECT_CONSTRUCT of what the star stands for. */
function parseStarObject(reader: TokenReader): Expression {
  const at = reader.peek()!.start;
  const star = parsePrimary(reader);
  if (star.is !== 'star') return reader.fail();
  reader.expect('}');
  return newCall('OBJECT_CONSTRUCT', at, [star]);
}

/** Reserved words that are functions where a bracket follows. */
const ALSO_FUNCTIONS = new Set(['LEFT', 'RIGHT', 'INSERT', 'LIKE', 'ILIKE', 'RLIKE']);

function parseWord(reader: TokenReader, word: string): Expression {
  if (startsTypedLiteral(reader)) {
    const type = parseType(reader);
    return { is: 'cast', operand: { is: 'string', value: reader.string() }, type, try: false };
  }
  // X'4142' are bytes.
  if (word === 'X' && reader.peek(1)?.kind === 'string' && reader.peek(1)?.start === reader.peek()!.end) {
    reader.next();
    return {
      is: 'cast',
      operand: { is: 'string', value: reader.string() },
      type: { kind: 'BINARY' },
      try: false,
    };
  }
  switch (word) {
    case 'NULL':
      reader.next();
      return { is: 'null' };
    case 'TRUE':
    case 'FALSE':
      reader.next();
      return { is: 'boolean', value: word === 'TRUE' };
    case 'DEFAULT':
      reader.next();
      return { is: 'default' };
    case 'CASE':
      return parseCase(reader);
    case 'EXISTS':
      reader.next();
      return { is: 'exists', query: parseParenthesisedQuery(reader) };
    case 'CAST':
    case 'TRY_CAST':
      if (reader.sees(word, '(')) return parseCast(reader, word === 'TRY_CAST');
      break;
    case 'INTERVAL':
      if (reader.peek(1)?.kind === 'string') {
        reader.next();
        return { is: 'interval', text: reader.string() };
      }
      break;
  }
  if (NEVER_A_COLUMN.has(word) && !(ALSO_FUNCTIONS.has(word) && reader.peek(1)?.value === '('))
    return reader.fail();
  return parseName(reader);
}

function parseCase(reader: TokenReader): Expression {
  reader.expect('CASE');
  const operand = reader.sees('WHEN') ? undefined : parseExpression(reader);
  const whens: [Expression, Expression][] = [];
  while (reader.accept('WHEN')) {
    const condition = parseExpression(reader);
    reader.expect('THEN');
    whens.push([condition, parseExpression(reader)]);
  }
  if (whens.length === 0) return reader.fail();
  const otherwise = reader.accept('ELSE') ? parseExpression(reader) : undefined;
  reader.expect('END');
  return { is: 'case', operand, whens, otherwise };
}

function parseCast(reader: TokenReader, tries: boolean): Expression {
  reader.next();
  reader.expect('(');
  const operand = parseExpression(reader);
  reader.expect('AS');
  const type = parseType(reader);
  reader.expect(')');
  return { is: 'cast', operand, type, try: tries };
}

/** A column, a call, `t.*`, `t.$1` or `seq.NEXTVAL`. */
function parseName(reader: TokenReader): Expression {
  const first = reader.peek()!;
  // IDENTIFIER('a.b') is the name that it spells.
  const spelled = reader.sees('IDENTIFIER', '(') && reader.peek(2)?.kind === 'string';
  const parts = spelled ? reader.name() : [reader.identifier()];
  for (;;) {
    if (reader.sees('(')) return parseCall(reader, parts, first.start, first.kind === 'quoted');
    if (!reader.sees('.')) break;
    const after = reader.peek(1);
    if (after?.kind === 'symbol' && after.value === '*') {
      reader.next();
      return parseStar(reader, parts);
    }
    if (after?.kind === 'symbol' && after.value === '$') {
      reader.next();
      return parseDollar(reader, parts[parts.length - 1]);
    }
    if (after?.kind !== 'word' && after?.kind !== 'quoted') break;
    reader.next();
    parts.push(reader.identifier());
  }
  if (parts.length > 1 && parts[parts.length - 1] === 'NEXTVAL') {
    const name: Expression = { is: 'column', parts: parts.slice(0, -1), at: first.start };
    return newCall('NEXTVAL', first.start, [name]);
  }
  return { is: 'column', parts, at: first.start };
}
