/** What a logged selection says: section 5, first paragraph, and the shape of the tool's own retries. */
import type { RestartJob } from './history';

const NAME = '[A-Za-z0-9_][A-Za-z0-9_.-]*';
const SAFE_NAME = new RegExp(`^${NAME}$`);
const WITH_CHILDREN = new RegExp(`^(${NAME})\\+$`);
const WITH_PARENTS = new RegExp(`^1\\+(${NAME})$`);

export function isSafeName(name: string): boolean {
  return SAFE_NAME.test(name);
}

/** Entries of a selection, sorted, duplicates kept; none for the whole project. */
export function entriesOf(selection: string | null | undefined): string[] {
  const entries = (selection ?? '').split(/[\s,]+/).filter((entry) => entry !== '');
  return entries.length === 1 && entries[0] === 'all' ? [] : entries.sort();
}

export function normalised(selection: string | null | undefined): string {
  return entriesOf(selection).join(',');
}

export function selectionOf(job: RestartJob): string {
  return normalised(job.select.join(' '));
}

/** A job's terms: what dbt joins, each perhaps an intersection of entries. */
export function termsOf(job: RestartJob): string[] {
  return job.select.flatMap((entry) => entry.split(/\s+/)).filter((term) => term !== '');
}

/**
 * The names a selection of the tool's own shape reruns, or `null` for any other selection. A log has joined a union
 * of intersections by commas, so for a job with terms the entries are compared as a bag: k names with each of t terms
 * are t times each name and k times each entry of a term.
 */
export function retriedNames(selection: string | null | undefined, job: RestartJob): string[] | null {
  const entries = entriesOf(selection);
  if (entries.length === 0) return null;
  const terms = termsOf(job);
  const units = terms.length === 0 ? entries : unitsWithin(entries, terms);
  if (units === null) return null;
  const names = units.map((unit) => nameIn(unit, job.policy.onTestFailure === 'retest'));
  return names.every((name) => name !== null) ? [...new Set(names)] : null;
}

/** The `name+` part of each unit when `entries` are units within `terms`, else `null`. */
function unitsWithin(entries: readonly string[], terms: readonly string[]): string[] | null {
  const parts = terms.flatMap((term) => entriesOf(term));
  const names = entries.length / (parts.length + terms.length);
  if (!Number.isInteger(names)) return null;
  const bag = counted(entries);
  for (const part of parts) bag.set(part, (bag.get(part) ?? 0) - names);
  if ([...bag.values()].some((count) => count < 0 || count % terms.length !== 0)) return null;
  return [...bag].filter(([, count]) => count > 0).map(([unit]) => unit);
}

function nameIn(unit: string, bareNames: boolean): string | null {
  const found = WITH_CHILDREN.exec(unit) ?? WITH_PARENTS.exec(unit);
  if (found) return found[1] ?? null;
  return bareNames && SAFE_NAME.test(unit) ? unit : null;
}

function counted(entries: readonly string[]): Map<string, number> {
  const bag = new Map<string, number>();
  for (const entry of entries) bag.set(entry, (bag.get(entry) ?? 0) + 1);
  return bag;
}
