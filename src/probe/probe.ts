/** One fact that the generated SQL leans on, or keeps away from, and how an account is asked for it. */
import { parseObjectName } from '../model/names';

export interface Probe {
  id: string;
  question: string;
  /** What the product takes for granted. */
  assumes: string;
  /** What the answer has to match; `null` where the product leans on nothing, so that the answer is only recorded. */
  expected: string | null;
  /** What has to be there first; '' for nothing that every account has not. */
  prepare: string[];
  /** Run before the question, and after it: another role, and back. */
  before: string[];
  after: string[];
  /** One statement whose first value is the answer. */
  ask: string;
}

/** Where it is tried, and on what. */
export interface Place {
  /** Qualified, as SQL: `SCRATCH_DB.SCRATCH`. */
  schema: string;
  /** As SQL: the warehouse of the tasks. */
  warehouse: string;
  /** As SQL: the session's role, which is gone back to. */
  role: string;
  /** As SQL: a role that owns nothing of it; `null` for none to try it with. */
  reader: string | null;
  /** A dbt project object, `null` for none. */
  project: { database: string; schema: string; name: string } | null;
  /** The run log and the column that its rows are bounded by, as SQL; `null` for none. */
  log: { table: string; prunedBy: string } | null;
  /** The two core views, as SQL; `null` where they were not applied. */
  views: { history: string; state: string } | null;
}

/** Everything that is made begins so, and is dropped by that name. */
export const PREFIX = 'AUTO_RESTART_PROBE_';

/** Of a name as SQL: `EDW."my log"` -> `EDW`, `my log` */
export function storedParts(sql: string): string[] {
  const parsed = parseObjectName(sql, { database: '', schema: '' });
  if (!parsed.ok) return [];
  const { database, schema, name } = parsed.value;
  return [database, schema, name].filter((part) => part !== '');
}

/** A block that answers with an error instead of raising it, so that a worksheet goes on. */
export function guarded(declare: string, body: string): string {
  return `EXECUTE IMMEDIATE $$
DECLARE
${declare}
BEGIN
${body}
EXCEPTION
    WHEN OTHER THEN
        RETURN 'error ' || SQLCODE || ': ' || LEFT(REGEXP_REPLACE(SQLERRM, '[[:space:]]+', ' '), 300);
END;
$$`;
}

const NOTHING = { prepare: [], before: [], after: [] };

export function probeOf(probe: Omit<Probe, 'prepare' | 'before' | 'after'> & Partial<Probe>): Probe {
  return { ...NOTHING, ...probe };
}
