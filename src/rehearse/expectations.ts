/** What a rehearsal is expected to show, as its file says it. */
import type { Step } from './step';

/** A step by the fields that matter; a text may be a pattern: `{ action: 'SELECTIVE_RETRY', message: /dm_o2c_orders/ }`. */
export type Expected = {
  [Field in keyof Step]?: Step[Field] | (string extends Step[Field] ? RegExp : never);
};

/** All that is named must hold. */
export interface Expectations {
  /** Every step, in order. */
  steps?: Expected[];
  /** Every step of a task, in order. */
  tasks?: Record<string, Expected[]>;
  /** How many steps are like that. */
  counts?: Count[];
  /** No step is like that. */
  never?: Expected[];
  /** No two runs of dbt at the same time: of these tasks, or (`true`) of anything. */
  oneAtATime?: true | string[];
  /** Every message that was sent, in order: its text, or a pattern of it. */
  messages?: (string | RegExp)[];
  /** What a query answers at the end, in the deployment's schema, or how it is refused. */
  queries?: Query[];
}

export interface Count {
  of: Expected;
  /** Exactly so many; or a bound, or two. */
  is?: number;
  atLeast?: number;
  atMost?: number;
}

export interface Query {
  sql: string;
  /** Row by row. Numbers are compared as numbers, everything else as its text. */
  rows?: (string | number | boolean | null)[][];
  /** In place of rows: the error it ends with, on one line. */
  error?: string | RegExp;
  /** A role that the config grants to asks. @default the role that owns the deployment */
  role?: string;
}
