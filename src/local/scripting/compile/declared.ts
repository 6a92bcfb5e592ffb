/** DECLARE and LET: their values, and the type of what they declare. */
import type { SqlType } from '../../values';
import type { Declaration, Expression, Place } from '../ast';
import { invalidIdentifier, notInferred } from './errors';
import { checkExpression, checkRunnable, type Context } from './expressions';
import { findName, isBuiltIn } from './names';
import { checkOperands } from './operands';
import { inferred, typeOf } from './types';

/**
 * @returns the type of a variable, as far as it is known
 * @throws SnowflakeError 092228 for a variable without a type whose value gives none
 */
export function checkDeclared(declaration: Declaration, context: Context, place: Place): SqlType | undefined {
  if (declaration.is === 'variable') {
    const { name, type, initial } = declaration;
    if (!initial) return type;
    if (!type && givesNoType(initial, context)) throw notInferred(name, place);
    checkExpression(initial, context);
    if (!type) checkOperands(initial, context.names);
    const known = typeOf(initial.form, context.names);
    return type ?? (known && inferred(known));
  }
  if (declaration.is === 'resultset' && declaration.source) checkRunnable(declaration.source, context);
  if (declaration.is === 'cursor') checkCursor(declaration, context);
  return undefined;
}

/** NULL, a name that is not in scope, a column of a row variable, and whatever is a VARIANT. */
function givesNoType({ form, names }: Expression, context: Context): boolean {
  if (form?.is === 'null') return true;
  const type = typeOf(form, context.names);
  if (type) return inferred(type) === undefined;
  if (form?.is !== 'column') return false;
  const [first] = names;
  // After a colon the name is looked up as it is written.
  if (!first || first.shown !== first.shown.toUpperCase()) return false;
  const kind = findName(context.names, first.name);
  return kind ? kind.is === 'row' : !isBuiltIn(first.name, context.handling);
}

/** The variables of a cursor's query are looked up when it is opened; a RESULTSET has to be there. */
function checkCursor({ source, place }: Extract<Declaration, { is: 'cursor' }>, { names }: Context): void {
  if (source.is !== 'resultset') return;
  if (!findName(names, source.name)) throw invalidIdentifier(source.name, place);
}
