/** An expression as SQL reads it, and the names in it that stand for variables. */
import { showIdentifier } from '../../catalog/names';
import { SnowflakeError, SyntaxFault, syntaxError } from '../../errors';
import type { Expression as SqlExpression } from '../../sql/ast';
import { isDatePart } from '../../sql/functions/date-parts';
import { lineAndPosition, type Token } from '../../sql/lexer';
import { parseExpression } from '../../sql/parse/expression';
import { TokenReader } from '../../sql/token-reader';
import type { Expression, NameUse } from '../ast';
import { colonAt } from '../expressions/bound';

/**
 * @param follows the token after the expression, where a syntax error stands when something is missing
 * @throws SnowflakeError 001003 for what is no expression
 */
export function readForm(
  text: string,
  tokens: readonly Token[],
  follows: Token | undefined,
): Pick<Expression, 'form' | 'names'> {
  const bound = boundNames(text, tokens);
  const form = parse(text, withoutColons(tokens), follows);
  const free = form ? freeNames(text, form, new Set(bound.keys())) : [];
  const names = [...bound, ...free].sort(([a], [b]) => a - b).map(([, use]) => use);
  return { form, names };
}

/** Whether the value takes the type of the procedure's RETURNS when it is returned. */
export function isPlainValue(form: SqlExpression | undefined): boolean {
  switch (form?.is) {
    case 'number':
    case 'string':
    case 'boolean':
    case 'null':
    case 'cast':
      return true;
    case 'unary':
      return form.op === '-' && form.operand.is === 'number';
    case 'column':
      return form.parts.length === 1;
    default:
      return false;
  }
}

/** `:v` outside and inside of subqueries, by offset. @throws SnowflakeError 001003 for `:"v"` and `:rec.col` */
function boundNames(text: string, tokens: readonly Token[]): Map<number, NameUse> {
  const names = new Map<number, NameUse>();
  for (const [at, colon] of tokens.entries()) {
    if (colonAt(tokens, at) !== 'bind') continue;
    const name = tokens[at + 1];
    refuseBadBind(text, name, tokens[at + 2]);
    if (name?.kind !== 'word') continue;
    const place = lineAndPosition(text, colon.start);
    names.set(name.start, { name: name.value, column: undefined, shown: name.text, place });
  }
  return names;
}

/** A bind is one plain name: a quoted one and a column of a row variable are syntax errors. */
export function refuseBadBind(text: string, name: Token | undefined, after: Token | undefined): void {
  const wrong =
    name?.kind === 'quoted' ? name : name?.kind === 'word' && after?.text === '.' ? after : undefined;
  if (!wrong) return;
  const { line, position } = lineAndPosition(text, wrong.start);
  throw syntaxError(line, position, wrong.text);
}

function withoutColons(tokens: readonly Token[]): Token[] {
  return tokens.filter((_, at) => colonAt(tokens, at) !== 'bind' || tokens[at + 1]?.kind !== 'word');
}

function parse(
  text: string,
  tokens: readonly Token[],
  follows: Token | undefined,
): SqlExpression | undefined {
  const reader = new TokenReader(text, follows ? [...tokens, follows] : tokens);
  try {
    const form = parseExpression(reader);
    if (reader.at !== tokens.length) reader.fail();
    return form;
  } catch (error) {
    // What is not modelled is refused where it runs, and only there.
    if (error instanceof SnowflakeError && !(error instanceof SyntaxFault)) return undefined;
    throw error;
  }
}

/** Names outside of subqueries, in which only the colon makes a variable. */
function freeNames(text: string, form: SqlExpression, bound: ReadonlySet<number>): [number, NameUse][] {
  const found: [number, NameUse][] = [];
  visit(form, (column) => {
    if (bound.has(column.at)) return;
    const [name, second] = column.parts;
    const shown = column.parts.map(showIdentifier).join('.');
    found.push([column.at, { name: name!, column: second, shown, place: lineAndPosition(text, column.at) }]);
  });
  return found;
}

type Column = Extract<SqlExpression, { is: 'column' }>;

function visit(node: unknown, found: (column: Column) => void): void {
  if (Array.isArray(node)) return node.forEach((each) => visit(each, found));
  if (typeof node !== 'object' || node === null) return;
  const { is } = node as { is?: string };
  if (is === 'query') return;
  if (is === 'column') return found(node as Column);
  if (is === 'call') return visitCall(node as Extract<SqlExpression, { is: 'call' }>, found);
  for (const each of Object.values(node)) visit(each, found);
}

const TAKES_PART = /^(?:(?:DATE|TIME|TIMESTAMP)(?:ADD|DIFF)|DATE_TRUNC|DATE_PART|TRUNC|LAST_DAY|TIME_SLICE)$/;

function visitCall(call: Extract<SqlExpression, { is: 'call' }>, found: (column: Column) => void): void {
  const isPart = (arg: SqlExpression): boolean =>
    TAKES_PART.test(call.name) && arg.is === 'column' && arg.parts.length === 1 && isDatePart(arg.parts[0]!);
  visit(
    call.args.filter((arg) => !isPart(arg)),
    found,
  );
  visit([call.named, call.within, call.over], found);
}
