/** ASYNC, AWAIT, CANCEL. https://docs.snowflake.com/en/developer-guide/snowflake-scripting/asynchronous-child-jobs */
import type { Async, Await, Cancel, Place } from '../ast';
import { placeOf, type ScriptReader } from './reader';
import { parseInParentheses } from './runnable';

export function parseAsync(reader: ScriptReader): Async {
  return parseJob(reader, undefined, placeOf(reader));
}

/** `ASYNC ( <statement> )`, also after `rs :=`. */
export function parseJob(reader: ScriptReader, resultSet: string | undefined, place: Place): Async {
  reader.expect('ASYNC');
  return { is: 'async', source: parseInParentheses(reader), resultSet, place };
}

export function parseAwait(reader: ScriptReader): Await {
  const place = placeOf(reader);
  reader.expect('AWAIT');
  return { is: 'await', resultSet: reader.accept('ALL') ? undefined : reader.identifier(), place };
}

export function parseCancel(reader: ScriptReader): Cancel {
  const place = placeOf(reader);
  reader.expect('CANCEL');
  return { is: 'cancel', resultSet: reader.identifier(), place };
}
