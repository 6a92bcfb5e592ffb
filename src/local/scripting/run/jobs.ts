/**
 * Asynchronous child jobs. A job is a process of the account's clock: it gets its turn when the block that started it
 * waits, sleeps or ends, so a run is the same every time, and jobs that take time take it side by side.
 * https://docs.snowflake.com/en/developer-guide/snowflake-scripting/asynchronous-child-jobs
 */
import { engineSession } from '../../engine/account';
import { childSession } from '../../engine/child-session';
import type { Session } from '../../engine/contract';
import { SnowflakeError } from '../../errors';
import type { QueryResult, TypedValue } from '../../values';
import type { Activation } from './activation';
import { inheritDepth } from './depth';
import { inheritReadingOnly } from './reading-only';

export interface Job {
  readonly queryId: string;
  /** As SYSTEM$GET_RESULTSET_STATUS names it. */
  status: 'RUNNING' | 'SUCCESS' | 'FAILED_WITH_ERROR' | 'ABORTING' | 'ABORTED';
  /** What it failed with. */
  failure: unknown;
  readonly outcome: Promise<QueryResult>;
  cancel(): void;
}

/** https://docs.snowflake.com/en/developer-guide/snowflake-scripting/asynchronous-child-jobs */
const MAX_JOBS = 4000;

/** @throws SnowflakeError when too many jobs run already */
export function startJob(sql: string, binds: readonly TypedValue[], run: Activation): Job {
  const running = [...run.jobs].filter((job) => job.status === 'RUNNING').length;
  if (running >= MAX_JOBS) throw tooManyJobs();
  const job = jobOf(sql, binds, run.session);
  run.jobs.add(job);
  run.lastQueryId = job.queryId;
  run.rowsAffected = undefined;
  return job;
}

function jobOf(sql: string, binds: readonly TypedValue[], parent: Session): Job {
  const controller = new AbortController();
  const signal = AbortSignal.any([controller.signal, parent.signal]);
  const queryId = engineSession(parent).account.nextQueryId();
  const session = childSession(parent);
  inheritDepth(session, parent);
  inheritReadingOnly(session, parent);
  const body = (): Promise<QueryResult> => {
    if (signal.aborted) throw cancelled();
    return session.execute(sql, binds, { queryId, signal, inProcess: true });
  };
  const job: Job = {
    queryId,
    status: 'RUNNING',
    failure: undefined,
    outcome: parent.account.clock.start(async () => body(), { drivesTime: false }),
    cancel() {
      if (job.status !== 'RUNNING') return;
      job.status = 'ABORTING';
      controller.abort(cancelled());
    },
  };
  job.outcome.then(
    () => (job.status = 'SUCCESS'),
    (error: unknown) => {
      job.status = job.status === 'ABORTING' ? 'ABORTED' : 'FAILED_WITH_ERROR';
      job.failure = error;
    },
  );
  return job;
}

/** Waits for one job; what it changed is then what SQLROWCOUNT says. @throws SnowflakeError what the job failed with */
export async function awaitJob(job: Job, run: Activation): Promise<QueryResult> {
  run.jobs.delete(job);
  const result = await run.session.account.clock.wait(job.outcome);
  run.rowsAffected = result.rowsAffected;
  return result;
}

/** Waits for every job that was not awaited yet. @throws SnowflakeError what the first of them that failed, failed with */
export async function awaitAll(run: Activation): Promise<void> {
  const jobs = [...run.jobs];
  run.jobs.clear();
  run.rowsAffected = undefined;
  let first: unknown;
  const settled = jobs.map((job) => job.outcome.catch(() => void (first ??= failureOf(job))));
  await run.session.account.clock.wait(Promise.all(settled));
  if (first) throw first;
}

/** A job that the block itself cancelled has not failed. */
function failureOf(job: Job): unknown {
  return job.status === 'ABORTED' ? undefined : job.failure;
}

/** The end of a block cancels the jobs that still run: Snowflake does not go on without it. */
export async function endJobs(run: Activation): Promise<void> {
  if (run.jobs.size === 0) return;
  const jobs = [...run.jobs];
  run.jobs.clear();
  for (const job of jobs) job.cancel();
  await run.session.account.clock.wait(Promise.allSettled(jobs.map((job) => job.outcome)));
}

function cancelled(): SnowflakeError {
  return new SnowflakeError('000604', '57014', 'SQL execution canceled');
}

function tooManyJobs(): SnowflakeError {
  const message = `The number of asynchronous child jobs that run at once exceeds ${MAX_JOBS}.`;
  return new SnowflakeError('090213', '42601', message);
}
