/**
 * CASE branches that the static type of a column rules out: `WHEN TYPEOF(TO_VARIANT(c)) = 'TIMESTAMP_LTZ'` over a
 * TIMESTAMP_NTZ. Snowflake folds them away when it compiles; DuckDB would plan each of their conversions.
 */
import type { Expression } from '../ast';
import type { Lowered } from '../compilation';

/** Whether the condition can be true for no value. @param typeOf the type of an operand, lowered */
export function neverHolds(condition: Expression, lowered: (operand: Expression) => Lowered): boolean {
  if (condition.is === 'binary' && condition.op === 'AND') {
    return neverHolds(condition.left, lowered) || neverHolds(condition.right, lowered);
  }
  if (condition.is === 'binary' && condition.op === 'OR') {
    return neverHolds(condition.left, lowered) && neverHolds(condition.right, lowered);
  }
  if (condition.is === 'binary' && condition.op === '=' && condition.right.is === 'string') {
    return rulesOut(condition.left, [condition.right.value], lowered);
  }
  if (condition.is === 'inList' && !condition.not) {
    const texts = condition.list.flatMap((item) => (item.is === 'string' ? [item.value] : []));
    return texts.length === condition.list.length && rulesOut(condition.operand, texts, lowered);
  }
  return false;
}

/** What TYPEOF can say of a value, by the type of the column it comes from. */
const NAMES: Partial<Record<string, readonly string[]>> = {
  VARCHAR: ['VARCHAR'],
  BOOLEAN: ['BOOLEAN'],
  DATE: ['DATE'],
  TIME: ['TIME'],
  TIMESTAMP_NTZ: ['TIMESTAMP_NTZ'],
  TIMESTAMP_LTZ: ['TIMESTAMP_LTZ'],
  TIMESTAMP_TZ: ['TIMESTAMP_TZ'],
  NUMBER: ['INTEGER', 'DECIMAL'],
  FLOAT: ['INTEGER', 'DECIMAL', 'DOUBLE'],
};

function rulesOut(
  operand: Expression,
  names: readonly string[],
  lowered: (operand: Expression) => Lowered,
): boolean {
  const inner = argumentOf(operand, 'TYPEOF');
  const value = inner && argumentOf(inner, 'TO_VARIANT');
  if (value === undefined) return false;
  const possible = NAMES[lowered(value).type.kind];
  return possible !== undefined && !names.some((name) => possible.includes(name));
}

function argumentOf(expression: Expression, name: string): Expression | undefined {
  if (expression.is !== 'call') return undefined;
  const { name: called, args } = expression;
  return called === name && args.length === 1 ? args[0] : undefined;
}
