/** What the doctor may find beside the log's contract, by code. Each has a line in docs/doctor.md. */

export interface Finding {
  /** `error`: something does not work. `warning`: it may not. `note`: what cannot be looked up from here. */
  severity: 'error' | 'warning' | 'note';
  code: string;
  /** The object or job, as people name it. */
  where: string;
  /** What was found. */
  message: string;
  /** What to do. */
  hint: string;
}

interface FindingRule {
  severity: Finding['severity'];
  meaning: string;
}

export const FINDINGS = {
  NOT_APPLIED: {
    severity: 'error',
    meaning: 'the views of a deployment are not there, not visible, or of another version',
  },
  STATE_UNREADABLE: {
    severity: 'error',
    meaning: 'the state view cannot be read: every call is a full build, or raises',
  },
  LOG_MATCHES_NO_JOB: {
    severity: 'error',
    meaning: 'the log holds runs, and none is of any job of the project; the column that differs is named',
  },
  HISTORY_BLIND: {
    severity: 'error',
    meaning: "Snowflake's history shows no run: every call is a first run",
  },
  RUN_STUCK: { severity: 'error', meaning: 'a run is logged as running for far longer than it ever took' },
  RUN_NEVER_ENDED: {
    severity: 'warning',
    meaning: 'runs are logged as running for longer than `staleRunHours`: they count as crashed',
  },
  CLOCK: { severity: 'warning', meaning: 'a run says that it starts in the future: it is left out' },
  TIES: {
    severity: 'warning',
    meaning: 'runs of different outcome have the same time: nobody can tell which came last',
  },
  TASK_MISSING: { severity: 'error', meaning: 'a task of the config is not there, or not visible' },
  TASK_SUSPENDED_BY_ERRORS: {
    severity: 'error',
    meaning: 'Snowflake suspended a task after its failures: nothing runs it until it is resumed',
  },
  TASK_SUSPENDED_BY_SNOWFLAKE: {
    severity: 'error',
    meaning: 'Snowflake suspended a task for another reason, such as a change of owner',
  },
  TASK_SUSPENDED: { severity: 'warning', meaning: 'a person suspended a task, or never started it' },
  TASK_OVERDUE: { severity: 'error', meaning: 'a task was to start a job, and the log has no run since' },
  PRIVILEGE_MISSING: {
    severity: 'error',
    meaning: 'the role that owns the tasks lacks a privilege that a run needs',
  },
  GRANTS_NOT_SEEN: {
    severity: 'warning',
    meaning: "a role's grants cannot be looked up: its privileges were not checked",
  },
  FUTURE_GRANT_MISSING: {
    severity: 'warning',
    meaning: 'a full refresh makes the log tables anew, and their grants are gone then',
  },
  PROJECT_MISSING: { severity: 'error', meaning: 'the dbt project is not there, or not visible' },
  NOT_LIVE_VERSION: {
    severity: 'error',
    meaning: 'the dbt project is a versioned one: nothing can be imported into it',
  },
  PROJECT_IN_OTHER_SCHEMA: { severity: 'warning', meaning: 'task and dbt project are in two schemas' },
  TIMEOUT_NEAR: { severity: 'warning', meaning: 'a job takes nearly as long as its task may' },
  DBT_ROLE_NOT_SEEN: { severity: 'note', meaning: "the role in dbt's own profile cannot be read from here" },
  NOT_CHECKED: { severity: 'note', meaning: 'the account did not answer a question' },
} as const satisfies Record<string, FindingRule>;

export type FindingCode = keyof typeof FINDINGS;

export function finding(code: FindingCode, where: string, message: string, hint: string): Finding {
  return { severity: FINDINGS[code].severity, code, where, message, hint };
}

const ORDER: readonly Finding['severity'][] = ['error', 'warning', 'note'];

/** Errors first, each once. */
export function ordered(all: readonly Finding[]): Finding[] {
  const unique = [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
  return ORDER.flatMap((severity) => unique.filter((one) => one.severity === severity));
}
