/**
 * A small dbt project that lives for a while: what ran when, which nodes failed, what dbt skipped, and how much of it
 * was logged. Its log is what the decision reads.
 */
import { DAILY, HOURLY, NOW } from '../logs';
import { decide } from '../reference/decide';
import { MINUTE } from '../reference/history';
import type { History, LoggedNode, LoggedRun, Policy, RestartJob } from '../reference/history';

export interface World {
  project: string;
  /** Parents of each node, by index; a node comes after its parents. */
  parents: number[][];
  /** Nodes that are tests. */
  tests: number[];
  /** Nodes with a tag that the hourly job selects. */
  merged: number[];
  /** A node whose name cannot stand in a selector. */
  unsafe: number | null;
  /** Hooks log every result, or only what succeeded. */
  hooks: 'results' | 'successes';
  policy: Pick<
    Policy,
    'maxAttempts' | 'maxAgeHours' | 'onRunInProgress' | 'onTestFailure' | 'maxSelectorLength'
  >;
  events: WorldEvent[];
  /** Minutes between the last event's start and the call. */
  wait: number;
}

export interface WorldEvent {
  /** `call`: the daily job through the procedure. `rerun`: a person types `dbt build --select node+`. */
  kind: 'call' | 'full' | 'hourly' | 'rerun' | 'one node' | 'dbt test' | 'in dev';
  /** Minutes since the event before started. */
  gap: number;
  /** Minutes it takes; its end is not logged when it is killed. */
  takes: number;
  /** Nodes that fail if they are tried. */
  failing: number[];
  /** Killed after so many nodes. */
  killedAfter: number | null;
  /** For `rerun` and `one node`. */
  node: number;
  /** The run is logged as failed although nothing failed. */
  spoiled: boolean;
}

export interface Lived {
  world: World;
  history: History;
  daily: RestartJob;
  hourly: RestartJob;
}

function nameOf(index: number, { unsafe }: World): string {
  return index === unsafe ? `n${index}'; drop` : `n${index}`;
}

export function live(world: World): Lived {
  const daily = { ...DAILY, project: world.project, policy: { ...DAILY.policy, ...world.policy } };
  const hourly = { ...HOURLY, project: world.project, policy: { ...HOURLY.policy, ...world.policy } };
  const history: History = { kind: 'selection', runs: [] };
  let startedAt =
    NOW - (world.wait + world.events.slice(1).reduce((sum, event) => sum + event.gap, 0)) * MINUTE;
  world.events.forEach((event, index) => {
    if (index > 0) startedAt += event.gap * MINUTE;
    const what = whatRuns(event, world, history, { daily, hourly }, startedAt);
    history.runs.push({
      id: `${world.project}-${String(index + 1).padStart(2, '0')}`,
      project: world.project,
      environment: event.kind === 'in dev' ? 'dev' : 'prod',
      ...logOf(event, world, what.nodes, startedAt),
      command: what.command,
      selection: what.selection,
      ...(what.retryOf === undefined ? {} : { retryOf: what.retryOf }),
    });
  });
  return { world, history, daily, hourly };
}

interface What {
  command: string;
  selection: string;
  nodes: number[];
  retryOf?: string;
}

function whatRuns(
  event: WorldEvent,
  world: World,
  history: History,
  { daily, hourly }: { daily: RestartJob; hourly: RestartJob },
  now: number,
): What {
  const everything = world.parents.map((_, index) => index);
  const node = event.node % world.parents.length;
  switch (event.kind) {
    case 'full':
    case 'in dev':
      return { command: 'build', selection: 'all', nodes: everything };
    case 'hourly':
      return { command: 'run', selection: 'tag:append_only,tag:merge', nodes: world.merged };
    case 'rerun':
      return { command: 'run', selection: `${nameOf(node, world)}+`, nodes: withChildren([node], world) };
    case 'one node':
      return { command: 'build', selection: nameOf(node, world), nodes: [node] };
    case 'dbt test':
      return { command: 'test', selection: 'all', nodes: world.tests };
    case 'call': {
      const call = { job: daily, jobs: [daily, hourly], environment: 'prod', mode: 'AUTO' as const };
      const seen = { ...history, runs: history.runs.map((run) => asSeenAt(run, now)) };
      const decision = decide(seen, { ...call, now, maxAgeHours: null });
      if (decision.action !== 'SELECTIVE_RETRY')
        return { command: 'build', selection: 'all', nodes: everything };
      const nodes = selectedBy(decision.selector ?? '', world);
      return {
        command: 'build',
        selection: (decision.selector ?? '').replaceAll(' ', ','),
        nodes,
        retryOf: 'daily',
      };
    }
  }
}

/** Before its end a run is in progress. */
function asSeenAt(run: LoggedRun, now: number): LoggedRun {
  if (run.endedAt == null || run.endedAt <= now) return run;
  return { ...run, status: 'RUNNING', endedAt: null };
}

/** `n1+ 1+n2 n3`: a node and its children, a node and its parents, a node. */
function selectedBy(selector: string, world: World): number[] {
  const nodes = selector.split(' ').flatMap((unit) => {
    const node = Number(/n(\d+)/.exec(unit)?.[1]);
    if (unit.startsWith('1+')) return [...(world.parents[node] ?? []), node];
    return unit.endsWith('+') ? withChildren([node], world) : [node];
  });
  return [...new Set(nodes)].sort((a, b) => a - b);
}

function withChildren(nodes: number[], { parents }: World): number[] {
  const reached = new Set(nodes);
  parents.forEach((own, index) => {
    if (own.some((parent) => reached.has(parent))) reached.add(index);
  });
  return [...reached].sort((a, b) => a - b);
}

type Log = Pick<LoggedRun, 'startedAt' | 'endedAt' | 'status' | 'nodes' | 'testsFailed'>;

/** Runs the nodes as dbt does, and writes down what the project's hooks write down. */
function logOf(event: WorldEvent, world: World, selected: number[], startedAt: number): Log {
  const unfinished = new Set<number>();
  const rows: LoggedNode[] = [];
  const killed = event.killedAfter !== null && event.killedAfter < selected.length;
  const tried = killed ? selected.slice(0, event.killedAfter ?? 0) : selected;
  const share = (event.takes * MINUTE) / (tried.length + 1);
  tried.forEach((node, position) => {
    const skipped = (world.parents[node] ?? []).some((parent) => unfinished.has(parent));
    const status = skipped ? 'SKIPPED' : event.failing.includes(node) ? 'FAIL' : 'SUCCESS';
    if (status !== 'SUCCESS') unfinished.add(node);
    if (status !== 'SUCCESS' && (killed || world.hooks === 'successes')) return;
    const resourceType = world.tests.includes(node) ? 'test' : 'model';
    const endedAt = startedAt + Math.floor((position + 1) * share);
    rows.push({ name: nameOf(node, world), status, resourceType, endedAt });
  });
  const failed = unfinished.size > 0 || event.spoiled;
  return {
    startedAt,
    endedAt: killed ? null : startedAt + event.takes * MINUTE,
    status: killed ? 'RUNNING' : failed ? 'FAILED' : 'SUCCESS',
    nodes: rows,
    testsFailed: [...unfinished].filter((node) => world.tests.includes(node)).length,
  };
}
