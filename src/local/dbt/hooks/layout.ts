/** What the hooks of a log layout know of a run, and what they are: SQL at three moments of it. */
import type { LayoutName } from '../../../config/types';
import type { QualifiedName } from '../../engine/contract';
import type { TypedValue } from '../../values';
import type { DbtInvocation } from '../args';
import type { NodeResult } from '../run';
import type { HookMode } from './manner';

export type { LayoutName };

/** What `readMapping` reads. */
export type MappingJson = Readonly<Record<string, unknown>>;

export interface HookSettings {
  mode: HookMode;
  /** One that is known column by column, or the user's own as JSON: see `mapping`. */
  layout: LayoutName | MappingJson;
  /** Where the log tables are. */
  database: string;
  schema: string;
}

/** dbt's context in a hook. */
export interface HookContext {
  /** `invocation_id`. */
  invocationId: string;
  project: string;
  projectVersion: string;
  target: string;
  /** What dbt ran: of a `retry`, the command that it repeats, with its selection. */
  invocation: DbtInvocation;
  /** `invocation_args_dict.invocation_command`: `dbt build --select a`, as it was typed. */
  invocationCommand: string;
  threads: number;
  dbtVersion: string;
  /** Database and schema that the models are built in. */
  database: string;
  schema: string;
  user: string;
  role: string;
  warehouse: string | undefined;
  /** Microseconds UTC: dbt's `run_started_at`. */
  startedAt: bigint;
  /** Zone of the session, for what hooks write with CURRENT_TIMESTAMP(). */
  zone: string;
}

/** The columns of a log table as they exist at a user's: each with its type, and what else its definition says. */
export type Columns = Readonly<Record<string, string>>;

/** A row of such a table: a column that is left out is NULL. */
export type RowOf<Table extends Columns> = Readonly<Partial<Record<keyof Table & string, TypedValue>>>;

/** Rows for a log table, or what changes in them; columns by name as stored. */
export type Write = Insert | Update;

export interface Insert {
  table: QualifiedName;
  /** Every row has the columns of the first. */
  rows: readonly Row[];
}

export type Row = Readonly<Record<string, TypedValue>>;

export interface Update {
  table: QualifiedName;
  key: readonly [column: string, value: TypedValue];
  changes: Row;
}

export interface Statement {
  sql: string;
  binds: TypedValue[];
}

/** Writes at three moments of a run. Node results carry their own, simulated times. */
export interface HookWriter {
  onRunStart(run: HookContext): Write[];
  /** The rows that post-hooks have written until `results` were there. */
  postHooks(run: HookContext, results: readonly NodeResult[]): Write[];
  onRunEnd(run: HookContext, results: readonly NodeResult[], end: RunEnd): Write[];
}

export interface RunEnd {
  mode: 'on-run-end' | 'post-hook';
  /** Nodes that the selection held. */
  selected: number;
  seconds: number;
}

/** The moment so many seconds after the run's start, microseconds UTC. */
export function momentOf(run: HookContext, seconds: number): bigint {
  return run.startedAt + BigInt(Math.round(seconds * 1e6));
}
