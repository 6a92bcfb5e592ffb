/**
 * A rehearsal: a deployment on the local Snowflake, a dbt project, a stretch of simulated time in which things go
 * wrong, and what is expected to happen. Written in `rehearsals/<name>.ts`.
 */
import type { HookMode, Manner, ShortDag } from '../local/as-written';
import type { Expectations, Expected } from './expectations';
import type { Step } from './step';
import type { Summary } from './summary';

export interface Rehearsal {
  /** One sentence: what it shows. */
  title: string;
  /** Name of a deployment of the config. */
  deployment: string;
  /** The dbt projects of the deployment's jobs: DAGs in the short form, or paths of a manifest.json below the config. */
  projects: (ShortDag | { manifest: string })[];
  /** When it starts: `2026-01-05T00:00:00Z`, or with another offset, `+01:00`. To the second. */
  start: string;
  /** When it ends: what runs then is shown as it stands. */
  end: string;
  /** The root tasks that are started, with their children; every other task is suspended. @default those the deployment starts */
  tasks?: string[];
  /**
   * What dbt's hooks log: all results, only successes (the broken way), nothing; and for a layout of the user's own, in
   * which manner: a row for the start and one for the end, numbers for ids, times of other types. @default on-run-end
   */
  hooks?: HookMode | ({ mode?: HookMode } & Manner);
  /** What happens from outside, in any order. */
  events?: RehearsalEvent[];
  /** Every step, in order, by the fields that matter; or what must hold of them. Left out, nothing is expected. */
  expect?: Expected[] | Expectations;
}

/**
 * What goes wrong, or is done by somebody. `at` is a moment between the rehearsal's start and end; what the schedule has
 * at the same moment comes first.
 */
export type RehearsalEvent =
  /** The node fails in its next run, in so many (`times`), or in all until a moment; `error`: Snowflake's words, `000904 (42000): ...`. */
  | { at: string; fail: string; times?: number; error?: string }
  | { at: string; fail: string; until: string; error?: string }
  /** dbt dies before the node ends; with an empty name before its first hook. */
  | { at: string; crash: string; times?: number }
  | { at: string; crash: string; until: string }
  /** The same in certain runs of dbt that a task starts, counted from 1 since `at`. @default at the start */
  | { at?: string; fail: string; task: string; inRun: number | number[]; error?: string }
  | { at?: string; crash: string; task: string; inRun: number | number[] }
  /** Each run of the node (`*` for any) fails with this probability, the same way in every rehearsal of one seed. */
  | { at: string; failRate: string; probability: number; seed: number; until?: string }
  /** The model is deployed away, with its tests. */
  | { at: string; remove: string }
  /** An operator suspends or resumes a task. */
  | { at: string; suspend: string }
  | { at: string; resume: string }
  /**
   * Any statement, as an operator types it, in a session of its own: a CALL, an UPDATE of the log. With `role`, a role that the
   * config grants to: it may do what was granted to it and nothing else. @default the role that owns the deployment
   */
  | { at: string; run: string; role?: string }
  /** The deployment of this name is applied: a change of policy in the middle. */
  | { at: string; apply: string };

/** What a rehearsal has shown. */
export interface Rehearsed {
  name: string;
  title: string;
  /** Whether all happened as expected. */
  ok: boolean;
  steps: Step[];
  /** Where the steps differ from what was expected, one sentence each. */
  differences: string[];
  /** Of what it was played. */
  start: string;
  end: string;
  /** Every task of the deployments that were applied, in their order, by name. */
  tasks: string[];
  /** In the order in which they happened. */
  events: Happened[];
  /** What somebody was told: by alerts, and by the procedure where the config has a notification. */
  messages: Message[];
  summary: Summary;
}

/** A message as it left through an integration. */
export interface Message {
  /** `2026-01-05 06:30`, UTC. */
  at: string;
  integration: string;
  text: string;
}

/** An event as people read it. */
export interface Happened {
  at: string;
  kind: 'fail' | 'failRate' | 'crash' | 'remove' | 'suspend' | 'resume' | 'run' | 'apply';
  /** The task it is about; `null` when it is about all. */
  task: string | null;
  /** `dm_o2c_orders fails in its next 3 runs`. */
  text: string;
}

/** Types a rehearsal; changes nothing. */
export function defineRehearsal(rehearsal: Rehearsal): Rehearsal {
  return rehearsal;
}
