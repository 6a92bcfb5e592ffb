/** A task as the catalog keeps it: what its statements said, and the state it is in. */
import { keyOf } from '../catalog/names';
import type { Collection, LocalSnowflake, QualifiedName } from '../engine/contract';

/** Microseconds since 1970-01-01 UTC, as a number, because the catalog keeps JSON. */
export type Micros = number;

export interface Task extends QualifiedName {
  /** Another one for each CREATE [OR REPLACE]. */
  id: string;
  /** The role that created it, with whose rights it runs. */
  owner: string;
  createdOn: Micros;
  createdBy: string;
  started: boolean;
  /** From when intervals count. */
  resumedOn: Micros | null;
  lastCommittedOn: Micros | null;
  lastSuspendedOn: Micros | null;
  lastSuspendedReason: SuspendedReason | null;
  /** Of a root: counts the versions of its graph that were set, and whether something changed since the last. */
  graphVersion: number;
  graphChanged: boolean;
  /** Of a root: failed graph runs in a row. */
  failuresInARow: number;
  properties: TaskProperties;
  /** Keys of the tasks it runs after. */
  predecessors: string[];
  /** Key of the root task whose finalizer it is. */
  finalizes: string | null;
  condition: string | null;
  definition: string;
}

export type SuspendedReason =
  | 'USER_SUSPENDED'
  | 'SUSPENDED_DUE_TO_ERRORS'
  | 'CHILD_BECAME_ROOT'
  | 'FINALIZER_BECAME_ROOT'
  | 'GRANT_OWNERSHIP';

export const OVERLAP_POLICIES = ['NO_OVERLAP', 'ALLOW_CHILD_OVERLAP', 'ALLOW_ALL_OVERLAP'] as const;

/** What CREATE TASK and ALTER TASK SET can say; what is left out is at its default. */
export interface TaskProperties {
  warehouse?: string;
  userTaskManagedInitialWarehouseSize?: string;
  schedule?: string;
  config?: string;
  /** One of OVERLAP_POLICIES. */
  overlapPolicy?: string;
  userTaskTimeoutMs?: number;
  suspendTaskAfterNumFailures?: number;
  errorIntegration?: string;
  successIntegration?: string;
  logLevel?: string;
  comment?: string;
  taskAutoRetryAttempts?: number;
  userTaskMinimumTriggerIntervalInSeconds?: number;
  targetCompletionInterval?: string;
  serverlessTaskMinStatementSize?: string;
  serverlessTaskMaxStatementSize?: string;
  executeAsUser?: string;
  sessionParameters?: Record<string, string>;
}

export const DEFAULT_TIMEOUT_MS = 3_600_000;
export const LONGEST_TIMEOUT_MS = 604_800_000;
export const DEFAULT_FAILURES_BEFORE_SUSPENSION = 10;

export function tasksOf(account: LocalSnowflake): Collection<Task> {
  return account.catalog.collection<Task>('tasks');
}

export function keyOfTask(task: Task): string {
  return keyOf(task);
}
