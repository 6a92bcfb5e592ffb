/** Precedence climbing over the tokens of an expression, straight to closures. */
import type { Token } from '../../sql/lexer';
import { boolean, NULL, text } from '../../values';
import { arithmetic, negate } from './arithmetic';
import { DATE_FUNCTIONS } from './dates';
import { accept, next, NOT_HERE, refuse, sees, type Cursor } from './fast-cursor';
import {
  ARRAY_LATER,
  commonType,
  isSlow,
  SLOW,
  TEXT_LATER,
  typed,
  type Computed,
  type Fast,
  type FastExpression,
  type Lookup,
} from './fast-value';
import { FUNCTIONS } from './functions';
import { constant, number } from './literals';
import { and, castTo, compare, concatenate, equals, not, or } from './operators';

export function parseFast(tokens: readonly Token[]): ((lookup: Lookup) => Fast) | undefined {
  const cursor: Cursor = { tokens, at: 0 };
  try {
    const expression = parseOr(cursor);
    if (cursor.at !== tokens.length) return undefined;
    return (lookup) => {
      const value = expression(lookup);
      return value === TEXT_LATER || value === ARRAY_LATER ? SLOW : value;
    };
  } catch (error) {
    if (error === NOT_HERE) return undefined;
    throw error;
  }
}

function parseOr(cursor: Cursor): FastExpression {
  let left = parseAnd(cursor);
  while (accept(cursor, 'OR')) left = or(left, parseAnd(cursor));
  return left;
}

function parseAnd(cursor: Cursor): FastExpression {
  let left = parseNot(cursor);
  while (accept(cursor, 'AND')) left = and(left, parseNot(cursor));
  return left;
}

function parseNot(cursor: Cursor): FastExpression {
  return accept(cursor, 'NOT') ? not(parseNot(cursor)) : parseComparison(cursor);
}

const COMPARISONS = new Set(['=', '<>', '!=', '<', '<=', '>', '>=']);

function parseComparison(cursor: Cursor): FastExpression {
  const left = parseSum(cursor);
  const token = cursor.tokens[cursor.at];
  if (token?.kind === 'symbol' && COMPARISONS.has(token.value)) {
    cursor.at += 1;
    return compare(token.value, left, parseSum(cursor));
  }
  if (accept(cursor, 'IS')) return parseIs(cursor, left);
  const negated = accept(cursor, 'NOT');
  if (accept(cursor, 'IN')) return wrap(negated, parseIn(cursor, left));
  if (accept(cursor, 'BETWEEN')) return wrap(negated, parseBetween(cursor, left));
  if (negated) throw NOT_HERE;
  return left;
}

function wrap(negated: boolean, expression: FastExpression): FastExpression {
  return negated ? not(expression) : expression;
}

function parseIs(cursor: Cursor, operand: FastExpression): FastExpression {
  const negated = accept(cursor, 'NOT');
  if (!accept(cursor, 'NULL')) throw NOT_HERE;
  return (lookup) => {
    const value = operand(lookup);
    return isSlow(value) ? SLOW : boolean((value.value === null) !== negated);
  };
}

function parseIn(cursor: Cursor, left: FastExpression): FastExpression {
  return list(cursor)
    .map((item): FastExpression => equals(left, item))
    .reduce(or);
}

function parseBetween(cursor: Cursor, left: FastExpression): FastExpression {
  const low = parseSum(cursor);
  if (!accept(cursor, 'AND')) throw NOT_HERE;
  return and(compare('>=', left, low), compare('<=', left, parseSum(cursor)));
}

function parseSum(cursor: Cursor): FastExpression {
  let left = parseProduct(cursor);
  for (;;) {
    if (accept(cursor, '||')) left = concatenate(left, parseProduct(cursor));
    else if (accept(cursor, '+')) left = arithmetic('+', left, parseProduct(cursor));
    else if (accept(cursor, '-')) left = arithmetic('-', left, parseProduct(cursor));
    else return left;
  }
}

function parseProduct(cursor: Cursor): FastExpression {
  let left = parseUnary(cursor);
  for (;;) {
    if (accept(cursor, '*')) left = arithmetic('*', left, parseUnary(cursor));
    else if (accept(cursor, '/')) left = arithmetic('/', left, parseUnary(cursor));
    else if (accept(cursor, '%')) left = arithmetic('%', left, parseUnary(cursor));
    else return left;
  }
}

