/** Exceptions on their way through a block. https://docs.snowflake.com/en/developer-guide/snowflake-scripting/exceptions */
import { NotModelled, SnowflakeError } from '../../errors';
import type { Session } from '../../engine/contract';
import type { ExceptionDeclaration, Place } from '../ast';

export class RaisedException extends Error {
  /** Blocks whose handler is running or has failed: a handler does not cover itself. */
  readonly passes = new Set<object>();

  constructor(
    /** `STATEMENT_ERROR`, `EXPRESSION_ERROR`, or the name of a declared exception. */
    readonly type: string,
    readonly declaration: ExceptionDeclaration | undefined,
    readonly code: string,
    readonly sqlState: string,
    message: string,
    readonly place: Place,
    /** Of what the local Snowflake does not model. */
    readonly isRefusal = false,
  ) {
    super(message);
  }
}

/** The SQLSTATE of exceptions that a block declares. */
const USER_DEFINED = 'P0001';

export function declaredException(declaration: ExceptionDeclaration, place: Place): RaisedException {
  const { name, code, message } = declaration;
  return new RaisedException(name, declaration, String(code), USER_DEFINED, message, place);
}

/** Runs `body`; an error of Snowflake's in it becomes an exception of the block. Anything else is a bug and passes. */
export async function raising<T>(
  type: 'STATEMENT_ERROR' | 'EXPRESSION_ERROR',
  place: Place,
  body: () => Promise<T>,
): Promise<T> {
  try {
    return await body();
  } catch (error) {
    if (!(error instanceof SnowflakeError)) throw error;
    throw new RaisedException(
      type,
      undefined,
      error.code,
      error.sqlState,
      error.message,
      place,
      error instanceof NotModelled,
    );
  }
}

/**
 * What no handler catches: the end of a cancelled statement (that of a cancelled child job it does), and what the local Snowflake does not model. A handler would hide the
 * latter, and the test that relies on it would prove nothing.
 */
export function isCatchable(raised: RaisedException, session: Session): boolean {
  return !session.signal.aborted && !raised.isRefusal;
}

const CANCELLED = '000604';

/** The error that leaves the outermost block. Cancelled statements and refusals keep their wording. */
export function uncaught(raised: RaisedException): SnowflakeError {
  const { type, code, sqlState, message } = raised;
  const { line, position } = raised.place;
  if (code === CANCELLED) return new SnowflakeError(code, sqlState, message);
  const text = `Uncaught exception of type '${type}' on line ${line} at position ${position} : ${message}`;
  return raised.isRefusal ? new NotModelled(text) : new SnowflakeError(code, sqlState, text);
}
