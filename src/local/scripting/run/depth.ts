/** How deep calls and dynamic statements are nested. https://docs.snowflake.com/en/developer-guide/stored-procedure/stored-procedures-usage */
import type { Session } from '../../engine/contract';
import { SnowflakeError } from '../../errors';

/** Calls of stored procedures: Snowflake stops at a fixed depth. */
const MAX_CALLS = 16;
/** Nested procedures and EXECUTE IMMEDIATE, which may start themselves as well; a depth of ours. */
const MAX_STATEMENTS = 100;

interface Depth {
  calls: number;
  statements: number;
}

const depths = new WeakMap<Session, Depth>();

/** One call of a stored procedure deeper, until the function that it gives is called. @throws SnowflakeError 090206 */
export function goDeeper(session: Session): () => void {
  const depth = depthOf(session);
  if (depth.calls >= MAX_CALLS) throw tooDeep(`the nesting of procedure calls exceeds ${MAX_CALLS} levels`);
  return enter(session, depth, { ...depth, calls: depth.calls + 1 });
}

/** Runs a statement that holds another one. @throws SnowflakeError 090206 */
export async function oneDeeper<T>(session: Session, body: () => Promise<T>): Promise<T> {
  const depth = depthOf(session);
  if (depth.statements >= MAX_STATEMENTS)
    throw tooDeep(`the nesting of statements exceeds ${MAX_STATEMENTS} levels`);
  const leave = enter(session, depth, { ...depth, statements: depth.statements + 1 });
  try {
    return await body();
  } finally {
    leave();
  }
}

/** A child job is as deep as the block that starts it. */
export function inheritDepth(child: Session, parent: Session): void {
  depths.set(child, depthOf(parent));
}

function depthOf(session: Session): Depth {
  return depths.get(session) ?? { calls: 0, statements: 0 };
}

function enter(session: Session, before: Depth, inside: Depth): () => void {
  depths.set(session, inside);
  return () => depths.set(session, before);
}

function tooDeep(what: string): SnowflakeError {
  return new SnowflakeError('090206', '42601', `Stored procedure execution error: ${what}.`);
}
