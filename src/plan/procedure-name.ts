/** A procedure's identity: its name with the types of its arguments, as GRANT and DROP take it. */
import { qualified } from '../sql-text';
import type { DeployedProcedure } from './deployed';

export function procedureName({ name, types }: Pick<DeployedProcedure, 'name' | 'types'>): string {
  return `${qualified(name)}(${types.join(', ')})`;
}
