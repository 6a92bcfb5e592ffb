/**
 * A procedure that returns a table, in FROM: `SELECT * FROM TABLE(day_sales(3))`.
 * https://docs.snowflake.com/en/developer-guide/stored-procedure/stored-procedures-selecting-from
 */
import { qualify } from '../../catalog/names';
import type { Session, TableFunction } from '../../engine/contract';
import { SnowflakeError } from '../../errors';
import type { ResultColumn } from '../../values';
import { readingOnly } from '../run/reading-only';
import { callUserProcedure, isComplete, requireCall } from './call';
import { overloads, type ProcedureRecord } from './record';

/** The procedure of that name as a table function; `undefined` when there is none. @throws SnowflakeError 002141 */
export function tableProcedure(parts: readonly string[], session: Session): TableFunction | undefined {
  if (!isComplete(parts, session)) return undefined;
  const candidates = overloads(qualify([...parts], session), session.account.catalog);
  if (candidates.length === 0) return undefined;
  requireCall(parts, session);
  return {
    name: parts.at(-1)!,
    columns: columnsOf(candidates),
    async rows(args, caller) {
      const given = Object.entries(args).map(([key, value]) => ({
        name: /^\d+$/.test(key) ? undefined : key,
        value,
        text: String(value.value),
      }));
      const { rows } = await readingOnly(caller, () => callUserProcedure(candidates, given, caller));
      return rows;
    },
  };
}

/** The columns have to be known before the procedure runs: `RETURNS TABLE ()` and a scalar tell none. */
function columnsOf(candidates: readonly ProcedureRecord[]): ResultColumn[] {
  for (const { returns } of candidates)
    if (returns.is === 'table' && returns.columns !== 'any') return returns.columns;
  const message = `Procedure ${candidates[0]!.name} does not return a table of declared columns.`;
  throw new SnowflakeError('002141', '42601', `SQL compilation error:\n${message}`);
}
