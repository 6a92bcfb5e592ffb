/** Operands whose types are known before the block runs, where nothing of the value is looked at later. */
import type { Expression as SqlExpression } from '../../sql/ast';
import { lineAndPosition } from '../../sql/lexer';
import { isMisplaced, misplaced } from '../../sql/operands';
import type { Expression, Place } from '../ast';
import { wrongOperands } from './errors';
import type { Names } from './names';
import { typeOf } from './types';

/**
 * The value of a LET or DECLARE without a type, and of a CASE.
 * @throws SnowflakeError 001044 at the expression, or at the operator inside of it; no handler of the block catches it
 */
export function checkOperands(expression: Expression | undefined, names: Names): void {
  if (!expression?.form) return;
  const root = expression.form;
  visit(root, (form, op, operands, at) => {
    const types = operands.map((operand) => typeOf(operand, names)).filter((type) => type !== undefined);
    const kinds = types.map(({ kind }) => kind);
    if (types.length < operands.length || !isMisplaced(op, kinds)) return;
    throw wrongOperands(misplaced(op, types), form === root ? expression.place : placeIn(expression, at));
  });
}

type Visitor = (form: SqlExpression, op: string, operands: readonly SqlExpression[], at: number) => void;

/** Every operator, the innermost first. */
function visit(form: SqlExpression, found: Visitor): void {
  if (form.is === 'binary') {
    visit(form.left, found);
    visit(form.right, found);
    if (form.at !== undefined && form.op !== '||') found(form, form.op, [form.left, form.right], form.at);
  }
  if (form.is === 'unary') {
    visit(form.operand, found);
    if (form.op === 'NOT' && form.at !== undefined) found(form, form.op, [form.operand], form.at);
  }
}

/** Where an offset of the body is. */
function placeIn({ text, tokens, place }: Expression, at: number): Place {
  const inside = lineAndPosition(text, at - (tokens[0]?.start ?? 0));
  if (inside.line > 1) return { line: place.line + inside.line - 1, position: inside.position };
  return { line: place.line, position: place.position + inside.position };
}
