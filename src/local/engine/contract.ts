/**
 * How the parts of the local Snowflake meet. The engine owns sessions, dispatch and storage; SQL, Scripting, tasks,
 * dbt projects and the local extras are *features* that bring statements, functions and procedures of their own.
 */
import type { VirtualClock } from '../clock';
import type { Token } from '../sql/lexer';
import type { QueryResult, ResultColumn, SqlType, SqlValue, TypedValue } from '../values';

/** One embedded Snowflake account. */
export interface LocalSnowflake {
  readonly clock: VirtualClock;
  readonly catalog: Catalog;
  /** What the account is made of; CALL looks for built-in procedures and system functions here. */
  readonly features: readonly Feature[];
  /** What a feature keeps of this account in memory: `make` is asked once, and is its name. */
  part<T>(make: (account: LocalSnowflake) => T): T;
  openSession(options?: SessionOptions): Session;
  /** Whether `close` was called: no statement begins any more, and what ran is what it was. */
  readonly isClosed: boolean;
  close(): Promise<void>;
}

export interface SessionOptions {
  user?: string;
  /** The account the client asked for, `ORG-NAME` or `NAME`: what CURRENT_ACCOUNT_NAME() answers. @default LOCAL-SNOWFLAKE */
  accountName?: string;
  role?: string;
  /** The role may do what was granted to it and nothing else, even where nothing was, and what it owns is its own. @default false */
  grantsOnly?: boolean;
  database?: string;
  schema?: string;
  warehouse?: string;
  parameters?: Record<string, string>;
  /** Set on the session in which a task's body runs. */
  task?: TaskRunContext;
  /** Set on the session in which an alert's condition and action run. */
  alert?: AlertRunContext;
}

/** Where a statement runs: the current names, the parameters, the caller's rights, the last query id. */
export interface Session {
  readonly account: LocalSnowflake;
  /** Digits: what CURRENT_SESSION() answers, and what a client is told when it logs in. */
  readonly id: string;
  readonly user: string;
  role: string;
  database: string | undefined;
  schema: string | undefined;
  warehouse: string | undefined;
  /** Session parameters by upper-case name: TIMEZONE, QUERY_TAG, TIMESTAMP_OUTPUT_FORMAT, ... */
  readonly parameters: Map<string, string>;
  /** Session variables (SET) by upper-case name; an owner's-rights procedure sees none of them. */
  readonly variables: Map<string, TypedValue>;
  /** `owner` inside an owner's-rights procedure, and in all that it calls. */
  rights: 'caller' | 'owner';
  /** The task run this session belongs to. */
  readonly task: TaskRunContext | undefined;
  /** The run of an alert that this session belongs to. */
  readonly alert: AlertRunContext | undefined;
  /** Id of the last statement, for LAST_QUERY_ID() and SQLID. */
  lastQueryId: string | undefined;
  /** Aborted by a client's cancel or a task's timeout; long statements and sleeps look at it. */
  readonly signal: AbortSignal;

  /**
   * Runs one statement as a client's: `?` placeholders take `binds` in order. Gives it a query id, keeps its result
   * for RESULT_SCAN, and makes it a process of the clock that drives time.
   * @throws SnowflakeError
   */
  execute(sql: string, binds?: readonly TypedValue[], options?: ExecuteOptions): Promise<QueryResult>;

  /** The same inside a running statement (a procedure's, a task's): no process of its own. */
  run(sql: string, binds?: readonly TypedValue[]): Promise<QueryResult>;

  /** Value of one SQL expression: `SELECT <expression>`. Used by Scripting for what it cannot compute itself. */
  evaluate(expression: string, binds?: readonly TypedValue[]): Promise<TypedValue>;

  /** Whether it was closed, or aborted by another session: it takes no statement any more. */
  readonly isClosed: boolean;

  close(): Promise<void>;
}

/** What the driver's protocol has to know or decide before a statement ends. */
export interface ExecuteOptions {
  /** The id the statement gets; left out, the session makes one. */
  queryId?: string;
  /** Cancels this statement alone: it fails with 000604. Seen through `Session.signal` while the statement runs. */
  signal?: AbortSignal;
  /** Whether the caller is a process of the clock that has its turn, such as a task's run; else the statement is one of its own. */
  inProcess?: boolean;
}

/** What a task's body may ask about its own run, and leave behind. */
export interface TaskRunContext {
  taskName: string;
  rootTaskName: string;
  runGroupId: string;
  scheduledAt: bigint;
  /** The graph's CONFIG, JSON text. */
  config: string | undefined;
  /** By task name as stored, of every task above that takes part in the graph run; null where none was set. */
  predecessorReturnValues: Record<string, string | null>;
  returnValue: string | undefined;
  /** Names of the tasks it runs directly after, those that are suspended left out. */
  predecessors?: readonly string[];
  rootTaskId?: string;
  /** The graph's latest successful run before this one. */
  lastSuccess?: { runGroupId: string; scheduledAt: bigint };
  /** Runs without a warehouse of the user's; EXECUTE DBT PROJECT refuses that. */
  serverless?: boolean;
}

