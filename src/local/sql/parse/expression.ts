/** Expressions. https://docs.snowflake.com/en/sql-reference/operators */
import { unsupported } from '../../errors';
import type { Expression, Like, OrderItem } from '../ast';
import type { TokenReader } from '../token-reader';
import { isTypeName, parseType } from '../types';
import { parsePrimary } from './primary';
import { parseQuery } from './query';

export function parseExpression(reader: TokenReader): Expression {
  let left = parseAnd(reader);
  for (;;) {
    const at = reader.peek()?.start;
    if (!reader.accept('OR')) return left;
    left = { is: 'binary', op: 'OR', left, right: parseAnd(reader), at };
  }
}

function parseAnd(reader: TokenReader): Expression {
  let left = parseNot(reader);
  for (;;) {
    const at = reader.peek()?.start;
    if (!reader.accept('AND')) return left;
    left = { is: 'binary', op: 'AND', left, right: parseNot(reader), at };
  }
}

function parseNot(reader: TokenReader): Expression {
  const at = reader.peek()?.start;
  if (reader.accept('NOT')) return { is: 'unary', op: 'NOT', operand: parseNot(reader), at };
  return parseComparison(reader);
}

const COMPARISONS = ['=', '<>', '!=', '<=', '>=', '<', '>'];

function parseComparison(reader: TokenReader): Expression {
  let left = parseOperand(reader);
  for (;;) {
    const op = COMPARISONS.find((symbol) => reader.accept(symbol));
    if (op) {
      left = parseRightOfComparison(reader, op === '!=' ? '<>' : op, left);
      continue;
    }
    const predicate = parsePredicate(reader, left);
    if (!predicate) return left;
    left = predicate;
  }
}

function parseRightOfComparison(reader: TokenReader, op: string, left: Expression): Expression {
  for (const quantifier of ['ANY', 'SOME', 'ALL']) {
    if (!reader.sees(quantifier, '(')) continue;
    reader.next();
    return { is: 'quantified', op, left, all: quantifier === 'ALL', query: parseParenthesisedQuery(reader) };
  }
  return { is: 'binary', op, left, right: parseOperand(reader) };
}

/** IS, BETWEEN, IN, LIKE and their like, if one comes next. */
function parsePredicate(reader: TokenReader, operand: Expression): Expression | undefined {
  if (reader.accept('IS')) return parseIs(reader, operand);
  const not =
    reader.sees('NOT') &&
    ['BETWEEN', 'IN', 'LIKE', 'ILIKE', 'RLIKE', 'REGEXP'].some((word) => reader.peek(1)?.value === word);
  if (not) reader.next();
  if (reader.accept('BETWEEN')) {
    const low = parseOperand(reader);
    reader.expect('AND');
    return { is: 'between', operand, low, high: parseOperand(reader), not };
  }
  if (reader.accept('IN')) return parseIn(reader, operand, not);
  if (reader.accept('LIKE')) return parseLike(reader, operand, 'LIKE', not);
  if (reader.accept('ILIKE')) return parseLike(reader, operand, 'ILIKE', not);
  if (reader.accept('RLIKE') || reader.accept('REGEXP')) return parseLike(reader, operand, 'RLIKE', not);
  return undefined;
}

function parseIs(reader: TokenReader, operand: Expression): Expression {
  const not = reader.accept('NOT');
  if (reader.accept('NULL')) return { is: 'isNull', operand, not };
  if (reader.accept('TRUE')) return { is: 'isBoolean', operand, value: true, not };
  if (reader.accept('FALSE')) return { is: 'isBoolean', operand, value: false, not };
  reader.expect('DISTINCT', 'FROM');
  return { is: 'distinctFrom', left: operand, right: parseOperand(reader), not };
}

function parseIn(reader: TokenReader, operand: Expression, not: boolean): Expression {
  if (startsQuery(reader, 1) && reader.sees('('))
    return { is: 'inQuery', operand, query: parseParenthesisedQuery(reader), not };
  reader.expect('(');
  if (reader.sees(')')) reader.fail();
  const list = parseList(reader, ')');
  return { is: 'inList', operand, list, not };
}

