/** DECLARE and LET. */
import type { Declaration, ResultSetDeclaration, VariableDeclaration } from '../ast';
import type { Activation } from './activation';
import { start } from './async';
import { convert } from './convert';
import { raising } from './raised';
import type { ResultSet, Scope } from './scope';
import { runStatement } from './sql';
import { evaluate, inferred } from './values';

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
      names.set(declaration.name, { is: 'exception', declaration });
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
  { name, type: declared, initial }: VariableDeclaration,
  scope: Scope,
  run: Activation,
): Promise<void> {
  if (!initial) {
    scope.names.set(name, { is: 'variable', type: declared, value: null });
    return;
  }
  const value = await evaluate(initial, scope, run);
  const type = declared ?? (value.value === null ? undefined : inferred(value.type));
  const converted = await raising('EXPRESSION_ERROR', initial.place, () =>
    convert(value, type ?? value.type, run.session),
  );
  scope.names.set(name, { is: 'variable', type, value: converted });
}
