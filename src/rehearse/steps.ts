/** Turns the histories that the local Snowflake keeps (TASK_HISTORY, executions of dbt) into the steps of a timeline. */
import { type Dag, type DagNode, type Execution, ownNames, type TaskRun } from '../local/index';
import { readReturnValue } from '../decision/return-value';
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
    role: null,
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
  /** `undefined`: the one that owns the deployment. */
  role: string | undefined;
}

export function operatorStep(typed: Typed, executions: readonly Execution[], dagOf: DagOf): Step {
  return {
    at: minuteOf(typed.at),
    task: null,
    role: typed.role ?? null,
    mode: null,
    action: executions.length > 0 ? 'DBT' : typed.outcome === 'FAILED' ? 'RAISED' : 'NOTHING',
    reason: executions.length > 0 ? null : (EXCEPTION.exec(typed.message)?.[1] ?? null),
    attempt: retryNumber(typed.message),
    message: firstLine(typed.message),
    ...dbtOf(executions, dagOf),
    outcome: typed.outcome,
    started: secondOf(typed.at),
    ended: typed.endedAt === null ? null : secondOf(typed.endedAt),
  };
}

const EXCEPTION = /^Uncaught exception of type '(\w+)' on line .*? : (.*)$/m;

type Decided = Pick<Step, 'action' | 'reason' | 'attempt' | 'message'>;

/** The first word of a return value, as the action of the decision table. */
const ACTIONS: Readonly<Record<string, Step['action']>> = {
  FULL_BUILD: 'FULL_BUILD',
  RETRY: 'SELECTIVE_RETRY',
  SKIPPED: 'SKIP',
  NOTHING: 'NOTHING',
};

/** The return value is there once the run has ended. */
function decision(run: TaskRun): Decided {
  const decided = readReturnValue(run.returnValue);
  if (decided !== null) {
    const { word, reason, message } = decided;
    return { action: ACTIONS[word] ?? 'NOTHING', reason, attempt: retryNumber(message), message };
  }
  const none = { reason: null, attempt: 0 };
  if (run.state === 'EXECUTING') return { action: 'NOTHING', ...none, message: 'still runs' };
  if (run.state === 'SKIPPED') return plain(run);
  const error = firstLine(run.errorMessage ?? '');
  const [, type, text] = EXCEPTION.exec(error) ?? [];
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

type Nodes = Pick<Step, 'ran' | 'failed' | 'skipped' | 'notSelected'>;
type Ran = Nodes & Pick<Step, 'command' | 'dbtStarted' | 'dbtEnded'>;

const NO_NODES: Nodes = { ran: [], failed: [], skipped: [], notSelected: [] };

/** The last execution says what was run; a retry that selected nothing is followed by a full build in the same call. */
function dbtOf(executions: readonly Execution[], dagOf: DagOf): Ran {
  const last = executions.at(-1);
  if (!last) return { command: null, ...NO_NODES, dbtStarted: null, dbtEnded: null };
  return {
    command: `${last.command} ${last.args}`.trim(),
    ...(last.endedAt === null ? NO_NODES : nodesOf(last, dagOf(last))),
    dbtStarted: secondOf(executions[0]!.startedAt),
    dbtEnded: last.endedAt === null ? null : secondOf(last.endedAt),
  };
}

const MOST_ENDS = 1000;
/** By how an execution ended: the hourly runs of a year name the same 500 models over and over. */
const endsOfDag = new WeakMap<Dag, Map<string, Nodes>>();

function nodesOf(execution: Execution, dag: Dag | undefined): Nodes {
  if (!dag) return namedNodes(execution, dag);
  const ends = endsOfDag.get(dag) ?? new Map<string, Nodes>();
  endsOfDag.set(dag, ends);
  const isTest = execution.command === 'test';
  const key = `${isTest} ${JSON.stringify(execution.results)}`;
  const known = ends.get(key);
  if (known) return known;
  const nodes = namedNodes(execution, dag);
  if (ends.size >= MOST_ENDS) ends.clear();
  ends.set(key, nodes);
  return nodes;
}

/** Of a `dbt test` its tests: the models are not its business. */
function namedNodes(execution: Execution, dag: Dag | undefined): Nodes {
  const isTest = execution.command === 'test';
  const names = namesIn(dag, isTest ? 'tests' : 'models');
  const all = namesIn(dag, 'all');
  const results = Object.entries(execution.results ?? {});
  const named = (from: Names, wanted: (status: string) => boolean): string[] =>
    results.flatMap(([id, status]) => (wanted(status) ? (from.get(id)?.name ?? []) : []));
  return {
    ran: named(names, (status) => status !== 'skipped'),
    failed: named(all, (status) => status === 'error' || status === 'fail'),
    ...(isTest ? { skipped: [], notSelected: [] } : notRun(execution, names)),
  };
}

/** What died left no results: then all that did not run counts as part of it. */
function notRun({ results }: Execution, models: Names): Pick<Nodes, 'skipped' | 'notSelected'> {
  if (results === null) return { skipped: [...models.values()].map(({ name }) => name), notSelected: [] };
  const skipped: string[] = [];
  const notSelected: string[] = [];
  for (const [id, { name, materialized }] of models) {
    if (results[id] === 'skipped') skipped.push(name);
    // Part of what selects from it: dbt never runs it.
    else if (results[id] === undefined && materialized !== 'ephemeral') notSelected.push(name);
  }
  return { skipped, notSelected };
}

type Kind = 'models' | 'tests' | 'all';
/** By unique id; what a node is called is its own name, with version or package where another has it too. */
type Names = ReadonlyMap<string, { name: string; materialized: string }>;

const TYPES: Readonly<Record<Kind, readonly DagNode['resourceType'][] | null>> = {
  models: ['model'],
  tests: ['test', 'unit_test'],
  all: null,
};

const nodesOfDag = new WeakMap<Dag, Map<Kind, Names>>();

/** By unique id, in the order of the DAG. */
function namesIn(dag: Dag | undefined, kind: Kind): Names {
  if (!dag) return new Map();
  const known = nodesOfDag.get(dag) ?? new Map<Kind, Names>();
  nodesOfDag.set(dag, known);
  const types = TYPES[kind];
  const names =
    known.get(kind) ??
    withOwnNames(dag.nodes.filter((node) => types === null || types.includes(node.resourceType)));
  known.set(kind, names);
  return names;
}

function withOwnNames(nodes: readonly DagNode[]): Names {
  const own = ownNames(nodes);
  return new Map(
    nodes.map(({ uniqueId, materialized }) => [uniqueId, { name: own.get(uniqueId)!, materialized }]),
  );
}

/** `SQL compilation error:` alone says nothing: what it announces belongs to it. */
function firstLine(text: string): string {
  const [first = '', second] = text.split('\n');
  return second !== undefined && first.endsWith(':') ? `${first} ${second.trim()}` : first;
}

/** Microseconds since 1970 as `2026-01-05 06:00`, UTC. */
function minuteOf(micros: number): string {
  return new Date(micros / 1000).toISOString().slice(0, 16).replace('T', ' ');
}

/** `2026-01-05T06:00:00Z`. */
function secondOf(micros: number): string {
  return `${new Date(micros / 1000).toISOString().slice(0, 19)}Z`;
}
