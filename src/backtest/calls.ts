/** When the tasks of a policy would have called. Pure. */
import { nextCronTime, parseCron } from '../model/cron';
import type { Deployment, Task } from '../model/deployment';
import { looksOf } from '../model/looks';
import { shortestGapMinutes } from '../model/occurrences';
import { intervalSeconds } from '../model/schedule';

export interface Call {
  /** When its task starts, in milliseconds. */
  at: number;
  /** When it decides: later than `at` where it waited for a run in progress. */
  decidesAt: number;
  /** What the log has from here on tells what comes of a retry. @default `decidesAt` */
  knownFrom?: number;
  job: string;
  mode: 'AUTO' | 'FULL_BUILD' | 'RETRY_ONLY' | 'PLAN';
  task: string;
  /** Warehouse minutes of a look that finds nothing. */
  lookMinutes: number;
  /** Milliseconds to the next start of the same schedule, at least; a build that is logged within half of it is this start's. */
  gap: number;
}

/** A task that ends the graph of a build: it calls whenever that has ended. */
export interface Finalizer {
  job: string;
  /** Jobs whose builds its graph makes. */
  builds: string[];
  task: string;
  mode: Call['mode'];
  lookMinutes: number;
}

/** Those with a schedule, and children at the time of their root; in order of time. */
export function scheduledCalls({ graphs }: Deployment, from: number, to: number): Call[] {
  const calls = graphs.flatMap((graph) => {
    const { schedule } = graph.root;
    if (schedule === null) return [];
    const gap = (shortestGapMinutes(schedule) ?? 7 * 24 * 60) * 60_000;
    const tasks = [graph.root, ...graph.children].filter(
      ({ action, finalizes }) => action.kind === 'call' && finalizes === null,
    );
    if (tasks.length === 0) return [];
    return startsBetween(schedule, from, to).flatMap((at) =>
      tasks.flatMap((task): Call[] => {
        if (task.action.kind !== 'call') return [];
        const { job, mode } = task.action;
        const looks = looksOf(task, graph);
        return [
          {
            at,
            decidesAt: at,
            job,
            mode,
            task: task.name.name,
            lookMinutes: looks === null ? 0 : lookMinutes(looks),
            gap,
          },
        ];
      }),
    );
  });
  return calls.sort((a, b) => a.at - b.at);
}

/** Of a task that looks more often than once a minute each costs less than a minute. */
function lookMinutes({ perDay, warehouseMinutesPerDay }: NonNullable<ReturnType<typeof looksOf>>): number {
  return warehouseMinutesPerDay / perDay;
}

export function finalizersOf({ graphs }: Deployment): Finalizer[] {
  return graphs.flatMap((graph) => {
    const builds = [graph.root, ...graph.children]
      .filter(({ finalizes }) => finalizes === null)
      .flatMap(({ action }) => (action.kind === 'call' ? [action.job] : []));
    return graph.children.flatMap((task: Task): Finalizer[] => {
      if (task.finalizes === null || task.action.kind !== 'call') return [];
      const { job, mode } = task.action;
      const looks = looksOf(task, graph);
      return [
        { job, mode, builds, task: task.name.name, lookMinutes: looks === null ? 0 : lookMinutes(looks) },
      ];
    });
  });
}

function startsBetween(schedule: NonNullable<Task['schedule']>, from: number, to: number): number[] {
  const starts: number[] = [];
  if (schedule.kind === 'interval') {
    const step = intervalSeconds(schedule) * 1000;
    for (let at = Math.ceil(from / step) * step; at < to; at += step) starts.push(at);
    return starts;
  }
  const cron = parseCron(schedule.expression);
  for (let at = from - 1; cron;) {
    const next = nextCronTime(cron, schedule.timeZone, at);
    if (next === undefined || next >= to) break;
    starts.push(next);
    at = next;
  }
  return starts;
}
