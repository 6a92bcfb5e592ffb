/** What the doctor looks at, of one deployment: all of it read before anything is judged. */
import type { Deployment } from '../model/deployment';
import type { JobStatus } from '../oncall/status';
import type { HistoryRun } from '../readings/history';
import type { Unreadable } from '../readings/job-state';
import type { TaskState } from '../readings/task-state';

export interface Privilege {
  privilege: string;
  /** TABLE, VIEW, DBT PROJECT, ACCOUNT, ROLE, ... */
  on: string;
  name: string;
}

/** What a role has, with the roles that were granted to it. */
export interface RoleGrants {
  role: string;
  privileges: Privilege[];
  /** Why some cannot be seen; empty where all are. */
  unseen: string[];
}

/** Runs of one kind in the log. */
export interface RunKind {
  project: string | null;
  environment: string | null;
  isOurs: boolean;
  command: string | null;
  scope: string | null;
  runs: number;
}

export interface DeploymentFacts {
  deployment: Deployment;
  now: number;
  statuses: JobStatus[];
  unreadable: Unreadable | null;
  tasks: TaskState[];
  /** Runs that are logged as running and count as crashed. */
  neverEnded: HistoryRun[];
  /** Of the role that owns the tasks. */
  grants: RoleGrants;
  /** Future grants in the schemas of the log; `null` where they cannot be seen. */
  futureGrants: (Privilege & { role: string })[] | null;
  /** Who owns the log's tables, by qualified name; those not visible are absent. */
  logOwners: Readonly<Record<string, string>>;
  /** `null`: not there, not visible, or dbt is started by a procedure. */
  project: { defaultVersion: string | null } | null;
  /** Seconds that a task may take, by its name: the least of its own limits. */
  limits: Readonly<Record<string, number>>;
  /** Only read where the log matches no job. */
  kinds: RunKind[];
  /** Questions that the account did not answer, with its words. */
  unanswered: { what: string; message: string }[];
}
