/** Turns the histories that the local Snowflake keeps (TASK_HISTORY, executions of dbt) into the steps of a timeline. */
import type { Dag } from '../local/dbt/dag';
import type { Execution } from '../local/dbt/executions';
import type { TaskRun } from '../local/tasks/task-run';
import type { Task } from '../model/deployment';
import type { Step } from './step';

/** The DAG that an execution ran; its nodes' names. */
export type DagOf = (execution: Execution) => Dag | undefined;

/** @param task what the run was of; `undefined` for a task that an operator made */
export function stepOf(
  run: TaskRun,
  executions: readonly Execution[],
  task: Task | undefined,
  dagOf: DagOf,
): Step {
  const mode = task?.action.kind === 'call' ? task.action.mode : null;
  const began = run.queryStartTime ?? run.scheduledTime;
  return {
    at: minuteOf(run.scheduledTime),
    task: run.name,
    mode,
    ...(mode === null ? plain(run) : decision(run)),
    ...dbtOf(executions, dagOf),
    outcome: run.state,
    started: secondOf(began),
    ended: run.completedTime === null ? null : secondOf(run.completedTime),
  };
}

/** A statement that an operator typed: what it answered so far. */
export interface Typed {
  /** Microseconds UTC. */
  at: number;
  endedAt: number | null;
  message: string;
  outcome: 'SUCCEEDED' | 'FAILED' | 'EXECUTING';
}

export function operatorStep(typed: Typed, executions: readonly Execution[], dagOf: DagOf): Step {
  return {
    at: minuteOf(typed.at),
    task: null,
    mode: null,
    action: executions.length > 0 ? 'DBT' : 'NOTHING',
    reason: null,
    attempt: retryNumber(typed.message),
    message: firstLine(typed.message),
    ...dbtOf(executions, dagOf),
    outcome: typed.outcome,
    started: secondOf(typed.at),
    ended: typed.endedAt === null ? null : secondOf(typed.endedAt),
  };
}

type Decided = Pick<Step, 'action' | 'reason' | 'attempt' | 'message'>;

/** The first word of a return value, as the action of the decision table. */
const ACTIONS: Readonly<Record<string, Step['action']>> = {
  FULL_BUILD: 'FULL_BUILD',
  RETRY: 'SELECTIVE_RETRY',
  SKIPPED: 'SKIP',
  NOTHING: 'NOTHING',
};

/** A task's return value is a word, a reason code and the message; it is there once the run has ended. */
function decision(run: TaskRun): Decided {
  const [, word, reason, message] = /^(\w+) (\w+) ([\s\S]*)$/.exec(run.returnValue ?? '') ?? [];
  if (word !== undefined && reason !== undefined && message !== undefined) {
    return { action: ACTIONS[word] ?? 'NOTHING', reason, attempt: retryNumber(message), message };
  }
  const none = { reason: null, attempt: 0 };
  if (run.state === 'EXECUTING') return { action: 'NOTHING', ...none, message: 'still runs' };
  if (run.state === 'SKIPPED') return plain(run);
  const error = firstLine(run.errorMessage ?? '');
  const [, type, text] = /^Uncaught exception of type '(\w+)' on line .*? : (.*)$/.exec(error) ?? [];
  return { action: 'RAISED', ...none, reason: type ?? null, message: text ?? error };
}

function plain(run: TaskRun): Decided {
  const none = { reason: null, attempt: 0 };
  if (run.state === 'EXECUTING') return { action: 'DBT', ...none, message: 'still runs' };
  if (run.state !== 'SKIPPED')
    return { action: 'DBT', ...none, message: firstLine(run.errorMessage ?? 'dbt succeeded') };
  const why =
    run.conditionText === null ? firstLine(run.errorMessage ?? '') : `WHEN ${run.conditionText} is false`;
  return { action: 'SKIP', ...none, message: why };
}

function retryNumber(message: string): number {
  return Number(/RETRY #(\d+)/.exec(message)?.[1] ?? 0);
}

type Ran = Pick<Step, 'command' | 'ran' | 'failed' | 'skipped' | 'dbtStarted' | 'dbtEnded'>;

/** The last execution says what was run; a retry that selected nothing is followed by a full build in the same call. */
function dbtOf(executions: readonly Execution[], dagOf: DagOf): Ran {
  const last = executions.at(-1);
  if (!last) return { command: null, ran: [], failed: [], skipped: [], dbtStarted: null, dbtEnded: null };
  return {
    command: `${last.command} ${last.args}`.trim(),
    ...(last.endedAt === null ? { ran: [], failed: [], skipped: [] } : nodesOf(last, dagOf(last))),
    dbtStarted: secondOf(executions[0]!.startedAt),
    dbtEnded: last.endedAt === null ? null : secondOf(last.endedAt),
  };
}

/** Of a `dbt test` its tests: the models are not its business. */
function nodesOf(execution: Execution, dag: Dag | undefined): Pick<Ran, 'ran' | 'failed' | 'skipped'> {
  const isTest = execution.command === 'test';
  const names = namesIn(dag, isTest ? 'test' : 'model');
  const results = Object.entries(execution.results ?? {});
  const named = (wanted: (status: string) => boolean): string[] =>
    results.flatMap(([id, status]) => (wanted(status) ? (names.get(id) ?? []) : []));
  const ran = named((status) => status !== 'skipped');
  const hasRun = new Set(ran);
  return {
    ran: shared(ran),
    failed: shared(named((status) => status === 'error' || status === 'fail')),
    skipped: isTest ? [] : shared([...names.values()].filter((name) => !hasRun.has(name))),
  };
}

const namesOfDag = new WeakMap<Dag, Map<string, Map<string, string>>>();

/** Names by unique id, in the order of the DAG. */
function namesIn(dag: Dag | undefined, type: 'model' | 'test'): Map<string, string> {
  if (!dag) return new Map();
  const known = namesOfDag.get(dag) ?? new Map<string, Map<string, string>>();
  namesOfDag.set(dag, known);
  const ofType = dag.nodes.filter(({ resourceType }) => resourceType === type);
  const names = known.get(type) ?? new Map(ofType.map(({ uniqueId, name }) => [uniqueId, name]));
  known.set(type, names);
  return names;
}

const lists = new Map<string, string[]>();

/** Equal lists are one: the hourly runs of a year name the same 500 models over and over. */
function shared(list: string[]): string[] {
  if (lists.size >= 1000) lists.clear();
  const key = list.join('\n');
  const known = lists.get(key) ?? list;
  lists.set(key, known);
  return known;
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}

/** Microseconds since 1970 as `2026-01-05 06:00`, UTC. */
function minuteOf(micros: number): string {
  return new Date(micros / 1000).toISOString().slice(0, 16).replace('T', ' ');
}

/** `2026-01-05T06:00:00Z`. */
function secondOf(micros: number): string {
  return `${new Date(micros / 1000).toISOString().slice(0, 19)}Z`;
}
