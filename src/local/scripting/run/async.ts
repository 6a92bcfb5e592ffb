/** ASYNC, AWAIT and CANCEL. https://docs.snowflake.com/en/sql-reference/snowflake-scripting/await, .../cancel */
import { unsupported } from '../../errors';
import type { TypedValue } from '../../values';
import type { Async, Await, Cancel, Place, Runnable } from '../ast';
import { invalidIdentifier } from '../compile/errors';
import type { Activation } from './activation';
import { awaitAll, awaitJob, startJob, type Job } from './jobs';
import { nestedProcedure } from './nested';
import { raising } from './raised';
import { refuseChange } from './reading-only';
import { refuseForOwner } from './rights';
import { find, type ResultSet, type Scope } from './scope';
import { bindSql, dynamicSql } from './sql';
import { isTransactionControl } from './transactions';

/** `ASYNC ( <statement> )`, alone or for a RESULTSET. */
export async function runAsync({ source, resultSet }: Async, scope: Scope, run: Activation): Promise<void> {
  const entity = resultSet === undefined ? undefined : resultSetNamed(resultSet, scope, source.place);
  const job = await start(source, scope, run);
  if (entity) Object.assign(entity, { job, result: undefined });
}

export async function start(source: Runnable, scope: Scope, run: Activation): Promise<Job> {
  const { sql, binds } = await textOf(source, scope, run);
  return raising('STATEMENT_ERROR', source.place, async () => {
    refuseForOwner(sql, run.session);
    refuseChange(sql, run.session);
    if (isTransactionControl(sql)) throw unsupported('ASYNC of BEGIN, COMMIT or ROLLBACK');
    return startJob(sql, binds, run);
  });
}

async function textOf(
  source: Runnable,
  scope: Scope,
  run: Activation,
): Promise<{ sql: string; binds: TypedValue[] }> {
  if (source.is === 'executeImmediate') return dynamicSql(source, scope, run);
  const takesInto = source.is === 'call' ? source.into !== undefined : source.into.length > 0;
  if (takesInto) throw unsupported('INTO of an asynchronous child job');
  if (source.is === 'call' && nestedProcedure(source, scope))
    throw unsupported('ASYNC CALL of a nested procedure');
  const sql = source.is === 'call' ? source.sql : source;
  return raising('STATEMENT_ERROR', source.place, async () => {
    const bound = bindSql(sql, scope, run, []);
    // Without their variables: a job has no OUT arguments.
    return { sql: bound.sql, binds: bound.binds.map(({ type, value }) => ({ type, value })) };
  });
}

export async function runAwait({ resultSet, place }: Await, scope: Scope, run: Activation): Promise<void> {
  const entity = resultSet === undefined ? undefined : resultSetNamed(resultSet, scope, place);
  await raising('STATEMENT_ERROR', place, async () => {
    if (!entity) return awaitAll(run);
    if (entity.job && !entity.result) entity.result = await awaitJob(entity.job, run);
  });
}

export function runCancel({ resultSet, place }: Cancel, scope: Scope): void {
  resultSetNamed(resultSet, scope, place).job?.cancel();
}

function resultSetNamed(name: string, scope: Scope, place: Place): ResultSet {
  const entity = find(scope, name);
  if (entity?.is !== 'resultset') throw invalidIdentifier(name, place);
  return entity;
}
