/**
 * Statements that end others: they run at once, beside whatever has the clock's turn. One that waited for its turn would
 * come when there is nothing left to end. They take no time and touch no data.
 */
import { tokenize } from '../sql/lexer';

const ENDING = new Set(['SYSTEM$CANCEL_ALL_QUERIES', 'SYSTEM$CANCEL_QUERY', 'SYSTEM$ABORT_SESSION']);

/** Whether the text is `SELECT SYSTEM$CANCEL_...(...)` or `CALL ...` and nothing besides, as dbt and drivers send it. */
export function runsOutOfTurn(text: string): boolean {
  if (!/SYSTEM\$(?:CANCEL|ABORT)/i.test(text)) return false;
  const [verb, name, ...rest] = tokenize(text).map(({ value }) => value);
  const isAlone = !rest.some((word) => word === 'FROM' || word === '->>');
  return isAlone && (verb === 'SELECT' || verb === 'CALL') && ENDING.has(name ?? '');
}
