/** Errors of the local Snowflake carry Snowflake's code, SQLSTATE and wording, so that clients read what they would read there. */
export class SnowflakeError extends Error {
  /** Six digits, as the driver reports them: `'002003'`. Scripting exceptions are signed: `'-20001'`. */
  readonly code: string;
  readonly sqlState: string;
  /** Set by the engine, once. */
  queryId: string | undefined;

  /** @param cause what no client is told: an error of DuckDB's or of the local Snowflake itself */
  constructor(code: string, sqlState: string, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'SnowflakeError';
    this.code = code;
    this.sqlState = sqlState;
  }
}

/**
 * What Snowflake has and the local Snowflake has not. No handler of a block catches it: whatever the block then did would
 * be done on an account for another reason or not at all.
 */
export class NotModelled extends SnowflakeError {
  constructor(message: string, cause?: unknown) {
    super(NotModelled.CODE, '0A000', message, cause);
  }

  static readonly CODE = '000002';
}

/** Names what is not modelled; nothing passes silently. */
export function unsupported(construct: string, cause?: unknown): NotModelled {
  return new NotModelled(
    `Unsupported feature '${construct}'. (the local Snowflake does not model it; see src/local/README.md)`,
    cause,
  );
}

/** 001003: the text is not a statement. */
export class SyntaxFault extends SnowflakeError {
  /**
   * @param unexpected the token that does not fit, `<EOF>` at the end
   * @param otherwise code and message where an account has others for it
   */
  constructor(
    readonly line: number,
    readonly position: number,
    readonly unexpected: string,
    otherwise?: { code: string; sqlState: string; message: string },
  ) {
    super(
      otherwise?.code ?? '001003',
      otherwise?.sqlState ?? '42000',
      otherwise?.message ??
        `SQL compilation error:\nsyntax error line ${line} at position ${position} unexpected '${unexpected}'.`,
    );
  }
}

/** 002040: a word stands where a type has to. */
export function noType(line: number, position: number, word: string): SyntaxFault {
  const message = `SQL compilation error:\nUnsupported data type '${word}'.`;
  return new SyntaxFault(line, position, word, { code: '002040', sqlState: '42601', message });
}

/** Line and position start at 1 and 0, as Snowflake counts. */
export function syntaxError(line: number, position: number, unexpected: string): SyntaxFault {
  return new SyntaxFault(line, position, unexpected);
}

/**
 * What the role lacks a privilege for: worded as an account does, which often says no more than that something does not exist.
 * Whoever rehearses is told the two apart by this class.
 */
export class NotAuthorized extends SnowflakeError {
  static from({ code, sqlState, message }: SnowflakeError): NotAuthorized {
    return new NotAuthorized(code, sqlState, message);
  }
}

/** 002003: `kind` as Snowflake names it: Table, Procedure, Task, Schema, Database, Object. */
export function doesNotExist(kind: string, name: string): SnowflakeError {
  return new SnowflakeError(
    '002003',
    kind === 'Schema' || kind === 'Database' ? '02000' : '42S02',
    `SQL compilation error:\n${kind} '${name}' does not exist or not authorized.`,
  );
}

/** 002002: the name is taken. */
export function alreadyExists(name: string): SnowflakeError {
  return new SnowflakeError('002002', '42710', `SQL compilation error:\nObject '${name}' already exists.`);
}

/** 000604: somebody cancelled the statement. */
export function canceled(): SnowflakeError {
  return new SnowflakeError('000604', '57014', 'SQL execution canceled');
}

/** 000630 */
export function timedOut(seconds: number): SnowflakeError {
  const shown = seconds.toLocaleString('en-US');
  return new SnowflakeError(
    '000630',
    '57014',
    `Statement reached its statement or warehouse timeout of ${shown} second(s) and was canceled.`,
  );
}
