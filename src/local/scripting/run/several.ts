/** How many statements the text of EXECUTE IMMEDIATE may hold. https://docs.snowflake.com/en/sql-reference/parameters#multi-statement-count */
import type { Session } from '../../engine/contract';
import { SnowflakeError, unsupported } from '../../errors';
import { splitStatements } from '../../sql/split';

/** @throws SnowflakeError 000008 for several, before any of them runs */
export function refuseSeveral(sql: string, session: Session): void {
  const semicolon = sql.indexOf(';');
  if (semicolon < 0 || /^[;\s]*$/.test(sql.slice(semicolon))) return;
  const count = splitStatements(sql).length;
  if (count < 2) return;
  const wanted = session.parameters.get('MULTI_STATEMENT_COUNT') ?? '1';
  if (wanted === '0' || wanted === String(count))
    throw unsupported('EXECUTE IMMEDIATE of several statements');
  const message = `Actual statement count ${count} did not match the desired statement count ${wanted}.`;
  throw new SnowflakeError('000008', '0A000', message);
}
