/** The names that expressions and statements of SQL use. */
import type { SqlType } from '../../values';
import type { Expression, Runnable, SqlText } from '../ast';
import { RESULTSET_STATUS } from '../expressions/bound';
import { invalidIdentifier, invalidUse, noValue } from './errors';
import { findName, isBuiltIn, type Kind, type Names } from './names';

/** Where in a body. */
export interface Context {
  names: Names;
  /** Labels of the loops around, innermost last; `undefined` for one without. */
  loops: readonly (string | undefined)[];
  handling: boolean;
  /** What the procedure RETURNS, where a RETURN may be judged by it. */
  returns: SqlType | undefined;
}

export function checkExpression(expression: Expression | undefined, { names, handling }: Context): void {
  for (const { name, shown, place } of expression?.names ?? []) {
    const kind = findName(names, name);
    const isThere = kind ? kind.is !== 'procedure' : isBuiltIn(name, handling);
    if (!isThere) throw invalidIdentifier(shown, place);
    if (kind?.is === 'cursor') throw invalidUse('cursor', name, place);
    const isAsked = expression!.tokens.some(({ value }) => value === RESULTSET_STATUS);
    if (kind?.is === 'resultset' && !isAsked) throw invalidUse('resultset', name, place);
  }
}

/** @param into what takes the statement's result, where one does */
export function checkRunnable(runnable: Runnable, context: Context, into?: Kind['is']): void {
  switch (runnable.is) {
    case 'executeImmediate':
      checkExpression(runnable.statement, context);
      for (const each of runnable.using) checkExpression(each, context);
      if (into && into !== 'resultset') throw noValue('?SqlExecuteImmediateDynamic?');
      return;
    case 'call':
      checkBinds(runnable.sql, context);
      return checkTargets(runnable.into === undefined ? [] : [runnable.into], runnable.sql, context);
    case 'sql':
      checkBinds(runnable, context);
      checkTargets(runnable.into, runnable, context);
      if (into && into !== 'resultset' && COMMANDS.has(runnable.keyword)) throw noValue(textOf(runnable));
  }
}

/** Statements that are no query in Snowflake's eyes; others in their place fail as the query that they are not. */
const COMMANDS = new Set(
  'SHOW DESC DESCRIBE LIST LS DROP UNDROP TRUNCATE COMMENT BEGIN START COMMIT ROLLBACK USE GRANT REVOKE EXPLAIN'.split(
    ' ',
  ),
);

function checkBinds({ parts }: SqlText, { names, handling }: Context): void {
  for (const part of parts) {
    if (typeof part === 'string' || (part.is === 'table' && part.text)) continue;
    const { name } = part.variable;
    if (!findName(names, name) && !isBuiltIn(name, handling)) throw invalidIdentifier(name, part.place);
  }
}

function checkTargets(targets: readonly string[], { place }: SqlText, { names }: Context): void {
  for (const name of targets) if (!findName(names, name)) throw invalidIdentifier(name, place);
}

function textOf({ parts }: SqlText): string {
  return parts.map((part) => (typeof part === 'string' ? part : `:${part.variable.name}`)).join('');
}
