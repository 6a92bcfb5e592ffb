/** What a check of the log may find, by code. Each has a line in docs/contract.md. */

export interface Finding {
  /** `error`: nothing is applied. `warning`: said, and applied. */
  severity: 'error' | 'warning';
  code: FindingCode;
  /** The table or column, as it stands in SQL. */
  where: string;
  /** What was found. */
  message: string;
  /** What to write in the config, or to do. */
  hint: string;
}

interface FindingRule {
  severity: Finding['severity'];
  meaning: string;
}

export const FINDINGS = {
  TABLE_MISSING: {
    severity: 'error',
    meaning: 'a table of the log is not there, or not visible to the role',
  },
  COLUMN_MISSING: { severity: 'error', meaning: 'a column that the views read is not there' },
  NAME_IN_OTHER_CASE: {
    severity: 'error',
    meaning: 'a table or column is there in other upper and lower case: it was made in quotes',
  },
  COLUMN_TYPE: { severity: 'error', meaning: 'a column has a type that its use cannot read' },
  NOT_WRITABLE: {
    severity: 'error',
    meaning:
      'recordFailure has to write where it cannot: a view, a list, the word FAILED in a column of numbers',
  },
  NOT_NULL_COLUMN: {
    severity: 'error',
    meaning: 'recordFailure inserts a row, and a column that may not be NULL would get no value',
  },
  COLUMN_TOO_NARROW: {
    severity: 'error',
    meaning: 'what recordFailure writes does not fit the column: the run id, the word for failed',
  },
  LOG_UNREADABLE: { severity: 'error', meaning: 'Snowflake cannot read the log as the views would' },
  NO_KNOWN_STATUS: { severity: 'error', meaning: 'no word of a status column is known' },
  RELATION_NAMES: { severity: 'error', meaning: 'nodes are logged as DB.SCHEMA.NAME, which selects nothing' },
  TIME_WITH_ZONE: { severity: 'warning', meaning: 'a time knows its zone: `zones` is not applied to it' },
  NUMERIC_RUN_ID: {
    severity: 'warning',
    meaning: 'run ids are numbers: recordFailure writes one of its own',
  },
  SELECTION_WIDTH: { severity: 'warning', meaning: 'the selection column is narrower than a retry may be' },
  POLICY_ON_LOG: {
    severity: 'warning',
    meaning: 'a row access, masking or other policy is on the log: a role may see less of it than is there',
  },
  POLICIES_NOT_SEEN: {
    severity: 'warning',
    meaning: 'whether policies are on the log could not be looked up',
  },
  LOG_EMPTY: { severity: 'warning', meaning: 'the run log has no row yet: nothing could be compared' },
  LOG_STALE: {
    severity: 'warning',
    meaning: 'the run log has rows, but none in the days that are looked back',
  },
  PROJECT_NOT_IN_LOG: { severity: 'warning', meaning: "no run is of a job's project" },
  ENVIRONMENT_NOT_IN_LOG: { severity: 'warning', meaning: "no run of a job's project is of the environment" },
  COMMAND_NOT_IN_LOG: { severity: 'warning', meaning: "no run of a job's project is of its dbt command" },
  SELECTION_NOT_IN_LOG: { severity: 'warning', meaning: "no run of a job's command has its selection" },
  OTHER_CASE: {
    severity: 'warning',
    meaning: 'project or environment differ in case or blanks: taken for the same',
  },
  UNKNOWN_STATUS: { severity: 'warning', meaning: 'a word of a status column is not known' },
  RUNS_NEVER_END: {
    severity: 'warning',
    meaning: 'every run is running by the log: nothing writes how it ended',
  },
  FAILURES_NOT_LOGGED: {
    severity: 'warning',
    meaning: 'no node ever failed by the log: its hooks may write only what succeeded',
  },
  NODES_EMPTY: { severity: 'warning', meaning: 'there are runs, but no node results' },
  NODES_OF_OTHER_RUNS: { severity: 'warning', meaning: 'no node result is of a run of the run log' },
  NAMES_NOT_SELECTABLE: { severity: 'warning', meaning: 'node names that dbt would not find' },
  RUN_ID_REPEATS: { severity: 'warning', meaning: 'one run id stands for several runs' },
  TIME_IN_FUTURE: {
    severity: 'warning',
    meaning: 'a start or an end lies in the future: its zone is another',
  },
  END_BEFORE_START: {
    severity: 'warning',
    meaning: 'runs end before they start: the two times are of two zones',
  },
  RUNS_TOO_LONG: {
    severity: 'warning',
    meaning: 'even the shortest run took hours: the two times may be of two zones',
  },
} as const satisfies Record<string, FindingRule>;

export type FindingCode = keyof typeof FINDINGS;

export function finding(code: FindingCode, where: string, message: string, hint: string): Finding {
  return { severity: FINDINGS[code].severity, code, where, message, hint };
}
