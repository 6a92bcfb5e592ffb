/** One run of a procedure's body or of an anonymous block. */
import type { Session } from '../../engine/contract';
import type { QueryResult } from '../../values';
import type { Job } from './jobs';

export interface Activation {
  readonly session: Session;
  /** Whether it is the body of a stored procedure, which is a scope of transactions. */
  readonly isProcedure: boolean;
  /** Of the last statement: SQLID, SQLROWCOUNT, SQLFOUND, SQLNOTFOUND. */
  lastQueryId: string | undefined;
  rowsAffected: number | undefined;
  /** Whether this body has begun the transaction that is open. */
  ownsTransaction: boolean;
  /** Turns of loops since the event loop last had its turn. */
  turns: number;
  /** Asynchronous child jobs that were not awaited yet. */
  readonly jobs: Set<Job>;
}

export function activation(session: Session, isProcedure = false): Activation {
  return {
    session,
    isProcedure,
    lastQueryId: undefined,
    rowsAffected: undefined,
    ownsTransaction: false,
    turns: 0,
    jobs: new Set(),
  };
}

/** Keeps what the block may ask about its last statement. */
export function noteResult(run: Activation, result: QueryResult): QueryResult {
  run.lastQueryId = result.queryId;
  run.rowsAffected = result.rowsAffected;
  return result;
}
