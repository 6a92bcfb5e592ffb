/** Views, and the lock among them. https://docs.snowflake.com/en/sql-reference/info-schema/views */
import type { DeployedLock, DeployedView } from '../plan/deployed';
import { LOCK_NAME, readLockNote } from '../render/lock';
import { identifier } from '../sql-text';
import type { Session } from '../snowflake/session';
import { listOf, textIn } from './answers';
import type { Place } from './inspect';

export async function readViews(
  session: Session,
  { database, schemas }: Place,
): Promise<{ views: DeployedView[]; locks: DeployedLock[] }> {
  const { rows } = await session.run(
    `SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_OWNER, VIEW_DEFINITION, CREATED, COMMENT
FROM ${identifier(database)}.INFORMATION_SCHEMA.VIEWS
WHERE TABLE_SCHEMA IN (${listOf(schemas)})
ORDER BY TABLE_SCHEMA, TABLE_NAME`,
  );
  const all = rows.map((row) => ({
    name: { database, schema: textIn(row, 'TABLE_SCHEMA') ?? '', name: textIn(row, 'TABLE_NAME') ?? '' },
    owner: textIn(row, 'TABLE_OWNER'),
    comment: textIn(row, 'COMMENT') ?? '',
    text: textIn(row, 'VIEW_DEFINITION') || null,
    since: textIn(row, 'CREATED'),
  }));
  return {
    views: all.filter(({ name }) => !isLock(name.name)).map(({ since: _since, ...view }) => view),
    locks: all
      .filter(({ name }) => isLock(name.name))
      .map(({ text: _text, ...lock }) => ({ ...lock, note: readLockNote(lock.comment) })),
  };
}

/** The lock itself, and the name that a take-over gives to a dead one. */
function isLock(name: string): boolean {
  return name === LOCK_NAME || name.startsWith(`${LOCK_NAME}_`);
}
