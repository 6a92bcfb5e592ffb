/**
 * One run of a task graph: the root, then each child when all its predecessors are done, the finalizer last; failed
 * graphs again from the tasks that failed, as often as TASK_AUTO_RETRY_ATTEMPTS says.
 * https://docs.snowflake.com/en/user-guide/tasks-graphs
 */
import { randomUUID } from 'node:crypto';
import type { LocalSnowflake } from '../engine/contract';
import { membersOf } from './graph';
import { cancelRun, runTask, type RunningTask } from './run-task';
import { DEFAULT_TIMEOUT_MS, keyOfTask, LONGEST_TIMEOUT_MS, tasksOf, type Micros, type Task } from './task';
import { nextRunNumber, type ScheduledFrom, type TaskRun } from './task-run';

export type GraphState = 'SUCCEEDED' | 'FAILED' | 'CANCELLED' | 'SKIPPED';

export interface GraphRunRequest {
  root: Task;
  scheduledFrom: ScheduledFrom;
  scheduledTime: Micros;
  config: string | null;
  /** EXECUTE TASK makes time pass, the schedule does not. */
  drivesTime: boolean;
  /** The runs of the attempt that a retry takes up. */
  retryOf?: TaskRun[];
  lastSuccess?: { runGroupId: string; scheduledAt: bigint };
}

export interface GraphRun {
  readonly root: Task;
  readonly running: ReadonlySet<RunningTask>;
  /** In the order in which they began, over all attempts. */
  readonly runs: readonly TaskRun[];
  readonly done: Promise<GraphState>;
  /** Cancels a task's run; with the root's key, the whole graph: what has not begun does not begin. */
  cancel(key: string): void;
}

type Outcome =
  'waiting' | 'running' | 'succeeded' | 'suspended' | 'failed' | 'cancelled' | 'skipped' | 'unreachable';

