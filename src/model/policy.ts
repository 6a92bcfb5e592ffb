/** Retry policies: what may be written, and the defaults of what is not. */
import type { ProblemSink } from '../config/problems';
import type { RetryPolicyConfig } from '../config/types';
import { checkNumber } from './bounds';
import type { Job, Policy, State } from './deployment';
import { HOUR_MS } from './duration';

const DEFAULT_STALE_HOURS = 6;
const DEFAULT_SELECTOR_LENGTH = 32_000;
/** DBT_PROJECT_EXECUTION_HISTORY reaches back seven days. */
const HISTORY_HOURS = 7 * 24;

const NUMBERS = ['maxAttempts', 'maxSelectorLength', 'maxAgeHours', 'staleRunHours', 'waitMinutes'] as const;

export function checkPolicy(config: RetryPolicyConfig, state: State, problems: ProblemSink): void {
  for (const key of NUMBERS) checkNumber(config[key], key, problems);
  if (state.kind !== 'execution-history') return;
  if ((config.maxAgeHours ?? 0) > HISTORY_HOURS) {
    const hint = "Snowflake's execution history reaches back seven days: use at most 168, or audit tables";
    problems.add(['maxAgeHours'], `${config.maxAgeHours} hours are more than the history holds`, hint);
  }
  if (config.recordFailure !== undefined && config.recordFailure !== false) {
    const hint = 'Snowflake records every outcome itself: leave recordFailure out';
    problems.add(['recordFailure'], 'the execution history cannot be written to', hint);
  }
}

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
    recordFailure: config.recordFailure !== false && log !== null && log.recordable,
    recordValues: recordValues(config),
    maxSelectorLength: Math.min(wanted, log?.selectionWidth ?? wanted),
  };
}

/** By column name as Snowflake stores it. */
function recordValues({ recordFailure }: RetryPolicyConfig): Record<string, string> {
  if (typeof recordFailure !== 'object') return {};
  return Object.fromEntries(
    Object.entries(recordFailure.values).map(([column, value]) => [readPlainName(column), value]),
  );
}

function readPlainName(column: string): string {
  return /^[A-Za-z_][A-Za-z0-9_$]*$/.test(column) ? column.toUpperCase() : column.replace(/^"|"$/g, '');
}

function staleHours(timeouts: readonly number[]): number {
  return timeouts.length === 0 ? DEFAULT_STALE_HOURS : Math.max(...timeouts) / HOUR_MS;
}
