/** The DECLARE section. https://docs.snowflake.com/en/sql-reference/snowflake-scripting/declare */
import { SnowflakeError, unsupported } from '../../errors';
import { parseType } from '../../sql/types';
import type {
  CursorDeclaration,
  Declaration,
  ExceptionDeclaration,
  Place,
  ProcedureDeclaration,
  ResultSetDeclaration,
  VariableDeclaration,
} from '../ast';
import { readsOutput } from './argument-mode';
import { notInferred } from '../compile/errors';
import { parseBodyBlock } from './block';
import { declaredName, expressionUntil, placeOf, type ScriptReader } from './reader';
import { parseInParentheses, parseRunnable } from './runnable';

export function parseDeclaration(reader: ScriptReader): Declaration {
  const place = placeOf(reader);
  const name = declaredName(reader);
  if (reader.accept('EXCEPTION')) return exceptionDeclaration(reader, name, place);
  if (reader.sees('PROCEDURE')) return procedureDeclaration(reader, name, place);
  return parseNamed(reader, name, place);
}

/** What DECLARE and LET have in common: a variable, a cursor, a RESULTSET. */
export function parseNamed(
  reader: ScriptReader,
  name: string,
  place: Place,
): VariableDeclaration | CursorDeclaration | ResultSetDeclaration {
  if (reader.accept('CURSOR')) return cursorDeclaration(reader, name, place);
  if (reader.accept('RESULTSET')) return resultSetDeclaration(reader, name, place);
  const startsValue = reader.sees(':=') || reader.sees('DEFAULT');
  const type = startsValue || reader.sees(';') ? undefined : parseType(reader);
  const initial = acceptValue(reader) ? expressionUntil(reader) : undefined;
  if (!type && !initial) throw notInferred(name, place);
  return { is: 'variable', name, type, initial, place };
}

function acceptValue(reader: ScriptReader): boolean {
  return reader.accept(':=') || reader.accept('DEFAULT');
}

/** `c CURSOR FOR <query>` or `c CURSOR FOR <resultset>`. */
function cursorDeclaration(reader: ScriptReader, name: string, place: Place): CursorDeclaration {
  reader.expect('FOR');
  const isName = reader.peek(1)?.text === ';' || reader.peek(1) === undefined;
  if (isName) return { is: 'cursor', name, source: { is: 'resultset', name: reader.identifier() }, place };
  return { is: 'cursor', name, source: parseRunnable(reader), place };
}

function resultSetDeclaration(reader: ScriptReader, name: string, place: Place): ResultSetDeclaration {
  if (!acceptValue(reader)) return { is: 'resultset', name, source: undefined, async: false, place };
  const async = reader.accept('ASYNC');
  return { is: 'resultset', name, source: parseInParentheses(reader), async, place };
}

/** `e EXCEPTION [ ( <number from -20999 to -20000>, '<message>' ) ]` */
function exceptionDeclaration(reader: ScriptReader, name: string, place: Place): ExceptionDeclaration {
  if (!reader.accept('(')) return { is: 'exception', name, code: -20000, message: '', place };
  const code = reader.integer();
  if (code < -20999 || code > -20000) throw badCode(code, place);
  reader.expect(',');
  const message = reader.string();
  reader.expect(')');
  return { is: 'exception', name, code, message, place };
}

function badCode(code: number, { line, position }: Place): SnowflakeError {
  const where = `error line ${line} at position ${position}`;
  const what = `invalid exception number ${code}: it must be between -20999 and -20000`;
  return new SnowflakeError('001003', '42000', `SQL compilation error: ${where}\n${what}`);
}

/** https://docs.snowflake.com/en/developer-guide/stored-procedure/stored-procedures-nested */
function procedureDeclaration(reader: ScriptReader, name: string, place: Place): ProcedureDeclaration {
  reader.expect('PROCEDURE', '(');
  const args: ProcedureDeclaration['args'] = [];
  while (!reader.sees(')')) {
    args.push({ name: declaredName(reader), out: readsOutput(reader), type: parseType(reader) });
    if (reader.sees('DEFAULT')) throw unsupported('DEFAULT in a nested procedure');
    if (!reader.accept(',')) break;
  }
  reader.expect(')', 'RETURNS');
  const returns = parseReturns(reader);
  if (reader.accept('LANGUAGE')) reader.expect('SQL');
  reader.expect('AS');
  return { is: 'procedure', name, args, returns, body: parseBodyBlock(reader), place };
}

function parseReturns(reader: ScriptReader): ProcedureDeclaration['returns'] {
  if (!reader.accept('TABLE')) return parseType(reader);
  reader.expect('(');
  while (!reader.accept(')')) reader.next();
  return 'TABLE';
}
