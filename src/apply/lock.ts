/** Holds the lock of a schema while it is applied to. @see src/render/lock.ts */
import { AutoRestartError } from '../errors';
import { settingIn, show, textIn } from '../account/answers';
import type { DeployedLock } from '../plan/deployed';
import { holderInWords } from '../plan/lock-notes';
import { LOCK_NAME, lockName, readLockNote, renderLock, renderUnlock, type LockNote } from '../render/lock';
import type { Templates } from '../render/templates';
import { SnowflakeStatementError } from '../snowflake/errors';
import type { Session } from '../snowflake/session';
import { constant, identifier, qualified } from '../sql-text';
import { NotSent, send, type Patience } from './send';

export interface Place {
  database: string;
  schema: string;
}

export interface LockRequest {
  place: Place;
  note: LockNote;
  /** Id of a dead holder whose lock is taken over. */
  takeOver: string | null;
}

const ALREADY_EXISTS = '002002';

/**
 * Takes the lock, and with it what dead applies have noted.
 * @throws AutoRestartError REFUSED naming who holds it
 */
export async function takeLock(
  session: Session,
  { place, note, takeOver }: LockRequest,
  templates: Templates,
  patience?: Patience,
): Promise<void> {
  const holder = await create(session, place, note, templates, patience);
  if (holder !== null) {
    if (takeOver === null || holder.note?.id !== takeOver) throw heldBy(holder);
    await stepAside(session, place, holder);
    const other = await create(session, place, note, templates, patience);
    if (other !== null) throw heldBy(other);
  }
  await absorb(session, place, note, patience);
}

/** @returns the holder where there is one; our own lock, of a request that was sent twice, is no other's */
async function create(
  session: Session,
  place: Place,
  note: LockNote,
  templates: Templates,
  patience?: Patience,
): Promise<DeployedLock | null> {
  try {
    await send(session, renderLock(place, note, templates), patience);
    return null;
  } catch (error) {
    const cause = error instanceof NotSent ? error.cause : error;
    if (!(cause instanceof SnowflakeStatementError) || cause.snowflakeCode !== ALREADY_EXISTS) throw cause;
    const holder = (await locksOf(session, place)).find(({ name }) => name.name === LOCK_NAME);
    if (holder === undefined) return create(session, place, note, templates, patience);
    return holder.note?.id === note.id ? null : holder;
  }
}

function heldBy(lock: DeployedLock): AutoRestartError {
  const id = lock.note?.id;
  return new AutoRestartError('REFUSED', `another apply holds the lock: ${holderInWords(lock)}`, {
    where: qualified(lock.name),
    hint:
      id === undefined
        ? `when nobody applies, drop it: DROP VIEW ${qualified(lock.name)}`
        : `wait until it is over; when it is dead: --take-over ${id}`,
  });
}

/** Of two that take over at once one finds the name gone. */
async function stepAside(session: Session, place: Place, holder: DeployedLock): Promise<void> {
  const aside = {
    ...holder.name,
    name: `${LOCK_NAME}_${(holder.note?.id ?? '').toUpperCase().replace(/[^A-Z0-9]+/g, '_')}`,
  };
  try {
    await session.run(`ALTER VIEW ${qualified(holder.name)} RENAME TO ${qualified(aside)}`);
  } catch (error) {
    throw new AutoRestartError(
      'REFUSED',
      `the lock of ${holder.note?.id} was taken over by another, or released`,
      {
        where: qualified(lockName(place)),
        hint: 'plan again',
        cause: error,
      },
    );
  }
}

/** What dead applies had still to start goes into our note before their locks go. */
async function absorb(session: Session, place: Place, note: LockNote, patience?: Patience): Promise<void> {
  const remains = (await locksOf(session, place)).filter(({ name }) => name.name !== LOCK_NAME);
  if (remains.length === 0) return;
  const names = remains.flatMap(({ note: old }) => old?.to_resume ?? []);
  note.to_resume = [...new Set([...note.to_resume, ...names])];
  const comment = constant(JSON.stringify(note));
  await send(session, `ALTER VIEW ${qualified(lockName(place))} SET COMMENT = ${comment}`, patience);
  for (const { name } of remains) await send(session, `DROP VIEW IF EXISTS ${qualified(name)}`, patience);
}

/** @returns the lock as it is now; `null` where it is not ours any more, and so nothing was dropped */
export async function releaseLock(
  session: Session,
  place: Place,
  id: string,
  patience?: Patience,
): Promise<boolean> {
  const held = await heldLock(session, place, id);
  if (held === null) return false;
  await send(session, renderUnlock(place), patience);
  return true;
}

/** Our lock with all that the blocks have noted; `null` where it is gone, or another's. */
export async function heldLock(session: Session, place: Place, id: string): Promise<LockNote | null> {
  const lock = (await locksOf(session, place)).find(({ name }) => name.name === LOCK_NAME);
  return lock?.note?.id === id ? lock.note : null;
}

async function locksOf(session: Session, { database, schema }: Place): Promise<DeployedLock[]> {
  const sql = `SHOW VIEWS LIKE '${LOCK_NAME}%' IN SCHEMA ${identifier(database)}.${identifier(schema)}`;
  const rows = await show(session, sql);
  return rows
    .map((row) => {
      const comment = textIn(row, 'comment') ?? '';
      return {
        name: { database, schema, name: textIn(row, 'name') ?? '' },
        owner: settingIn(row, 'owner'),
        since: textIn(row, 'created_on'),
        comment,
        note: readLockNote(comment),
      };
    })
    .filter(({ name }) => name.name === LOCK_NAME || name.name.startsWith(`${LOCK_NAME}_`));
}
