/** GRANT OWNERSHIP ON ALERT. https://docs.snowflake.com/en/sql-reference/sql/grant-ownership */
import { keyOf } from '../catalog/names';
import type { Session } from '../engine/contract';
import { alertsOf } from './alert';

/** Milliseconds, as the catalog dates grants. */
export function alertOwners({ account }: Session): { name: string; owner: string; created: number }[] {
  return [...alertsOf(account).values()].map((alert) => ({
    name: keyOf(alert),
    owner: alert.owner,
    created: Math.floor(alert.createdOn / 1000),
  }));
}

/** They go on running, with the rights of their new owner. */
export async function transferAlerts(
  keys: readonly string[],
  role: string,
  { account }: Session,
): Promise<void> {
  const alerts = alertsOf(account);
  for (const key of keys) await alerts.set(key, { ...alerts.get(key)!, owner: role });
}
