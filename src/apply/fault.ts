/** What was thrown -> what a report says of it. */
import { AutoRestartError } from '../errors';
import { SnowflakeStatementError } from '../snowflake/errors';
import type { StatementFault } from './report';

export function faultOf(thrown: unknown): { queryId: string | null; error: StatementFault } {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const hint = (thrown instanceof AutoRestartError ? thrown.hint : undefined) ?? null;
  const isOfConnection = thrown instanceof AutoRestartError && thrown.code === 'CONNECTION';
  const fault: StatementFault = { code: '', sqlState: null, message, place: null, hint, isOfConnection };
  if (!(thrown instanceof SnowflakeStatementError)) return { queryId: null, error: fault };
  const { snowflakeCode, sqlState, place, queryId } = thrown;
  const inside = raisedAnew(message);
  if (inside !== null) return { queryId, error: { ...fault, ...inside } };
  return { queryId, error: { ...fault, code: snowflakeCode, sqlState, place } };
}

/** The blocks of the product raise what went wrong anew, with its code in front: `2003 (02000): Object ... does not exist`. */
function raisedAnew(message: string): Pick<StatementFault, 'code' | 'sqlState' | 'message'> | null {
  const [, code, sqlState, text] = /:\s*(-?\d+) \((\w{5})\): ([\s\S]*)$/.exec(message) ?? [];
  if (code === undefined || sqlState === undefined || text === undefined) return null;
  return { code: code.startsWith('-') ? code : code.padStart(6, '0'), sqlState, message: text };
}
