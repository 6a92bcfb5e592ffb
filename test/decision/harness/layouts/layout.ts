/** How a history of the reference becomes rows of a real log, and what of it that log can show. */
import type { StateConfig } from '../../../../src/config/types';
import type { LogKind, LoggedRun } from '../../reference/history';

export interface LogLayout {
  name: string;
  kind: LogKind;
  /** As a user writes it. */
  state: StateConfig;
  /** CREATE TABLE statements, unqualified. */
  ddl: string[];
  /** What the log shows of the runs: the reference decides on this. */
  visible(runs: readonly LoggedRun[]): LoggedRun[];
  rows(runs: readonly LoggedRun[]): LogRows[];
}

export interface LogRows {
  table: string;
  columns: string[];
  rows: LogValue[][];
}

/** Times are text, `2026-03-10 06:00:00.000`, in the column's zone. */
export type LogValue = string | number | null;

export function wallClock(time: number | null | undefined, zone = 'UTC'): string | null {
  if (time == null) return null;
  const parts = Object.fromEntries(
    formatter(zone)
      .formatToParts(time)
      .map(({ type, value }) => [type, value]),
  );
  const { year, month, day, hour, minute, second, fractionalSecond } = parts;
  return `${year}-${month}-${day} ${hour}:${minute}:${second}.${fractionalSecond}`;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const two = '2-digit' as const;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: two,
    day: two,
    hour: two,
    minute: two,
    second: two,
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
  });
  formatters.set(timeZone, made);
  return made;
}

/** A run's selection as a list; the order and the pairs of an intersection do not matter to whoever compares it. */
export function selectionList(run: LoggedRun): string[] {
  const { selection } = run;
  return selection == null || selection === 'all' ? [] : selection.split(',');
}
