/** Function calls with all that may follow: DISTINCT, named arguments, WITHIN GROUP, IGNORE NULLS, OVER. */
import { unsupported } from '../../errors';
import { newCall, type Call, type Expression, type Window } from '../ast';
import { quoteLiteral } from '../duck-text';
import type { TokenReader } from '../token-reader';
import { parseExpression, parseList, parseOperand, parseOrderItems, startsQuery } from './expression';
import { parseQuery } from './query';

export function parseCall(reader: TokenReader, parts: string[], at: number, quoted: boolean): Expression {
  const name = quoted && parts.length === 1 ? `"${parts[0]}"` : parts.join('.');
  reader.expect('(');
  const call = newCall(name, at);
  if (name === 'EXTRACT') return parseExtract(reader, call);
  if (name === 'POSITION') return parsePosition(reader, call);
  if (reader.sees('*') && reader.peek(1)?.value === ')') {
    reader.next();
    reader.next();
    call.star = true;
  } else {
    if (reader.accept('DISTINCT')) call.distinct = true;
    else reader.accept('ALL');
    if (name === 'DATE_PART' && reader.peek(1)?.value === 'FROM') return parseExtract(reader, call);
    parseArguments(reader, call);
  }
  return parseSuffixes(reader, call);
}

function parseArguments(reader: TokenReader, call: Call): void {
  if (reader.accept(')')) return;
  do {
    if (
      reader.peek()?.kind === 'word' &&
      reader.peek(1)?.value === '=>' &&
      reader.peek(1)?.kind === 'symbol'
    ) {
      const name = reader.identifier();
      reader.expect('=>');
      call.named.push([name, parseExpression(reader)]);
    } else if (startsQuery(reader) && !reader.sees('('))
      call.args.push({ is: 'subquery', query: parseQuery(reader) });
    else call.args.push(parseExpression(reader));
    if (reader.sees('->')) throw unsupported('lambda expressions');
    if (reader.accept('IGNORE', 'NULLS')) call.ignoreNulls = true;
  } while (reader.accept(','));
  reader.expect(')');
}

/**
 * `EXTRACT(part FROM value)`, `EXTRACT(part, value)` and `DATE_PART(part FROM value)` are DATE_PART(part,
 * value).
 */
function parseExtract(reader: TokenReader, call: Call): Expression {
  const token = reader.next();
  if (!reader.accept(',')) reader.expect('FROM');
  const value = parseExpression(reader);
  reader.expect(')');
  return { ...call, name: 'DATE_PART', args: [{ is: 'string', value: token.value }, value] };
}

/** `POSITION(a IN b)` or `POSITION(a, b[, from])`. */
function parsePosition(reader: TokenReader, call: Call): Expression {
  const first = parseOperand(reader);
  if (!reader.accept('IN')) reader.expect(',');
  return { ...call, args: [first, ...parseList(reader, ')')] };
}

function parseSuffixes(reader: TokenReader, call: Call): Call {
  if (reader.accept('WITHIN', 'GROUP')) {
    reader.expect('(', 'ORDER', 'BY');
    call.within = parseOrderItems(reader);
    reader.expect(')');
  }
  if (reader.sees('FILTER', '(')) throw unsupported('FILTER (WHERE ...)');
  if (call.name === 'NTH_VALUE' && reader.sees('FROM', 'LAST')) throw unsupported('NTH_VALUE ... FROM LAST');
  if (call.name === 'NTH_VALUE') reader.accept('FROM', 'FIRST');
  if (reader.accept('IGNORE', 'NULLS')) call.ignoreNulls = true;
  else reader.accept('RESPECT', 'NULLS');
  if (reader.accept('OVER')) call.over = parseWindow(reader);
  return call;
}

function parseWindow(reader: TokenReader): Window {
  if (reader.peek()?.kind === 'word') throw unsupported('OVER a named WINDOW');
  reader.expect('(');
  const window: Window = { partition: [], order: [], frame: undefined };
  if (reader.accept('PARTITION', 'BY')) {
    do window.partition.push(parseExpression(reader));
    while (reader.accept(','));
  }
  if (reader.accept('ORDER', 'BY')) window.order = parseOrderItems(reader);
  if (reader.sees('ROWS') || reader.sees('RANGE')) window.frame = parseFrame(reader);
  reader.expect(')');
  return window;
}

const FRAME_WORDS = new Set([
  'ROWS',
  'RANGE',
  'BETWEEN',
  'AND',
  'UNBOUNDED',
  'PRECEDING',
  'FOLLOWING',
  'CURRENT',
  'ROW',
]);

function parseFrame(reader: TokenReader): string {
  const words: string[] = [];
  while (!reader.sees(')')) {
    if (reader.accept('INTERVAL')) {
      words.push('INTERVAL', quoteLiteral(reader.string()));
      continue;
    }
    const token = reader.next();
    if (token.kind !== 'number' && !(token.kind === 'word' && FRAME_WORDS.has(token.value))) {
      reader.at -= 1;
      reader.fail();
    }
    words.push(token.value);
  }
  return words.join(' ');
}
