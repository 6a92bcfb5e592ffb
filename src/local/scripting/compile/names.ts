/** The names that a place in a body sees. https://docs.snowflake.com/en/developer-guide/snowflake-scripting/blocks */
import type { SqlType } from '../../values';
import type { Declaration } from '../ast';

export type Kind =
  /** `type` is `undefined` where it is known only when the body runs. */
  | { is: 'variable'; type: SqlType | undefined }
  | { is: 'counter' }
  | { is: 'row' }
  | { is: 'cursor' }
  | { is: 'resultset' }
  | { is: 'exception' }
  | { is: 'procedure' };

export interface Names {
  readonly own: Map<string, Kind>;
  readonly outer: Names | undefined;
}

export function innerNames(outer: Names | undefined): Names {
  return { own: new Map(), outer };
}

export function findName(names: Names, name: string): Kind | undefined {
  for (let at: Names | undefined = names; at; at = at.outer) {
    const kind = at.own.get(name);
    if (kind) return kind;
  }
  return undefined;
}

/** Under which name an exception is kept: a variable may have the same. */
export function exceptionKey(name: string): string {
  return `EXCEPTION ${name}`;
}

export function keyOf({ is, name }: Declaration): string {
  return is === 'exception' ? exceptionKey(name) : name;
}

export function kindOf(declaration: Declaration, type: SqlType | undefined): Kind {
  return declaration.is === 'variable' ? { is: 'variable', type } : { is: declaration.is };
}

const ANYWHERE = new Set(['SQLCODE', 'SQLROWCOUNT', 'SQLFOUND', 'SQLNOTFOUND', 'SQLID', 'ACTIVITY_COUNT']);
const IN_HANDLERS = new Set(['SQLERRM', 'SQLSTATE']);

/** https://docs.snowflake.com/en/developer-guide/snowflake-scripting/dml-status, .../exceptions, .../query-id */
export function isBuiltIn(name: string, handling: boolean): boolean {
  return ANYWHERE.has(name) || (handling && IN_HANDLERS.has(name));
}
