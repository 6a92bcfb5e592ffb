/** A plan: data that explains itself. `apply` executes its steps and decides nothing. JSON-serialisable. */
import type { Finding } from '../contract/finding';
import type { Hazard } from './hazards';

export interface Plan {
  /** Of this shape; a plan file of another is refused. */
  format: 1;
  app: string | null;
  env: string | null;
  account: string;
  role: string | null;
  /** When it was made, by the account's clock. */
  now: string;
  deployments: DeploymentPlan[];
}

export interface DeploymentPlan {
  deployment: string;
  /** The deployment's folder below `generated/`. */
  folder: string;
  database: string;
  schema: string;
  /** In the order in which they are executed. */
  steps: Step[];
  /** Objects, tasks and grants that are as they should be. */
  unchanged: string[];
  /** Ours, no longer in the config, and doing nothing: dropped only with consent. */
  leftOver: string[];
  /** What a reader should know that is no step: what could not be seen, what stays suspended and why. */
  notes: Hazard[];
  /** What the check of the log found: errors stop an apply. */
  findings: Finding[];
  /** Tasks that the apply has to start again, besides those that are started now. */
  resume: string[];
}

export type StepVerb =
  'create' | 'replace' | 'alter' | 'adopt' | 'suspend' | 'resume' | 'drop' | 'grant' | 'revoke';

export interface Step {
  /** Unique in its deployment: `alter graph:EDW.A.ROOT`. */
  id: string;
  do: StepVerb;
  kind: 'view' | 'procedure' | 'graph' | 'table' | 'alert' | 'grant';
  /** What it is about, as it stands in SQL. */
  object: string;
  /** One statement, without the closing semicolon. */
  sql: string;
  /** Generated file that holds exactly this statement; `null` for one that the plan made. */
  file: string | null;
  /** One line: why. */
  why: string;
  /** What differs, each with its cause. */
  changes: Change[];
  /** What it means for what runs. */
  effects: string[];
  hazards: Hazard[];
}

export interface Change {
  /** `task O2C_DAILY_BUILD`, `view V_AUTO_RESTART_STATE`. */
  of: string;
  /** `config`: it was changed in the repository. `account`: somebody changed the account. */
  cause: 'config' | 'account' | 'unknown';
  /** `SCHEDULE`, `body`, `new`, `left over`. */
  what: string;
  before: string | null;
  after: string | null;
  /** Of a body: lines with ` `, `-` or `+` in front. */
  lines?: string[];
}
