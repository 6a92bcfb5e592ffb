/**
 * The rows of the decision, once: templates, documents, `explain` and tests read them here. First match wins, in this
 * order; rows 0, 1, 2, 5 and 5a depend on the call, the others stand in the state view.
 */
import type { SymbolName } from '../sql-text';

export interface Reason {
  code: string;
  /** Number in the decision table of docs/decision.md. */
  row: string;
  /** Row-level condition in words. */
  when: string;
  /** What the message says behind "FULL BUILD: ". Empty where the message has a form of its own. */
  text: string;
}

export const REASONS = {
  STATE_UNREADABLE: { row: '0', when: 'the state cannot be read', text: '' },
  RUN_IN_PROGRESS: { row: '1', when: 'a run of the project is in progress', text: '' },
  REQUESTED: { row: '2', when: 'the mode is FULL_BUILD', text: 'Requested' },
  LOG_MATCHES_NO_JOB: {
    row: '3a',
    when: 'the log holds runs, but none of any job of the project',
    text: 'First run',
  },
  HISTORY_BLIND: { row: '3', when: "Snowflake's history shows no run at all", text: 'First run' },
  FIRST_RUN: { row: '3', when: 'the job has no full run in the log', text: 'First run' },
  NORMAL_SCHEDULE: { row: '4', when: 'nothing is left to repair', text: 'Normal scheduled run' },
  MAX_RETRIES_REACHED: {
    row: '6',
    when: '`maxAttempts` retries have been made',
    text: 'Max retries reached, reset with full build',
  },
  BUDGET_USED: {
    row: '6',
    when: "the chain's retries have run for `maxRetryMinutes`",
    text: 'Retry time used up',
  },
  PERMANENT_ERROR: {
    row: '6a',
    when: 'every failed node has one of `permanentErrors`',
    text: 'The errors are none that a retry mends',
  },
  TEST_FAILED_UNNAMED: {
    row: '7',
    when: 'tests failed, and the log only counts them',
    text: 'Failed tests are not named in the log',
  },
  NO_FAILED_MODELS: { row: '7', when: 'what failed cannot be named', text: 'No failed models identified' },
  UNSAFE_NAME: {
    row: '8',
    when: 'a name has other characters than letters, digits, `_`, `.` and `-`',
    text: "A failed model's name cannot be used in a selector",
  },
  SELECTOR_TOO_LONG: {
    row: '8',
    when: 'the selector would be too long',
    text: 'Too many failed models for a selector',
  },
  FAILURE_TOO_OLD: {
    row: '5',
    when: "the chain's latest run ended `maxAgeHours` ago or more",
    text: 'Failure too old, fresh start',
  },
  NOT_YET: {
    row: '5a',
    when: "the mode is RETRY_ONLY, and the chain's latest run ended less than `delayMinutes` ago",
    text: '',
  },
  RETRY: { row: '9', when: 'otherwise', text: '' },
  NOTHING_SELECTED: {
    row: '9',
    when: 'the retry selected nothing: the models were deployed away',
    text: 'The failed models no longer exist',
  },
} as const satisfies Record<string, Omit<Reason, 'code'>>;

export type ReasonCode = keyof typeof REASONS;

/** Reasons whose text the state view writes as it stands here. */
export const CHAIN_REASONS = [
  'HISTORY_BLIND',
  'FIRST_RUN',
  'NORMAL_SCHEDULE',
  'MAX_RETRIES_REACHED',
  'BUDGET_USED',
  'PERMANENT_ERROR',
  'TEST_FAILED_UNNAMED',
  'NO_FAILED_MODELS',
  'UNSAFE_NAME',
  'SELECTOR_TOO_LONG',
] as const satisfies readonly ReasonCode[];

/** How a message begins: the seed's symbol and the words behind it. */
export const MESSAGES = {
  retry: { symbol: 'retry', words: 'RETRY #' },
  fullBuild: { symbol: 'full_build', words: 'FULL BUILD: ' },
  skipped: { symbol: 'skipped', words: 'SKIPPED: ' },
  notYet: { symbol: 'skipped', words: 'NOT YET: ' },
  nothing: { symbol: 'nothing', words: 'NOTHING TO RETRY' },
  notRetried: { symbol: 'warning', words: 'NOT RETRIED: ' },
  unreadable: { symbol: 'warning', words: 'ERROR in retry logic: ' },
} as const satisfies Record<string, { symbol: SymbolName; words: string }>;
