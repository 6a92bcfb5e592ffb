/** OPEN, FETCH, CLOSE. https://docs.snowflake.com/en/developer-guide/snowflake-scripting/cursors */
import type { Close, Fetch, Open } from '../ast';
import { expressionList, placeOf, variableNames, type ScriptReader } from './reader';

export function parseOpen(reader: ScriptReader): Open {
  const place = placeOf(reader);
  reader.expect('OPEN');
  const cursor = reader.identifier();
  return { is: 'open', cursor, using: reader.accept('USING') ? expressionList(reader) : [], place };
}

export function parseFetch(reader: ScriptReader): Fetch {
  const place = placeOf(reader);
  reader.expect('FETCH');
  const cursor = reader.identifier();
  reader.expect('INTO');
  return { is: 'fetch', cursor, into: variableNames(reader), place };
}

export function parseClose(reader: ScriptReader): Close {
  const place = placeOf(reader);
  reader.expect('CLOSE');
  return { is: 'close', cursor: reader.identifier(), place };
}
