/**
 * A query or DML that runs into the next statement because its semicolon is missing. Where the statements of a block end is
 * known by their semicolons only, so that such a statement would otherwise fail when it runs, or not at all.
 */
import { SyntaxFault } from '../../errors';
import type { Token } from '../../sql/lexer';
import { parseDml } from '../../sql/parse/dml';
import { parseQuery } from '../../sql/parse/query';
import { TokenReader } from '../../sql/token-reader';

const PARSED = new Set(['SELECT', 'WITH', 'INSERT', 'UPDATE', 'DELETE', 'MERGE']);
const QUERIES = new Set(['SELECT', 'WITH']);

/** Words that the next statement may start with. */
const STARTS = new Set(
  `RETURN LET IF WHILE FOR LOOP REPEAT RAISE BREAK EXIT CONTINUE ITERATE CALL EXECUTE INSERT UPDATE DELETE MERGE SELECT WITH CREATE
   DROP ALTER TRUNCATE OPEN FETCH CLOSE CASE BEGIN DECLARE :=`.split(/\s+/),
);

/**
 * @param bindAt the variable at a token, which stands for one value or name
 * @throws SnowflakeError 001003 at the first token that cannot go on with the statement
 */
export function refuseMissingSemicolon(
  text: string,
  tokens: readonly Token[],
  bindAt: (at: number) => { part: { is: string }; length: number } | undefined,
  follows: Token | undefined,
): void {
  const verb = tokens[0]?.value ?? '';
  if (!PARSED.has(verb) || !mayHoldAnother(tokens)) return;
  const plain = withoutBinds(tokens, bindAt);
  const reader = new TokenReader(text, follows ? [...plain, follows] : plain);
  try {
    if (QUERIES.has(verb)) parseQuery(reader);
    else parseDml(reader);
    if (reader.at !== plain.length) reader.fail();
  } catch (error) {
    // What is not modelled is refused where it runs, and only there.
    if (error instanceof SyntaxFault) throw error;
  }
}

function mayHoldAnother(tokens: readonly Token[]): boolean {
  let depth = 0;
  for (const [at, { kind, value }] of tokens.entries()) {
    if (kind === 'symbol' && value === '(') depth += 1;
    if (kind === 'symbol' && value === ')') depth -= 1;
    const starts = (kind === 'word' || kind === 'symbol') && STARTS.has(value);
    if (at > 0 && depth === 0 && starts) return true;
  }
  return false;
}

function withoutBinds(
  tokens: readonly Token[],
  bindAt: (at: number) => { part: { is: string }; length: number } | undefined,
): Token[] {
  const plain: Token[] = [];
  for (let at = 0; at < tokens.length;) {
    const found = bindAt(at);
    const token = tokens[at]!;
    if (!found) plain.push(token);
    else if (found.part.is === 'value') plain.push({ ...token, kind: 'symbol', value: '?' });
    else plain.push({ ...token, kind: 'word', value: 'T' });
    at += found?.length ?? 1;
  }
  return plain;
}