/** What an alert's condition and action may ask about their run. Times in microseconds UTC. */
export interface AlertRunContext {
  alertName: string;
  scheduledAt: bigint;
  /** When the latest evaluation was scheduled that met no error. */
  lastSuccess: bigint | undefined;
  /** The alert's CONFIG, JSON text. */
  config: string | undefined;
  /** Of the condition, once it is evaluated. */
  conditionQueryId: string | undefined;
}

/** A group of statements, functions and procedures that belong together. */
export interface Feature {
  name: string;
  /** Called once when the account is open and its catalog is read: event sources of the clock, what a crash left behind. */
  install?(account: LocalSnowflake): Promise<void> | void;
  statements?: StatementHandler[];
  functions?: SystemFunction[];
  tableFunctions?: TableFunction[];
  procedures?: BuiltInProcedure[];
  /** A user's procedure in FROM, by its name as written; `undefined` when there is none. */
  tableProcedure?(name: readonly string[], session: Session): TableFunction | undefined;
  /** Kinds of objects the feature keeps: what GRANT, SHOW GRANTS and GET_DDL need to know of them. */
  objects?: ObjectKind[];
  /** Views of INFORMATION_SCHEMA over what the feature keeps. */
  informationSchema?: InformationSchemaView[];
}

/** A view of INFORMATION_SCHEMA; its rows are those of one database. */
export interface InformationSchemaView {
  name: string;
  columns: ResultColumn[];
  rows(session: Session, database: string): SqlValue[][];
}

/** `PROCEDURE`, `TASK`, `DBT PROJECT`. */
export interface ObjectKind {
  kind: string;
  /** Objects of the account, such as integrations: they have a name and no schema. */
  ofAccount?: boolean;
  /** `signature` is the argument types of a procedure, `(VARCHAR, NUMBER)`. */
  exists(name: QualifiedName, session: Session, signature?: string): boolean;
  /** Text for GET_DDL, names with their database and schema if they are to be; left out where Snowflake has none for the kind. */
  ddl?(name: QualifiedName, session: Session, signature: string | undefined, qualified: boolean): string;
  /** Who owns what there is, by key, and since when (milliseconds): OWNERSHIP in SHOW GRANTS. */
  owners?(session: Session): { name: string; owner: string; created: number }[];
  /** GRANT OWNERSHIP of the objects with these keys, all that one statement names. */
  transfer?(names: readonly string[], role: string, session: Session): Promise<void>;
  /** Every object of the kind, in order of creation: for GRANT ... ON ALL and GET_DDL of a schema. */
  all?(session: Session): { name: QualifiedName; signature?: string }[];
}

/** The first handler whose `matches` says yes runs the statement. */
export interface StatementHandler {
  /** For messages and the README: `CREATE TASK`. */
  name: string;
  /** `tokens` is the whole statement without comments and without the closing semicolon. */
  matches(tokens: readonly Token[]): boolean;
  run(statement: ParsedStatement, session: Session): Promise<Omit<QueryResult, 'queryId'>>;
}

export interface ParsedStatement {
  text: string;
  tokens: readonly Token[];
  binds: readonly TypedValue[];
  queryId: string;
}

/** A scalar function computed outside DuckDB: `SYSTEM$TASK_RUNTIME_INFO`. Its arguments do not depend on rows. */
export interface SystemFunction {
  /** Upper case, with its prefix. */
  name: string;
  returns: SqlType;
  call(args: readonly TypedValue[], session: Session): Promise<SqlValue> | SqlValue;
}

/** `TABLE(INFORMATION_SCHEMA.TASK_HISTORY(...))`. Arguments by position ('0', '1') or upper-case name. */
export interface TableFunction {
  /** Last part of the name, upper case. */
  name: string;
  columns: ResultColumn[];
  rows(args: Readonly<Record<string, TypedValue>>, session: Session): Promise<SqlValue[][]> | SqlValue[][];
}

/** `CALL SYSTEM$WAIT(30)`; a system function may be called too. */
export interface BuiltInProcedure {
  name: string;
  returns: SqlType;
  call(args: readonly TypedValue[], session: Session): Promise<SqlValue>;
}

// -------------------------------------------------------------------------------------------- catalog

/** A qualified name as stored: parts folded to upper case unless quoted. */
export interface QualifiedName {
  database: string;
  schema: string;
  name: string;
}

/**
 * Objects that are not tables or views of DuckDB: tasks, procedures, dbt projects, warehouses, roles, grants, and what
 * belongs to them (histories). Kept in memory, written through to the database file, so they last as long as it does.
 */
export interface Catalog {
  /** A collection of JSON-serialisable records under string keys; the same name gives the same collection. */
  collection<T>(name: string): Collection<T>;
}

export interface Collection<T> {
  get(key: string): T | undefined;
  /** Inserts or replaces; `await` it to know it is on disk. */
  set(key: string, value: T): Promise<void>;
  delete(key: string): Promise<boolean>;
  /** In order of insertion. */
  values(): IterableIterator<T>;
  entries(): IterableIterator<[string, T]>;
  readonly size: number;
}
