/** Statements that give a result: SQL, EXECUTE IMMEDIATE, CALL. */
import { syntaxError, unsupported } from '../../errors';
import { lineAndPosition, type Token } from '../../sql/lexer';
import { RESERVED } from '../../sql/parse/words';
import type { Call, CallArgument, ExecuteImmediate, Expression, Runnable } from '../ast';
import { expressionUntil, placeOf, variableName, type ScriptReader } from './reader';
import { parseSql, sqlOf } from './sql';

/** `( <statement> )` */
export function parseInParentheses(reader: ScriptReader): Runnable {
  reader.expect('(');
  const runnable = parseRunnable(reader);
  reader.expect(')');
  return runnable;
}

export function parseRunnable(reader: ScriptReader): Runnable {
  if (reader.sees('EXECUTE', 'IMMEDIATE')) return parseExecuteImmediate(reader);
  if (reader.sees('CALL')) return parseCall(reader);
  return parseSql(reader);
}

/** https://docs.snowflake.com/en/sql-reference/sql/execute-immediate */
function parseExecuteImmediate(reader: ScriptReader): ExecuteImmediate {
  const place = placeOf(reader);
  reader.expect('EXECUTE', 'IMMEDIATE');
  if (reader.sees('FROM')) throw unsupported('EXECUTE IMMEDIATE FROM');
  const statement = expressionUntil(reader, 'USING');
  const using = reader.accept('USING') ? usingList(reader) : [];
  return { is: 'executeImmediate', statement, using, place };
}

/** `( v, :w )`: variables, and nothing else. */
function usingList(reader: ScriptReader): Expression[] {
  const list: Expression[] = [];
  reader.expect('(');
  do {
    const colon = reader.sees(':') ? 1 : 0;
    const name = reader.peek(colon);
    if (name?.kind !== 'word' && name?.kind !== 'quoted') reader.fail();
    if (name.kind === 'word' && (name.value === 'NULL' || RESERVED.has(name.value))) reader.fail();
    list.push(expressionUntil(reader, ','));
    if (list.at(-1)!.tokens.length > colon + 1) failAt(reader, list.at(-1)!.tokens[colon + 1]!);
  } while (reader.accept(','));
  reader.expect(')');
  return list;
}

function failAt(reader: ScriptReader, token: Token): never {
  const { line, position } = lineAndPosition(reader.text, token.start);
  throw syntaxError(line, position, token.text);
}

/** `CALL p(1, name => :x) [INTO :v]`. https://docs.snowflake.com/en/sql-reference/sql/call */
export function parseCall(reader: ScriptReader): Call {
  const place = placeOf(reader);
  const from = reader.at;
  reader.expect('CALL');
  const name = calleeName(reader);
  const args = callArguments(reader);
  const sql = sqlOf(reader, reader.tokens.slice(from, reader.at));
  const into = reader.accept('INTO') ? variableName(reader) : undefined;
  return { is: 'call', name, args, sql, into, place };
}

/** Empty for `IDENTIFIER(:v)`, which names a stored procedure when the statement runs. */
function calleeName(reader: ScriptReader): string[] {
  if (!reader.sees('IDENTIFIER', '(', ':')) return reader.name();
  reader.expect('IDENTIFIER', '(', ':');
  reader.identifier();
  reader.expect(')');
  return [];
}

export function callArguments(reader: ScriptReader): CallArgument[] {
  reader.expect('(');
  const args: CallArgument[] = [];
  while (!reader.sees(')')) {
    const name = reader.peek(1)?.text === '=>' ? reader.identifier() : undefined;
    if (name !== undefined) reader.expect('=>');
    args.push({ name, value: expressionUntil(reader, ',') });
    if (!reader.accept(',')) break;
  }
  reader.expect(')');
  return args;
}
