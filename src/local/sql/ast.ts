/**
 * What Snowflake's queries and DML say, as plain data. Every function call has the same shape, so what is known of
 * functions stands in one table (`lower/functions`), and a clause that has no place here is refused by the parser.
 */
import type { SqlType } from '../values';

/** Offset of the first character, for "error line 1 at position 7". */
export interface Located {
  at: number;
}

export type Expression =
  | { is: 'number'; text: string }
  | { is: 'string'; value: string }
  | { is: 'boolean'; value: boolean }
  | { is: 'null' }
  | ({ is: 'column'; parts: string[] } & Located)
  | ({ is: 'position'; index: number; table: string | undefined } & Located)
  | { is: 'bind'; index: number }
  | { is: 'variable'; name: string }
  | Call
  /** `at`: where NOT, AND, OR or an arithmetic operator stands. */
  | { is: 'unary'; op: '-' | '+' | 'NOT'; operand: Expression; at?: number | undefined }
  | { is: 'binary'; op: string; left: Expression; right: Expression; at?: number | undefined }
  | { is: 'isNull'; operand: Expression; not: boolean }
  | { is: 'isBoolean'; operand: Expression; value: boolean; not: boolean }
  | { is: 'distinctFrom'; left: Expression; right: Expression; not: boolean }
  | { is: 'between'; operand: Expression; low: Expression; high: Expression; not: boolean }
  | { is: 'inList'; operand: Expression; list: Expression[]; not: boolean }
  | { is: 'inQuery'; operand: Expression; query: Query; not: boolean }
  | Like
  | {
      is: 'case';
      operand: Expression | undefined;
      whens: [Expression, Expression][];
      otherwise: Expression | undefined;
    }
  | { is: 'cast'; operand: Expression; type: SqlType; try: boolean }
  | { is: 'subquery'; query: Query }
  | { is: 'exists'; query: Query }
  | { is: 'quantified'; op: string; left: Expression; all: boolean; query: Query }
  | { is: 'path'; operand: Expression; step: Expression }
  | { is: 'interval'; text: string }
  | { is: 'array'; items: Expression[] }
  | { is: 'object'; entries: [Expression, Expression][] }
  | { is: 'tuple'; items: Expression[] }
  | Star
  | { is: 'default' };

/** `[t.]* [ILIKE '...'] [EXCLUDE ...] [REPLACE (... AS a)] [RENAME (a AS b)]`. */
export interface Star extends Located {
  is: 'star';
  table: string[] | undefined;
  like: string | undefined;
  exclude: string[];
  replace: [Expression, string][];
  rename: [string, string][];
  /** Beside other columns it may stand for none: in what PIVOT and UNPIVOT become. */
  mayBeEmpty?: boolean;
}

export function newStar(at: number, table?: string[], exclude: string[] = []): Star {
  return { is: 'star', table, like: undefined, exclude, replace: [], rename: [], at };
}

export interface Like {
  is: 'like';
  op: 'LIKE' | 'ILIKE' | 'RLIKE';
  operand: Expression;
  patterns: Expression[];
  quantifier: 'ANY' | 'ALL' | undefined;
  escape: Expression | undefined;
  not: boolean;
}

export interface Call extends Located {
  is: 'call';
  /** Upper case; `SYSTEM$...` and `DB.SCHEMA.SEQ.NEXTVAL` keep their dots. */
  name: string;
  args: Expression[];
  named: [string, Expression][];
  distinct: boolean;
  star: boolean;
  within: OrderItem[] | undefined;
  ignoreNulls: boolean;
  over: Window | undefined;
}

/** A plain call: nothing but its arguments. */
export function newCall(name: string, at: number, args: Expression[] = []): Call {
  return {
    is: 'call',
    name,
    args,
    named: [],
    distinct: false,
    star: false,
    within: undefined,
    ignoreNulls: false,
    over: undefined,
    at,
  };
}

export interface Window {
  partition: Expression[];
  order: OrderItem[];
  /** The frame's text: keywords and literal bounds only. */
  frame: string | undefined;
}

export interface OrderItem {
  expression: Expression;
  descending: boolean;
  nulls: 'FIRST' | 'LAST' | undefined;
}

export interface Query {
  is: 'query';
  with: CommonTable[];
  body: Body;
  order: OrderItem[];
  limit: Expression | undefined;
  offset: Expression | undefined;
}

export interface CommonTable {
  name: string;
  columns: string[] | undefined;
  query: Query;
  recursive: boolean;
}

export type Body =
  | Select
  | { is: 'values'; rows: Expression[][] }
  | {
      is: 'set';
      op: 'UNION' | 'INTERSECT' | 'EXCEPT';
      all: boolean;
      /** UNION BY NAME. */
      byName: boolean;
      left: Body;
      right: Body;
    }
  | Query;

export interface Select {
  is: 'select';
  distinct: boolean;
  top: Expression | undefined;
  items: SelectItem[];
  from: TableExpression | undefined;
  where: Expression | undefined;
  group: Expression[] | 'ALL' | undefined;
  grouping: 'ROLLUP' | 'CUBE' | 'GROUPING SETS' | undefined;
  having: Expression | undefined;
  qualify: Expression | undefined;
}

export interface SelectItem {
  expression: Expression;
  alias: string | undefined;
  /** The expression as written, which names a column that has no alias. */
  text: string;
}

/** SAMPLE: a percentage of the rows, each by chance, or so many of them. */
export interface Sample {
  percent: number | undefined;
  rows: number | undefined;
  seed: number | undefined;
}

export type TableExpression =
  | { is: 'sample'; table: TableExpression; sample: Sample }
  | ({ is: 'table'; name: string[]; alias: Alias | undefined } & Located)
  | { is: 'derived'; query: Query; lateral: boolean; alias: Alias | undefined }
  | ({
      is: 'function';
      name: string[];
      args: Expression[];
      named: [string, Expression][];
      lateral: boolean;
      alias: Alias | undefined;
    } & Located)
  | { is: 'result'; index: number; alias: Alias | undefined }
  | {
      is: 'join';
      kind: JoinKind;
      natural: boolean;
      left: TableExpression;
      right: TableExpression;
      on: Expression | undefined;
      using: string[] | undefined;
    };

export type JoinKind = 'INNER' | 'LEFT' | 'RIGHT' | 'FULL' | 'CROSS';

export interface Alias {
  name: string;
  columns: string[] | undefined;
}

export type Dml =
  | {
      is: 'insert';
      table: string[];
      at: number;
      columns: string[] | undefined;
      overwrite: boolean;
      query: Query;
    }
  | {
      is: 'update';
      table: string[];
      at: number;
      alias: string | undefined;
      set: Assignment[];
      from: TableExpression | undefined;
      where: Expression | undefined;
    }
  | {
      is: 'delete';
      table: string[];
      at: number;
      alias: string | undefined;
      using: TableExpression | undefined;
      where: Expression | undefined;
    }
  | {
      is: 'merge';
      table: string[];
      at: number;
      alias: string | undefined;
      source: TableExpression;
      on: Expression;
      clauses: MergeClause[];
    };

export interface Assignment extends Located {
  column: string;
  value: Expression;
}

export interface MergeClause {
  matched: boolean;
  condition: Expression | undefined;
  action:
    | { is: 'update'; set: Assignment[] }
    | { is: 'delete' }
    | { is: 'insert'; columns: string[] | undefined; values: Expression[] };
}
