/** DECLARE and LET. */
import type { Declaration } from '../ast';
import type { Activation } from './activation';
import { convert } from './convert';
import { raising } from './raised';
import type { Scope } from './scope';
import { runStatement } from './sql';
import { evaluate, inferred } from './values';
import type { VariableDeclaration } from '../ast';

export async function declare(declaration: Declaration, scope: Scope, run: Activation): Promise<void> {
  const { names } = scope;
  switch (declaration.is) {
    case 'variable':
      return declareVariable(declaration, scope, run);
    case 'cursor':
      names.set(declaration.name, { is: 'cursor', declaration, scope, result: undefined, at: 0 });
      return;
    case 'resultset': {
      const result = declaration.source && (await runStatement(declaration.source, scope, run));
      names.set(declaration.name, { is: 'resultset', result });
      return;
    }
    case 'exception':
      names.set(declaration.name, { is: 'exception', declaration });
      return;
    case 'procedure':
      names.set(declaration.name, { is: 'procedure', declaration, scope });
  }
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
