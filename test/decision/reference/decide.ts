/** The decision of section 2, row by row, first match wins. */
import { chainsOf, runsOf } from './chains';
import { classify } from './classify';
import type { Chain } from './chains';
import { HOUR, MINUTE } from './history';
import type { Call, History } from './history';
import {
  fullBuildMessage,
  inProgressMessage,
  notRetriedMessage,
  notYetMessage,
  retryMessage,
  unreadableMessage,
} from './messages';
import type { Reason } from './messages';
import { outstandingIn } from './outstanding';
import type { Outstanding } from './outstanding';
import { readRuns } from './runs';
import type { Run } from './runs';
import { resultSelector, selectorFor } from './selector';

/** `WAIT`: look again in 30 seconds. `NOTHING`: RETRY_ONLY leaves it to the next full build. */
export type Action = 'FULL_BUILD' | 'SELECTIVE_RETRY' | 'SKIP' | 'WAIT' | 'NOTHING' | 'RAISE';

export interface Decision {
  action: Action;
  reason: Reason;
  /** Retry runs in the chain so far; 0 without a chain. */
  attempt: number;
  message: string;
  /** The value of `--select` of a retry. */
  selector: string | null;
  /** Names of the chain's nodes that still need work, in order; empty in the execution history, which has no nodes. */
  outstanding: string[];
}

export function decide(history: History, call: Call): Decision {
  if (history.unreadable !== undefined) return unreadable(history.unreadable, call);
  const { job, now } = call;
  const { staleRunHours } = job.policy;
  const runs = readRuns(history, { project: job.project, environment: call.environment, staleRunHours, now });
  return inProgress(runs, call) ?? (call.mode === 'FULL_BUILD' ? requested() : byChain(history, runs, call));
}

function unreadable(error: string, { job, mode }: Call): Decision {
  const raises = mode === 'RETRY_ONLY' || (mode !== 'FULL_BUILD' && job.policy.onStateUnreadable === 'raise');
  return {
    action: raises ? 'RAISE' : 'FULL_BUILD',
    reason: 'STATE_UNREADABLE',
    attempt: 0,
    message: unreadableMessage(error),
    selector: null,
    outstanding: [],
  };
}

function inProgress(runs: readonly Run[], { job, mode }: Call): Decision | null {
  const running = runs.findLast((run) => run.outcome === 'RUNNING' && !run.isAhead);
  const wish = job.policy.onRunInProgress ?? (mode === 'RETRY_ONLY' ? 'skip' : 'wait');
  if (!running || wish === 'run') return null;
  return {
    action: wish === 'wait' ? 'WAIT' : wish === 'skip' ? 'SKIP' : 'RAISE',
    reason: 'RUN_IN_PROGRESS',
    attempt: 0,
    message: inProgressMessage(running.id),
    selector: null,
    outstanding: [],
  };
}

function requested(): Decision {
  return {
    action: 'FULL_BUILD',
    reason: 'REQUESTED',
    attempt: 0,
    message: fullBuildMessage('REQUESTED'),
    selector: null,
    outstanding: [],
  };
}

function byChain(history: History, runs: readonly Run[], call: Call): Decision {
  const { job } = call;
  const maxAgeHours = call.maxAgeHours ?? job.policy.maxAgeHours;
  const chain = chainsOf(history.kind, runs, job, call.jobs, job.policy.maxAgeHours).at(-1);
  if (!chain) return noRetry(withoutFullRun(history, call), call, 0, [], history);
  const { nodes, healed } = workLeft(history, chain, runs);
  const attempt = chain.retries.length;
  const names = nodes.map((node) => node.name);
  const give = (reason: Reason): Decision => noRetry(reason, call, attempt, names, history);

  if (healed) return give('NORMAL_SCHEDULE');
  const latest = runsOf(chain).at(-1) ?? chain.full;
  if (attempt >= job.policy.maxAttempts) return give('MAX_RETRIES_REACHED');
  if (isBudgetUsed(chain, job.policy.maxRetryMinutes)) return give('BUDGET_USED');
  if (isBeyondRetry(nodes, job.policy.permanentErrors)) return give('PERMANENT_ERROR');
  const selector =
    history.kind === 'execution-history'
      ? runsOf(chain).some(hasArtifacts) && resultSelector(job)
      : nodes.length > 0 &&
        selectorFor(
          nodes,
          job,
          runsOf(chain).some((run) => run.outcome === 'CRASHED'),
        );
  const testsFailed = latest.logged.testsFailed ?? 0;
  if (!selector) return give(testsFailed > 0 ? 'TEST_FAILED_UNNAMED' : 'NO_FAILED_MODELS');
  if ('refused' in selector) return give(selector.refused);
  if (latest.end <= call.now - maxAgeHours * HOUR) return give('FAILURE_TOO_OLD');
  const from = latest.end + delayOf(job.policy.delayMinutes, attempt) * MINUTE;
  if (call.mode === 'RETRY_ONLY' && from > call.now) return notYet(from, attempt, names);
  const namedTests = nodes.filter((node) => node.isTest && node.result === 'FAILED').length;
  const note = history.kind !== 'execution-history' && testsFailed > namedTests ? ' | TESTS_UNNAMED' : '';
  return {
    action: 'SELECTIVE_RETRY',
    reason: 'RETRY',
    attempt,
    message: retryMessage(attempt, selector.shown) + note,
    selector: selector.text,
    outstanding: names,
  };
}

