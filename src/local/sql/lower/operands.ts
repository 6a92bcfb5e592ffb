/** Operands of types that an operator does not take. */
import { SnowflakeError } from '../../errors';
import type { SqlType } from '../../values';
import type { Lowered, Type } from '../compilation';
import { showFull } from '../types';
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

/** @throws SnowflakeError 001065 for what TRY_CAST, and TRY_TO_ with it, does not read: anything but text */
export function requireText({ type }: Lowered, to: SqlType): void {
  if (type.kind === 'VARCHAR' || type.kind === 'NULL') return;
  throw new SnowflakeError(
    '001065',
    '22023',
    `SQL compilation error:\nFunction TRY_CAST cannot be used with arguments of types ${showFull(type)} and ${showFull(to)}`,
  );
}
