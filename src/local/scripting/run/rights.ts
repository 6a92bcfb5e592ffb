/**
 * What an owner's-rights procedure may not run.
 * https://docs.snowflake.com/en/developer-guide/stored-procedure/stored-procedures-rights
 */
import type { Session } from '../../engine/contract';
import { SnowflakeError } from '../../errors';
import { tokenize } from '../../sql/lexer';

const REFUSED: readonly [string, RegExp][] = [
  ['ALTER_SESSION', /^ALTER SESSION\b/],
  ['USE', /^USE\b/],
  ['SET', /^SET\b/],
  ['UNSET', /^UNSET\b/],
];

/** Statements that start with one of these are worth a closer look. */
const CANDIDATE = /^\s*(?:--|\/|alter\s+session|use\b|set\b|unset\b)/i;

/** @throws SnowflakeError 090236 */
export function refuseForOwner(sql: string, session: Session): void {
  if (session.rights !== 'owner' || !CANDIDATE.test(sql)) return;
  const start = tokenize(sql)
    .slice(0, 2)
    .map((token) => token.value)
    .join(' ');
  const refused = REFUSED.find(([, pattern]) => pattern.test(start));
  if (!refused) return;
  const message = `Stored procedure execution error: Unsupported statement type '${refused[0]}'.`;
  throw new SnowflakeError('090236', '42601', message);
}
