/**
 * The one error this product throws on purpose.
 *
 * `message` says what is wrong and with which value, in lower case and without a full stop; `where` names
 * the place (a config path, a file and line); `hint` says what to do. Only `src/cli` prints errors and turns
 * `code` into an exit code.
 */
export class AutoRestartError extends Error {
  readonly code: ErrorCode;
  readonly where: string | undefined;
  readonly hint: string | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    details: { where?: string; hint?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.name = 'AutoRestartError';
    this.code = code;
    this.where = details.where;
    this.hint = details.hint;
  }
}

/**
 * - `REQUEST`: arguments or config are wrong
 * - `REFUSED`: valid, but it must not be done now: stale files, a missing consent
 * - `FAILED`: it was tried and did not work
 * - `CONNECTION`: no connection, or not authorised
 *
 * The exit code of each stands in `cli/output/exit-codes`.
 */
export type ErrorCode = 'REQUEST' | 'REFUSED' | 'FAILED' | 'CONNECTION';
