/** One run of a procedure's body or of an anonymous block. */
import type { Session } from '../../engine/contract';
import type { QueryResult, SqlType } from '../../values';
import type { Job } from './jobs';

export interface Activation {
  readonly session: Session;
  /** Whether it is the body of a stored procedure, which is a scope of transactions. */
  readonly isProcedure: boolean;
  /** What the procedure RETURNS; `undefined` for a table and for an anonymous block. */
  readonly returns: SqlType | undefined;
  /** Of the last statement: SQLID, SQLROWCOUNT, SQLFOUND, SQLNOTFOUND. */
  lastQueryId: string | undefined;
  rowsAffected: number | undefined;
  /** ACTIVITY_COUNT: rows that the last statement changed or gave. */
  activity: number | undefined;
  /** Whether this body has begun the transaction that is open. */
  ownsTransaction: boolean;
  /** Turns of loops since the event loop last had its turn. */
  turns: number;
  /** Asynchronous child jobs that were not awaited yet. */
  readonly jobs: Set<Job>;
}

export function activation(session: Session, isProcedure = false, returns?: SqlType): Activation {
  return {
    session,
    isProcedure,
    returns,
    lastQueryId: undefined,
    rowsAffected: undefined,
    activity: undefined,
    ownsTransaction: false,
    turns: 0,
    jobs: new Set(),
  };
}

/** Keeps what the block may ask about its last statement. */
export function noteResult(run: Activation, result: QueryResult): QueryResult {
  run.lastQueryId = result.queryId;
  run.rowsAffected = result.rowsAffected;
  run.activity = result.rowsAffected ?? result.rows.length;
  return result;
}
