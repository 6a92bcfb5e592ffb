/**
 * Work on a single stored text, such as splitting and sorting what a run selected. A log holds few different
 * texts many times, so who keeps a plan may write down beforehand what comes of each: see `engine/known-texts.ts`.
 */
import type { Call, Expression } from '../ast';
import type { Lowered } from '../compilation';
import { lower, type Context } from './expression';

/** Regular expressions, and lists made of texts: microseconds a row. */
const COSTLY = new Set([
  'REGEXP_REPLACE',
  'REGEXP_SUBSTR',
  'REGEXP_LIKE',
  'SPLIT_PART',
  'STRTOK_TO_ARRAY',
  'SPLIT',
  'ARRAY_SORT',
  'ARRAY_TO_STRING',
]);

/** A new text a row. */
const CHEAP = new Set(['LOWER', 'UPPER', 'TRIM', 'LTRIM', 'RTRIM', 'REPLACE']);

/** What gives the same text for the same text, whoever asks and when. */
const PURE = new Set([...COSTLY, ...CHEAP, 'COALESCE', 'NVL']);

/** Notes the call's SQL where it is such work; of calls in calls the outermost stays. */
export function notingTextWork(call: Call, value: Lowered, context: Context): Lowered {
  const { textWork } = context.compilation;
  const columns: Expression[] = [];
  if (value.type.kind !== 'VARCHAR' || !isPure(call, columns) || !isWork(call)) return value;
  const texts = columns.map((column) => lower(column, context));
  const [first] = texts;
  if (first?.table === undefined || first.type.kind !== 'VARCHAR') return value;
  if (texts.some(({ sql }) => sql !== first.sql)) return value;
  for (const inner of textWork.keys()) if (value.sql.includes(inner)) textWork.delete(inner);
  textWork.set(value.sql, { column: first.sql, table: first.table, isCostly: calls(COSTLY, call) });
  return value;
}

/** @param columns those found are added to them */
function isPure(expression: Expression, columns: Expression[]): boolean {
  switch (expression.is) {
    case 'string':
    case 'number':
      return true;
    case 'column':
      columns.push(expression);
      return true;
    case 'cast':
      return expression.type.kind === 'VARCHAR' && isPure(expression.operand, columns);
    case 'binary':
      return expression.op === '||' && isPure(expression.left, columns) && isPure(expression.right, columns);
    case 'call':
      return PURE.has(expression.name) && expression.args.every((argument) => isPure(argument, columns));
    default:
      return false;
  }
}

function isWork(call: Call): boolean {
  return calls(COSTLY, call) || calls(CHEAP, call);
}

function calls(names: ReadonlySet<string>, expression: Expression): boolean {
  if (expression.is === 'cast') return calls(names, expression.operand);
  if (expression.is !== 'call') return false;
  return names.has(expression.name) || expression.args.some((argument) => calls(names, argument));
}
