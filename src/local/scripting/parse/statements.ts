/** One statement of a block, told by its first words. https://docs.snowflake.com/en/sql-reference-snowflake-scripting */
import type { Token } from '../../sql/lexer';
import { TokenReader } from '../../sql/token-reader';
import { VERBS } from '../../reference/statements';
import type { Assign, Async, Evaluate, Let, Return, ReturnTable, Runnable, Statement } from '../ast';
import { parseAsync, parseAwait, parseCancel, parseJob } from './async';
import { isBlockStart, parseBlock } from './block';
import { parseCase, parseIf } from './branches';
import { parseClose, parseFetch, parseOpen } from './cursors';
import { parseNamed } from './declarations';
import { parseRaise } from './exceptions';
import { LOOPS, parseJump } from './loops';
import { declaredName, expressionUntil, placeOf, type ScriptReader } from './reader';
import { parseInParentheses, parseRunnable } from './runnable';

const STATEMENTS: Readonly<Record<string, (reader: ScriptReader) => Statement>> = {
  ...LOOPS,
  IF: parseIf,
  CASE: parseCase,
  BREAK: parseJump,
  EXIT: parseJump,
  CONTINUE: parseJump,
  ITERATE: parseJump,
  LET: parseLet,
  RETURN: parseReturn,
  OPEN: parseOpen,
  FETCH: parseFetch,
  CLOSE: parseClose,
  RAISE: parseRaise,
  ASYNC: parseAsync,
  AWAIT: parseAwait,
  CANCEL: parseCancel,
};

export function parseStatement(reader: ScriptReader): Statement {
  const first = reader.peek();
  if (reader.peek(1)?.text === ':=') return parseAssignment(reader);
  if (isBlockStart(reader)) return parseBlock(reader);
  if (first?.kind !== 'word') return parseRunnable(reader);
  const parse = Object.hasOwn(STATEMENTS, first.value) ? STATEMENTS[first.value] : undefined;
  if (parse) return parse(reader);
  const place = placeOf(reader);
  if (reader.sees('NULL') && reader.peek(1)?.text === ';') {
    reader.next();
    return { is: 'null', place };
  }
  if (CLOSING.has(first.value)) reader.fail();
  if (first.value.startsWith('SYSTEM$')) return parseEvaluate(reader);
  return parseRunnable(reader);
}

/** These close what is open; no SQL statement starts with them. */
const CLOSING = new Set(['END', 'ELSE', 'ELSEIF', 'WHEN', 'THEN', 'UNTIL', 'EXCEPTION', 'TO', 'DO']);

/** https://docs.snowflake.com/en/sql-reference/snowflake-scripting/let */
function parseLet(reader: ScriptReader): Let {
  const place = placeOf(reader);
  reader.expect('LET');
  const at = placeOf(reader);
  return { is: 'let', declaration: parseNamed(reader, declaredName(reader), at), place };
}

/** `x := <expression>`; for a RESULTSET the value is a statement in parentheses. */
function parseAssignment(reader: ScriptReader): Assign | Async {
  const place = placeOf(reader);
  const name = reader.identifier();
  const at = placeOf(reader);
  reader.expect(':=');
  if (reader.sees('ASYNC', '(')) return parseJob(reader, name, place);
  const verb = reader.sees('(') ? (reader.peek(1)?.value ?? '') : '';
  if (RESULTS.has(verb) && reader.peek(1)?.kind === 'word')
    return { is: 'assign', name, value: undefined, source: parseInParentheses(reader), place, at };
  const value = expressionUntil(reader);
  return { is: 'assign', name, value, source: queryInParentheses(reader.text, value.tokens), place, at };
}

/** Statements that give a result and are no expression. */
const RESULTS = new Set([...VERBS].filter((verb) => verb !== 'SELECT' && verb !== 'WITH'));

function queryInParentheses(text: string, tokens: readonly Token[]): Runnable | undefined {
  const [open, first] = tokens;
  if (open?.text !== '(' || (first?.value !== 'SELECT' && first?.value !== 'WITH')) return undefined;
  const inside = new TokenReader(text, tokens.slice(1, -1));
  const source: Runnable = parseRunnable(inside);
  return inside.done ? source : undefined;
}

/** https://docs.snowflake.com/en/sql-reference/snowflake-scripting/return */
function parseReturn(reader: ScriptReader): Return | ReturnTable {
  const place = placeOf(reader);
  reader.expect('RETURN');
  if (reader.sees(';')) return { is: 'return', value: undefined, converts: false, place };
  if (!reader.accept('TABLE', '('))
    return { is: 'return', value: expressionUntil(reader), converts: false, place };
  const source = tableSource(reader);
  reader.expect(')');
  return { is: 'returnTable', source, place };
}

function tableSource(reader: ScriptReader): ReturnTable['source'] {
  if (reader.accept('RESULTSET_FROM_CURSOR', '(')) {
    const name = reader.identifier();
    reader.expect(')');
    return { is: 'cursor', name };
  }
  if (reader.peek(1)?.text === ')') return { is: 'resultset', name: reader.identifier() };
  return parseRunnable(reader);
}

/** System functions may stand alone: `SYSTEM$LOG_INFO('started');`. */
function parseEvaluate(reader: ScriptReader): Evaluate {
  const place = placeOf(reader);
  return { is: 'evaluate', expression: expressionUntil(reader), place };
}