function parseUnary(cursor: Cursor): FastExpression {
  if (!accept(cursor, '-')) return parsePostfix(cursor);
  return negate(parseUnary(cursor));
}

function parsePostfix(cursor: Cursor): FastExpression {
  let operand = parsePrimary(cursor);
  while (accept(cursor, '::')) operand = castTo(next(cursor).value, operand);
  return operand;
}

function parsePrimary(cursor: Cursor): FastExpression {
  const token = next(cursor);
  if (token.kind === 'string' || token.kind === 'dollar') return constant(text(token.value));
  if (token.kind === 'number') return number(token.text);
  if (token.kind === 'quoted') return variable(cursor, token.value);
  if (token.text === ':') return variable(cursor, next(cursor).value);
  if (token.text === '(') {
    const inside = parseOr(cursor);
    if (!accept(cursor, ')')) throw NOT_HERE;
    return inside;
  }
  return token.kind === 'word' ? word(cursor, token.value) : refuse();
}

function word(cursor: Cursor, name: string): FastExpression {
  if (name === 'NULL') return constant(NULL);
  if (name === 'TRUE' || name === 'FALSE') return constant(boolean(name === 'TRUE'));
  if (name === 'CASE') return parseCase(cursor);
  if (cursor.tokens[cursor.at]?.text !== '(') return variable(cursor, name);
  if (Object.hasOwn(DATE_FUNCTIONS, name)) return dateFunction(cursor, name);
  const build = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  return build?.(list(cursor)) ?? refuse();
}

/** `DATEADD('hour', -1, v)`: the unit may be a word or a string. */
function dateFunction(cursor: Cursor, name: string): FastExpression {
  if (!accept(cursor, '(')) throw NOT_HERE;
  const unit = next(cursor);
  if ((unit.kind !== 'word' && unit.kind !== 'string') || !accept(cursor, ',')) throw NOT_HERE;
  const args = items(cursor);
  return DATE_FUNCTIONS[name]!(unit.value.toLowerCase(), args) ?? refuse();
}

function variable(cursor: Cursor, name: string): FastExpression {
  if (!accept(cursor, '.')) return (lookup) => lookup(name, undefined);
  const column = next(cursor);
  if (column.kind !== 'word' && column.kind !== 'quoted') throw NOT_HERE;
  return (lookup) => lookup(name, column.value);
}

function parseCase(cursor: Cursor): FastExpression {
  const operand = sees(cursor, 'WHEN') ? undefined : parseOr(cursor);
  const branches: [FastExpression, FastExpression][] = [];
  while (accept(cursor, 'WHEN')) {
    const condition = parseOr(cursor);
    if (!accept(cursor, 'THEN')) throw NOT_HERE;
    branches.push([operand ? equals(operand, condition) : condition, parseOr(cursor)]);
  }
  const otherwise = accept(cursor, 'ELSE') ? parseOr(cursor) : constant(NULL);
  if (!accept(cursor, 'END')) throw NOT_HERE;
  return (lookup) => choose(branches, otherwise, lookup);
}

/** All results must have one type, or the database has to find their common one. */
function choose(
  branches: readonly [FastExpression, FastExpression][],
  otherwise: FastExpression,
  lookup: Lookup,
): Fast {
  const results: Computed[] = [...branches.map(([, result]) => result(lookup)), otherwise(lookup)];
  const type = commonType(results);
  if (type === SLOW) return SLOW;
  for (const [index, [condition]] of branches.entries()) {
    const holds = condition(lookup);
    if (isSlow(holds) || (holds.value !== null && holds.type.kind !== 'BOOLEAN')) return SLOW;
    if (holds.value === true) return typed(results[index]!, type);
  }
  return typed(results[results.length - 1]!, type);
}

function list(cursor: Cursor): FastExpression[] {
  if (!accept(cursor, '(')) throw NOT_HERE;
  return accept(cursor, ')') ? [] : items(cursor);
}

/** The rest of a list, and its parenthesis. */
function items(cursor: Cursor): FastExpression[] {
  const found: FastExpression[] = [];
  do found.push(parseOr(cursor));
  while (accept(cursor, ','));
  if (!accept(cursor, ')')) throw NOT_HERE;
  return found;
}
