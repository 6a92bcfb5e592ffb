/**
 * Results of queries that are asked again while nothing they read has changed, as Snowflake keeps them. A procedure that
 * waits looks at the same log every half minute, and every call asks the same constants.
 * https://docs.snowflake.com/en/user-guide/querying-persisted-results
 */
import type { Compiled } from '../sql/compilation';
import type { TypedValue } from '../values';
import type { EngineSession } from './account';
import { withValues } from './inline';
import { sizeOfRows } from './result-size';
import type { Ran } from './run';

interface Kept {
  /** Whether a result is worth keeping: the statement only reads, and gives the same each time. */
  eligible: boolean;
  /** What the account's data was when they were read. */
  dataVersion: number;
  byValues: Map<string, Ran>;
  /** The statement with values in its text, by the values; none yet for those it ran with once. */
  whole: Map<string, string | undefined>;
}

/** A statement is asked with few different values at a time; more of them are not worth keeping. */
const KEPT_VALUES = 64;
const KEPT_ROWS = 100;
const KEPT_BYTES = 100_000;
const KEPT_TEXT = 4000;

const VOLATILE = /\b(random|uuid|nextval)\(|\bTABLESAMPLE\b/;

const kept = new WeakMap<Compiled, Kept>();

/** Whether the statement only reads: DuckDB's text of every other kind starts with its verb. */
export function onlyReads({ sql }: Compiled): boolean {
  return sql.startsWith('SELECT ');
}

/** Where the result of a statement with certain values is kept. */
export interface Place {
  found: Ran | undefined;
  /** The statement with the values in its text, when it runs with them again. */
  whole: string | undefined;
  keep(ran: Ran): void;
}

/** @returns `undefined` for a statement that must run every time */
export function placeOf(
  session: EngineSession,
  compiled: Compiled,
  values: readonly TypedValue[],
): Place | undefined {
  if (session.transaction || session.temporary.size > 0) return undefined;
  const results = resultsOf(compiled, session.account.dataVersion);
  const key = results.eligible ? keyOf(session, values) : undefined;
  if (key === undefined) return undefined;
  const { byValues } = results;
  const found = byValues.get(key);
  return {
    found,
    whole: found ? undefined : wholeText(results, compiled, key, values),
    keep(ran) {
      if (ran.rows.length > KEPT_ROWS || sizeOfRows(ran.rows) > KEPT_BYTES) return;
      if (byValues.size >= KEPT_VALUES) byValues.clear();
      byValues.set(key, ran);
    },
  };
}

function resultsOf(compiled: Compiled, version: number): Kept {
  const dataVersion = compiled.tables?.size === 0 ? 0 : version;
  const known = kept.get(compiled);
  if (known?.dataVersion === dataVersion) return known;
  const fresh: Kept = {
    eligible: known?.eligible ?? isEligible(compiled),
    dataVersion,
    byValues: new Map(),
    whole: known?.whole ?? new Map<string, string | undefined>(),
  };
  kept.set(compiled, fresh);
  return fresh;
}

function isEligible(compiled: Compiled): boolean {
  return compiled.cacheable && onlyReads(compiled) && !VOLATILE.test(compiled.sql);
}

/** Not before the second time: most values never come back. */
function wholeText(
  { whole }: Kept,
  compiled: Compiled,
  key: string,
  values: readonly TypedValue[],
): string | undefined {
  const seen = whole.has(key);
  if (!seen && whole.size >= KEPT_VALUES) whole.clear();
  const text = whole.get(key) ?? (seen ? withValues(compiled.sql, values) : undefined);
  whole.set(key, text);
  return text;
}

function keyOf(session: EngineSession, values: readonly TypedValue[]): string | undefined {
  let key = session.parameters.get('TIMEZONE') ?? '';
  for (const { type, value } of values) {
    key += `\n${type.kind}:${typeof value}:${String(value)}`;
    if (key.length > KEPT_TEXT) return undefined;
  }
  return key;
}
