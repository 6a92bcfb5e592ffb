/** What a command ends with. */
import { AutoRestartError, type ErrorCode } from '../../errors';

/** 0 done, 1 not done, 2 wrong request, 3 differences (only with --check), 4 no connection. */
export const EXIT = { ok: 0, failed: 1, request: 2, differs: 3, connection: 4 } as const;

/** Complete: an error code without an exit code does not compile. */
export const EXIT_OF_ERROR: Readonly<Record<ErrorCode, number>> = {
  REQUEST: EXIT.request,
  REFUSED: EXIT.failed,
  FAILED: EXIT.failed,
  CONNECTION: EXIT.connection,
};

export function exitCodeOf(error: unknown): number {
  return error instanceof AutoRestartError ? EXIT_OF_ERROR[error.code] : EXIT.failed;
}
