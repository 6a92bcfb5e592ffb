/** How it stands with one run of a task graph, and what follows from it. */
import { randomUUID } from 'node:crypto';
import type { LocalSnowflake } from '../engine/contract';
import { membersOf } from './graph';
import type { RunningTask, RunTaskRequest } from './run-task';
import { keyOfTask, tasksOf, type Micros, type Task } from './task';
import type { ScheduledFrom, TaskRun } from './task-run';

export type GraphState = 'SUCCEEDED' | 'FAILED' | 'CANCELLED' | 'SKIPPED';

export interface GraphRunRequest {
  root: Task;
  scheduledFrom: ScheduledFrom;
  scheduledTime: Micros;
  config: string | null;
  /** The runs that a retry takes up: the latest of each task. */
  retryOf?: TaskRun[];
  lastSuccess?: { runGroupId: string; scheduledAt: bigint };
}

/** How it stands with a task of the graph. `unreachable`: something before it failed or was skipped. */
type Outcome =
  'waiting' | 'running' | 'succeeded' | 'suspended' | 'failed' | 'cancelled' | 'skipped' | 'unreachable';

export interface Progress {
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

export function newProgress(
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

/** What the task can ask about those before it: the finalizer about all, a child about all above it. */
export function runsBefore(graph: Progress, task: Task): RunTaskRequest['before'] {
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

export function outcomeOf({ state }: TaskRun): Outcome {
  if (state === 'SUCCEEDED') return 'succeeded';
  if (state === 'SKIPPED') return 'skipped';
  return state === 'CANCELLED' ? 'cancelled' : 'failed';
}

export function stateOf({ outcomes, isCancelled, root }: Progress): GraphState {
  const all = new Set(outcomes.values());
  if (all.has('failed')) return 'FAILED';
  if (isCancelled || all.has('cancelled')) return 'CANCELLED';
  return outcomes.get(keyOfTask(root)) === 'skipped' ? 'SKIPPED' : 'SUCCEEDED';
}
