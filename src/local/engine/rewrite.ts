/** What is done to a statement's text before anything else reads it: flows are split, IDENTIFIER(?) becomes a name. */
import { SnowflakeError } from '../errors';
import { tokenize, type Token } from '../sql/lexer';
import type { TypedValue } from '../values';
import type { EngineSession } from './account';

const IDENTIFIER_CALL = /identifier\s*\(/i;

/** Whether neither of the below finds anything in a text. */
export function isPlain(sql: string): boolean {
  return !sql.includes('->>') && !IDENTIFIER_CALL.test(sql);
}

/** The statements of `a ->> b ->> c`; `undefined` when there is no flow operator. */
export function splitFlow(sql: string): string[] | undefined {
  if (!sql.includes('->>')) return undefined;
  const tokens = tokenize(sql);
  if (tokens[0]?.value === 'CREATE' || tokens[0]?.value === 'BEGIN' || tokens[0]?.value === 'DECLARE')
    return undefined;
  const cuts = tokens.filter((token) => token.kind === 'symbol' && token.value === '->>');
  if (cuts.length === 0) return undefined;
  const starts = [0, ...cuts.map((token) => token.end)];
  return starts.map((start, index) => sql.slice(start, cuts[index]?.start ?? sql.length));
}

/** `IDENTIFIER(?)` and `IDENTIFIER($name)` with the name written out, the bind taken away. */
export function resolveIdentifiers(
  sql: string,
  binds: readonly TypedValue[],
  session: EngineSession,
): { text: string; values: readonly TypedValue[] } {
  if (!IDENTIFIER_CALL.test(sql)) return { text: sql, values: binds };
  const tokens = tokenize(sql);
  const values = [...binds];
  let text = '';
  let copied = 0;
  let placeholder = 0;
  tokens.forEach((token, index) => {
    if (token.kind === 'symbol' && token.value === '?') placeholder += 1;
    if (token.kind !== 'word' || token.value !== 'IDENTIFIER' || tokens[index + 1]?.value !== '(') return;
    const [argument, close, name] = argumentOf(tokens, index + 2, values[placeholder], session);
    if (!argument || close?.value !== ')') return;
    if (tokens[index + 2]!.value === '?') {
      values.splice(placeholder, 1);
      placeholder -= 1;
    }
    text += `${sql.slice(copied, token.start)}${name}`;
    copied = close.end;
  });
  return { text: text + sql.slice(copied), values };
}

function argumentOf(
  tokens: readonly Token[],
  at: number,
  bound: TypedValue | undefined,
  session: EngineSession,
): [boolean, Token | undefined, string] {
  const token = tokens[at];
  if (token?.kind === 'symbol' && token.value === '?') return [true, tokens[at + 1], String(nameOf(bound))];
  if (token?.kind === 'symbol' && token.value === '$')
    return [true, tokens[at + 2], String(nameOf(session.variables.get(tokens[at + 1]?.value ?? '')))];
  return [false, undefined, ''];
}

function nameOf(value: TypedValue | undefined): string {
  if (value?.value === null || value === undefined)
    throw new SnowflakeError(
      '001003',
      '42000',
      'SQL compilation error:\nIDENTIFIER() of a value that is NULL or not set',
    );
  return String(value.value);
}
