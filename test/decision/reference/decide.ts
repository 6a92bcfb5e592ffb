/** The decision of section 2, row by row, first match wins. */
import { chainsOf, runsOf } from './chains';
import type { Chain } from './chains';
import { HOUR } from './history';
import type { Call, History } from './history';
import {
  fullBuildMessage,
  inProgressMessage,
  notRetriedMessage,
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
  const raises = mode === 'RETRY_ONLY' || job.policy.onStateUnreadable === 'raise';
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
  const running = runs.findLast((run) => run.outcome === 'RUNNING');
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
  const maxAgeHours = call.maxAgeHours ?? call.job.policy.maxAgeHours;
  const chain = chainsOf(history.kind, runs, call.job, call.jobs, maxAgeHours).at(-1);
  if (!chain) return noRetry('FIRST_RUN', call, 0, []);
  const { nodes, healed } = workLeft(history, chain, runs);
  const attempt = chain.retries.length;
  const names = nodes.map((node) => node.name);
  const give = (reason: Reason): Decision => noRetry(reason, call, attempt, names);

  if (healed) return give('NORMAL_SCHEDULE');
  const latest = runsOf(chain).at(-1) ?? chain.full;
  if (latest.end <= call.now - maxAgeHours * HOUR) return give('FAILURE_TOO_OLD');
  if (attempt >= call.job.policy.maxAttempts) return give('MAX_RETRIES_REACHED');
  const selector =
    history.kind === 'execution-history'
      ? runsOf(chain).some(hasArtifacts) && resultSelector(call.job)
      : nodes.length > 0 &&
        selectorFor(
          nodes,
          call.job,
          runsOf(chain).some((run) => run.outcome === 'CRASHED'),
        );
  if (!selector)
    return give((latest.logged.testsFailed ?? 0) > 0 ? 'TEST_FAILED_UNNAMED' : 'NO_FAILED_MODELS');
  if ('refused' in selector) return give(selector.refused);
  return {
    action: 'SELECTIVE_RETRY',
    reason: 'RETRY',
    attempt,
    message: retryMessage(attempt, selector.shown),
    selector: selector.text,
    outstanding: names,
  };
}

/** Outstanding nodes, and row 4: whether the chain is healed. */
function workLeft(history: History, chain: Chain, runs: readonly Run[]): Outstanding {
  const latest = runsOf(chain).at(-1) ?? chain.full;
  if (chain.full.outcome === 'SUCCEEDED') return { nodes: [], healed: true };
  if (history.kind === 'execution-history') return { nodes: [], healed: latest.outcome === 'SUCCEEDED' };
  if (history.kind === 'no-selection') {
    const left = outstandingIn(chain, []);
    return latest.outcome === 'SUCCEEDED' ? { nodes: [], healed: true } : left;
  }
  return outstandingIn(chain, runs);
}

function noRetry(reason: Reason, call: Call, attempt: number, outstanding: string[]): Decision {
  const only = call.mode === 'RETRY_ONLY';
  return {
    action: only ? 'NOTHING' : 'FULL_BUILD',
    reason,
    attempt,
    message: only ? notRetriedMessage(reason) : fullBuildMessage(reason),
    selector: null,
    outstanding,
  };
}

/** After `UNHANDLED ERROR` and after a killed run Snowflake has no run results to import. */
function hasArtifacts(run: Run): boolean {
  return ['SUCCESS', 'HANDLED_ERROR'].includes((run.logged.status ?? '').trim().toUpperCase());
}
