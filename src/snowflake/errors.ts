/** What went wrong with a statement, in Snowflake's words. */
import { AutoRestartError, type ErrorCode } from '../errors';
import {
  asDriverError,
  isNetworkError,
  networkCodeOf,
  statusOf,
  type DriverError,
} from './failure/driver-error';
import { redact } from './redact';
import { ConnectionLost } from './watch';

export class SnowflakeStatementError extends AutoRestartError {
  /** Snowflake's own, `002003`; the driver's own are six digits from 400000; '' where the connection was lost. */
  readonly snowflakeCode: string;
  readonly sqlState: string | null;
  /** `null` when the statement never got one. */
  readonly queryId: string | null;
  /** Place in the statement where the message names one: `line` from 1, `position` from 0. */
  readonly place: StatementPlace | null;

  constructor(
    message: string,
    facts: StatementFailure & { code?: ErrorCode; hint?: string; cause?: unknown },
  ) {
    super(facts.code ?? 'FAILED', message, { hint: facts.hint, cause: facts.cause });
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

const MAY_HAVE_RUN =
  'the statement on its way may have run: look for its query in QUERY_HISTORY; the same command again does what is left, or says how to take over';

/**
 * Of code CONNECTION (exit code 4) where there is no session any more, or its role or warehouse is the matter.
 * @param secrets values that must not be shown even if the message holds them
 */
export function statementError(thrown: unknown, secrets: readonly string[]): SnowflakeStatementError {
  if (thrown instanceof ConnectionLost) return lost(asDriverError(thrown.cause ?? {}), secrets, true);
  const error = asDriverError(thrown);
  const isAnswer = error.name !== 'OperationFailedError' || error.message || error.code !== undefined;
  if (isNetworkError(error) || !isAnswer) return lost(error, secrets, false);
  const message = redact(error.message ?? String(thrown), secrets);
  const snowflakeCode = String(error.code ?? '');
  return new SnowflakeStatementError(message, {
    snowflakeCode,
    sqlState: error.sqlState ?? null,
    queryId: error.data?.queryId ?? null,
    place: placeOf(error, message),
    ...accessOf(snowflakeCode),
  });
}

/** Nothing of the driver's own message: it speaks of sockets. */
function lost(error: DriverError, secrets: readonly string[], isSilent: boolean): SnowflakeStatementError {
  const status = statusOf(error);
  const code = networkCodeOf(error);
  const reason =
    status !== null
      ? `it answers with HTTP ${status}`
      : code !== ''
        ? `it cannot be reached (${code})`
        : isSilent
          ? 'it does not answer'
          : redact(error.message || 'what answers now is not Snowflake', secrets);
  return new SnowflakeStatementError(`Snowflake went away in the middle: ${reason}`, {
    code: 'CONNECTION',
    snowflakeCode: '',
    sqlState: null,
    queryId: error.data?.queryId ?? null,
    place: null,
    hint: MAY_HAVE_RUN,
  });
}

const ACCESS: Readonly<Record<string, string>> = {
  '000606':
    'add warehouse = "..." to the connection, or give the user a DEFAULT_WAREHOUSE that its role may use',
  '003001':
    'the role of the session may not do this: set role in the connection, or grant what QUICK_REFERENCE.md lists',
  '390104': MAY_HAVE_RUN,
  '390111': MAY_HAVE_RUN,
  '390114': MAY_HAVE_RUN,
  '407001': MAY_HAVE_RUN,
  '407002': MAY_HAVE_RUN,
};

/** What is not the statement's fault but the session's: gone, or of a role or warehouse that will not do. */
function accessOf(snowflakeCode: string): { code?: ErrorCode; hint?: string } {
  const hint = ACCESS[snowflakeCode];
  return hint === undefined ? {} : { code: 'CONNECTION', hint };
}

/** What one statement may not do, others of the session may. */
const NOT_ALLOWED = '003001';

/** Whether no other statement of the session is answered either: whoever can do without this one has to ask that first. */
export function endsSession(error: unknown): boolean {
  const { code, snowflakeCode } = error as Partial<SnowflakeStatementError>;
  return code === 'CONNECTION' && snowflakeCode !== NOT_ALLOWED;
}

/** Snowflake sends the place of a syntax error apart, and names that of others only in the message. */
function placeOf(error: DriverError, message: string): StatementPlace | null {
  const named = /line (\d+) at position (\d+)/.exec(message);
  if (named) return { line: Number(named[1]), position: Number(named[2]) };
  const { line, pos } = error.data ?? {};
  return line !== undefined && line > 0 ? { line, position: Math.max(0, pos ?? 0) } : null;
}
