/** Starts graphs when they fall due, on the account's clock, and stops runs whose time is over. */
import type { LocalSnowflake } from '../engine/contract';
import { isRoot, suspend } from './graph';
import type { GraphRunRequest, GraphState } from './graph-progress';
import { startGraphRun, type GraphRun } from './graph-run';
import { timeOut } from './run-task';
import { nextTime, parseSchedule } from './schedule';
import { DEFAULT_FAILURES_BEFORE_SUSPENSION, keyOfTask, tasksOf, type Micros, type Task } from './task';
import { record, runsOf, type TaskRun } from './task-run';

export interface Scheduler {
  /** Works out anew when the task is next due; call it after every change. */
  plan(task: Task): void;
  forget(key: string): void;
  /** When the task is next due; `undefined` when it is suspended or has no schedule. */
  nextTimeOf(key: string): Micros | undefined;
  /**
   * Begins a graph run now, or after the one in progress where the overlap policy wants that. What a task's run asks
   * for begins a second later: tasks that execute each other for ever would keep time from moving.
   */
  begin(request: GraphRunRequest, asked: { byTask: boolean }): Promise<GraphState>;
  readonly active: ReadonlySet<GraphRun>;
}

/** A run that EXECUTE TASK asked for and that has not begun. */
interface Requested {
  request: GraphRunRequest;
  earliest: bigint;
  end(state: GraphState): void;
}

const SECOND = 1_000_000n;

export function schedulerOf(account: LocalSnowflake): Scheduler {
  return account.part(createScheduler);
}

/** Takes up the schedule of an account that was closed: runs it left behind have failed. */
export function install(account: LocalSnowflake): void {
  for (const run of runsOf(account).values())
    if (run.state === 'EXECUTING') record(account, interrupted(run));
  for (const task of tasksOf(account).values()) schedulerOf(account).plan(task);
}

function interrupted(run: TaskRun): TaskRun {
  const errorMessage = 'The local Snowflake was stopped while the task was running.';
  return {
    ...run,
    state: 'FAILED',
    errorCode: '000603',
    errorMessage,
    completedTime: run.queryStartTime ?? run.scheduledTime,
  };
}

