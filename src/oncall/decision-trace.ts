/**
 * The rows of the decision, each with whether it matched and why: from the state view's row, the mode of a call and the
 * policy. Nothing is decided here: which row it is, the view says; rows 0, 1, 2 and 5 are the procedure's.
 */
import { REASONS, type ReasonCode } from '../decision/reasons';
import type { Policy, ProcedureMode } from '../model/deployment';
import type { JobState } from '../readings/job-state';
import { clock, counted } from './words';

export interface TracedRow {
  /** Number in the table of docs/decision.md. */
  row: string;
  code: ReasonCode;
  when: string;
  verdict: 'matched' | 'no' | 'not looked at';
  /** What was found; '' where it was not looked at. */
  why: string;
}

export interface Trace {
  mode: ProcedureMode;
  matched: { row: string; code: ReasonCode };
  /** What decides once the run in progress has ended; `null` unless row 1 matched. */
  afterwards: { row: string; code: ReasonCode } | null;
  rows: TracedRow[];
}

export interface TraceFacts {
  /** `null`: it cannot be read. */
  state: JobState | null;
  unreadable: string | null;
  mode: ProcedureMode;
  policy: Policy;
  now: number;
}

export function traceDecision(facts: TraceFacts): Trace {
  const code = matchedBy(facts);
  const rows = Object.entries(REASONS).filter(([each]) => each !== 'NOTHING_SELECTED') as [
    ReasonCode,
    (typeof REASONS)[ReasonCode],
  ][];
  const at = rows.findIndex(([each]) => each === code);
  return {
    mode: facts.mode,
    matched: { row: REASONS[code].row, code },
    afterwards: code === 'RUN_IN_PROGRESS' ? afterwards(facts) : null,
    rows: rows.map(([each, { row, when }], index) => ({
      row,
      code: each,
      when,
      verdict: index === at ? 'matched' : index < at ? 'no' : 'not looked at',
      why: index === at ? whyMatched(each, facts) : index < at ? whyNot(each, facts) : '',
    })),
  };
}

/** What a call does about a run in progress. */
export function ifRunning({ mode, policy }: Pick<TraceFacts, 'mode' | 'policy'>): string {
  return policy.onRunInProgress ?? (mode === 'RETRY_ONLY' ? 'skip' : 'wait');
}

function matchedBy(facts: TraceFacts): ReasonCode {
  const { state } = facts;
  if (state === null) return 'STATE_UNREADABLE';
  if (state.runningRunId !== null && ifRunning(facts) !== 'run') return 'RUN_IN_PROGRESS';
  return byChain(state, facts);
}

function byChain(state: JobState, { mode, now }: TraceFacts): ReasonCode {
  if (mode === 'FULL_BUILD') return 'REQUESTED';
  const isTooYoung = state.nextAt !== null && Date.parse(state.nextAt) > now;
  if (mode === 'RETRY_ONLY' && state.nextReason === 'RETRY' && isTooYoung) return 'NOT_YET';
  return state.nextReason as ReasonCode;
}

function afterwards(facts: TraceFacts): Trace['afterwards'] {
  const code = byChain(facts.state!, facts);
  return { row: REASONS[code].row, code };
}

