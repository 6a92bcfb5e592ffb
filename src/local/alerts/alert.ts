/** An alert as the catalog keeps it: what its statements said, and the state it is in. */
import type { Collection, LocalSnowflake, QualifiedName } from '../engine/contract';

/** Microseconds since 1970-01-01 UTC, as a number, because the catalog keeps JSON. */
export type Micros = number;

export interface Alert extends QualifiedName {
  /** Another one for each CREATE [OR REPLACE]. */
  id: string;
  /** The role that created it, with whose rights it runs. */
  owner: string;
  createdOn: Micros;
  started: boolean;
  /** From when intervals count. */
  resumedOn: Micros | null;
  /** Whether failures suspended it; unknown before the first RESUME. */
  wasAutoSuspended: boolean | null;
  failuresInARow: number;
  /** When the latest evaluation was scheduled that met no error. */
  lastSuccess: Micros | null;
  properties: AlertProperties;
  /** The statement in EXISTS, as written. */
  condition: string;
  /** The statement or block after THEN, as written. */
  action: string;
}

/** What CREATE ALERT and ALTER ALERT SET can say; what is left out is at its default. */
export interface AlertProperties {
  warehouse?: string;
  /** Without one it is an alert on new data. */
  schedule?: string;
  comment?: string;
  config?: string;
  runbook?: string;
  /** 0 for never. */
  suspendAlertAfterNumFailures?: number;
}

export function alertsOf(account: LocalSnowflake): Collection<Alert> {
  return account.catalog.collection<Alert>('alerts');
}
