/**
 * A rehearsal: a deployment on the local Snowflake, a dbt project, a stretch of simulated time in which things go
 * wrong, and what is expected to happen. Written in `rehearsals/<name>.ts`.
 */
import type { ShortDag } from '../local/dbt/read-dag';

export interface Rehearsal {
  /** One sentence: what it shows. */
  title: string;
  /** Name of a deployment of the config. */
  deployment: string;
  /** The dbt projects of the deployment's jobs: DAGs in the short form, or paths of a manifest.json below the config. */
  projects: (ShortDag | { manifest: string })[];
  /** When it starts, `2026-01-05T00:00:00Z`. */
  start: string;
  /** When it ends. */
  end: string;
  /** The root tasks that are started, with their children; every other task is suspended. @default those the deployment starts */
  tasks?: string[];
  /** What dbt's hooks log: all results, only successes (the broken way), nothing. @default on-run-end */
  hooks?: 'on-run-end' | 'post-hook' | 'none';
  /** What happens from outside, in any order. */
  events?: RehearsalEvent[];
  /** Every step, in order, by the fields that matter; left out, nothing is expected. */
  expect?: Partial<Step>[];
}

/** `at` is UTC: `2026-01-05T06:00:00Z`. */
export type RehearsalEvent =
  /** The node fails so many times (default 1), from then on. */
  | { at: string; fail: string; times?: number }
  /** Each run of the node (`*` for any) fails with this probability, the same way in every rehearsal of one seed. */
  | { at: string; failRate: string; probability: number; seed: number }
  /** dbt dies before the node ends; with an empty name before its first hook. */
  | { at: string; crash: string; times?: number }
  /** The model is deployed away. */
  | { at: string; remove: string }
  /** An operator suspends or resumes a task. */
  | { at: string; suspend: string }
  | { at: string; resume: string }
  /** Any statement, as an operator types it: a CALL, an UPDATE of the log. */
  | { at: string; run: string }
  /** The deployment of this name is applied: a change of policy in the middle. */
  | { at: string; apply: string };

/** One run of a task, or one statement of an event. */
export interface Step {
  /** When it was due, `2026-01-05 06:00`, UTC. */
  at: string;
  /** The task; `null` for an operator's statement. */
  task: string | null;
  /** The mode it called the procedure in; `null` for plain dbt. */
  mode: 'AUTO' | 'FULL_BUILD' | 'RETRY_ONLY' | 'PLAN' | null;
  /** `DBT` is a plain dbt run, `RAISED` a call that failed before it decided. */
  action: 'FULL_BUILD' | 'SELECTIVE_RETRY' | 'SKIP' | 'NOTHING' | 'DBT' | 'RAISED';
  /** Reason code of the decision. */
  reason: string | null;
  /** Number of the retry; 0 for a full build. */
  attempt: number;
  message: string;
  /** dbt's command line, without `dbt`; `null` when dbt did not run. */
  command: string | null;
  /** Models that dbt ran, failed ones too; the tests of a `dbt test`. */
  ran: string[];
  failed: string[];
  /** Models of the project that it did not run: not selected, or something upstream failed. */
  skipped: string[];
  /** State of the task's run. */
  outcome: 'SUCCEEDED' | 'FAILED' | 'FAILED_AND_AUTO_SUSPENDED' | 'CANCELLED' | 'SKIPPED' | 'EXECUTING';
}

/** What a rehearsal has shown. */
export interface Rehearsed {
  name: string;
  title: string;
  ok: boolean;
  steps: Step[];
  /** Where the steps differ from what was expected, one sentence each. */
  differences: string[];
}

/** Types a rehearsal; changes nothing. */
export function defineRehearsal(rehearsal: Rehearsal): Rehearsal {
  return rehearsal;
}