/** Row 6: what the retries of the chain took. */
function isBudgetUsed(chain: Chain, limit: number | null): boolean {
  const spent = chain.retries.reduce((sum, { run }) => sum + run.end - run.start, 0);
  return limit !== null && spent >= limit * MINUTE;
}

/** Row 6a: something failed, and nothing of it but by an error that no retry mends. */
function isBeyondRetry(nodes: Outstanding['nodes'], permanent: readonly string[]): boolean {
  const failed = nodes.filter(({ result }) => result === 'FAILED');
  return failed.length > 0 && failed.every(({ error }) => error !== null && permanent.includes(error));
}

function delayOf(minutes: readonly number[], attempt: number): number {
  return minutes[Math.min(attempt, minutes.length - 1)] ?? 0;
}

/** Row 5a. */
function notYet(from: number, attempt: number, outstanding: string[]): Decision {
  return {
    action: 'NOTHING',
    reason: 'NOT_YET',
    attempt,
    message: notYetMessage(from),
    selector: null,
    outstanding,
  };
}

/** Rows 3a and 3. */
function withoutFullRun(history: History, call: Call): Reason {
  const seen = runsSeen(history);
  if (seen === 0) return history.kind === 'execution-history' ? 'HISTORY_BLIND' : 'FIRST_RUN';
  const kinds = classify(history, call.jobs, call.environment, call.now);
  return [...kinds.values()].some(({ job }) => job !== null) ? 'FIRST_RUN' : 'LOG_MATCHES_NO_JOB';
}

function runsSeen({ runs, runsElsewhere }: History): number {
  return runs.length + (runsElsewhere ?? 0);
}

/** Outstanding nodes, and row 4: whether the chain is healed. */
function workLeft(history: History, chain: Chain, runs: readonly Run[]): Outstanding {
  const latest = runsOf(chain).at(-1) ?? chain.full;
  if (history.kind === 'execution-history') return { nodes: [], healed: latest.outcome === 'SUCCEEDED' };
  if (history.kind === 'no-selection') {
    const left = outstandingIn(chain, []);
    return latest.outcome === 'SUCCEEDED' ? { nodes: [], healed: true } : left;
  }
  const left = outstandingIn(chain, runs);
  return chain.full.outcome === 'SUCCEEDED' && left.nodes.length === 0 ? { nodes: [], healed: true } : left;
}

function noRetry(
  reason: Reason,
  call: Call,
  attempt: number,
  outstanding: string[],
  history: History,
): Decision {
  const only = call.mode === 'RETRY_ONLY';
  return {
    action: only ? 'NOTHING' : 'FULL_BUILD',
    reason,
    attempt,
    message: only
      ? notRetriedMessage(reason, runsSeen(history))
      : fullBuildMessage(reason, runsSeen(history)),
    selector: null,
    outstanding,
  };
}

/** After `UNHANDLED ERROR` and after a killed run Snowflake has no run results to import. */
function hasArtifacts(run: Run): boolean {
  return ['SUCCESS', 'HANDLED_ERROR'].includes((run.logged.status ?? '').trim().toUpperCase());
}
