/** Short words for writing histories: a policy, the two jobs of the o2c project, and runs placed on the clock. */
import type { LoggedNode, LoggedRun, Policy, RestartJob } from './reference/history';
import { HOUR } from './reference/history';

/** Tuesday, 06:00 UTC: every call of the worked cases. */
export const NOW = Date.UTC(2026, 2, 10, 6);
export const PROJECT = 'dbt_o2c_enhanced';

export const POLICY: Policy = {
  maxAttempts: 3,
  maxAgeHours: 24,
  staleRunHours: 6,
  onRunInProgress: null,
  waitMinutes: 30,
  onTestFailure: 'rebuild-parent',
  onStateUnreadable: 'full-build',
  retryCommand: 'build',
  recordFailure: true,
  recordValues: {},
  delayMinutes: [0],
  maxRetryMinutes: null,
  permanentErrors: [],
  maxSelectorLength: 500,
};

export const DAILY: RestartJob = {
  name: 'daily',
  project: PROJECT,
  command: 'build',
  select: [],
  policy: POLICY,
};

export const HOURLY: RestartJob = {
  name: 'hourly',
  project: PROJECT,
  command: 'run',
  select: ['tag:merge', 'tag:append_only'],
  policy: { ...POLICY, retryCommand: 'run' },
};

/** Node name to its logged word, or to the words of its several rows. */
export type Nodes = Record<string, string | string[]>;

export interface RunOptions {
  id?: string;
  /** Hours before NOW. */
  started?: number;
  /** Hours before NOW; `null` for no logged end. */
  ended?: number | null;
  selection?: string;
  command?: string;
  environment?: string;
  retryOf?: string;
  testsFailed?: number;
  /** Names logged as tests. */
  tests?: string[];
  /** Messages of nodes, by name. */
  messages?: Record<string, string>;
}

const UNPLACED = Number.NaN;
const QUARTER = HOUR / 4;

/** A run of a job's own selection. */
export function full(
  job: RestartJob,
  status: string,
  nodes: Nodes = {},
  options: RunOptions = {},
): LoggedRun {
  return run(status, nodes, { command: job.command, selection: job.select.join(','), ...options });
}

/** A retry as this tool writes it; `names` as in `--select`, `a+ b+`. */
export function retry(
  job: RestartJob,
  names: string,
  status: string,
  nodes: Nodes = {},
  options: RunOptions = {},
): LoggedRun {
  const units = names.split(' ');
  const selection = job.select.length
    ? units.flatMap((unit) => job.select.map((term) => `${unit},${term}`))
    : units;
  return run(status, nodes, {
    command: job.policy.retryCommand,
    selection: selection.join(','),
    retryOf: job.name,
    ...options,
  });
}

/** Any other run. */
export function run(status: string, nodes: Nodes, options: RunOptions): LoggedRun {
  const placed = (hours: number | null | undefined): number | null | undefined =>
    hours == null ? hours : NOW - hours * HOUR;
  return {
    id: options.id ?? '',
    project: PROJECT,
    environment: options.environment ?? 'prod',
    startedAt: placed(options.started) ?? UNPLACED,
    ...(options.ended === undefined ? {} : { endedAt: placed(options.ended) ?? null }),
    status,
    command: options.command ?? 'build',
    selection: options.selection || 'all',
    ...(options.retryOf === undefined ? {} : { retryOf: options.retryOf }),
    ...(options.testsFailed === undefined ? {} : { testsFailed: options.testsFailed }),
    nodes: Object.entries(nodes).flatMap(([name, words]) => rows(name, words, options)),
  };
}

function rows(name: string, words: string | string[], { tests, messages }: RunOptions): LoggedNode[] {
  const resourceType = tests?.includes(name) === true ? 'test' : 'model';
  const message = messages?.[name];
  return [words]
    .flat()
    .map((status) => ({ name, status, resourceType, ...(message === undefined ? {} : { message }) }));
}

/**
 * Places what has no time of its own an hour apart, the last one an hour before NOW, each fifteen minutes long, and
 * numbers what has no id. Finished runs without an end get one; their nodes end halfway.
 */
export function log(...runs: LoggedRun[]): LoggedRun[] {
  return runs.map((each, index) => {
    const startedAt = Number.isNaN(each.startedAt) ? NOW - (runs.length - index) * HOUR : each.startedAt;
    const finished = each.status !== null && each.status !== 'RUNNING';
    const endedAt = each.endedAt === undefined ? (finished ? startedAt + QUARTER : null) : each.endedAt;
    return {
      ...each,
      id: each.id || `run-${index + 1}`,
      startedAt,
      endedAt,
      nodes: each.nodes.map((node) => ({ ...node, endedAt: node.endedAt ?? startedAt + QUARTER / 2 })),
    };
  });
}
