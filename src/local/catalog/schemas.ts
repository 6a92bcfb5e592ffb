/** Whether a database and a schema are there. */
import type { Session } from '../engine/contract';
import { doesNotExist } from '../errors';
import { showIdentifier } from './names';
import { objectsOf } from './objects';

/** @throws SnowflakeError 002003 naming what is missing, the database first; without a schema it alone has to be there */
export function requireSchema(
  { database, schema }: { database: string; schema?: string | undefined },
  { account }: Pick<Session, 'account'>,
): void {
  const { databases, schemas } = objectsOf(account.catalog);
  if (!databases.get(database)) throw doesNotExist('Database', showIdentifier(database));
  if (schema === undefined) return;
  const key = [database, schema].map(showIdentifier).join('.');
  if (!schemas.get(key)) throw doesNotExist('Schema', key);
}
