/** The local Snowflake with everything it is made of. */
import type { LocalSnowflake } from './engine/contract';
import { openLocalSnowflake } from './engine/open';
import { features } from './features';

/**
 * @param options.file the database file; left out, everything is in memory
 * @param options.start what the clock shows at first
 */
export function openLocal(options: { file?: string; start?: Date } = {}): Promise<LocalSnowflake> {
  return openLocalSnowflake({ ...options, features });
}
