/**
 * Results of queries that are asked again while nothing they read has changed, as Snowflake keeps them. A procedure that
 * waits looks at the same log every half minute, and every call asks the same constants.
 * https://docs.snowflake.com/en/user-guide/querying-persisted-results
 */
import { createHash } from 'node:crypto';
import type { Compiled } from '../sql/compilation';
import type { TypedValue } from '../values';
import type { EngineSession } from './account';
import { KeptPlans } from './kept-plans';
import { sizeOfRows } from './result-size';
import type { Ran } from './run';

interface Kept {
  /** Whether a result is worth keeping: the statement only reads, and gives the same each time. */
  eligible: boolean;
  /** What the account's names and data were when they were read. */
  version: string;
  byValues: Map<string, Ran>;
  plans: KeptPlans;
}

/** A statement is asked with few different values at a time; more of them are not worth keeping. */
const KEPT_VALUES = 64;
const KEPT_ROWS = 100;
const KEPT_BYTES = 100_000;
const KEPT_TEXT = 4000;
const LONG_TEXT = 500;

const VOLATILE = /\b(random|uuid|nextval)\(|\bTABLESAMPLE\b/;

const KEPT_STATEMENTS = 300;

/** By DuckDB's text and the names of the columns: whatever it was compiled from, it asks the same of the same tables. */
export class PersistedResults {
  private readonly byText = new Map<string, Kept>();
  private readonly texts = new WeakMap<Compiled, string>();

  of(compiled: Compiled, version: string): Kept {
    const text = this.texts.get(compiled) ?? textOf(compiled);
    this.texts.set(compiled, text);
    const known = this.byText.get(text);
    if (known?.version === version) return known;
    const fresh: Kept = {
      eligible: known?.eligible ?? isEligible(compiled),
      version,
      byValues: new Map(),
      plans: known?.plans ?? new KeptPlans(compiled),
    };
    if (!known && this.byText.size >= KEPT_STATEMENTS) this.byText.clear();
    this.byText.set(text, fresh);
    return fresh;
  }
}

function textOf({ columns, sql }: Compiled): string {
  return `${columns.map(({ name, type }) => `${name} ${type.kind}`).join()}\n${sql}`;
}

/** Whether the statement only reads: DuckDB's text of every other kind starts with its verb. */
export function onlyReads({ sql }: Compiled): boolean {
  return sql.startsWith('SELECT ');
}

/** Where the result of a statement with certain values is kept. */
export interface Place {
  found: Ran | undefined;
  plans: KeptPlans;
  keep(ran: Ran): void;
}

/** @returns `undefined` for a statement that must run every time */
export function placeOf(
  session: EngineSession,
  compiled: Compiled,
  values: readonly TypedValue[],
): Place | undefined {
  if (session.transaction || session.temporary.size > 0) return undefined;
  const { eligible, byValues, plans } = session.account.persisted.of(compiled, versionOf(session, compiled));
  const key = eligible ? (compiled.readsNothing ? '' : keyOf(session, values)) : undefined;
  if (key === undefined) return undefined;
  return {
    found: byValues.get(key),
    plans,
    keep(ran) {
      if (ran.rows.length > KEPT_ROWS || sizeOfRows(ran.rows) > KEPT_BYTES) return;
      if (byValues.size >= KEPT_VALUES) byValues.clear();
      byValues.set(key, ran);
    },
  };
}

/** What a result is true for. */
function versionOf({ account }: EngineSession, { tables, readsNothing }: Compiled): string {
  if (tables?.size === 0) return '';
  return readsNothing ? String(account.schemaVersion) : `${account.schemaVersion}/${account.dataVersion}`;
}

function isEligible(compiled: Compiled): boolean {
  return onlyReads(compiled) && !VOLATILE.test(compiled.sql);
}

function keyOf(session: EngineSession, values: readonly TypedValue[]): string | undefined {
  let key = session.parameters.get('TIMEZONE') ?? '';
  for (const { type, value } of values) {
    const text = String(value);
    key += `\n${type.kind}:${typeof value}:${text.length > LONG_TEXT ? digestOf(text) : text}`;
    if (key.length > KEPT_TEXT) return undefined;
  }
  return key;
}

/** Rows that this process computes come as one long text. */
function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
