/** Who is told of what. */
import type { Schedule } from './schedule';

/** A message through an existing notification integration; the text is sanitised. */
export interface NotificationConfig {
  /** Name of a notification integration the owner role may use. */
  integration: string;
  /** `email` needs recipients. @default webhook */
  kind?: 'webhook' | 'email' | 'queue';
  /** Verified users of the account, for `email`. */
  recipients?: string[];
}

/**
 * `given-up`: what is broken is retried no more. `permanent-error`: because no retry mends it (`permanentErrors`). `stuck`: a run never ended. `suspended`: Snowflake suspended a task after failures.
 * `unreadable`: a task could not read the log.
 */
export type AlertState = 'given-up' | 'permanent-error' | 'stuck' | 'suspended' | 'unreadable';

/** Alerts over the state view and the runs of the tasks. https://docs.snowflake.com/en/user-guide/alerts */
export interface AlertsConfig extends NotificationConfig {
  /** Of what is told. */
  on: AlertState[];
  /** How often is looked. @default every('60 minutes') */
  schedule?: Schedule;
  /** A warehouse that is awake then. Default: none, Snowflake's own compute (EXECUTE MANAGED ALERT). */
  warehouse?: string;
}