function parseLike(reader: TokenReader, operand: Expression, op: Like['op'], not: boolean): Expression {
  const quantifier = reader.accept('ANY') ? 'ANY' : reader.accept('ALL') ? 'ALL' : undefined;
  let patterns: Expression[];
  if (quantifier) {
    reader.expect('(');
    patterns = parseList(reader, ')');
  } else patterns = [parseOperand(reader)];
  const escape = reader.accept('ESCAPE') ? parseOperand(reader) : undefined;
  return { is: 'like', op, operand, patterns, quantifier, escape, not };
}

/** What stands on a side of a comparison. */
export function parseOperand(reader: TokenReader): Expression {
  let left = parseMultiplicative(reader);
  for (;;) {
    const at = reader.peek()?.start;
    const op = ['+', '-', '||'].find((symbol) => reader.accept(symbol));
    if (!op) return left;
    left = { is: 'binary', op, left, right: parseMultiplicative(reader), at };
  }
}

function parseMultiplicative(reader: TokenReader): Expression {
  let left = parseUnary(reader);
  for (;;) {
    const at = reader.peek()?.start;
    const op = ['*', '/', '%'].find((symbol) => reader.accept(symbol));
    if (!op) return left;
    left = { is: 'binary', op, left, right: parseUnary(reader), at };
  }
}

function parseUnary(reader: TokenReader): Expression {
  if (reader.accept('-')) return { is: 'unary', op: '-', operand: parseUnary(reader) };
  if (reader.accept('+')) return { is: 'unary', op: '+', operand: parseUnary(reader) };
  return parsePostfix(reader);
}

/** `::type`, `:path`, `.path` after a path, `[index]`. */
function parsePostfix(reader: TokenReader): Expression {
  let operand = parsePrimary(reader);
  for (;;) {
    if (reader.sees('::')) {
      reader.next();
      operand = { is: 'cast', operand, type: parseType(reader), try: false };
    } else if (reader.sees('[')) {
      reader.next();
      const step = parseExpression(reader);
      reader.expect(']');
      operand = { is: 'path', operand, step };
    } else if (isPathColon(reader) || (operand.is === 'path' && reader.sees('.'))) {
      reader.next();
      operand = { is: 'path', operand, step: { is: 'string', value: pathKey(reader) } };
    } else if (reader.sees('COLLATE')) {
      throw unsupported('COLLATE');
    } else return operand;
  }
}

function isPathColon(reader: TokenReader): boolean {
  const after = reader.peek(1);
  return reader.sees(':') && (after?.kind === 'word' || after?.kind === 'quoted');
}

/** Keys of a path keep their case, quoted or not. */
function pathKey(reader: TokenReader): string {
  const token = reader.next();
  return token.kind === 'word' ? token.text : token.value;
}

/** Expressions up to and with `close`. */
export function parseList(reader: TokenReader, close: string): Expression[] {
  const items: Expression[] = [];
  if (reader.accept(close)) return items;
  do items.push(parseExpression(reader));
  while (reader.accept(','));
  reader.expect(close);
  return items;
}

export function parseParenthesisedQuery(reader: TokenReader) {
  reader.expect('(');
  const query = parseQuery(reader);
  reader.expect(')');
  return query;
}

/** Whether a query begins `ahead` tokens from here, below any number of opening parentheses. */
export function startsQuery(reader: TokenReader, ahead = 0): boolean {
  let at = ahead;
  while (reader.peek(at)?.kind === 'symbol' && reader.peek(at)?.value === '(') at += 1;
  const token = reader.peek(at);
  return token?.kind === 'word' && (token.value === 'SELECT' || token.value === 'WITH');
}

export function parseOrderItems(reader: TokenReader): OrderItem[] {
  const items: OrderItem[] = [];
  do items.push(parseDirection(reader, parseExpression(reader)));
  while (reader.accept(','));
  return items;
}

/** `[ASC | DESC] [NULLS FIRST | LAST]` of what is ordered by. */
export function parseDirection(reader: TokenReader, expression: Expression): OrderItem {
  const descending = reader.accept('DESC') || (reader.accept('ASC') && false);
  const nulls = reader.accept('NULLS', 'FIRST')
    ? 'FIRST'
    : reader.accept('NULLS', 'LAST')
      ? 'LAST'
      : undefined;
  return { expression, descending, nulls };
}

/** Whether a cast's type comes next: for `DATE '2024-01-01'`. */
export function startsTypedLiteral(reader: TokenReader): boolean {
  const token = reader.peek();
  return token?.kind === 'word' && isTypeName(token.value) && reader.peek(1)?.kind === 'string';
}
