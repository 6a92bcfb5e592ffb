/** What a RESULTSET without rows says. https://docs.snowflake.com/en/developer-guide/snowflake-scripting/resultsets */
import { SnowflakeError } from '../../errors';
import type { ResultSet } from './scope';

/** @throws SnowflakeError 090211 */
export function noResult(name: string, { job }: ResultSet): never {
  const why = job ? 'has not been awaited' : 'has not been assigned a query';
  throw new SnowflakeError('090211', '42601', `RESULTSET '${name}' ${why}.`);
}

/** SYSTEM$GET_RESULTSET_STATUS; NULL before a query was assigned. */
export function statusOf({ job, result }: ResultSet): string | null {
  return job?.status ?? (result ? 'SUCCESS' : null);
}
