/** One run of a procedure's body or of an anonymous block. */
import type { Session } from '../../engine/contract';
import type { QueryResult } from '../../values';

export interface Activation {
  readonly session: Session;
  /** Of the last statement: SQLID, SQLROWCOUNT, SQLFOUND, SQLNOTFOUND. */
  lastQueryId: string | undefined;
  rowsAffected: number | undefined;
  /** Transactions that this body has begun and not ended. */
  openTransactions: number;
  /** Turns of loops since the event loop last had its turn. */
  turns: number;
}

export function activation(session: Session): Activation {
  return { session, lastQueryId: undefined, rowsAffected: undefined, openTransactions: 0, turns: 0 };
}

/** Keeps what the block may ask about its last statement. */
export function noteResult(run: Activation, result: QueryResult): QueryResult {
  run.lastQueryId = result.queryId;
  run.rowsAffected = result.rowsAffected;
  return result;
}
