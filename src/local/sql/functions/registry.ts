/**
 * The allow list of functions: what is not here is unknown, as in Snowflake (002140). Each entry says how many
 * arguments it takes and what it is in DuckDB's words.
 */
import type { Call, Expression } from '../ast';
import type { Lowered } from '../compilation';
import type { Context } from '../lower/expression';

export interface FunctionDefinition {
  min: number;
  max: number;
  aggregate?: boolean;
  window?: boolean;
  lower(args: Lowered[], call: Call, context: Context): Lowered;
  /** Names of its arguments in order of position, where a call may name them. */
  names?: readonly string[];
  /** What the call is without a look at its arguments one by one, if it is that. */
  whole?(call: Call, context: Context): Lowered | undefined;
  /** Arguments that are not values: a date part given as a word. They come lowered as text literals. */
  words?: readonly number[];
}

export const FUNCTIONS = new Map<string, FunctionDefinition>();

type Body = FunctionDefinition['lower'];

/**
 * Registers one function under all its names.
 * @throws Error for a name that is there already: which of two counts would depend on the order of imports
 */
export function define(
  names: string,
  arity: number | [number, number],
  lower: Body,
  more: Partial<FunctionDefinition> = {},
): void {
  const [min, max] = typeof arity === 'number' ? [arity, arity] : arity;
  for (const name of names.split(' ')) {
    if (FUNCTIONS.has(name)) throw new Error(`the local function ${name} is defined twice`);
    FUNCTIONS.set(name, { min, max, lower, ...more });
  }
}

/** Whether the expression computes an aggregate of its own query (not in a subquery, not over a window). */
export function containsAggregate(expression: Expression): boolean {
  return some(expression, (call) => call.over === undefined && FUNCTIONS.get(call.name)?.aggregate === true);
}

export function containsWindow(expression: Expression): boolean {
  return some(expression, (call) => call.over !== undefined);
}

/** Searches an expression's calls without entering subqueries. */
function some(value: unknown, test: (call: Call) => boolean): boolean {
  if (Array.isArray(value)) return value.some((item) => some(item, test));
  if (typeof value !== 'object' || value === null) return false;
  const node = value as { is?: string };
  if (node.is === 'query') return false;
  if (node.is === 'call' && test(value as Call)) return true;
  return Object.values(value).some((item) => some(item, test));
}
