/** CASE. https://docs.snowflake.com/en/sql-reference/snowflake-scripting/case */
import { SLOW } from '../expressions/fast-value';
import { compare } from '../expressions/operators';
import type { Case, Statement } from '../ast';
import type { Activation } from './activation';
import { raising } from './raised';
import type { Scope } from './scope';
import { evaluate, isTrue } from './values';

/** The statements of the first branch that matches, else those of ELSE, else none. NULL matches nothing. */
export async function chooseCase(
  { operand, branches, otherwise }: Case,
  scope: Scope,
  run: Activation,
): Promise<Statement[]> {
  const wanted = operand && (await evaluate(operand, scope, run));
  for (const { condition, statements } of branches) {
    if (!wanted) {
      if (await isTrue(condition, scope, run)) return statements;
      continue;
    }
    const value = await evaluate(condition, scope, run);
    const fast = compare(
      '=',
      () => wanted,
      () => value,
    )(() => SLOW);
    const equal =
      fast === SLOW
        ? await raising('EXPRESSION_ERROR', condition.place, () =>
            run.session.evaluate('? = ?', [wanted, value]),
          )
        : fast;
    if (equal.value === true) return statements;
  }
  return otherwise;
}
