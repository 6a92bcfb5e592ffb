/** FOR, WHILE, REPEAT, LOOP and the ways out. https://docs.snowflake.com/en/developer-guide/snowflake-scripting/loops */
import type { AnyLoop, CounterLoop, Jump, Loop, Repeat, RowLoop, Statement, While } from '../ast';
import { parseStatements } from './block';
import { RESERVED } from '../../sql/parse/words';
import { parseCondition } from './condition';
import { declaredName, expressionUntil, placeOf, type ScriptReader } from './reader';

/** `FOR i IN [REVERSE] 1 TO 10 DO`, or `FOR row IN cursor DO`; LOOP may stand for DO. */
function parseFor(reader: ScriptReader): CounterLoop | RowLoop {
  const place = placeOf(reader);
  reader.expect('FOR');
  const name = declaredName(reader);
  reader.expect('IN');
  const follows = reader.peek(1)?.value;
  if (follows === 'DO' || follows === 'LOOP') {
    const source = reader.identifier();
    return { is: 'forRows', name, source, place, ...body(reader, 'FOR') };
  }
  const reverse = reader.accept('REVERSE');
  const from = expressionUntil(reader, 'TO');
  reader.expect('TO');
  const to = expressionUntil(reader, 'DO', 'LOOP');
  return { is: 'forCounter', name, reverse, from, to, place, ...body(reader, 'FOR') };
}

function parseWhile(reader: ScriptReader): While {
  const place = placeOf(reader);
  reader.expect('WHILE');
  const condition = parseCondition(reader, 'DO', 'LOOP');
  return { is: 'while', condition, place, ...body(reader, 'WHILE') };
}

/** The word that opened the body closes it: `DO ... END WHILE`, `LOOP ... END LOOP`; then the loop's label. */
function body(reader: ScriptReader, keyword: string): { statements: Statement[]; label: string | undefined } {
  const closing = reader.accept('LOOP') ? 'LOOP' : keyword;
  if (closing === keyword) reader.expect('DO');
  const statements = parseStatements(reader, 'END');
  reader.expect('END', closing);
  return { statements, label: label(reader) };
}

function parseRepeat(reader: ScriptReader): Repeat {
  const place = placeOf(reader);
  reader.expect('REPEAT');
  const statements = parseStatements(reader, 'UNTIL');
  reader.expect('UNTIL');
  const until = parseCondition(reader, 'END');
  reader.expect('END', 'REPEAT');
  return { is: 'repeat', until, statements, label: label(reader), place };
}

function parseLoop(reader: ScriptReader): Loop {
  const place = placeOf(reader);
  reader.expect('LOOP');
  const statements = parseStatements(reader, 'END');
  reader.expect('END', 'LOOP');
  return { is: 'loop', statements, label: label(reader), place };
}

/** BREAK and EXIT, CONTINUE and ITERATE are the same; a label names an enclosing loop. */
export function parseJump(reader: ScriptReader): Jump {
  const place = placeOf(reader);
  const word = reader.next().value;
  const is = word === 'BREAK' || word === 'EXIT' ? 'break' : 'continue';
  return { is, label: label(reader), place };
}

/** A word that no name may be is no label either: the statement before it lacks its semicolon. */
function label(reader: ScriptReader): string | undefined {
  const next = reader.peek();
  const isName = next?.kind === 'quoted' || (next?.kind === 'word' && !isNoName(next.value));
  return isName ? reader.identifier() : undefined;
}

function isNoName(word: string): boolean {
  return word === 'END' || RESERVED.has(word);
}

export const LOOPS: Readonly<Record<string, (reader: ScriptReader) => AnyLoop>> = {
  FOR: parseFor,
  WHILE: parseWhile,
  REPEAT: parseRepeat,
  LOOP: parseLoop,
};
