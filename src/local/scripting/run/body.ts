/** A whole body: a procedure's or an anonymous block's, from its first statement to its result. */
import { NULL, type QueryResult, type SqlType } from '../../values';
import type { Block } from '../ast';
import type { Activation } from './activation';
import { convert } from './convert';
import { runBlock } from './block';
import { endJobs } from './jobs';
import { RaisedException, uncaught } from './raised';
import type { Scope } from './scope';
import { endTransactions } from './transactions';

export interface BodyResult {
  /** Whether it came from RETURN TABLE. */
  isTable: boolean;
  result: QueryResult;
}

/**
 * @param column name of the one column of a scalar result
 * @param returns type of a scalar result; left out, the value keeps its own
 * @throws SnowflakeError "Uncaught exception of type ..." for what no handler took
 */
export async function runBody(
  body: Block,
  scope: Scope,
  run: Activation,
  column: string,
  returns: SqlType | undefined,
): Promise<BodyResult> {
  const flow = await leaving(run, () => runBlock(body, scope, run));
  await endTransactions(run);
  if (flow?.is === 'return' && flow.value.is === 'table') return { isTable: true, result: flow.value.result };
  const value = flow?.is === 'return' && flow.value.is === 'scalar' ? flow.value.value : NULL;
  const type = returns ?? value.type;
  const converted = await convert(value, type, run.session);
  const result = { queryId: run.lastQueryId ?? '', columns: [{ name: column, type }], rows: [[converted]] };
  return { isTable: false, result };
}

async function leaving<T>(run: Activation, body: () => Promise<T>): Promise<T> {
  try {
    return await body().finally(() => endJobs(run));
  } catch (error) {
    if (run.ownsTransaction) {
      run.ownsTransaction = false;
      await run.session.run('ROLLBACK');
    }
    throw error instanceof RaisedException ? uncaught(error) : error;
  }
}
