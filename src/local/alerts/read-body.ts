/** The condition and the action of an alert, as written. https://docs.snowflake.com/en/sql-reference/sql/create-alert */
import { SnowflakeError } from '../errors';
import type { TokenReader } from '../sql/token-reader';

const CONDITIONS = ['SELECT', 'WITH', 'SHOW', 'CALL', '('];

/**
 * `(EXISTS (<condition>))`, or in ALTER ALERT `EXISTS (<condition>)`.
 * @throws SnowflakeError for another statement than SELECT, SHOW and CALL
 */
export function readCondition(reader: TokenReader, { inParentheses }: { inParentheses: boolean }): string {
  if (inParentheses) reader.expect('(');
  reader.expect('EXISTS', '(');
  const from = reader.at;
  for (let depth = 0; depth >= 0;) {
    const token = reader.next();
    if (token.kind !== 'symbol') continue;
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
  }
  const tokens = reader.tokens.slice(from, reader.at - 1);
  if (inParentheses) reader.expect(')');
  const [first] = tokens;
  if (!first || !CONDITIONS.includes(first.value)) {
    const message = `Unsupported statement type '${first?.value ?? ''}' in the condition of an alert.`;
    throw new SnowflakeError('091080', '42601', `SQL compilation error:\n${message}`);
  }
  return reader.text.slice(first.start, tokens.at(-1)!.end);
}

/** The statement or block up to the end. */
export function readAction(reader: TokenReader): string {
  const first = reader.peek();
  if (first?.kind === 'string' || first?.kind === 'dollar') reader.fail();
  return reader.rest();
}
