/** Statements that give a result: SQL, EXECUTE IMMEDIATE, CALL. */
import { unsupported } from '../../errors';
import type { Call, CallArgument, ExecuteImmediate, Runnable } from '../ast';
import { expressionList, expressionUntil, placeOf, variableName, type ScriptReader } from './reader';
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
  const using = reader.accept('USING') ? expressionList(reader) : [];
  return { is: 'executeImmediate', statement, using, place };
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
