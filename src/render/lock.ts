/**
 * One apply at a time in a schema. The lock is a view: the one thing that an account keeps unique is an object's name. Its COMMENT says
 * who applies and notes, before anything is suspended, which tasks have to be started when it is over.
 * https://docs.snowflake.com/en/sql-reference/sql/create-view, https://docs.snowflake.com/en/sql-reference/sql/comment
 */
import type { Deployment, ObjectName } from '../model/deployment';
import { qualified } from '../sql-text';
import { ownerText } from './fingerprint';
import type { Statement } from './statement';
import type { Templates } from './templates';

export const LOCK_NAME = 'V_AUTO_RESTART_APPLYING';

/** What the lock's COMMENT holds, as JSON. */
export interface LockNote {
  /** `acme/prod/o2c`; several are joined by commas. */
  applying: string;
  /** User and machine of the holder, for people. */
  who: string;
  /** UTC, ISO 8601; `null` where nobody could know when the text was written: SHOW VIEWS says when the lock was made. */
  since: string | null;
  /** What `--take-over` wants. */
  id: string;
  /** Names of tasks of the schema that have to be started when the apply is over. */
  to_resume: string[];
}

type Place = Pick<ObjectName, 'database' | 'schema'>;

export function lockName({ database, schema }: Place): ObjectName {
  return { database, schema, name: LOCK_NAME };
}

export function renderLock(place: Place, note: LockNote, templates: Templates): string {
  return templates.render('lock', { lock: qualified(lockName(place)), note: JSON.stringify(note) }).trim();
}

export function renderUnlock(place: Place): string {
  return `DROP VIEW ${qualified(lockName(place))}`;
}

/** The lock of whoever runs setup.sql, or the file of one graph, by hand. */
export function setupLock(
  deployment: Deployment,
  templates: Templates,
): { lock: Statement; unlock: Statement } {
  const applying = ownerText({ app: deployment.app, env: deployment.env, deployment: deployment.name });
  const note = { applying, who: 'setup.sql', since: null, id: 'setup.sql', to_resume: [] };
  const object = qualified(lockName(deployment));
  const common = { object, file: 'setup.sql', fingerprint: null };
  return {
    lock: {
      ...common,
      id: `lock:${object}`,
      kind: 'lock',
      sql: renderLock(deployment, note, templates),
      why: 'one apply at a time: that it exists already means that one is under way, or has died',
    },
    unlock: {
      ...common,
      id: `unlock:${object}`,
      kind: 'unlock',
      sql: renderUnlock(deployment),
      why: 'the apply is over',
    },
  };
}

/** @returns `null` for a comment that no apply wrote */
export function readLockNote(comment: string): LockNote | null {
  let note: Partial<LockNote> | null;
  try {
    note = JSON.parse(comment) as Partial<LockNote> | null;
  } catch {
    return null;
  }
  if (typeof note !== 'object' || note === null) return null;
  const { applying, who, since = null, id, to_resume } = note;
  if (typeof applying !== 'string' || typeof who !== 'string' || typeof id !== 'string') return null;
  if (!Array.isArray(to_resume) || !to_resume.every((name) => typeof name === 'string')) return null;
  return { applying, who, since: typeof since === 'string' ? since : null, id, to_resume };
}
