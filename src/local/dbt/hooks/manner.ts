/** How hooks write, as a person says it of a log. */

/**
 * - `on-run-end`: every node's result is logged, and the run's status is right
 * - `post-hook`: the way many projects log by mistake: a row for each success only, and a status counted from the rows
 *   of failures, which never come, so it says SUCCESS
 * - `none`: nothing is logged
 */
export type HookMode = 'on-run-end' | 'post-hook' | 'none';

/** In which manner hooks that a team wrote by hand fill their tables; what is left out is the first of each. */
export interface Manner {
  /** One row that is inserted at the start and updated at the end; one for each; one at the end. */
  rows?: 'updated' | 'start-and-end' | 'end';
  nodeRows?: 'end' | 'start-and-end';
  /** dbt's invocation_id, a number, or one for all runs of a day. */
  ids?: 'invocation' | 'number' | 'day';
  /** The type of the time columns where the tables are made for the rehearsal; else what stands in text and numbers. */
  times?: 'ntz' | 'ltz' | 'tz' | 'text' | 'text-with-offset' | 'seconds' | 'milliseconds' | 'date';
  /** Of a node: its name, dbt's unique id, `{{ this }}`, its name in capitals. */
  names?: 'name' | 'unique-id' | 'relation' | 'capitals';
  /** Between the values of --select, or all of them as JSON or as Python prints a list. */
  selections?: 'commas' | 'spaces' | 'json' | 'python';
  /** What the command column holds: `build`, or `dbt build --select a`. */
  commands?: 'word' | 'line';
  /** Words of the status columns as mapped, in capitals, with blanks around them; or TRUE, FALSE and NULL. */
  statuses?: 'words' | 'capitals' | 'padded' | 'boolean';
  /** Rows of hooks among those of nodes: `operation.shop.shop-on-run-end-0`. */
  operations?: boolean;
  /** Further columns of the table of runs, NOT NULL, and what the hooks write there. */
  required?: Record<string, string>;
  /** The tables are views over others, which the hooks write. */
  views?: boolean;
}
