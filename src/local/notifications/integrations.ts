/**
 * Notification integrations: objects of the account, without schema.
 * https://docs.snowflake.com/en/sql-reference/sql/create-notification-integration
 */
import type { Catalog, Collection, Session } from '../engine/contract';
import { SnowflakeError } from '../errors';

export type IntegrationType = 'WEBHOOK' | 'EMAIL' | 'QUEUE';

export interface Integration {
  name: string;
  type: IntegrationType;
  enabled: boolean;
  /** Every other property, as text: a literal's value, anything else as it was written. */
  properties: Record<string, string>;
  /** Microseconds UTC. */
  createdOn: number;
}

export function integrationsOf(catalog: Catalog): Collection<Integration> {
  return catalog.collection<Integration>('notification integrations');
}

/** By the name as stored, or folded as an identifier without quotes is. @throws SnowflakeError 002003 */
export function integrationNamed(name: string, { account }: Session): Integration {
  const integrations = integrationsOf(account.catalog);
  const found = integrations.get(name) ?? integrations.get(name.toUpperCase());
  if (found) return found;
  throw new SnowflakeError(
    '002003',
    '02000',
    `SQL compilation error:\nIntegration '${name}' does not exist or not authorized.`,
  );
}

/** Literals of a list property: `('a@x.y', 'b@x.y')`. */
export function listOf(property: string | undefined): string[] {
  return [...(property ?? '').matchAll(/'((?:[^']|'')*)'/g)].map(([, item]) => item!.replaceAll("''", "'"));
}
