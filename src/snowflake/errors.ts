/** What went wrong with a statement, in Snowflake's words. */
import { AutoRestartError } from '../errors';
import { redact } from './redact';

export class SnowflakeStatementError extends AutoRestartError {
  /** Snowflake's own, `002003`; the driver's own are six digits from 400000. */
  readonly snowflakeCode: string;
  readonly sqlState: string | null;
  /** `null` when the statement never got one. */
  readonly queryId: string | null;
  /** Place in the statement where the message names one: `line` from 1, `position` from 0. */
  readonly place: StatementPlace | null;

  constructor(message: string, facts: StatementFailure & { hint?: string; cause?: unknown }) {
    super('FAILED', message, { hint: facts.hint, cause: facts.cause });
    this.name = 'SnowflakeStatementError';
    this.snowflakeCode = facts.snowflakeCode;
    this.sqlState = facts.sqlState;
    this.queryId = facts.queryId;
    this.place = facts.place;
  }
}

export interface StatementPlace {
  line: number;
  position: number;
}

export interface StatementFailure {
  snowflakeCode: string;
  sqlState: string | null;
  queryId: string | null;
  place: StatementPlace | null;
}

/** What snowflake-sdk throws: server codes are text, its own are numbers; the query id is in `data`. */
interface DriverError {
  name?: string;
  code?: string | number;
  message?: string;
  sqlState?: string;
  data?: { queryId?: string; line?: number; pos?: number };
}

/** @param secrets values that must not be shown even if the message holds them */
export function statementError(thrown: unknown, secrets: readonly string[]): SnowflakeStatementError {
  const error = (thrown ?? {}) as DriverError;
  const message = redact(error.message ?? String(thrown), secrets);
  return new SnowflakeStatementError(message, {
    snowflakeCode: String(error.code ?? ''),
    sqlState: error.sqlState ?? null,
    queryId: error.data?.queryId ?? null,
    place: placeOf(error, message),
    hint: isNetworkError(error)
      ? 'the connection broke: look in the query history whether the statement ran before you repeat it'
      : undefined,
  });
}

/** Snowflake sends the place of a syntax error apart, and names that of others only in the message. */
function placeOf(error: DriverError, message: string): StatementPlace | null {
  const named = /line (\d+) at position (\d+)/.exec(message);
  if (named) return { line: Number(named[1]), position: Number(named[2]) };
  const { line, pos } = error.data ?? {};
  return line !== undefined && line > 0 ? { line, position: Math.max(0, pos ?? 0) } : null;
}

function isNetworkError(error: { name?: string }): boolean {
  return error.name === 'NetworkError' || error.name === 'RequestFailedError';
}

/** A login that did not work. @param secrets values that must not be shown */
export function connectionError(
  thrown: unknown,
  target: string,
  secrets: readonly string[],
): AutoRestartError {
  const error = (thrown ?? {}) as DriverError;
  const reason = redact(error.message ?? String(thrown), secrets);
  const code = error.code === undefined ? '' : ` (${error.code})`;
  return new AutoRestartError('CONNECTION', `cannot connect to ${target}: ${reason}${code}`, {
    hint: isNetworkError(error)
      ? 'check the account name, the network and the proxy'
      : 'check user, authenticator and credentials of the connection; `snow connection test` uses the same ones',
  });
}
