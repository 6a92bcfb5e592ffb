/** Blocks. https://docs.snowflake.com/en/developer-guide/snowflake-scripting/blocks */
import type { Block, Declaration, Statement } from '../ast';
import { declaredTwice } from '../compile/errors';
import { parseDeclaration } from './declarations';
import { parseHandlers } from './exceptions';
import { isPlainValue } from './form';
import { placeOf, type ScriptReader } from './reader';
import { parseStatement } from './statements';

/** `[DECLARE ...] BEGIN ... [EXCEPTION ...] END`; the semicolon after END is left. */
export function parseBlock(reader: ScriptReader): Block {
  const place = placeOf(reader);
  const declarations: Declaration[] = [];
  if (reader.accept('DECLARE')) {
    while (!isBegin(reader)) {
      const declaration = parseDeclaration(reader);
      if (isTwice(declaration, declarations)) throw declaredTwice(declaration.name, declaration.place);
      declarations.push(declaration);
      reader.expect(';');
    }
  }
  reader.expect('BEGIN');
  const statements = parseStatements(reader, 'END', 'EXCEPTION');
  const handlers = reader.accept('EXCEPTION') ? parseHandlers(reader) : [];
  reader.expect('END');
  return { is: 'block', declarations, statements, handlers, place };
}

/** Exceptions have names of their own. */
function isTwice({ is, name }: Declaration, declarations: readonly Declaration[]): boolean {
  const isException = is === 'exception';
  return declarations.some((other) => other.name === name && (other.is === 'exception') === isException);
}

/** The block that is the body of a procedure: a plain value that it returns itself takes the type of RETURNS. */
export function parseBodyBlock(reader: ScriptReader): Block {
  const block = parseBlock(reader);
  for (const statement of block.statements)
    if (statement.is === 'return') statement.converts = isPlainValue(statement.value?.form);
  return block;
}

/** At least one statement, each with its semicolon, up to one of the closing words. */
export function parseStatements(reader: ScriptReader, ...closings: string[]): Statement[] {
  const statements: Statement[] = [];
  do {
    statements.push(parseStatement(reader));
    reader.expect(';');
  } while (!closings.some((closing) => reader.sees(closing)));
  return statements;
}

/** Whether a block comes next, rather than a statement or a transaction. */
export function isBlockStart(reader: ScriptReader): boolean {
  return reader.sees('DECLARE') || isBegin(reader);
}

/** BEGIN, BEGIN WORK and BEGIN TRANSACTION, with or without NAME, start a transaction; any other BEGIN a block. */
function isBegin(reader: ScriptReader): boolean {
  if (!reader.sees('BEGIN')) return false;
  const next = reader.peek(1);
  if (!next || next.text === ';') return false;
  if (next.kind !== 'word') return true;
  if (next.value === 'TRANSACTION' || next.value === 'WORK') return false;
  const afterName = reader.peek(3);
  return !(next.value === 'NAME' && (!afterName || afterName.text === ';'));
}
