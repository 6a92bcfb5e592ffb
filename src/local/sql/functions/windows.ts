/** https://docs.snowflake.com/en/sql-reference/functions-window */
import { unsupported } from '../../errors';
import type { Call } from '../ast';
import type { Lowered } from '../compilation';
import { cast } from '../lower/coerce';
import { unify } from '../lower/common-type';
import { OVER } from '../lower/over';
import { define } from './registry';
import { bigint, float, integer, literalInteger } from './types';

const WINDOW = { window: true };

/**
 * Buckets and places count from 1. https://docs.snowflake.com/en/sql-reference/functions/nth_value,
 * .../ntile
 */
function upTo(most: number, count: Lowered, name: string): string {
  const literal = literalInteger(count);
  if (literal !== undefined && (literal < 1 || literal > most)) throw unsupported(`${name} of ${literal}`);
  return bigint(count);
}

for (const name of ['ROW_NUMBER', 'RANK', 'DENSE_RANK'])
  define(name, 0, () => integer(`${name.toLowerCase()}()${OVER}`), WINDOW);
define('NTILE', 1, ([n], { name }) => integer(`ntile(${upTo(Infinity, n!, name)})${OVER}`), WINDOW);
define('PERCENT_RANK', 0, () => float(`percent_rank()${OVER}`), WINDOW);
define('CUME_DIST', 0, () => float(`cume_dist()${OVER}`), WINDOW);

const nulls = (call: Call): string => (call.ignoreNulls ? ' IGNORE NULLS' : '');

for (const name of ['LAG', 'LEAD']) {
  define(
    name,
    [1, 3],
    (args, call) => {
      const [value, offset, fallback] = args as [Lowered, Lowered | undefined, Lowered | undefined];
      const { values, type } = fallback ? unify([value, fallback]) : { values: [value], type: value.type };
      const rest = `${offset ? `, ${bigint(offset)}` : ''}${fallback ? `, ${values[1]!.sql}` : ''}`;
      return { sql: `${name.toLowerCase()}(${values[0]!.sql}${rest}${nulls(call)})${OVER}`, type };
    },
    WINDOW,
  );
}
for (const name of ['FIRST_VALUE', 'LAST_VALUE'])
  define(
    name,
    1,
    ([a], call) => ({ sql: `${name.toLowerCase()}(${a!.sql}${nulls(call)})${OVER}`, type: a!.type }),
    WINDOW,
  );
define(
  'NTH_VALUE',
  2,
  ([a, n], call) => ({
    sql: `nth_value(${a!.sql}, ${upTo(1000, n!, call.name)}${nulls(call)})${OVER}`,
    type: a!.type,
  }),
  WINDOW,
);

/** How often the condition has been true so far. */
define(
  'CONDITIONAL_TRUE_EVENT',
  1,
  ([a]) => integer(`sum(CASE WHEN ${cast(a!, { kind: 'BOOLEAN' }).sql} THEN 1 ELSE 0 END)${OVER}`),
  WINDOW,
);
