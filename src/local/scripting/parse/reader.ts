/** The token reader of a Scripting body: it also cuts out expressions, which end at a keyword of the construct around them. */
import { lineAndPosition, tokenize, type Token } from '../../sql/lexer';
import { RESERVED } from '../../sql/parse/words';
import { TokenReader } from '../../sql/token-reader';
import type { Expression, Place } from '../ast';
import { readForm } from './form';

export type ScriptReader = TokenReader;

export function readBody(text: string): ScriptReader {
  return new TokenReader(text, tokenize(text));
}

/** Where the next token stands. */
export function placeOf(reader: ScriptReader): Place {
  return lineAndPosition(reader.text, reader.peek()?.start ?? reader.text.length);
}

/**
 * Reads up to one of the stop words or symbols, which is left to be read. Parentheses and CASE ... END nest, so the
 * THEN of a CASE expression does not end the condition of an IF.
 */
function takeUntil(reader: ScriptReader, stops: readonly string[]): Token[] {
  const taken: Token[] = [];
  let parentheses = 0;
  let cases = 0;
  for (let token = reader.peek(); token; token = reader.peek()) {
    const value = keywordOf(token, taken.at(-1));
    if (value === ';') break;
    if (parentheses === 0 && cases === 0 && (stops.includes(value) || endsExpression(value, taken))) break;
    if ('([{'.includes(value) && value) parentheses += 1;
    if (')]}'.includes(value) && value) parentheses -= 1;
    if (parentheses < 0) break;
    if (value === 'CASE') cases += 1;
    if (value === 'END' && cases > 0) cases -= 1;
    taken.push(reader.next());
  }
  return taken;
}

/** A word after a dot or a colon is a name: `row_.end`, `v:case`. */
function keywordOf({ kind, value }: Token, before: Token | undefined): string {
  if (kind === 'word') return before?.text === '.' || before?.text === ':' ? '' : value;
  return kind === 'symbol' ? value : '';
}

/** What no expression holds outside of parentheses; `IS DISTINCT FROM` is an operator. */
function endsExpression(value: string, taken: readonly Token[]): boolean {
  if (value === 'FROM') return taken.at(-1)?.value !== 'DISTINCT';
  return value === ',' || value === 'WHERE' || value === 'INTO' || value === ':=';
}

/** @throws SnowflakeError 001003 for what is no expression, and when nothing stands before the stop */
export function expressionUntil(reader: ScriptReader, ...stops: string[]): Expression {
  const { text } = reader;
  const place = placeOf(reader);
  const tokens = takeUntil(reader, stops);
  if (tokens.length === 0) reader.fail();
  const written = text.slice(tokens[0]!.start, tokens[tokens.length - 1]!.end);
  return { text: written, tokens, place, ...readForm(text, tokens, reader.peek()) };
}

/** Where the next token that is one of the stops stands; `undefined` when something closes before it. */
export function stopAhead(reader: ScriptReader, ...stops: string[]): Token | undefined {
  const ahead = new TokenReader(reader.text, reader.tokens);
  ahead.at = reader.at;
  takeUntil(ahead, stops);
  const stop = ahead.peek();
  return stop && stops.includes(stop.value) ? stop : undefined;
}

/** The name of something that is declared. @throws SnowflakeError 001003 for a reserved word */
export function declaredName(reader: TokenReader): string {
  const next = reader.peek();
  return next?.kind === 'word' && RESERVED.has(next.value) ? reader.fail() : reader.identifier();
}

/** `( a, b )` */
export function expressionList(reader: ScriptReader): Expression[] {
  reader.expect('(');
  const list: Expression[] = [];
  while (!reader.sees(')')) {
    list.push(expressionUntil(reader, ','));
    if (!reader.accept(',')) break;
  }
  reader.expect(')');
  return list;
}

/** A variable's name with or without its colon, as INTO takes it. */
export function variableName(reader: ScriptReader): string {
  reader.accept(':');
  return reader.identifier();
}

export function variableNames(reader: ScriptReader): string[] {
  const names = [variableName(reader)];
  while (reader.accept(',')) names.push(variableName(reader));
  return names;
}
