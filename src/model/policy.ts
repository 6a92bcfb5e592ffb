/** Retry policies: what may be written, and the defaults of what is not. */
import { didYouMean } from '../config/nearest';
import { showValue, type ProblemSink } from '../config/problems';
import type { RetryPolicyConfig } from '../config/types';
import { checkNumber } from './bounds';
import type { Deployment, Job, Policy, State } from './deployment';
import { HOUR_MS } from './duration';
import { PERMANENT_SETS, TRANSIENT_SETS, transientSetOf, type ErrorSet } from './error-numbers';

const DEFAULT_STALE_HOURS = 6;
const DEFAULT_SELECTOR_LENGTH = 32_000;
/** DBT_PROJECT_EXECUTION_HISTORY reaches back seven days. */
const HISTORY_HOURS = 7 * 24;

const NUMBERS = [
  'maxAttempts',
  'maxSelectorLength',
  'maxAgeHours',
  'staleRunHours',
  'waitMinutes',
  'maxRetryMinutes',
] as const;

export function checkPolicy(config: RetryPolicyConfig, state: State, problems: ProblemSink): void {
  for (const key of NUMBERS) checkNumber(config[key], key, problems);
  checkDelays(config.delayMinutes, problems);
  checkPermanentErrors(config, problems);
  checkEvidence(config, state, problems);
  checkRecordFailure(config, state, problems);
  if (state.kind !== 'execution-history') return;
  if ((config.maxAgeHours ?? 0) > HISTORY_HOURS) {
    const hint = "Snowflake's execution history reaches back seven days: use at most 168, or audit tables";
    problems.add(['maxAgeHours'], `${config.maxAgeHours} hours are more than the history holds`, hint);
  }
}

/** By default it is on where the log can take it: asked for in vain it is refused. */
function checkRecordFailure({ recordFailure }: RetryPolicyConfig, state: State, problems: ProblemSink): void {
  if (recordFailure === undefined || recordFailure === false) return;
  if (state.kind === 'execution-history') {
    const hint = 'Snowflake records every outcome itself: leave recordFailure out';
    problems.add(['recordFailure'], 'the execution history cannot be written to', hint);
  } else if (!state.recordable) {
    problems.add(['recordFailure'], 'the log has no run status that could be set', 'leave recordFailure out');
  }
}

function checkDelays(delay: RetryPolicyConfig['delayMinutes'], problems: ProblemSink): void {
  if (!Array.isArray(delay)) return checkNumber(delay, 'delayMinutes', problems);
  if (delay.length === 0) {
    const hint = 'give one for each attempt, [0, 15, 60], or leave it out';
    problems.missing(['delayMinutes'], 'it has no minutes', hint);
  }
  // Only the first that is wrong: they are one value.
  const wrong = delay.find((each) => !(Number.isFinite(each) && each >= 0 && each <= 10_080));
  checkNumber(wrong, 'delayMinutes', problems);
}

/** What a policy asks of the log, which not every log has. */
function checkEvidence(config: RetryPolicyConfig, state: State, problems: ProblemSink): void {
  if ((config.permanentErrors ?? []).length > 0) {
    if (state.kind === 'execution-history') {
      const hint =
        "Snowflake's execution history has no message of each node: leave it out, or use audit tables";
      problems.add(['permanentErrors'], 'the log has no messages', hint);
    } else if (state.nodes.message === null) {
      const hint =
        state.layout === 'custom'
          ? 'name the column in layout.nodes.message, or leave permanentErrors out'
          : 'take the column out of absentColumns, or leave permanentErrors out';
      problems.add(['permanentErrors'], 'the log has no messages', hint);
    }
  }
  if (config.maxRetryMinutes === undefined || state.kind === 'execution-history') return;
  if (state.runs.endedAt === null && state.nodes.endedAt === null) {
    const hint = 'name the column in layout.runs.endedAt, or leave maxRetryMinutes out';
    problems.add(['maxRetryMinutes'], 'the log does not tell how long a run took', hint);
  }
}

function checkPermanentErrors(config: RetryPolicyConfig, problems: ProblemSink): void {
  (config.permanentErrors ?? []).forEach((text, index) => {
    const at = ['permanentErrors', index];
    const transient = Object.hasOwn(TRANSIENT_SETS, text) ? text : transientSetOf(text);
    if (transient !== null) {
      const hint = 'leave it out: such errors go away by themselves, and a retry is what they need';
      problems.add(at, `${showValue(text)} is an error that a retry mends (${transient})`, hint);
    } else if (!Object.hasOwn(PERMANENT_SETS, text) && !/^[0-9]{6}$/.test(text)) {
      const hint = `six digits, '001003', or a set: ${didYouMean(text, Object.keys(PERMANENT_SETS))}`;
      problems.add(at, `${showValue(text)} is no number of an error`, hint);
    }
  });
}

/** Sets written out: six digits each, in order, none twice. */
function permanentErrors(config: RetryPolicyConfig): string[] {
  const sets: Readonly<Record<string, ErrorSet>> = PERMANENT_SETS;
  const numbers = (config.permanentErrors ?? []).flatMap((text) =>
    Object.hasOwn(sets, text) ? [...sets[text]!.numbers] : [text],
  );
  return [...new Set(numbers)].sort();
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
    delayMinutes: [config.delayMinutes ?? 0].flat(),
    maxRetryMinutes: config.maxRetryMinutes ?? null,
    permanentErrors: permanentErrors(config),
    maxSelectorLength: Math.min(wanted, log?.selectionWidth ?? wanted),
  };
}

/** Whether a run that dbt failed is written into the log, of one job at least. */
export function recordsFailures({ state, jobs }: Pick<Deployment, 'state' | 'jobs'>): boolean {
  return state.kind === 'audit-tables' && state.recordable && jobs.some(({ policy }) => policy.recordFailure);
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
