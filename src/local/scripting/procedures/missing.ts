import { keyOf } from '../../catalog/names';
import type { QualifiedName } from '../../engine/contract';
import { SnowflakeError } from '../../errors';
import type { SqlType } from '../../values';
import { signature } from './record';

/** 002003: there is no procedure of this name with these argument types. */
export function missing(name: QualifiedName, types: readonly SqlType[]): SnowflakeError {
  const shown = keyOf(name) + signature(types);
  const message = `Procedure '${shown}' does not exist or not authorized.`;
  return new SnowflakeError('002003', '02000', `SQL compilation error:\n${message}`);
}
