/**
 * What a Scripting block says, as plain data: one node for each construct of
 * https://docs.snowflake.com/en/sql-reference-snowflake-scripting.
 */
import type { Expression as SqlExpression } from '../sql/ast';
import type { Token } from '../sql/lexer';
import type { SqlType } from '../values';

/** Where something stands in the body: lines from 1, positions from 0, as Snowflake's messages count. */
export interface Place {
  line: number;
  position: number;
}

/** An expression of Scripting: variables are named without a colon. */
export interface Expression {
  text: string;
  tokens: readonly Token[];
  place: Place;
  /** As SQL reads it, its variables as columns; `undefined` for what the local Snowflake does not model. */
  form: SqlExpression | undefined;
  /** What it uses as variables, in order. */
  names: readonly NameUse[];
}

/** A name where a variable stands. */
export interface NameUse extends VariableRef {
  /** As a message shows it: folded, or as written after a colon. */
  shown: string;
  place: Place;
}

/** A variable, or a column of a row variable: `rec.price`. */
export interface VariableRef {
  name: string;
  column: string | undefined;
}

/** A piece of a SQL statement that comes from a variable: a value, `IDENTIFIER(:v)`, or `TABLE(:v)`. */
export type BindPart = { variable: VariableRef; place: Place } & (
  | { is: 'value' }
  | { is: 'identifier' }
  /** `text` as written where no colon makes it a variable: it may be a table function. */
  | { is: 'table'; text: string }
);

/** A SQL statement with its binds taken out. */
export interface SqlText {
  is: 'sql';
  /** First word, upper case. */
  keyword: string;
  parts: (string | BindPart)[];
  /** Variables of SELECT ... INTO. */
  into: string[];
  place: Place;
}

export interface ExecuteImmediate {
  is: 'executeImmediate';
  statement: Expression;
  using: Expression[];
  place: Place;
}

export interface Call {
  is: 'call';
  name: string[];
  args: CallArgument[];
  /** The whole CALL, without INTO. */
  sql: SqlText;
  into: string | undefined;
  place: Place;
}

export interface CallArgument {
  name: string | undefined;
  value: Expression;
}

/** What gives a result: the source of a RESULTSET, of a cursor, of RETURN TABLE. */
export type Runnable = SqlText | ExecuteImmediate | Call;

// ---------------------------------------------------------------------------------------- declarations

export interface VariableDeclaration {
  is: 'variable';
  name: string;
  type: SqlType | undefined;
  initial: Expression | undefined;
  place: Place;
}

export interface CursorDeclaration {
  is: 'cursor';
  name: string;
  /** A RESULTSET by name, or a query with `?` for what OPEN ... USING gives. */
  source: { is: 'resultset'; name: string } | Runnable;
  place: Place;
}

export interface ResultSetDeclaration {
  is: 'resultset';
  name: string;
  source: Runnable | undefined;
  /** Whether the source runs as an asynchronous child job. */
  async: boolean;
  place: Place;
}

export interface ExceptionDeclaration {
  is: 'exception';
  name: string;
  code: number;
  message: string;
  place: Place;
}

export interface ProcedureDeclaration {
  is: 'procedure';
  name: string;
  args: { name: string; type: SqlType; out: boolean }[];
  returns: SqlType | 'TABLE';
  body: Block;
  place: Place;
}

export type Declaration =
  | VariableDeclaration
  | CursorDeclaration
  | ResultSetDeclaration
  | ExceptionDeclaration
  | ProcedureDeclaration;

// ------------------------------------------------------------------------------------------ statements

export interface Block {
  is: 'block';
  declarations: Declaration[];
  statements: Statement[];
  handlers: Handler[];
  place: Place;
}

export interface Handler {
  /** Upper-case names; OTHER, STATEMENT_ERROR and EXPRESSION_ERROR among them. */
  names: string[];
  kind: 'EXIT' | 'CONTINUE';
  statements: Statement[];
  place: Place;
}

export interface Let {
  is: 'let';
  declaration: VariableDeclaration | CursorDeclaration | ResultSetDeclaration;
  place: Place;
}

export interface Assign {
  is: 'assign';
  name: string;
  /** Left out for a statement that is no query: a RESULTSET takes it. */
  value: Expression | undefined;
  /** The same text as a statement, when it is `(SELECT ...)`: what a RESULTSET takes. */
  source: Runnable | undefined;
  place: Place;
  /** Of the `:=`. */
  at: Place;
}

export interface If {
  is: 'if';
  branches: { condition: Expression; statements: Statement[] }[];
  otherwise: Statement[];
  place: Place;
}

export interface Case {
  is: 'case';
  /** Left out in a searched CASE. */
  operand: Expression | undefined;
  branches: { condition: Expression; statements: Statement[] }[];
  otherwise: Statement[];
  place: Place;
}

interface LoopBase {
  label: string | undefined;
  statements: Statement[];
  place: Place;
}

export interface CounterLoop extends LoopBase {
  is: 'forCounter';
  name: string;
  reverse: boolean;
  from: Expression;
  to: Expression;
}

export interface RowLoop extends LoopBase {
  is: 'forRows';
  name: string;
  /** A cursor or a RESULTSET. */
  source: string;
}

export interface While extends LoopBase {
  is: 'while';
  condition: Expression;
}

export interface Repeat extends LoopBase {
  is: 'repeat';
  until: Expression;
}

export interface Loop extends LoopBase {
  is: 'loop';
}

export type AnyLoop = CounterLoop | RowLoop | While | Repeat | Loop;

export interface Jump {
  is: 'break' | 'continue';
  label: string | undefined;
  place: Place;
}

export interface Return {
  is: 'return';
  value: Expression | undefined;
  /**
   * Whether the value takes the type that the procedure RETURNS: a literal, a name or a cast that stands in the body's own
   * block. Any other value keeps its own type.
   */
  converts: boolean;
  place: Place;
}

export interface ReturnTable {
  is: 'returnTable';
  source: { is: 'resultset'; name: string } | { is: 'cursor'; name: string } | Runnable;
  place: Place;
}

export interface Open {
  is: 'open';
  cursor: string;
  using: Expression[];
  place: Place;
}

export interface Fetch {
  is: 'fetch';
  cursor: string;
  into: string[];
  place: Place;
}

export interface Close {
  is: 'close';
  cursor: string;
  place: Place;
}

export interface Raise {
  is: 'raise';
  /** Left out: the exception that is being handled. */
  exception: string | undefined;
  place: Place;
}

/** `SYSTEM$LOG_INFO('...')` as a statement. */
export interface Evaluate {
  is: 'evaluate';
  expression: Expression;
  place: Place;
}

/** `ASYNC ( <statement> )` or `rs := ASYNC ( <statement> )`. */
export interface Async {
  is: 'async';
  source: Runnable;
  resultSet: string | undefined;
  place: Place;
}

export interface Await {
  is: 'await';
  /** Left out: ALL. */
  resultSet: string | undefined;
  place: Place;
}

export interface Cancel {
  is: 'cancel';
  resultSet: string;
  place: Place;
}

export interface Null {
  is: 'null';
  place: Place;
}

export type Statement =
  | Block
  | Let
  | Assign
  | If
  | Case
  | AnyLoop
  | Jump
  | Return
  | ReturnTable
  | Open
  | Fetch
  | Close
  | Raise
  | Evaluate
  | Async
  | Await
  | Cancel
  | Null
  | Runnable;
