/**
 * One run of a task graph: the root, then each child when all its predecessors are done, the finalizer last; failed
 * graphs again from the tasks that failed, as often as TASK_AUTO_RETRY_ATTEMPTS says.
 * https://docs.snowflake.com/en/user-guide/tasks-graphs
 */
import { randomUUID } from 'node:crypto';
import type { LocalSnowflake } from '../engine/contract';
import { deadlineOf, graphDeadline } from './deadlines';
import { membersOf } from './graph';
import { cancelRun, runTask, type RunningTask, type RunTaskRequest } from './run-task';
import { keyOfTask, tasksOf, type Micros, type Task } from './task';
import { newRun, type ScheduledFrom, type TaskRun } from './task-run';

export type GraphState = 'SUCCEEDED' | 'FAILED' | 'CANCELLED' | 'SKIPPED';

export interface GraphRunRequest {
  root: Task;
  scheduledFrom: ScheduledFrom;
  scheduledTime: Micros;
  config: string | null;
  /** EXECUTE TASK makes time pass, the schedule does not. */
  drivesTime: boolean;
  /** The runs that a retry takes up: the latest of each task. */
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

/** How it stands with a task of the graph. `unreachable`: something before it failed or was skipped. */
type Outcome =
  'waiting' | 'running' | 'succeeded' | 'suspended' | 'failed' | 'cancelled' | 'skipped' | 'unreachable';

interface Progress {
  account: LocalSnowflake;
  request: GraphRunRequest;
  root: Task;
  finalizer: Task | undefined;
  /** All but the finalizer, predecessors first. */
  chain: Task[];
  outcomes: Map<string, Outcome>;
  returnValues: Record<string, string | null>;
  running: Set<RunningTask>;
  runs: TaskRun[];
  groupId: string;
  runId: number;
  attempt: number;
  lastAttempt: number;
  /** Whether TASK_AUTO_RETRY_ATTEMPTS began this attempt. */
  isRetry: boolean;
  deadline: bigint | undefined;
  isCancelled: boolean;
  isFinalized: boolean;
  finish(state: GraphState): Promise<void>;
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

function newProgress(
  account: LocalSnowflake,
  request: GraphRunRequest,
  finish: Progress['finish'],
): Progress {
  // The version of the graph that this run keeps, whatever is changed meanwhile.
  const members = membersOf(tasksOf(account), request.root).map((task) => structuredClone(task));
  const root = members[0]!;
  const finalizer = members.find((task) => task.finalizes !== null);
  const retryOf = request.retryOf ?? [];
  const attempt = Math.max(0, ...retryOf.map((run) => run.attempt)) + 1;
  const graph: Progress = {
    ...{ account, request, root, finalizer, finish, attempt },
    chain: members.filter((task) => task !== finalizer),
    outcomes: new Map(members.map((task) => [keyOfTask(task), 'waiting'])),
    ...{ returnValues: {}, running: new Set(), runs: [], deadline: undefined },
    groupId: retryOf[0]?.graphRunGroupId ?? randomUUID(),
    runId: retryOf[0]?.runId ?? Math.floor(request.scheduledTime / 1000),
    lastAttempt: attempt + (root.properties.taskAutoRetryAttempts ?? 0),
    ...{ isRetry: false, isCancelled: false, isFinalized: false },
  };
  for (const run of retryOf) takeUp(graph, run);
  return graph;
}

/** What succeeded is not run again, but the finalizer is. */
function takeUp({ outcomes, returnValues, finalizer }: Progress, run: TaskRun): void {
  if (run.state !== 'SUCCEEDED' || run.task === (finalizer && keyOfTask(finalizer))) return;
  outcomes.set(run.task, 'succeeded');
  returnValues[run.name] = run.returnValue;
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
  account.clock.start(body, { drivesTime: request.drivesTime }).catch((fault: unknown) => {
    if (account.clock.isStopped) return;
    process.emitWarning(fault instanceof Error ? fault : new Error(String(fault)));
  });
}

/** What the task can ask about those before it: the finalizer about all, a child about all above it. */
function runsBefore(graph: Progress, task: Task): RunTaskRequest['before'] {
  const { chain, outcomes, finalizer, returnValues } = graph;
  const above = new Set(task === finalizer ? chain.map(keyOfTask) : task.predecessors);
  for (const each of chain.toReversed())
    if (above.has(keyOfTask(each))) for (const parent of each.predecessors) above.add(parent);
  const taking = chain.filter((each) => {
    const key = keyOfTask(each);
    return above.has(key) && outcomes.get(key) !== 'suspended';
  });
  return {
    predecessors: taking
      .filter((each) => task.predecessors.includes(keyOfTask(each)))
      .map(({ name }) => name),
    predecessorReturnValues: Object.fromEntries(taking.map(({ name }) => [name, returnValues[name] ?? null])),
  };
}

function outcomeOf({ state }: TaskRun): Outcome {
  if (state === 'SUCCEEDED') return 'succeeded';
  if (state === 'SKIPPED') return 'skipped';
  return state === 'CANCELLED' ? 'cancelled' : 'failed';
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

function stateOf({ outcomes, isCancelled, root }: Progress): GraphState {
  const all = new Set(outcomes.values());
  if (all.has('failed')) return 'FAILED';
  if (isCancelled || all.has('cancelled')) return 'CANCELLED';
  return outcomes.get(keyOfTask(root)) === 'skipped' ? 'SKIPPED' : 'SUCCEEDED';
}

function cancel(graph: Progress, key: string): void {
  if (key === keyOfTask(graph.root)) graph.isCancelled = true;
  for (const entry of graph.running) if (graph.isCancelled || entry.run.task === key) cancelRun(entry);
}
