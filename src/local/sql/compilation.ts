/**
 * What is known while one statement is turned into DuckDB's SQL, and what comes out: the text, the columns as
 * Snowflake names them, and where each parameter's value is taken from when the statement runs.
 */
import type { ResultColumn, SqlType, TypedValue } from '../values';
import type { SystemFunction, TableFunction } from '../engine/contract';
import type { Expression } from './ast';

/** A type, or that of a bare NULL, which fits everywhere. */
export type Type = SqlType | { kind: 'NULL' };

/** An expression in DuckDB's words. */
export interface Lowered {
  sql: string;
  type: Type;
  /** Of an ARRAY that can hold nothing but texts: the same as a VARCHAR[], which DuckDB plans and computes far faster than JSON. */
  texts?: string;
  /** Of a stored column: DuckDB's name of its table. */
  table?: string;
  /** Of a VARIANT made of a value in this very expression: what the value was, since JSON has neither dates nor bytes. */
  holds?: Type;
}

/** Something that is computed of a single stored text, see `lower/text-work.ts`. */
export interface TextWork {
  /** DuckDB's name of the column that holds the text, as the computation's SQL has it: `r3."RUN_COMMAND"`. */
  column: string;
  /** DuckDB's name of the column's table. */
  table: string;
  /** Whether it takes microseconds, not a fraction of one. */
  isCostly: boolean;
}

/** Where the value of a DuckDB parameter comes from each time the statement runs. */
export type Parameter =
  | { from: 'bind'; index: number; type: SqlType }
  | { from: 'session'; value: SessionValue; type: SqlType }
  | { from: 'function'; function: SystemFunction; args: Expression[]; type: SqlType }
  | { from: 'tableFunction'; function: TableFunction; args: [string, Expression][] }
  | { from: 'virtualTable'; table: VirtualTable; database: string }
  | { from: 'result'; of: ResultId };

/** The result of a query: its id, or which it was of the last ones, see `Environment.lastQueryId`. */
export type ResultId = string | { last: number };

export type SessionValue =
  | 'now'
  | 'utcNow'
  | 'utcToday'
  | 'database'
  | 'schema'
  | 'role'
  | 'user'
  | 'warehouse'
  | 'account'
  | 'organization'
  | 'session'
  | 'statement';

/** A view of INFORMATION_SCHEMA: its rows are computed when it is read. */
export interface VirtualTable {
  name: string;
  columns: ResultColumn[];
}

/** A table or view as the compiler sees it. */
export type Relation =
  | { is: 'table'; duckName: string; columns: ResultColumn[] }
  | { is: 'view'; text: string; columns: string[] | undefined; database: string; schema: string }
  | { is: 'virtual'; table: VirtualTable; database: string };

/** Where names are looked up. */
export interface Within {
  database: string | undefined;
  schema: string | undefined;
  /** In the query of a view, which reads with the rights of the view's owner. */
  ofView?: boolean;
}

/** What the compiler asks of the account and the session. */
export interface Environment {
  database: string | undefined;
  schema: string | undefined;
  /** @throws SnowflakeError 002003, 003001 where the role may not read it */
  relation(name: readonly string[], within: Within): Relation;
  /** DuckDB's name of a sequence, or undefined. */
  sequence(
    name: readonly string[],
    within: { database: string | undefined; schema: string | undefined },
  ): string | undefined;
  systemFunction(name: string): SystemFunction | undefined;
  tableFunction(name: string): TableFunction | undefined;
  /** A procedure that returns a table. */
  tableProcedure(name: readonly string[]): TableFunction | undefined;
  variable(name: string): TypedValue | undefined;
  /** Columns of an earlier result. @throws SnowflakeError when it is not known (any more) */
  result(queryId: string): ResultColumn[];
  /** Id of the session's n-th statement; of its last ones when n is negative, -1 the latest. */
  lastQueryId(n: number): string | undefined;
  /** Id of the condition of the alert whose action this is. */
  alertConditionId: string | undefined;
  /** Ids behind `$1`, `$2` after `->>`. */
  pipe: readonly string[];
  binds: readonly TypedValue[];
}

export interface Compilation {
  readonly environment: Environment;
  readonly parameters: Parameter[];
  /** Numbers of the parameters that are bound once however often they are used, by what they are. */
  readonly numbers: Map<string, number>;
  /** What names are looked up in: the session's schema, or a view's own. */
  readonly within: Within;
  readonly text: string;
  /** False when the text depends on values (session variables, results): it must not be kept. */
  cacheable: boolean;
  /** DuckDB's names of the tables whose rows it reads. */
  readonly tables: Set<string>;
  /** By its SQL. */
  readonly textWork: Map<string, TextWork>;
  /** Columns of the results that it reads as one of the last, by which: the text holds for those only. */
  readonly lastResults: Map<number, readonly ResultColumn[]>;
  /** Counter for relation and column names that meet nothing else. */
  counter: { next: number };
}

/** A statement ready for DuckDB. */
export interface Compiled {
  sql: string;
  columns: ResultColumn[];
  parameters: Parameter[];
  cacheable: boolean;
  /** DuckDB's names of the tables whose rows it reads; left out where any may be. */
  tables?: ReadonlySet<string>;
  /** By its SQL, which is part of this one's. */
  textWork?: ReadonlyMap<string, TextWork>;
  /** Columns of the results that it reads as one of the last, by which. */
  lastResults?: ReadonlyMap<number, readonly ResultColumn[]>;
  /** Whether it asks only whether its tables and columns are there: its WHERE is FALSE. */
  readsNothing?: boolean;
  /** How many rows it gave the last time, once it has run. */
  lastTime?: { rows: number };
}

export function fresh(compilation: Compilation, prefix: 'r' | 'k' | 'c'): string {
  return `${prefix}${compilation.counter.next++}`;
}

export function newCompilation(environment: Environment, text: string): Compilation {
  const within = { database: environment.database, schema: environment.schema };
  return {
    environment,
    parameters: [],
    numbers: new Map(),
    within,
    text,
    cacheable: true,
    tables: new Set(),
    textWork: new Map(),
    lastResults: new Map(),
    counter: { next: 1 },
  };
}
