/** Whether the warehouse and the user that a statement names are there. https://docs.snowflake.com/en/sql-reference/sql/create-task */
import { objectsOf } from '../catalog/objects';
import type { Session } from '../engine/contract';
import { doesNotExist } from '../errors';
import { nonexistentWarehouse } from './task-errors';

/** @throws SnowflakeError for what is not; the session's own user always is */
export function requirePrincipals(
  { warehouse, executeAsUser }: { warehouse?: string | undefined; executeAsUser?: string | undefined },
  { account, user }: Session,
): void {
  const { warehouses, users } = objectsOf(account.catalog);
  if (warehouse !== undefined && !warehouses.get(warehouse)) throw nonexistentWarehouse(warehouse);
  if (executeAsUser !== undefined && executeAsUser !== user && !users.get(executeAsUser))
    throw doesNotExist('User', executeAsUser);
}
