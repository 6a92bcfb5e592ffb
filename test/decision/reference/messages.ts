/** The words of section 2, as people read them. */
export type Reason =
  | 'STATE_UNREADABLE'
  | 'RUN_IN_PROGRESS'
  | 'REQUESTED'
  | 'FIRST_RUN'
  | 'LOG_MATCHES_NO_JOB'
  | 'HISTORY_BLIND'
  | 'NORMAL_SCHEDULE'
  | 'FAILURE_TOO_OLD'
  | 'MAX_RETRIES_REACHED'
  | 'BUDGET_USED'
  | 'PERMANENT_ERROR'
  | 'NOT_YET'
  | 'NO_FAILED_MODELS'
  | 'TEST_FAILED_UNNAMED'
  | 'UNSAFE_NAME'
  | 'SELECTOR_TOO_LONG'
  | 'RETRY'
  | 'NOTHING_SELECTED';

const FULL_BUILD_BECAUSE: Partial<Record<Reason, string>> = {
  REQUESTED: 'Requested',
  FIRST_RUN: 'First run',
  HISTORY_BLIND: 'First run',
  NORMAL_SCHEDULE: 'Normal scheduled run',
  FAILURE_TOO_OLD: 'Failure too old, fresh start',
  MAX_RETRIES_REACHED: 'Max retries reached, reset with full build',
  BUDGET_USED: 'Retry time used up',
  PERMANENT_ERROR: 'The errors are none that a retry mends',
  NO_FAILED_MODELS: 'No failed models identified',
  TEST_FAILED_UNNAMED: 'Failed tests are not named in the log',
  UNSAFE_NAME: "A failed model's name cannot be used in a selector",
  SELECTOR_TOO_LONG: 'Too many failed models for a selector',
  NOTHING_SELECTED: 'The failed models no longer exist',
};

/** @param runsSeen in the whole log */
export function fullBuildMessage(reason: Reason, runsSeen = 0): string {
  return `🔵 FULL BUILD: ${because(reason, runsSeen)}`;
}

export function retryMessage(attempt: number, shown: string): string {
  return `🔄 RETRY #${attempt + 1}: Rerunning failed models: ${shown}`;
}

export function inProgressMessage(runId: string): string {
  return `⏭️ SKIPPED: run ${runId} is still in progress`;
}

export function notYetMessage(at: number): string {
  return `⏭️ NOT YET: retried from ${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

export function unreadableMessage(error: string): string {
  return `⚠️ ERROR in retry logic: ${error} | Executed full build as fallback`;
}

/** RETRY_ONLY says why it does nothing; only a chain that cannot be retried is worth a warning sign. */
export function notRetriedMessage(reason: Reason, runsSeen = 0): string {
  if (reason === 'FIRST_RUN' || reason === 'HISTORY_BLIND' || reason === 'NORMAL_SCHEDULE')
    return '✅ NOTHING TO RETRY';
  return `⚠️ NOT RETRIED: ${because(reason, runsSeen)}`;
}

function because(reason: Reason, runsSeen: number): string {
  if (reason !== 'LOG_MATCHES_NO_JOB') return FULL_BUILD_BECAUSE[reason] ?? '';
  return `First run (the log has ${runsSeen} runs, none of them of this project's jobs)`;
}
