/** Retry policies: what may be written, and the defaults of what is not. */
import type { ProblemSink } from '../config/problems';
import type { RetryPolicyConfig } from '../config/types';
import type { Job, Policy, State } from './deployment';
import { HOUR_MS } from './duration';

const DEFAULT_STALE_HOURS = 6;
const DEFAULT_SELECTOR_LENGTH = 32_000;
/** DBT_PROJECT_EXECUTION_HISTORY reaches back seven days. */
const HISTORY_HOURS = 7 * 24;

const POSITIVE = ['maxAgeHours', 'staleRunHours', 'waitMinutes'] as const;
const POSITIVE_INTEGERS = ['maxAttempts', 'maxSelectorLength'] as const;

export function checkPolicy(config: RetryPolicyConfig, state: State, problems: ProblemSink): void {
  for (const key of POSITIVE_INTEGERS) {
    const value = config[key];
    if (value !== undefined && !(Number.isInteger(value) && value > 0)) {
      problems.add([key], `${value} is not a whole number above 0`, HINTS[key]);
    }
  }
  for (const key of POSITIVE) {
    const value = config[key];
    if (value !== undefined && !(Number.isFinite(value) && value > 0)) {
      problems.add([key], `${value} is not a number above 0`, HINTS[key]);
    }
  }
  if (state.kind !== 'execution-history') return;
  if ((config.maxAgeHours ?? 0) > HISTORY_HOURS) {
    const hint = "Snowflake's execution history reaches back seven days: use at most 168, or audit tables";
    problems.add(['maxAgeHours'], `${config.maxAgeHours} hours are more than the history holds`, hint);
  }
  if (config.recordFailure === true) {
    const hint = 'Snowflake records every outcome itself: leave recordFailure out';
    problems.add(['recordFailure'], 'the execution history cannot be written to', hint);
  }
}

const HINTS = {
  maxAttempts: "for a job that must never be retried, give its tasks mode 'full-build'",
  maxSelectorLength: 'it is the longest --select value of a retry, in characters',
  maxAgeHours: 'it is the age, in hours, from which a failure is not retried any more',
  staleRunHours: 'it is the time, in hours, after which a run without an end is taken for crashed',
  waitMinutes: "to go on without waiting, use onRunInProgress: 'skip' or 'run'",
} as const;

/**
 * @param timeouts of the tasks that run the job, in milliseconds, as far as the config states them; the longest is
 * the time after which a run that is still logged as running must have died
 */
export function resolvePolicy(
  config: RetryPolicyConfig,
  command: Job['command'],
  timeouts: readonly number[],
  state: State,
): Policy {
  const log = state.kind === 'audit-tables' ? state : null;
  const wanted = config.maxSelectorLength ?? DEFAULT_SELECTOR_LENGTH;
  return {
    maxAttempts: config.maxAttempts ?? 3,
    maxAgeHours: config.maxAgeHours ?? 24,
    staleRunHours: config.staleRunHours ?? staleHours(timeouts),
    onRunInProgress: config.onRunInProgress ?? null,
    waitMinutes: config.waitMinutes ?? 30,
    onTestFailure: config.onTestFailure ?? 'rebuild-parent',
    onStateUnreadable: config.onStateUnreadable ?? 'full-build',
    retryCommand: config.retryCommand ?? command,
    recordFailure: (config.recordFailure ?? true) && log !== null && log.recordable,
    maxSelectorLength: Math.min(wanted, log?.selectionWidth ?? wanted),
  };
}

function staleHours(timeouts: readonly number[]): number {
  return timeouts.length === 0 ? DEFAULT_STALE_HOURS : Math.max(...timeouts) / HOUR_MS;
}