export function startGraphRun(
  account: LocalSnowflake,
  request: GraphRunRequest,
  onEnd: (state: GraphState, runs: readonly TaskRun[]) => Promise<void>,
): GraphRun {
  // The version of the graph that this run keeps, whatever is changed meanwhile.
  const members = membersOf(tasksOf(account), request.root).map((task) => structuredClone(task));
  const root = members[0]!;
  const finalizer = members.find((task) => task.finalizes !== null);
  const chain = members.filter((task) => task !== finalizer);
  const outcomes = new Map<string, Outcome>();
  const returnValues: Record<string, string | null> = {};
  const running = new Set<RunningTask>();
  const runs: TaskRun[] = [];
  const first = request.retryOf?.[0];
  const graphRunGroupId = first?.graphRunGroupId ?? randomUUID();
  const runId = first?.runId ?? Math.floor(request.scheduledTime / 1000);
  let attempt = Math.max(0, ...(request.retryOf ?? []).map((run) => run.attempt)) + 1;
  const lastAttempt = attempt + (root.properties.taskAutoRetryAttempts ?? 0);
  let deadline: bigint | undefined;
  let isCancelled = false;
  let isFinalized = false;
  let end!: (state: GraphState) => void;
  const done = new Promise<GraphState>((resolve) => (end = resolve));

  for (const task of members) outcomes.set(keyOfTask(task), 'waiting');
  for (const run of request.retryOf ?? []) takeUp(run);
  beginAttempt();
  return { root, running, runs, done, cancel };

  function takeUp(run: TaskRun): void {
    if (run.state !== 'SUCCEEDED' || run.task === (finalizer && keyOfTask(finalizer))) return;
    outcomes.set(run.task, 'succeeded');
    returnValues[run.name] = run.returnValue;
  }

  function beginAttempt(): void {
    isFinalized = false;
    const timeout = root.properties.userTaskTimeoutMs;
    if (timeout !== undefined) deadline = account.clock.now() + BigInt(timeout || LONGEST_TIMEOUT_MS) * 1000n;
    void advance();
  }

  /** Begins what can begin; when nothing runs and nothing can, the attempt is over. */
  async function advance(): Promise<void> {
    for (const task of chain) if (outcomes.get(keyOfTask(task)) === 'waiting') consider(task);
    if (running.size > 0) return;
    const rootSkipped = outcomes.get(keyOfTask(root)) === 'skipped';
    if (finalizer?.started && !isFinalized && !rootSkipped && !isCancelled) {
      isFinalized = true;
      begin(finalizer);
    } else {
      await endAttempt();
    }
  }

  function consider(task: Task): void {
    const before = task.predecessors.map((key) => outcomes.get(key) ?? 'succeeded');
    if (before.some((outcome) => outcome === 'waiting' || outcome === 'running')) return;
    const isOpen = before.every((outcome) => outcome === 'succeeded' || outcome === 'suspended');
    if (!isOpen || isCancelled) outcomes.set(keyOfTask(task), 'unreachable');
    else if (task !== root && !task.started) outcomes.set(keyOfTask(task), 'suspended');
    else begin(task);
  }

  function begin(task: Task): void {
    const key = keyOfTask(task);
    outcomes.set(key, 'running');
    const run = newRun(task);
    runs.push(run);
    const entry: RunningTask = { run, cancel: new AbortController(), deadline: deadlineOf(task) };
    running.add(entry);
    const body = async () => {
      await runTask(account, { task, entry, root, returnValues, members, lastSuccess: request.lastSuccess });
      running.delete(entry);
      outcomes.set(key, outcomeOf(run));
      if (run.state === 'SUCCEEDED') returnValues[task.name] = run.returnValue;
      await advance();
    };
    // An error here is a fault of the engine's own, such as a full disk: it must not pass for a quiet schedule.
    account.clock.start(body, { drivesTime: request.drivesTime }).catch((fault: unknown) => {
      process.emitWarning(fault instanceof Error ? fault : new Error(String(fault)));
    });
  }

  function newRun(task: Task): TaskRun {
    const now = Number(account.clock.now());
    return {
      ...{ database: task.database, schema: task.schema, name: task.name },
      ...{
        number: nextRunNumber(account),
        task: keyOfTask(task),
        rootTaskId: root.id,
        rootTaskName: root.name,
      },
      ...{ queryId: null, queryText: task.definition, conditionText: task.condition },
      ...{ state: 'EXECUTING', errorCode: null, errorMessage: null },
      ...{ scheduledTime: task === root && attempt === 1 ? request.scheduledTime : now },
      ...{
        queryStartTime: null,
        completedTime: null,
        graphVersion: root.graphVersion,
        runId,
        graphRunGroupId,
      },
      ...{
        attempt,
        scheduledFrom: attempt > 1 ? 'RETRY' : request.scheduledFrom,
        config: request.config,
        returnValue: null,
      },
    };
  }

  /** A task's own timeout goes before the root's, which covers the whole graph but not the finalizer. */
  function deadlineOf(task: Task): bigint {
    const own =
      task.properties.userTaskTimeoutMs ??
      (deadline === undefined || task === finalizer ? DEFAULT_TIMEOUT_MS : undefined);
    const statement = Number(task.properties.sessionParameters?.STATEMENT_TIMEOUT_IN_SECONDS ?? 0) * 1000;
    const limits = [
      own === undefined || task === root ? deadline : undefined,
      own === undefined ? undefined : account.clock.now() + BigInt(own || LONGEST_TIMEOUT_MS) * 1000n,
      statement > 0 ? account.clock.now() + BigInt(statement) * 1000n : undefined,
    ].filter((limit) => limit !== undefined);
    return limits.reduce((a, b) => (a < b ? a : b));
  }

  async function endAttempt(): Promise<void> {
    const all = [...outcomes.values()];
    const failed = all.includes('failed');
    if (failed && !isCancelled && attempt < lastAttempt) {
      attempt += 1;
      for (const [key, outcome] of outcomes)
        if (outcome === 'failed' || outcome === 'unreachable') outcomes.set(key, 'waiting');
      if (finalizer) outcomes.set(keyOfTask(finalizer), 'waiting');
      beginAttempt();
      return;
    }
    const state = failed
      ? 'FAILED'
      : isCancelled || all.includes('cancelled')
        ? 'CANCELLED'
        : outcomes.get(keyOfTask(root)) === 'skipped'
          ? 'SKIPPED'
          : 'SUCCEEDED';
    await onEnd(state, runs);
    end(state);
  }

  function cancel(key: string): void {
    if (key === keyOfTask(root)) isCancelled = true;
    for (const entry of running) if (isCancelled || entry.run.task === key) cancelRun(entry);
  }
}

function outcomeOf(run: TaskRun): Outcome {
  if (run.state === 'SUCCEEDED') return 'succeeded';
  if (run.state === 'SKIPPED') return 'skipped';
  return run.state === 'CANCELLED' ? 'cancelled' : 'failed';
}
