/** What names stand for while a block runs. */
import type { QueryResult, ResultColumn, SqlType, SqlValue, TypedValue } from '../../values';
import type { CursorDeclaration, ExceptionDeclaration, ProcedureDeclaration } from '../ast';
import type { Job } from './jobs';
import type { RaisedException } from './raised';

export interface Scope {
  readonly names: Map<string, Entity>;
  readonly parent: Scope | undefined;
  /** The exception that the handler around is handling. */
  readonly handling: RaisedException | undefined;
}

export interface Variable {
  is: 'variable';
  type: SqlType;
  value: SqlValue;
  /**
   * What a RETURN of its bare name gives, where that is not the value in the variable's type: the value that declared it, as it
   * was before it took the type; the text of a FOR loop's counter. The next assignment ends it.
   */
  returned?: TypedValue | undefined;
}

/** The row of a FOR loop over a cursor or RESULTSET. */
export interface Row {
  is: 'row';
  columns: readonly ResultColumn[];
  values: readonly SqlValue[];
}

export interface Cursor {
  is: 'cursor';
  declaration: CursorDeclaration;
  /** Where its query's variables are looked up. */
  scope: Scope;
  /** `undefined` while it is closed. */
  result: QueryResult | undefined;
  at: number;
}

export interface ResultSet {
  is: 'resultset';
  /** `undefined` until it has a query, and while its job is not awaited. */
  result: QueryResult | undefined;
  job: Job | undefined;
}

export interface NestedProcedure {
  is: 'procedure';
  declaration: ProcedureDeclaration;
  scope: Scope;
}

export type Entity =
  | Variable
  | Row
  | Cursor
  | ResultSet
  | NestedProcedure
  | { is: 'exception'; declaration: ExceptionDeclaration };

export function innerScope(parent: Scope | undefined, handling = parent?.handling): Scope {
  return { names: new Map(), parent, handling };
}

export function find(scope: Scope, name: string): Entity | undefined {
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    const entity = at.names.get(name);
    if (entity) return entity;
  }
  return undefined;
}

/** Puts another thing under a name, in the scope that has it. */
export function replace(scope: Scope, name: string, entity: Entity): void {
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    if (!at.names.has(name)) continue;
    at.names.set(name, entity);
    return;
  }
}
