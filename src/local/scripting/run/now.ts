/**
 * Assignments and conditions that need no database, without a promise: a loop of ten thousand of them would otherwise
 * spend its time waiting for nothing. Whatever is not surely done here is left as it was, for the slow way.
 */
import { evaluateFast } from '../expressions/fast';
import { SLOW } from '../expressions/fast-value';
import { holds } from '../expressions/truth';
import type { If, Statement } from '../ast';
import type { Activation } from './activation';
import { convertPlain } from './convert';
import { find, type Scope } from './scope';
import { lookupIn, set } from './values';

/** Whether the statement is done. */
export function runNow(statement: Statement, scope: Scope, run: Activation): boolean {
  if (statement.is === 'null') return true;
  if (statement.is !== 'assign' || !statement.value) return false;
  const variable = find(scope, statement.name);
  if (variable?.is !== 'variable') return false;
  const value = evaluateFast(statement.value, lookupIn(scope, run));
  if (value === SLOW) return false;
  const converted = value.value === null ? null : convertPlain(value, variable.type);
  if (converted === undefined) return false;
  set(variable, value, converted);
  return true;
}

/** The statements of the branch to take; `undefined` when a condition is not computed here. */
export function branchNow(
  { branches, otherwise }: If,
  scope: Scope,
  run: Activation,
): Statement[] | undefined {
  const lookup = lookupIn(scope, run);
  for (const { condition, statements } of branches) {
    const value = evaluateFast(condition, lookup);
    if (value === SLOW) return undefined;
    if (holds(value)) return statements;
  }
  return otherwise;
}
