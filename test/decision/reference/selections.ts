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
 * The names a selection of the tool's own shape reruns, or `null` for any other selection. For a job with terms every
 * unit is a name within a term. A log has joined units and their parts by the same commas, so the entries are taken
 * for such units when they can be: when taking some terms away leaves one name for each.
 */
export function retriedNames(selection: string | null | undefined, job: RestartJob): string[] | null {
  const entries = entriesOf(selection);
  if (entries.length === 0) return null;
  const terms = termsOf(job).map((term) => entriesOf(term));
  const bareNames = job.policy.onTestFailure === 'retest';
  const names = terms.length === 0 ? namesOf(entries, bareNames) : namesWithin(terms, entries, 0, bareNames);
  return names === null ? null : [...new Set(names)];
}

/** @param taken how many terms were taken from `entries` so far */
function namesWithin(
  terms: string[][],
  entries: string[],
  taken: number,
  bareNames: boolean,
): string[] | null {
  const [term, ...others] = terms;
  if (term === undefined) return entries.length === taken ? namesOf(entries, bareNames) : null;
  const without = minus(entries, term);
  const again = without && namesWithin(terms, without, taken + 1, bareNames);
  return again ?? namesWithin(others, entries, taken, bareNames);
}

function namesOf(entries: string[], bareNames: boolean): string[] | null {
  const names = entries.map((entry) => nameIn(entry, bareNames));
  return names.length > 0 && names.every((name) => name !== null) ? names : null;
}

function minus(entries: readonly string[], parts: readonly string[]): string[] | null {
  const left = [...entries];
  for (const part of parts) {
    const at = left.indexOf(part);
    if (at < 0) return null;
    left.splice(at, 1);
  }
  return left;
}

function nameIn(unit: string, bareNames: boolean): string | null {
  const found = WITH_CHILDREN.exec(unit) ?? WITH_PARENTS.exec(unit);
  if (found) return found[1] ?? null;
  return bareNames && SAFE_NAME.test(unit) ? unit : null;
}