function createScheduler(account: LocalSnowflake): Scheduler {
  const { clock } = account;
  const tasks = tasksOf(account);
  const due = new Map<string, Micros>();
  const active = new Set<GraphRun>();
  const requested = new Map<string, Requested>();
  const successes = new Map<string, NonNullable<GraphRunRequest['lastSuccess']>>();

  for (const run of runsOf(account).values())
    if (run.name === run.rootTaskName && run.state === 'SUCCEEDED') rememberSuccess(run);
  clock.addSource({ nextEvent, fire, timeSet });
  return { plan, forget, nextTimeOf: (key) => due.get(key), begin, active };

  function plan(task: Task, after = Number(clock.now())): void {
    const key = keyOfTask(task);
    due.delete(key);
    const { schedule } = task.properties;
    if (!task.started || schedule === undefined || !isRoot(task)) return;
    const base = (task.resumedOn ?? after) / 1000;
    const next = nextTime(parseSchedule(schedule), after / 1000, base);
    if (next !== undefined) due.set(key, next * 1000);
  }

  function forget(key: string): void {
    due.delete(key);
  }

  function nextEvent(): bigint | undefined {
    let first = Infinity;
    for (const at of due.values()) if (at < first) first = at;
    let next = first === Infinity ? undefined : BigInt(first);
    for (const { request, earliest } of requested.values())
      if (!overlaps(request.root) && (next === undefined || earliest < next)) next = earliest;
    for (const { running } of active)
      for (const { deadline, cancel } of running)
        if (!cancel.signal.aborted && (next === undefined || deadline < next)) next = deadline;
    return next;
  }

  async function fire(at: bigint): Promise<void> {
    for (const { running } of active)
      for (const entry of running) if (!entry.cancel.signal.aborted && entry.deadline <= at) timeOut(entry);
    for (const [key, time] of [...due]) if (BigInt(time) <= at) await tick(key, time);
    beginRequested();
  }

  async function tick(key: string, time: Micros): Promise<void> {
    const root = tasks.get(key);
    if (!root) return forget(key);
    plan(root, time);
    if (overlaps(root)) return;
    const config = root.properties.config ?? null;
    start({ root, scheduledFrom: 'SCHEDULE', scheduledTime: time, config });
  }

  function graphsOf(root: Task): GraphRun[] {
    return [...active].filter((graph) => keyOfTask(graph.root) === keyOfTask(root));
  }

  function overlaps(root: Task): boolean {
    const graphs = graphsOf(root);
    const policy = root.properties.overlapPolicy ?? 'NO_OVERLAP';
    if (policy === 'ALLOW_ALL_OVERLAP') return false;
    if (policy === 'NO_OVERLAP') return graphs.length > 0;
    return graphs.some(({ running, root: { id } }) =>
      [...running].some(({ run }) => run.task === keyOfTask(root) && run.rootTaskId === id),
    );
  }

  /** A later request takes the place of one that has not begun, as on the page of EXECUTE TASK. */
  async function begin(request: GraphRunRequest, { byTask }: { byTask: boolean }): Promise<GraphState> {
    if (!byTask && !overlaps(request.root)) return start(request).done;
    const key = keyOfTask(request.root);
    requested.get(key)?.end('CANCELLED');
    const earliest = clock.now() + (byTask ? SECOND : 0n);
    return new Promise((end) => requested.set(key, { request, earliest, end }));
  }

  function beginRequested(): void {
    for (const [key, { request, earliest, end }] of [...requested]) {
      if (earliest > clock.now() || overlaps(request.root)) continue;
      requested.delete(key);
      // Dropped or replaced meanwhile: what was to run is no more.
      if (tasks.get(key)?.id !== request.root.id) end('CANCELLED');
      else void start(request).done.then(end);
    }
  }

  function start(request: GraphRunRequest): GraphRun {
    const root = tasks.get(keyOfTask(request.root)) ?? request.root;
    const lastSuccess = successes.get(root.id);
    const graph = startGraphRun(account, { ...request, root, lastSuccess }, async (state, runs) => {
      active.delete(graph);
      await settle(graph.root, state, runs);
      beginRequested();
    });
    active.add(graph);
    return graph;
  }

  async function settle(version: Task, state: GraphState, runs: readonly TaskRun[]): Promise<void> {
    if (state === 'SUCCEEDED') rememberSuccess(runs[0]!);
    const root = tasks.get(keyOfTask(version));
    if (!root || root.id !== version.id || state === 'CANCELLED' || state === 'SKIPPED') return;
    const failures = state === 'FAILED' ? root.failuresInARow + 1 : 0;
    const limit = root.properties.suspendTaskAfterNumFailures ?? DEFAULT_FAILURES_BEFORE_SUSPENSION;
    if (root.started && limit > 0 && failures >= limit) await suspendForFailures(root, runs);
    else if (failures !== root.failuresInARow)
      await tasks.set(keyOfTask(root), { ...root, failuresInARow: failures });
  }

  async function suspendForFailures(root: Task, runs: readonly TaskRun[]): Promise<void> {
    const last = runs.findLast(({ state }) => state === 'FAILED');
    if (last) record(account, Object.assign(last, { state: 'FAILED_AND_AUTO_SUSPENDED' }));
    suspend(root, 'SUSPENDED_DUE_TO_ERRORS', Number(clock.now()));
    root.failuresInARow = 0;
    await tasks.set(keyOfTask(root), root);
    forget(keyOfTask(root));
  }

  function rememberSuccess({ rootTaskId, graphRunGroupId, runId }: TaskRun): void {
    successes.set(rootTaskId, { runGroupId: graphRunGroupId, scheduledAt: BigInt(runId) * 1000n });
  }

  function timeSet(moved: bigint): void {
    for (const { running } of active) for (const entry of running) entry.deadline += moved;
    for (const each of requested.values()) each.earliest += moved;
    const now = Number(clock.now());
    for (const key of [...due.keys()]) {
      const task = tasks.get(key);
      if (!task) continue;
      if (task.resumedOn !== null && task.resumedOn > now) task.resumedOn = now;
      plan(task, now);
    }
  }
}
