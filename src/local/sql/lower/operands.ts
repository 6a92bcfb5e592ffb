/** Operands of types that an operator does not take. */
import type { Lowered, Type } from '../compilation';
import { isMisplaced, misplaced } from '../operands';
import { compileError } from '../scope';
import type { Context } from './expression';

/** @throws SnowflakeError 001044 at the operator */
export function checkOperands(
  op: string,
  operands: readonly Lowered[],
  { compilation }: Context,
  at = 0,
): void {
  const kinds = operands.map(({ type }) => type.kind);
  if (isMisplaced(op, kinds))
    throw compileError(compilation, at, '001044', '42P13', misplaced(op, operands.map(typeOf)));
}

/** A literal has its own length. */
export function typeOf({ sql, type }: Lowered): Type {
  const literal = type.kind === 'VARCHAR' ? /^'((?:[^']|'')*)'$/.exec(sql)?.[1] : undefined;
  if (literal === undefined) return type;
  return { kind: 'VARCHAR', length: Math.max(1, literal.replaceAll("''", "'").length) };
}
