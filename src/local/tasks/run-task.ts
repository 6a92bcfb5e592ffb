/** One run of one task: its condition, its body in a session of the owner's, and the row it leaves in the history. */
import { randomUUID } from 'node:crypto';
import { canceled, SnowflakeError, timedOut } from '../errors';
import type { LocalSnowflake, Session, TaskRunContext } from '../engine/contract';
import { isMet } from './condition';
import type { Task } from './task';
import { record, type RunState, type TaskRun } from './task-run';

export interface RunningTask {
  run: TaskRun;
  cancel: AbortController;
  /** When it is stopped, in microseconds UTC. */
  deadline: bigint;
  /** Set when it was stopped for that. */
  timeout?: SnowflakeError;
}

export interface RunTaskRequest {
  task: Task;
  entry: RunningTask;
  root: Task;
  /** What the tasks above it returned, by name, and which of them it runs directly after. */
  before: Pick<TaskRunContext, 'predecessors' | 'predecessorReturnValues'>;
  lastSuccess: { runGroupId: string; scheduledAt: bigint } | undefined;
}

/** Ends always: how it went is in the run's state. */
export async function runTask(account: LocalSnowflake, request: RunTaskRequest): Promise<void> {
  const { task, entry } = request;
  const { run } = entry;
  const context = contextOf(request);
  const session = openSession(account, task, context);
  try {
    if (task.condition !== null && !(await isMet(task.condition, session))) {
      finish(account, run, 'SKIPPED', '0040003', 'Conditional expression for task evaluated to false.');
      return;
    }
    run.queryId = randomUUID();
    run.queryStartTime = Number(account.clock.now());
    record(account, run);
    entry.cancel.signal.throwIfAborted();
    const options = { queryId: run.queryId, signal: entry.cancel.signal, inProcess: true };
    await session.execute(task.definition, [], options);
    // A body that catches everything catches its own cancellation too.
    entry.cancel.signal.throwIfAborted();
    finish(account, run, 'SUCCEEDED', null, null);
  } catch (error) {
    // It did not fail: it is still executing when the account is opened again, and marked then.
    if (!account.isClosed) fail(account, entry, error);
  } finally {
    run.returnValue = context.returnValue ?? null;
    if (!account.isClosed) record(account, run);
    await session.close();
  }
}

/** Stops a run. Inside, nothing catches a cancellation, so no handler of the body's goes on after it. */
export function cancelRun(entry: RunningTask): void {
  entry.cancel.abort(canceled());
}

/** Stops a run whose time is over: it fails, while one that somebody cancels is cancelled. */
export function timeOut(entry: RunningTask): void {
  const began = entry.run.queryStartTime ?? entry.run.scheduledTime;
  entry.timeout = timedOut((Number(entry.deadline) - began) / 1_000_000);
  cancelRun(entry);
}

function fail(account: LocalSnowflake, { run, cancel, timeout }: RunningTask, thrown: unknown): void {
  const { code, message } = timeout ?? (cancel.signal.aborted ? canceled() : asSnowflakeError(thrown));
  finish(account, run, cancel.signal.aborted && !timeout ? 'CANCELLED' : 'FAILED', code, message);
}

function asSnowflakeError(thrown: unknown): SnowflakeError {
  if (thrown instanceof SnowflakeError) return thrown;
  return new SnowflakeError('000603', 'XX000', thrown instanceof Error ? thrown.message : String(thrown));
}

function finish(
  account: LocalSnowflake,
  run: TaskRun,
  state: RunState,
  errorCode: string | null,
  errorMessage: string | null,
): void {
  Object.assign(run, { state, errorCode, errorMessage, completedTime: Number(account.clock.now()) });
}

function contextOf({ task, entry, root, before, lastSuccess }: RunTaskRequest): TaskRunContext {
  return {
    taskName: task.name,
    rootTaskName: root.name,
    rootTaskId: root.id,
    runGroupId: entry.run.graphRunGroupId,
    scheduledAt: BigInt(entry.run.runId) * 1000n,
    config: entry.run.config ?? undefined,
    ...before,
    returnValue: undefined,
    lastSuccess,
    serverless: task.properties.warehouse === undefined,
  };
}

/** Tasks run as the SYSTEM user with the owner's role. https://docs.snowflake.com/en/user-guide/tasks-intro */
function openSession(account: LocalSnowflake, task: Task, context: TaskRunContext): Session {
  return account.openSession({
    user: task.properties.executeAsUser ?? 'SYSTEM',
    role: task.owner,
    database: task.database,
    schema: task.schema,
    warehouse: task.properties.warehouse,
    parameters: task.properties.sessionParameters,
    task: context,
  });
}
