/**
 * How often a task looks whether there is something to retry, and what that costs. A warehouse is billed by the second, but for a minute at
 * least each time that it is started. https://docs.snowflake.com/en/user-guide/cost-understanding-compute
 */
import type { Schedule } from '../config/types';
import type { Task, TaskGraph } from './deployment';
import { startMinutes } from './occurrences';
import { intervalSeconds } from './schedule';

const MINUTES_A_DAY = 24 * 60;
const DAYS_OF_STARTS = 14;
const DAYS_A_MONTH = 30;

export interface Looks {
  /** Starts a day, on average over two weeks. */
  perDay: number;
  /** Minutes a day for which the warehouse is billed if nothing else keeps it awake: one for each look, the day at most. */
  warehouseMinutesPerDay: number;
  /** Credits in 30 days on the smallest size, one credit an hour. */
  creditsPerMonth: number;
}

/** @param graph the one that the task belongs to @returns `null` where looking costs nothing of its own: see `looksForFree` */
export function looksOf(task: Task, graph: TaskGraph): Looks | null {
  const { schedule } = graph.root;
  if (!isLook(task) || task.warehouse === null || schedule === null || looksForFree(task, graph)) return null;
  return looksAt(schedule);
}

/** Looks of a task or an alert on a warehouse that nothing else keeps awake. */
export function looksAt(schedule: Schedule): Looks {
  const perDay = startsPerDay(schedule);
  const warehouseMinutesPerDay = Math.min(perDay, MINUTES_A_DAY);
  return { perDay, warehouseMinutesPerDay, creditsPerMonth: (warehouseMinutesPerDay * DAYS_A_MONTH) / 60 };
}

/** Whether it builds nothing on most days: what any other task costs is the build. */
export function isLook({ action }: Task): boolean {
  return action.kind === 'call' && (action.mode === 'RETRY_ONLY' || action.mode === 'PLAN');
}

/** Behind another task of its graph on the same warehouse, which is awake then. */
export function looksForFree(task: Task, { root, children }: TaskGraph): boolean {
  if (task === root) return false;
  const before =
    task.finalizes === null
      ? [root, ...children].filter(({ name }) => task.after.some((other) => other.name === name.name))
      : [root];
  return before.some((other) => other.warehouse === task.warehouse && !isLook(other));
}

export function startsPerDay(schedule: Schedule): number {
  return schedule.kind === 'interval'
    ? (MINUTES_A_DAY * 60) / intervalSeconds(schedule)
    : startMinutes(schedule).size / DAYS_OF_STARTS;
}

/** `96 looks a day: at least 96 warehouse minutes a day, 48 credits a month on the smallest size` */
export function looksText({ perDay, warehouseMinutesPerDay, creditsPerMonth }: Looks): string {
  const looks = `${number(perDay)} ${perDay === 1 ? 'look' : 'looks'} a day`;
  const minutes = `${number(warehouseMinutesPerDay)} warehouse ${warehouseMinutesPerDay === 1 ? 'minute' : 'minutes'} a day`;
  return `${looks}: at least ${minutes}, ${number(creditsPerMonth)} credits a month on the smallest size`;
}

function number(value: number): string {
  return String(value >= 10 ? Math.round(value) : Number(value.toFixed(1)));
}
