/**
 * Selections as jobs write them and as logs have them. The procedure normalises in SQL by the same rules, so that
 * the two sides can be compared.
 */

/** Terms of `--select`: the config's entries split at white space. */
export function selectTerms(entries: readonly string[]): string[] {
  return entries.flatMap((entry) => entry.split(/\s+/)).filter((term) => term !== '');
}

/**
 * The form in which two selections are compared: split at commas and white space, sorted by code unit,
 * duplicates kept, joined by commas; '' for none, which is also what NULL and `all` mean.
 *
 * A union and an intersection of the same terms look alike here, because the o2c log joins a union by commas.
 */
export function normaliseSelection(selection: string | null | undefined): string {
  // The same separators and words as `src/log/selection.ts` writes into the SQL.
  const units = (selection ?? '').split(/[\s,[\]()"']+/).filter((unit) => unit !== '');
  if (units.length === 1 && /^(?:all|none|null)$/i.test(units[0]!)) return '';
  return units.sort(byCodeUnit).join(',');
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A name that may stand in a generated selector: ASCII letters, digits, `_`, `.`, `-`; not first `.` or `-`. */
const SAFE_NODE_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;

/** `name+`: the form a retry gives to the nodes it names. */
export function isRetryUnit(term: string): boolean {
  return term.endsWith('+') && SAFE_NODE_NAME.test(term.slice(0, -1));
}
