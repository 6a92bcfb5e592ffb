/** The token reader of a Scripting body: it also cuts out expressions, which end at a keyword of the construct around them. */
import { lineAndPosition, tokenize, type Token } from '../../sql/lexer';
import { TokenReader } from '../../sql/token-reader';
import type { Expression, Place } from '../ast';

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
export function takeUntil(reader: ScriptReader, stops: readonly string[]): Token[] {
  const taken: Token[] = [];
  let parentheses = 0;
  let cases = 0;
  for (let token = reader.peek(); token; token = reader.peek()) {
    const value = token.kind === 'word' || token.kind === 'symbol' ? token.value : '';
    if (value === ';') break;
    if (parentheses === 0 && cases === 0 && stops.includes(value)) break;
    if ('([{'.includes(value) && value) parentheses += 1;
    if (')]}'.includes(value) && value) parentheses -= 1;
    if (parentheses < 0) break;
    if (value === 'CASE') cases += 1;
    if (value === 'END' && cases > 0) cases -= 1;
    taken.push(reader.next());
  }
  return taken;
}

/** @throws SnowflakeError 001003 when nothing stands before the stop */
export function expressionUntil(reader: ScriptReader, ...stops: string[]): Expression {
  const place = placeOf(reader);
  const tokens = takeUntil(reader, stops);
  if (tokens.length === 0) reader.fail();
  return expressionOf(reader.text, tokens, place);
}

export function expressionOf(text: string, tokens: readonly Token[], place: Place): Expression {
  return { text: text.slice(tokens[0]!.start, tokens[tokens.length - 1]!.end), tokens, place };
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
