/** An apply that is under way, or has died, in a schema. */
import { LOCK_NAME } from '../render/lock';
import type { Deployed, DeployedLock } from './deployed';
import { hazard, type Hazard } from './hazards';

interface Place {
  database: string;
  schema: string;
}

export function locksIn({ database, schema }: Place, { locks }: Deployed): DeployedLock[] {
  return locks.filter(({ name }) => name.database === database && name.schema === schema);
}

export function lockNotes(place: Place, deployed: Deployed): Hazard[] {
  return locksIn(place, deployed)
    .filter(({ name }) => name.name === LOCK_NAME)
    .map((lock) =>
      hazard(
        'APPLYING',
        `${holderInWords(lock)}: --take-over ${lock.note?.id ?? '?'} goes on after a dead one`,
      ),
    );
}

/** `acme/prod/o2c is applied by RUNNER since 2026-01-05T06:00:00Z (id 3f2a91c0)` */
export function holderInWords({ note, owner, since, name }: DeployedLock): string {
  if (note === null)
    return `${name.schema}.${name.name} is there, and no apply of this product wrote it (owner ${owner ?? 'unknown'})`;
  const { applying, who, id } = note;
  return `${applying} is applied by ${who} since ${note.since ?? since ?? 'an unknown time'} (id ${id})`;
}
