/** Names in expressions: columns, aliases of the select list, functions that need no parentheses, `$1`. */
import { newCall, type Expression } from '../ast';
import type { Lowered } from '../compilation';
import { findColumn, invalidIdentifier, type Scope } from '../scope';
import { lowerCall } from './call';
import { lower, type Context } from './expression';

export function lowerColumn(expression: Expression & { is: 'column' }, context: Context): Lowered {
  const { compilation, scope } = context;
  const found = findColumn(scope, expression.parts, compilation, expression.at);
  if (found) return found;
  if (expression.parts.length === 1) {
    const name = expression.parts[0]!;
    const alias = lowerAlias(name, context);
    if (alias) return alias;
    const bare = lowerBareFunction(name, context, expression.at);
    if (bare) return bare;
  }
  throw invalidIdentifier(compilation, expression.at, expression.parts);
}

/** An alias of the select list stands for its expression, in the scopes from here outwards. */
function lowerAlias(name: string, context: Context): Lowered | undefined {
  for (let scope: Scope | undefined = context.scope; scope; scope = scope.outer) {
    const expression = scope.aliases.get(name);
    if (!expression || scope.expanding.has(name)) continue;
    scope.expanding.add(name);
    try {
      const value = lower(expression, { ...context, scope });
      return { sql: `(${value.sql})`, type: value.type };
    } finally {
      scope.expanding.delete(name);
    }
  }
  return undefined;
}

const BARE = new Set([
  'CURRENT_TIMESTAMP',
  'CURRENT_DATE',
  'CURRENT_TIME',
  'LOCALTIMESTAMP',
  'LOCALTIME',
  'CURRENT_USER',
  'CURRENT_ROLE',
  'CURRENT_WAREHOUSE',
  'CURRENT_DATABASE',
  'CURRENT_SCHEMA',
]);

/** CURRENT_TIMESTAMP and its kin need no parentheses. */
function lowerBareFunction(name: string, context: Context, at: number): Lowered | undefined {
  if (!BARE.has(name)) return undefined;
  return lowerCall(newCall(name, at), context);
}

export function lowerPosition(expression: Expression & { is: 'position' }, context: Context): Lowered {
  for (let scope: Scope | undefined = context.scope; scope; scope = scope.outer) {
    const relation =
      expression.table === undefined
        ? scope.relations[0]
        : scope.relations.find((each) => each.path[each.path.length - 1] === expression.table);
    const column = relation?.columns[expression.index - 1];
    if (column) return { sql: column.sql, type: column.type };
  }
  throw invalidIdentifier(context.compilation, expression.at, [`$${expression.index}`]);
}
