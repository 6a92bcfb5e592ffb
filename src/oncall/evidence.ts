/** What `explain --now` says of a job: its chain, what is outstanding, the decision row by row, and what would run. */
import { fullLine } from '../decision/command-lines';
import type { Deployment, Job, ProcedureMode } from '../model/deployment';
import type { HistoryRun } from '../readings/history';
import type { JobState } from '../readings/job-state';
import type { NodeResult } from '../readings/node-results';
import { ifRunning, traceDecision, type Trace } from './decision-trace';
import { outstandingOf, type Outstanding } from './outstanding';
import type { JobStatus } from './status';

export interface Evidence {
  deployment: string;
  job: string;
  /** The task whose mode it is; `null` where a job was asked for. */
  task: string | null;
  /** The account's clock, ISO 8601 in UTC. */
  now: string;
  status: JobStatus;
  /** The job's latest full run and the retries after it, oldest first. */
  chain: HistoryRun[];
  /** Runs of the project that are in progress. */
  running: HistoryRun[];
  outstanding: Outstanding[];
  decision: Trace;
  /** What a call would do: a bare word, as in a task's return value. */
  action: 'RETRY' | 'FULL_BUILD' | 'SKIPPED' | 'NOTHING' | 'WAIT' | 'RAISE';
  /** What dbt would be started with; `null` for nothing. */
  wouldRun: string | null;
  attemptsMade: number;
  attemptsLeft: number;
  /** When the failure is too old to be retried; `null` where nothing would be. */
  retryUntil: string | null;
  /** Only the procedure can tell which run of Snowflake's history left results, and it could not be asked. */
  isProvisional: boolean;
}

export interface EvidenceFacts {
  deployment: Deployment;
  job: Job;
  task: string | null;
  mode: ProcedureMode;
  status: JobStatus;
  unreadable: string | null;
  /** Whether the procedure was asked where only it can tell. */
  isCertain: boolean;
  /** Newest first, as read. */
  runs: readonly HistoryRun[];
  results: readonly NodeResult[];
  now: string;
}

export function evidenceOf(facts: EvidenceFacts): Evidence {
  const { deployment, job, status, mode, runs } = facts;
  const { state } = status;
  const now = Date.parse(facts.now);
  const chain = chainOf(state, runs);
  const decision = traceDecision({ state, unreadable: facts.unreadable, mode, policy: job.policy, now });
  const action = actionOf(decision, job);
  return {
    deployment: deployment.name,
    job: job.name,
    task: facts.task,
    now: facts.now,
    status,
    chain,
    running: runs.filter(({ runId }) => runId === state?.runningRunId),
    outstanding: outstandingOf(chain, facts.results, now),
    decision,
    action,
    wouldRun:
      action === 'RETRY'
        ? (state?.nextCommand ?? null)
        : action === 'FULL_BUILD'
          ? fullLine(job, deployment)
          : null,
    attemptsMade: state?.attemptsMade ?? 0,
    attemptsLeft: state?.attemptsLeft ?? 0,
    retryUntil: state !== null && state.chainReason === 'RETRY' ? state.retryUntil : null,
    isProvisional: !facts.isCertain,
  };
}

/** Runs of the chain, oldest first: those that have the same root, but not one that is in progress. */
export function chainOf(state: JobState | null, runs: readonly HistoryRun[]): HistoryRun[] {
  if (state?.rootRunId == null) return [];
  return runs
    .filter(
      ({ rootRunId, job, outcome, isAhead }) =>
        rootRunId === state.rootRunId && job === state.job && outcome !== 'RUNNING' && !isAhead,
    )
    .reverse();
}

function actionOf({ matched, mode }: Trace, { policy }: Job): Evidence['action'] {
  switch (matched.code) {
    case 'STATE_UNREADABLE': {
      const raises = mode === 'RETRY_ONLY' || (mode !== 'FULL_BUILD' && policy.onStateUnreadable === 'raise');
      return raises ? 'RAISE' : 'FULL_BUILD';
    }
    case 'RUN_IN_PROGRESS': {
      const reaction = ifRunning({ mode, policy });
      return reaction === 'skip' ? 'SKIPPED' : reaction === 'raise' ? 'RAISE' : 'WAIT';
    }
    case 'RETRY':
      return 'RETRY';
    default:
      return mode === 'RETRY_ONLY' ? 'NOTHING' : 'FULL_BUILD';
  }
}
