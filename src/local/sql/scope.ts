/** Which column a name means. https://docs.snowflake.com/en/sql-reference/name-resolution */
import { SnowflakeError, unsupported } from '../errors';
import type { Expression } from './ast';
import type { Compilation, Lowered, Type } from './compilation';
import { lineAndPosition } from './lexer';

/** A column of a relation in FROM, or of a query's result. */
export interface ScopeColumn {
  name: string;
  sql: string;
  type: Type;
  /** Of a stored column: DuckDB's name of its table. */
  table?: string;
  /** What is refused when the column is used: it is known to Snowflake, but not here. */
  refused?: string;
}

export interface ScopeRelation {
  /** What qualifies its columns: `[alias]` or `[database, schema, table]`. */
  path: string[];
  columns: ScopeColumn[];
  /** A number for each row, of stored tables. */
  rowid?: string;
  /** The number of each row from 0, of GENERATOR. */
  sequence?: string;
}

export interface Scope {
  relations: ScopeRelation[];
  /** Columns that USING or NATURAL merged, by name. */
  merged: Map<string, ScopeColumn>;
  /** What `*` stands for, in order. */
  star: ScopeColumn[];
  /** Names the select list gives to expressions, which other clauses may use. */
  aliases: Map<string, Expression>;
  /** Aliases being expanded, so that one does not mean itself. */
  expanding: Set<string>;
  outer: Scope | undefined;
  tables: Map<string, CommonTableInfo> | undefined;
  /** How often a column of an outer query was used inside. */
  correlated: number;
}

export interface CommonTableInfo {
  duckName: string;
  columns: ScopeColumn[];
}

export function newScope(outer: Scope | undefined): Scope {
  return {
    relations: [],
    merged: new Map(),
    star: [],
    aliases: new Map(),
    expanding: new Set(),
    outer,
    tables: undefined,
    correlated: 0,
  };
}

export function findCommonTable(scope: Scope | undefined, name: string): CommonTableInfo | undefined {
  for (let at = scope; at; at = at.outer) {
    const found = at.tables?.get(name);
    if (found) return found;
  }
  return undefined;
}

/** The column in this scope or an outer one; `undefined` when there is none. @throws SnowflakeError 000979-like when it is ambiguous */
export function findColumn(
  scope: Scope,
  parts: readonly string[],
  compilation: Compilation,
  at: number,
): Lowered | undefined {
  const crossed: Scope[] = [];
  for (let current: Scope | undefined = scope; current; current = current.outer) {
    const found = findHere(current, parts, compilation, at);
    if (found) {
      if (found.refused) throw unsupported(found.refused);
      for (const inner of crossed) inner.correlated += 1;
      return {
        sql: found.sql,
        type: found.type,
        ...(found.table === undefined ? {} : { table: found.table }),
      };
    }
    crossed.push(current);
  }
  return undefined;
}

function findHere(
  scope: Scope,
  parts: readonly string[],
  compilation: Compilation,
  at: number,
): ScopeColumn | undefined {
  const name = parts[parts.length - 1]!;
  const qualifier = parts.slice(0, -1);
  if (qualifier.length === 0) {
    const merged = scope.merged.get(name);
    if (merged) return merged;
  }
  const found: ScopeColumn[] = [];
  for (const relation of scope.relations) {
    if (!qualifies(relation.path, qualifier)) continue;
    for (const column of relation.columns) if (column.name === name) found.push(column);
  }
  if (found.length > 1)
    throw compileError(compilation, at, '002025', '42000', `ambiguous column name '${name}'`);
  return found[0];
}

/** Whether `a.b` names the relation `x.a.b`. */
export function qualifies(path: readonly string[], qualifier: readonly string[]): boolean {
  if (qualifier.length > path.length) return false;
  return qualifier.every((part, index) => path[path.length - qualifier.length + index] === part);
}

/** "SQL compilation error: error line 1 at position 7\n..." */
export function compileError(
  compilation: Compilation,
  at: number,
  code: string,
  sqlState: string,
  message: string,
): SnowflakeError {
  const { line, position } = lineAndPosition(compilation.text, at);
  return new SnowflakeError(
    code,
    sqlState,
    `SQL compilation error: error line ${line} at position ${position}\n${message}`,
  );
}

export function invalidIdentifier(
  compilation: Compilation,
  at: number,
  parts: readonly string[],
): SnowflakeError {
  const shown = parts
    .map((part) => (/^([A-Z_][A-Z0-9_$]*|\$\d+)$/.test(part) ? part : `"${part}"`))
    .join('.');
  return compileError(compilation, at, '000904', '42000', `invalid identifier '${shown}'`);
}
