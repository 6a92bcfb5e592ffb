/** A retry that was never made: what it would have run, for how long, and what would have come of it, by what the log shows. Pure. */
import { importAlias } from '../decision/result-selector';
import type { Deployment, Job } from '../model/deployment';
import type { JobState } from './ask';
import type { Call } from './calls';
import type { Evidence, KnownRun } from './evidence';
import type { NodeRow, RunRow } from './log';

export interface SimulatedRetry {
  start: number;
  end: number;
  verdict: 'healed' | 'notHealed' | 'unknown';
  row: RunRow;
  nodes: NodeRow[];
}

export interface Retried {
  job: Job;
  deployment: Deployment;
  evidence: Evidence;
  builds: readonly KnownRun[];
  call: Call;
  state: JobState;
}

/** @param number of retries before it, for its id */
export function retryOf(retried: Retried, number: number): SimulatedRetry {
  const { job, deployment, evidence, call, state } = retried;
  const start = call.decidesAt;
  const knownFrom = call.knownFrom ?? start;
  const readsHistory = deployment.state.kind === 'execution-history';
  const names = readsHistory ? [] : namesIn(state.selector ?? '');
  const results = names.map((name) => {
    const next = evidence.nextResult(name, knownFrom);
    return { name, result: next?.result ?? null, error: next?.error ?? null };
  });
  const verdict = readsHistory
    ? verdictOf([evidence.nextOutcome(job.name, knownFrom)])
    : verdictOf(results.map(({ result }) => result));
  const end = start + secondsOf(names.length, retried) * 1000;
  const id = `backtest-${job.name}-${number + 1}`;
  const ended = new Date(end).toISOString();
  const isHealed = verdict === 'healed';
  const example = builtBefore(retried).at(-1)?.row;
  const selection = readsHistory ? '' : normalised(state.selector ?? '');
  return {
    ...{ start, end, verdict },
    row: {
      run_id: id,
      project_name: job.project.toLowerCase(),
      environment: example?.environment ?? null,
      is_ours: true,
      command: example?.command === null ? null : job.policy.retryCommand,
      selection,
      scope: `${selection}${job.exclusion === '' ? '' : ` --exclude ${job.exclusion}`}${readsHistory ? 'retry' : ''}`,
      tells_exclude: example?.tells_exclude ?? false,
      retry_of: readsHistory ? importAlias(job, deployment.jobs) : null,
      leaves_artifacts: readsHistory ? true : null,
      started_at: new Date(start).toISOString(),
      ended_at: example?.has_end === false ? null : ended,
      has_end: example?.has_end ?? true,
      status: isHealed ? 'SUCCESS' : 'FAILED',
      state: example?.state === null ? null : isHealed ? 'SUCCEEDED' : 'FAILED',
      tests_failed: 0,
    },
    // What nobody knows counts as still broken, so that the policy goes on as it would after a failure.
    nodes: results.map(({ name, result, error }) => ({
      run_id: id,
      node_name: name,
      is_test: evidence.tests.has(name),
      result: result === 'SUCCEEDED' ? 'SUCCEEDED' : result === 'FAILED' ? 'FAILED' : 'SKIPPED',
      ended_at: ended,
      error_number: result === 'FAILED' ? error : null,
    })),
  };
}

function verdictOf(results: readonly (string | null)[]): SimulatedRetry['verdict'] {
  if (results.some((result) => result !== null && result !== 'SUCCEEDED')) return 'notHealed';
  return results.length === 0 || results.includes(null) ? 'unknown' : 'healed';
}

/** Names of the selector's units: `1+a`, `a+`, `a+,tag:x`. */
function namesIn(selector: string): string[] {
  const units = selector.split(/\s+/).filter((unit) => unit !== '');
  return [...new Set(units.map((unit) => unit.replace(/,.*$/, '').replace(/^1\+/, '').replace(/\+$/, '')))];
}

/** As the view of runs writes a selection. */
function normalised(selector: string): string {
  return selector
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .sort()
    .join(',');
}

/**
 * What a retry takes: what one took that the log has of this start; else the share of the nodes in the latest full build that succeeded;
 * else as long as the run that failed.
 */
function secondsOf(count: number, retried: Retried): number {
  const { evidence, job, call } = retried;
  const logged = evidence.runs.find(
    (run) =>
      run.job === job.name &&
      run.kind === 'SELECTIVE_RETRY' &&
      Math.abs(run.start - call.at) < 60_000 &&
      Number.isFinite(run.end),
  );
  if (logged !== undefined) return (logged.end - logged.start) / 1000;
  const before = builtBefore(retried);
  const whole = before.findLast(({ outcome, nodes }) => outcome === 'SUCCEEDED' && nodes.length > 0);
  if (whole !== undefined && count > 0)
    return ((whole.end - whole.start) / 1000) * Math.min(1, count / whole.nodes.length);
  const last = before.at(-1);
  return last === undefined ? 0 : (last.end - last.start) / 1000;
}

function builtBefore({ builds, call }: Retried): KnownRun[] {
  return builds.filter(({ start, end }) => start < call.at && Number.isFinite(end));
}
