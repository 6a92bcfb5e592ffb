/** What an account has, as far as the session's role sees it: read at one moment by `src/account`, compared by `src/plan`. */
import type { ObjectName } from '../model/deployment';
import type { LockNote } from '../render/lock';

export interface Deployed {
  /** `ORG-ACCOUNT` */
  account: string;
  role: string | null;
  user: string | null;
  /** The account's clock, UTC, ISO 8601 to the second. */
  now: string;
  views: DeployedView[];
  procedures: DeployedProcedure[];
  /** Tables that carry a mark. */
  tables: DeployedTable[];
  alerts: DeployedAlert[];
  /** All tasks of the schemas that were asked for, and those elsewhere that carry a mark. */
  tasks: DeployedTask[];
  grants: DeployedGrant[];
  locks: DeployedLock[];
  /** Qualified names of the roots whose graph runs now. */
  running: string[];
  /** What could not be seen, in words. */
  unseen: string[];
}

/** A chain of retries that is under way, by what the deployed state view says. */
export interface DeployedChain {
  job: string;
  attemptsMade: number;
  attemptsLeft: number;
}

interface DeployedObject {
  name: ObjectName;
  /** `null` where it could not be seen. */
  owner: string | null;
  comment: string;
}

export interface DeployedView extends DeployedObject {
  /** The statement that made it; `null` where it is not visible. */
  text: string | null;
}

export type DeployedTable = DeployedObject;

export interface DeployedAlert extends DeployedObject {
  state: 'started' | 'suspended';
  /** By Snowflake's names, with `IF` and `THEN` for condition and action; `null` for one that is not set. */
  properties: Record<string, string | null>;
}

export interface DeployedProcedure extends DeployedObject {
  /** Types of the arguments, without precision: `['VARCHAR', 'NUMBER']`. */
  types: string[];
  /** `null` where it is not visible. */
  body: string | null;
}

export interface DeployedTask extends DeployedObject {
  state: 'started' | 'suspended';
  /** `USER_SUSPENDED`, `SUSPENDED_DUE_TO_ERRORS`, ...; `null` for a task that was never suspended. */
  suspendedReason: string | null;
  after: ObjectName[];
  /** The root that it finalizes. */
  finalizes: ObjectName | null;
  /** By Snowflake's names of the properties; `null` for one that is not set, absent for one that is not visible. */
  properties: Record<string, string | null>;
}

export interface DeployedGrant {
  privilege: string;
  /** `DATABASE`, `SCHEMA`, `VIEW`, `PROCEDURE`, `TASK`, `DBT PROJECT`. */
  on: string;
  /** Qualified, as it stands in SQL; a procedure with its types. */
  name: string;
  role: string;
}

/** V_AUTO_RESTART_APPLYING, and what a take-over that died left of it. */
export interface DeployedLock {
  name: ObjectName;
  owner: string | null;
  /** When the view was made; UTC, ISO 8601. */
  since: string | null;
  comment: string;
  /** `null` for a comment that no apply wrote. */
  note: LockNote | null;
}
