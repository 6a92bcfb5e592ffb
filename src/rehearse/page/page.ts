import type { Rehearsed } from '../rehearsal';
export function pageOf(results: readonly Rehearsed[], _options: { all: boolean }): string {
  return String(results.length);
}
