/** Handlers and RAISE. https://docs.snowflake.com/en/developer-guide/snowflake-scripting/exceptions */
import type { Handler, Raise } from '../ast';
import { parseStatements } from './block';
import { placeOf, type ScriptReader } from './reader';

/** `WHEN a [OR b] [EXIT | CONTINUE] THEN ...`, up to the END of the block. */
export function parseHandlers(reader: ScriptReader): Handler[] {
  const handlers: Handler[] = [];
  do {
    const place = placeOf(reader);
    reader.expect('WHEN');
    const names = [reader.identifier()];
    while (reader.accept('OR')) names.push(reader.identifier());
    const kind = reader.accept('CONTINUE') ? 'CONTINUE' : 'EXIT';
    if (kind === 'EXIT') reader.accept('EXIT');
    reader.expect('THEN');
    handlers.push({ names, kind, statements: parseStatements(reader, 'WHEN', 'END'), place });
  } while (!reader.sees('END'));
  return handlers;
}

/** https://docs.snowflake.com/en/sql-reference/snowflake-scripting/raise */
export function parseRaise(reader: ScriptReader): Raise {
  const place = placeOf(reader);
  reader.expect('RAISE');
  return { is: 'raise', exception: reader.sees(';') ? undefined : reader.identifier(), place };
}
