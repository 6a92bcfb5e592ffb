/** How deep calls are nested. https://docs.snowflake.com/en/developer-guide/stored-procedure/stored-procedures-usage */
import type { Session } from '../../engine/contract';
import { SnowflakeError } from '../../errors';

/** Calls of calls: Snowflake stops at a fixed depth. */
const MAX_DEPTH = 16;
const depths = new WeakMap<Session, number>();

/** One call deeper, until the function that it gives is called. @throws SnowflakeError 090206 */
export function goDeeper(session: Session): () => void {
  const depth = depths.get(session) ?? 0;
  if (depth >= MAX_DEPTH) throw tooDeep();
  depths.set(session, depth + 1);
  return () => depths.set(session, depth);
}

/** A child job is as deep as the block that starts it. */
export function inheritDepth(child: Session, parent: Session): void {
  depths.set(child, depths.get(parent) ?? 0);
}

function tooDeep(): SnowflakeError {
  const message = `Stored procedure execution error: the nesting of procedure calls exceeds ${MAX_DEPTH} levels.`;
  return new SnowflakeError('090206', '42601', message);
}
