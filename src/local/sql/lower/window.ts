/**
 * The window of a call: what its function takes in OVER.
 * https://docs.snowflake.com/en/sql-reference/functions-window-syntax
 */
import { unsupported } from '../../errors';
import type { Call, Window } from '../ast';
import { compileError } from '../scope';
import { lower, type Context } from './expression';
import { orderable, orderedBy, orderSql } from './order';

const names = (list: string): ReadonlySet<string> => new Set(list.split(' '));

const WHOLE_PARTITION = names('FIRST_VALUE LAST_VALUE NTH_VALUE');
const NEEDS_ORDER = names(
  'ROW_NUMBER RANK DENSE_RANK NTILE LAG LEAD PERCENT_RANK CUME_DIST CONDITIONAL_TRUE_EVENT ' +
    'FIRST_VALUE LAST_VALUE NTH_VALUE',
);
/** Their pages: neither ORDER BY nor a frame within OVER. */
const WITHOUT_ORDER = names(
  'ANY_VALUE APPROX_COUNT_DISTINCT HLL ARRAY_UNIQUE_AGG BOOLAND_AGG BOOLOR_AGG BOOLXOR_AGG CORR ' +
    'COVAR_POP COVAR_SAMP KURTOSIS LISTAGG MEDIAN MODE OBJECT_AGG OBJECTAGG PERCENTILE_CONT ' +
    'PERCENTILE_DISC REGR_SLOPE REGR_INTERCEPT REGR_R2',
);
const isWithoutOrder = (name: string): boolean => WITHOUT_ORDER.has(name) || /^BIT.*AGG$/.test(name);
const WITHOUT_FRAME = names('LAG LEAD NTILE CONDITIONAL_TRUE_EVENT RATIO_TO_REPORT');
/**
 * An order within OVER changes nothing for it:
 * https://docs.snowflake.com/en/sql-reference/functions/ratio_to_report
 */
const ORDER_IS_NOTHING = names('RATIO_TO_REPORT');

export function overWindow(window: Window, call: Call, context: Context): string {
  if (NEEDS_ORDER.has(call.name) && window.order.length === 0) {
    throw compileError(
      context.compilation,
      call.at,
      '002303',
      '42601',
      `Window function type [${call.name}] requires ORDER BY in window specification`,
    );
  }
  refuseClauses(window, call);
  const parts: string[] = [];
  if (window.partition.length > 0)
    parts.push(`PARTITION BY ${window.partition.map((item) => orderable(lower(item, context))).join(', ')}`);
  if (window.order.length > 0 && !ORDER_IS_NOTHING.has(call.name))
    parts.push(`ORDER BY ${orderSql(window.order, (item) => orderedBy(lower(item.expression, context)))}`);
  const frame = window.frame ?? usualFrame(call.name);
  return `OVER (${frame ? [...parts, frame].join(' ') : parts.join(' ')})`;
}

/** Without a frame Snowflake takes some over the whole partition, DuckDB up to the current row. */
function usualFrame(name: string): string | undefined {
  if (name === 'CONDITIONAL_TRUE_EVENT') return 'ROWS UNBOUNDED PRECEDING';
  return WHOLE_PARTITION.has(name) ? 'ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING' : undefined;
}

/** What an account refuses, too; its words are on no page. */
function refuseClauses({ order, frame }: Window, call: Call): void {
  const { name } = call;
  const ordered = order.length > 0;
  if (frame && (WITHOUT_FRAME.has(name) || isWithoutOrder(name)))
    throw unsupported(`a window frame of ${name}`);
  if (frame && name === 'PERCENT_RANK' && !/^RANGE( BETWEEN)? (UNBOUNDED|CURRENT)/.test(frame))
    throw unsupported('a window frame of rows of PERCENT_RANK');
  if (ordered && isWithoutOrder(name)) throw unsupported(`${name} with ORDER BY in OVER`);
  if (ordered && name.startsWith('ARRAY') && (call.distinct || call.within))
    throw unsupported(`${name} with DISTINCT or WITHIN GROUP, and ORDER BY in OVER`);
  if (ordered && call.distinct && (/^(STDDEV|VAR|AVG$|SUM$)/.test(name) || call.args.length > 1))
    throw unsupported(`${name}(DISTINCT ...) with ORDER BY in OVER`);
}
