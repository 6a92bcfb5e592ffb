/** `( <condition> )` of IF, WHILE and UNTIL. https://docs.snowflake.com/en/sql-reference/snowflake-scripting/if */
import { SnowflakeError } from '../../errors';
import { lineAndPosition, type Token } from '../../sql/lexer';
import type { Expression } from '../ast';
import { expressionUntil, stopAhead, type ScriptReader } from './reader';

/** @throws SnowflakeError 001003 for a condition without its parentheses, among others */
export function parseCondition(reader: ScriptReader, ...closers: string[]): Expression {
  if (!reader.accept('(')) throw bare(reader, closers);
  const condition = expressionUntil(reader, ...closers);
  reader.expect(')');
  return condition;
}

/** Both parentheses are missed: at the condition and at the word after it. */
function bare(reader: ScriptReader, closers: readonly string[]): SnowflakeError {
  const first = reader.peek();
  // The parenthesis of `UPPER('x')` is taken for the condition's.
  const opens = reader.peek(1)?.text === '(' && first?.kind === 'word';
  const closer = opens ? undefined : stopAhead(reader, ...closers);
  return syntaxErrors(reader, [first, closer]);
}

function syntaxErrors(reader: ScriptReader, tokens: readonly (Token | undefined)[]): SnowflakeError {
  const lines = tokens.flatMap((token, index) => {
    if (!token && index > 0) return [];
    const { line, position } = lineAndPosition(reader.text, token?.start ?? reader.text.length);
    return [`syntax error line ${line} at position ${position} unexpected '${token?.text ?? '<EOF>'}'.`];
  });
  return new SnowflakeError('001003', '42000', ['SQL compilation error:', ...lines].join('\n'));
}
