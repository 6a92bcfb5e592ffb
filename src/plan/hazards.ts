/** What a reader of a plan has to know, by code. Each has a section in docs/plan.md. */

export interface Hazard {
  code: HazardCode;
  message: string;
}

interface HazardRule {
  /**
   * `refuse`: never applied. `stop`: nothing is applied without `--allow CODE`. `skip`: only what it is about is left out without it.
   * `tell`: only said.
   */
  consent: 'refuse' | 'stop' | 'skip' | 'tell';
  /** What `--allow CODE` agrees to, or what the code means. */
  meaning: string;
}

export const HAZARDS = {
  OWNED_BY_OTHER_ROLE: { consent: 'refuse', meaning: 'an object belongs to a role that the session has not' },
  LOG_CONTRACT: { consent: 'refuse', meaning: 'the log does not hold what the views read' },
  ADOPT: { consent: 'stop', meaning: 'an object of the same name that is not ours is taken over' },
  SIGNATURE_CHANGED: {
    consent: 'stop',
    meaning: 'the procedure gets other arguments: calls by others may break',
  },
  PRIVILEGED_ROLE: { consent: 'stop', meaning: "an administrator's role owns the procedure and the tasks" },
  UNDOCUMENTED_RUNNER: {
    consent: 'stop',
    meaning: 'dbt is started by a procedure that Snowflake does not document',
  },
  DROP: { consent: 'skip', meaning: 'what the config no longer has is dropped, with its grants and history' },
  REVOKE: { consent: 'skip', meaning: 'privileges are revoked from roles that the config does not name' },
  RESUME_AFTER_ERRORS: {
    consent: 'skip',
    meaning: 'tasks that Snowflake suspended after failures are started again',
  },
  GRAPH_RUNNING: { consent: 'tell', meaning: 'a graph is changed while it runs' },
  TICK_WITHIN_SUSPEND: { consent: 'tell', meaning: 'a graph may miss a start that is due in these minutes' },
  LOG_CHANGED: {
    consent: 'tell',
    meaning: 'the log is read from other tables: every job begins as FIRST_RUN',
  },
  CHAIN_GOES_ON: { consent: 'tell', meaning: 'a chain of retries is under way, and is not forgotten' },
  LEFT_OVER: { consent: 'tell', meaning: 'ours, no longer in the config, suspended' },
  STAYS_SUSPENDED: { consent: 'tell', meaning: 'a task stays suspended' },
  APPLYING: { consent: 'tell', meaning: 'an apply is under way, or has died' },
  NOT_SEEN: { consent: 'tell', meaning: 'something could not be seen' },
} as const satisfies Record<string, HazardRule>;

export type HazardCode = keyof typeof HAZARDS;

export function hazard(code: HazardCode, message: string): Hazard {
  return { code, message };
}

/** Codes that `--allow` takes; `--adopt` is the consent to ADOPT. */
export const ALLOWABLE: readonly HazardCode[] = (Object.keys(HAZARDS) as HazardCode[]).filter((code) => {
  const { consent } = HAZARDS[code];
  return (consent === 'stop' || consent === 'skip') && code !== 'ADOPT';
});