function whyMatched(code: ReasonCode, facts: TraceFacts): string {
  const { state, unreadable, now, policy } = facts;
  if (state === null) return unreadable ?? 'the account does not know this job';
  const ended = state.chainEndedAt === null ? 'at an unknown time' : clock(state.chainEndedAt, now);
  switch (code) {
    case 'RUN_IN_PROGRESS':
      return `run ${state.runningRunId ?? ''} is in progress since ${state.runningSince === null ? 'an unknown time' : clock(state.runningSince, now)}; ${WAITS[ifRunning(facts)] ?? ''}`;
    case 'REQUESTED':
      return 'the mode is FULL_BUILD';
    case 'LOG_MATCHES_NO_JOB':
      return `the log has ${counted(state.runsSeen, 'run')}, and no job of the project finds one of its own`;
    case 'HISTORY_BLIND':
      return "Snowflake's history shows no run at all";
    case 'FIRST_RUN':
      return `the log has no full run of the job (${counted(state.runsSeen, 'run')} of any kind)`;
    case 'NORMAL_SCHEDULE':
      return state.attemptsMade > 0
        ? `nothing is outstanding after ${counted(state.attemptsMade, 'retry', 'retries')}`
        : `the latest full run ${(state.chainStatus ?? '').toLowerCase()}, and nothing is outstanding`;
    case 'MAX_RETRIES_REACHED':
      return `${state.attemptsMade} of ${state.attemptsMade + state.attemptsLeft} retries were made`;
    case 'BUDGET_USED':
      return `${counted(state.attemptsMade, 'retry', 'retries')} have run for ${policy.maxRetryMinutes ?? 0} minutes or more`;
    case 'PERMANENT_ERROR':
      return `all that failed has one of these errors: ${state.errorNumbers ?? ''}`;
    case 'NOT_YET':
      return `the latest run ended ${ended}, and is retried from ${state.nextAt === null ? 'then' : clock(state.nextAt, now)}`;
    case 'NO_FAILED_MODELS':
      return state.notes.includes('TIES')
        ? 'runs of different outcome have the same time: nobody can tell which came last'
        : `the latest run ${(state.chainStatus ?? 'failed').toLowerCase()}, and the log names nothing that could be rerun`;
    case 'TEST_FAILED_UNNAMED':
      return 'tests failed, and the log only counts them';
    case 'UNSAFE_NAME':
      return 'the name of a node that failed cannot stand in a selector';
    case 'SELECTOR_TOO_LONG':
      return `the selector would be longer than ${policy.maxSelectorLength} characters`;
    case 'FAILURE_TOO_OLD':
      return `the latest run ended ${ended}, and was to be retried until ${state.retryUntil === null ? 'then' : clock(state.retryUntil, now)}`;
    case 'RETRY':
      return `${outstanding(state)}, and ${counted(state.attemptsLeft, 'attempt')} left`;
    default:
      return state.chainText ?? '';
  }
}

const WAITS: Readonly<Record<string, string>> = {
  wait: 'the call waits for it',
  skip: 'the call does nothing',
  raise: 'the call raises',
};

function whyNot(code: ReasonCode, { state, mode, now, policy }: TraceFacts): string {
  if (state === null) return '';
  switch (code) {
    case 'STATE_UNREADABLE':
      return 'the state was read';
    case 'RUN_IN_PROGRESS':
      return state.runningRunId === null
        ? 'no run of the project is in progress'
        : `run ${state.runningRunId} is, but onRunInProgress is run`;
    case 'REQUESTED':
      return `the mode is ${mode}`;
    case 'LOG_MATCHES_NO_JOB':
      return state.runsSeen === 0 ? 'the log holds no run' : 'jobs of the project find runs of their own';
    case 'HISTORY_BLIND':
    case 'FIRST_RUN':
      return state.rootRunId === null
        ? 'the log shows runs'
        : `its latest full run is ${state.rootRunId}${state.rootRunStartedAt === null ? '' : `, started ${clock(state.rootRunStartedAt, now)}`}`;
    case 'NORMAL_SCHEDULE':
      return outstanding(state);
    case 'MAX_RETRIES_REACHED':
      return `${state.attemptsMade} of ${state.attemptsMade + state.attemptsLeft} were made`;
    case 'BUDGET_USED':
      return policy.maxRetryMinutes === null
        ? 'there is no limit'
        : `they have run for less than ${policy.maxRetryMinutes} minutes`;
    case 'PERMANENT_ERROR':
      return policy.permanentErrors.length === 0
        ? 'the policy names none'
        : `not all of it: ${state.errorNumbers ?? 'the log has no numbers'}`;
    case 'NOT_YET':
      return mode === 'RETRY_ONLY' ? 'the delay is over' : `the mode is ${mode}`;
    case 'TEST_FAILED_UNNAMED':
    case 'NO_FAILED_MODELS':
      return 'something that failed is named';
    case 'UNSAFE_NAME':
      return 'all names are safe';
    case 'SELECTOR_TOO_LONG':
      return `the selector has ${state.selector?.length ?? 0} characters`;
    case 'FAILURE_TOO_OLD':
      return state.retryUntil === null
        ? 'it is not too old'
        : `it is retried until ${clock(state.retryUntil, now)}`;
    default:
      return 'it does not hold';
  }
}

function outstanding(state: JobState): string {
  if (state.outstandingCount === 0 && state.selector !== null) {
    return `the latest run ${(state.chainStatus ?? 'failed').toLowerCase()}: dbt selects what it left (${state.selector})`;
  }
  const skipped = state.skippedCount === 0 ? '' : `, ${state.skippedCount} of them skipped`;
  return state.outstandingCount === 0
    ? `the latest run ${(state.chainStatus ?? 'failed').toLowerCase()}`
    : `${counted(state.outstandingCount, 'node')} outstanding${skipped}`;
}
