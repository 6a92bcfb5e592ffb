/** A whole body: a procedure's or an anonymous block's, from its first statement to its result. */
import { NULL, type QueryResult, type TypedValue } from '../../values';
import type { Block } from '../ast';
import type { Activation } from './activation';
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
 * A value has the type of the expression that was returned, whatever the procedure RETURNS; a body that returns nothing gives a
 * NULL of that type.
 * @param column name of the one column of a scalar result
 * @throws SnowflakeError "Uncaught exception of type ..." for what no handler took
 */
export async function runBody(
  body: Block,
  scope: Scope,
  run: Activation,
  column: string,
): Promise<BodyResult> {
  const flow = await leaving(run, () => runBlock(body, scope, run));
  await endTransactions(run);
  if (flow?.is === 'return' && flow.value.is === 'table') return { isTable: true, result: flow.value.result };
  const none: TypedValue = { type: run.returns ?? NULL.type, value: null };
  const { type, value } = flow?.is === 'return' && flow.value.is === 'scalar' ? flow.value.value : none;
  const columns = [{ name: column, type: type.kind === 'VARCHAR' ? NULL.type : type }];
  return { isTable: false, result: { queryId: run.lastQueryId ?? '', columns, rows: [[value]] } };
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
