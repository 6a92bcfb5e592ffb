/** Intervals as SCHEDULE and TARGET_COMPLETION_INTERVAL write them. https://docs.snowflake.com/en/sql-reference/sql/create-task */

const MILLISECONDS: Record<string, bigint> = { S: 1000n, M: 60_000n, H: 3_600_000n };

/**
 * One blank, tab or line break between count and unit, none before. The product is a number of 64 bits, as accounts
 * reckon it: what exceeds them wraps around.
 * @returns milliseconds, `undefined` when the text is no interval or none that lasts
 */
export function intervalOf(text: string): number | undefined {
  const [, count, unit] = /^\+?(\d+)[ \t\r\n](S|SECONDS?|M|MINUTES?|H|HOURS?)[ \t\r\n]*$/i.exec(text) ?? [];
  if (count === undefined || BigInt(count) !== BigInt.asIntN(64, BigInt(count))) return undefined;
  const product = BigInt(count) * MILLISECONDS[unit!.charAt(0).toUpperCase()]!;
  // Hours do not wrap.
  const isHours = /^h/i.test(unit!);
  const milliseconds = Number(isHours ? product : BigInt.asIntN(64, product));
  return milliseconds > 0 ? milliseconds : undefined;
}
