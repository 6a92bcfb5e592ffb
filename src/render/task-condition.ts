/** WHEN of a task that runs only after something was built. https://docs.snowflake.com/en/sql-reference/sql/create-task */
import { literal } from '../sql-text';

/**
 * First words of a return value that mean "something was built". A WHEN may only compare, cast and combine: no LIKE, no
 * SPLIT_PART. So a word is a range: from itself to just below itself and `~`, the last printable character.
 *
 * A predecessor without a return value gives NULL, which is not TRUE, and the child is skipped: what nobody is known to
 * have built is not built upon. That also holds for the first words SKIPPED and NOTHING. A *suspended* predecessor makes
 * the function fail, and with it the child's run. Of several predecessors one that built something is enough.
 */
const BUILT = ['FULL_BUILD', 'RETRY'].map((word) => ({ from: word, below: `${word}~` }));

/** @param predecessors tasks of which one has to have built something; none for no condition */
export function taskCondition(predecessors: readonly string[]): string | null {
  if (predecessors.length === 0) return null;
  const ranges = predecessors.flatMap((task) =>
    BUILT.map(({ from, below }) => {
      const value = `SYSTEM$GET_PREDECESSOR_RETURN_VALUE(${literal(task)})`;
      return `(${value} >= ${literal(from)}\n          AND ${value} < ${literal(below)})`;
    }),
  );
  return ranges.join('\n      OR ');
}
