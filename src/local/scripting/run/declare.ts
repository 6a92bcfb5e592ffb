/** DECLARE and LET. */
import type { SqlType, TypedValue } from '../../values';
import type { Declaration, Place, ResultSetDeclaration, VariableDeclaration } from '../ast';
import { notInferred } from '../compile/errors';
import { exceptionKey } from '../compile/names';
import { inferred } from '../compile/types';
import type { Activation } from './activation';
import { start } from './async';
import { convert } from './convert';
import { raising } from './raised';
import type { ResultSet, Scope, Variable } from './scope';
import { runStatement } from './sql';
import { evaluate, set } from './values';

export async function declare(declaration: Declaration, scope: Scope, run: Activation): Promise<void> {
  const { names } = scope;
  switch (declaration.is) {
    case 'variable':
      return declareVariable(declaration, scope, run);
    case 'cursor':
      names.set(declaration.name, { is: 'cursor', declaration, scope, result: undefined, at: 0 });
      return;
    case 'resultset': {
      names.set(declaration.name, await resultSetOf(declaration, scope, run));
      return;
    }
    case 'exception':
      names.set(exceptionKey(declaration.name), { is: 'exception', declaration });
      return;
    case 'procedure':
      names.set(declaration.name, { is: 'procedure', declaration, scope });
  }
}

async function resultSetOf(
  { source, async }: ResultSetDeclaration,
  scope: Scope,
  run: Activation,
): Promise<ResultSet> {
  const job = source && async ? await start(source, scope, run) : undefined;
  const result = source && !async ? await runStatement(source, scope, run) : undefined;
  return { is: 'resultset', result, job };
}

async function declareVariable(
  { name, type: declared, initial, place }: VariableDeclaration,
  scope: Scope,
  run: Activation,
): Promise<void> {
  if (!initial) {
    scope.names.set(name, { is: 'variable', type: declared!, value: null });
    return;
  }
  const value = await evaluate(initial, scope, run);
  const type = declared ?? (await inferredFrom(value, name, place));
  const variable: Variable = { is: 'variable', type, value: null };
  const converted = await raising('EXPRESSION_ERROR', initial.place, () => convert(value, type, run.session));
  set(variable, value, converted);
  if (!declared) variable.returned = value;
  scope.names.set(name, variable);
}

/** What the compiler could not know of the value, its type is: a VARIANT gives none. */
async function inferredFrom({ type }: TypedValue, name: string, place: Place): Promise<SqlType> {
  const found = inferred(type);
  if (found) return found;
  return raising('EXPRESSION_ERROR', place, async () => {
    throw notInferred(name, place);
  });
}
