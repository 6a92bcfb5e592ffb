/** What became of a plan. Always complete: what was not reached is in it too. JSON-serialisable. */
import type { Finding } from '../contract/finding';
import type { Step } from '../plan/step';
import type { StatementPlace } from '../snowflake/errors';

export interface ApplyReport {
  /** Whether every step was done, and the account is now as the config says. */
  ok: boolean;
  deployments: DeploymentReport[];
  /** Wall time, in milliseconds. */
  durationMs: number;
}

export interface DeploymentReport {
  deployment: string;
  folder: string;
  database: string;
  schema: string;
  steps: StepOutcome[];
  unchanged: string[];
  leftOver: string[];
  /** Tasks of the deployment's schema by qualified name: `started`, `suspended`, or `null` where there was none. */
  tasks: { task: string; before: string | null; after: string | null }[];
  /** What is not as the config says although every step was done; empty is verified. `null` where it was not looked at. */
  remaining: string[] | null;
  /** What went wrong besides a step, in words: the lock, the verification. */
  problems: string[];
  /** What the check of the log doubts. */
  findings: Finding[];
}

export type StepOutcome = Done | Failed | NotRun;

type About = Pick<Step, 'id' | 'do' | 'kind' | 'object' | 'file' | 'why'>;

export interface Done extends About {
  status: 'done';
  queryId: string;
  durationMs: number;
  /** How often it was sent, with transient errors in between. */
  attempts: number;
}

export interface Failed extends About {
  status: 'failed';
  /** `null` when Snowflake never gave it one. */
  queryId: string | null;
  durationMs: number;
  attempts: number;
  error: StatementFault;
}

export interface NotRun extends About {
  status: 'not-run';
}

export interface StatementFault {
  /** Snowflake's code, `002003`; '' for what is not Snowflake's. */
  code: string;
  sqlState: string | null;
  message: string;
  /** In the statement's own text. */
  place: StatementPlace | null;
  hint: string | null;
  /** The session is the matter, not the statement: it broke, or its role or warehouse will not do (exit code 4). */
  isOfConnection: boolean;
}
