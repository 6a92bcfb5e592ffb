/**
 * One run of a task graph: the root, then each child when all its predecessors are done, the finalizer last; failed
 * graphs again from the tasks that failed, as often as TASK_AUTO_RETRY_ATTEMPTS says.
 * https://docs.snowflake.com/en/user-guide/tasks-graphs
 */
import type { LocalSnowflake } from '../engine/contract';
import { deadlineOf, graphDeadline } from './deadlines';
import {
  newProgress,
  outcomeOf,
  runsBefore,
  stateOf,
  type GraphRunRequest,
  type GraphState,
  type Progress,
} from './graph-progress';
import { cancelRun, runTask, type RunningTask } from './run-task';
import { keyOfTask, type Task } from './task';
import { newRun, type TaskRun } from './task-run';

export interface GraphRun {
  readonly root: Task;
  readonly running: ReadonlySet<RunningTask>;
  /** In the order in which they began, over all attempts. */
  readonly runs: readonly TaskRun[];
  readonly done: Promise<GraphState>;
  /** Cancels a task's run; with the root's key, the whole graph: what has not begun does not begin. */
  cancel(key: string): void;
}

/** @param onEnd called within the last run's process, before time can move on */
export function startGraphRun(
  account: LocalSnowflake,
  request: GraphRunRequest,
  onEnd: (state: GraphState, runs: readonly TaskRun[]) => Promise<void>,
): GraphRun {
  let finish!: Progress['finish'];
  const done = new Promise<GraphState>((resolve) => {
    finish = async (state) => {
      await onEnd(state, graph.runs);
      resolve(state);
    };
  });
  const graph = newProgress(account, request, finish);
  beginAttempt(graph);
  return {
    root: graph.root,
    running: graph.running,
    runs: graph.runs,
    done,
    cancel: (key) => cancel(graph, key),
  };
}

function beginAttempt(graph: Progress): void {
  graph.isFinalized = false;
  graph.deadline = graphDeadline(graph.root, graph.account.clock.now());
  void advance(graph);
}

/** Begins what can begin; when nothing runs and nothing can, the attempt is over. */
async function advance(graph: Progress): Promise<void> {
  const { chain, outcomes, running, finalizer, root } = graph;
  for (const task of chain) if (outcomes.get(keyOfTask(task)) === 'waiting') consider(graph, task);
  if (running.size > 0) return;
  const isDue = finalizer?.started && !graph.isFinalized && !graph.isCancelled;
  if (finalizer && isDue && outcomes.get(keyOfTask(root)) !== 'skipped') {
    graph.isFinalized = true;
    begin(graph, finalizer);
  } else {
    await endAttempt(graph);
  }
}

function consider(graph: Progress, task: Task): void {
  const { outcomes, root } = graph;
  const before = task.predecessors.map((key) => outcomes.get(key) ?? 'succeeded');
  if (before.some((outcome) => outcome === 'waiting' || outcome === 'running')) return;
  const isOpen = before.every((outcome) => outcome === 'succeeded' || outcome === 'suspended');
  if (!isOpen || graph.isCancelled) outcomes.set(keyOfTask(task), 'unreachable');
  else if (task !== root && !task.started) outcomes.set(keyOfTask(task), 'suspended');
  else begin(graph, task);
}

function begin(graph: Progress, task: Task): void {
  const { account, request, root, runs, running, outcomes, returnValues } = graph;
  const { lastSuccess } = request;
  const now = account.clock.now();
  const run = newRun(account, {
    ...{ task, root, attempt: graph.attempt, graphRunGroupId: graph.groupId, runId: graph.runId },
    scheduledTime: task === root && graph.attempt === 1 ? request.scheduledTime : Number(now),
    ...{ scheduledFrom: graph.isRetry ? 'AUTOMATIC RETRY' : request.scheduledFrom, config: request.config },
  });
  const deadline = deadlineOf(task, { now, graph: task === graph.finalizer ? undefined : graph.deadline });
  const entry: RunningTask = { run, cancel: new AbortController(), deadline };
  outcomes.set(keyOfTask(task), 'running');
  runs.push(run);
  running.add(entry);
  const body = async () => {
    await runTask(account, { task, entry, root, before: runsBefore(graph, task), lastSuccess });
    running.delete(entry);
    outcomes.set(keyOfTask(task), outcomeOf(run));
    if (run.state === 'SUCCEEDED') returnValues[task.name] = run.returnValue;
    await advance(graph);
  };
  // An error here is a fault of the engine's own, such as a full disk: it must not pass for a quiet schedule. Of an
  // account that was closed while the task ran there is nothing to say: its next opening marks the run as failed.
  account.clock.start(body, { drivesTime: false }).catch((fault: unknown) => {
    if (account.clock.isStopped) return;
    process.emitWarning(fault instanceof Error ? fault : new Error(String(fault)));
  });
}

async function endAttempt(graph: Progress): Promise<void> {
  const { outcomes } = graph;
  const state = stateOf(graph);
  if (state !== 'FAILED' || graph.isCancelled || graph.attempt >= graph.lastAttempt)
    return graph.finish(state);
  graph.attempt += 1;
  graph.isRetry = true;
  for (const [key, outcome] of outcomes)
    if (outcome === 'failed' || outcome === 'unreachable') outcomes.set(key, 'waiting');
  beginAttempt(graph);
}

function cancel(graph: Progress, key: string): void {
  if (key === keyOfTask(graph.root)) graph.isCancelled = true;
  for (const entry of graph.running) if (graph.isCancelled || entry.run.task === key) cancelRun(entry);
}
