/** What became of every statement. Always complete: what was not reached is in it too. */
import type { Statement } from '../render/statement';
import type { StatementPlace } from '../snowflake/errors';

export interface ApplyReport {
  /** Whether every statement was applied. */
  ok: boolean;
  statements: StatementOutcome[];
}

export type StatementOutcome = Done | Failed | NotRun;

type About = Pick<Statement, 'id' | 'kind' | 'object' | 'file'>;

export interface Done extends About {
  status: 'done';
  queryId: string;
  durationMs: number;
}

export interface Failed extends About {
  status: 'failed';
  /** `null` when Snowflake never gave it one. */
  queryId: string | null;
  durationMs: number;
  error: StatementFault;
}

export interface NotRun extends About {
  status: 'not-run';
}

export interface StatementFault {
  /** Snowflake's code, `002003`; '' for what is not Snowflake's. */
  code: string;
  sqlState: string | null;
  message: string;
  /** In the statement's own text. */
  place: StatementPlace | null;
  hint: string | null;
}
