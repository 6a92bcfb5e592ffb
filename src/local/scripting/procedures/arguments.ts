/** The arguments of a CALL, by position or by name. */
import type { ParsedStatement, Session } from '../../engine/contract';
import { SnowflakeError } from '../../errors';
import type { Token } from '../../sql/lexer';
import type { TokenReader } from '../../sql/token-reader';
import type { TypedValue } from '../../values';
import { parseFast } from '../expressions/fast-parser';
import { SLOW } from '../expressions/fast-value';
import { callArguments } from '../parse/runnable';

export interface GivenArgument {
  name: string | undefined;
  value: TypedValue;
  /** As written. */
  text: string;
}

/** Evaluates `(1, 'a', x => ?)`; `?` takes the statement's binds in order. */
export async function evaluateArguments(
  reader: TokenReader,
  statement: ParsedStatement,
  session: Session,
): Promise<GivenArgument[]> {
  const args: GivenArgument[] = [];
  let used = 0;
  for (const { name, value } of callArguments(reader)) {
    const count = value.tokens.filter((token) => token.text === '?').length;
    const binds = statement.binds.slice(used, used + count);
    used += count;
    const given = await evaluateText(value.text, value.tokens, binds, session);
    args.push({ name, value: given, text: value.text });
  }
  const named = args.filter((arg) => arg.name !== undefined).length;
  if (named !== 0 && named !== args.length) throw mixed();
  return args;
}

/** Literals and binds need no database. */
export async function evaluateText(
  text: string,
  tokens: readonly Token[],
  binds: readonly TypedValue[],
  session: Session,
): Promise<TypedValue> {
  if (tokens.length === 1 && tokens[0]!.text === '?' && binds[0]) return binds[0];
  const fast = parseFast(tokens)?.(() => SLOW) ?? SLOW;
  return fast === SLOW ? session.evaluate(text, binds) : fast;
}

function mixed(): SnowflakeError {
  const message = 'SQL compilation error:\nArguments must be given either all by position or all by name.';
  return new SnowflakeError('001003', '42000', message);
}
