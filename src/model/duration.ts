/** `'4 hours'` and the like. */

const UNITS = { second: 1_000, minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;
const DURATION = /^\s*(\d+(?:\.\d+)?)\s*(second|minute|hour|day)s?\s*$/i;

/** @returns milliseconds, `null` when the text is not a duration */
export function parseDuration(text: string): number | null {
  const [, amount, unit] = DURATION.exec(text) ?? [];
  if (amount === undefined || unit === undefined) return null;
  return Math.round(Number(amount) * UNITS[unit.toLowerCase() as keyof typeof UNITS]);
}

/** USER_TASK_TIMEOUT_MS when nothing is stated. https://docs.snowflake.com/en/sql-reference/parameters */
export const SNOWFLAKE_TASK_TIMEOUT_MS = UNITS.hour;
export const LONGEST_TASK_TIMEOUT_MS = 7 * UNITS.day;
export const HOUR_MS = UNITS.hour;
