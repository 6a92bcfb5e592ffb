/** Grants as they are kept; what they allow: ../engine/privileges.ts. https://docs.snowflake.com/en/sql-reference/sql/grant-privilege */
import type { Catalog, Collection } from '../engine/contract';

export interface GrantRecord {
  privilege: string;
  /** TABLE, VIEW, PROCEDURE, TASK, SCHEMA, ROLE, ACCOUNT, ... */
  on: string;
  /** As SHOW GRANTS names it; '' for the account. */
  name: string;
  /** The role, or the user of a role grant. */
  role: string;
  toUser?: boolean;
  withGrantOption: boolean;
  grantedBy: string;
  created: number;
  /** ALL FUTURE objects of the kind in this container. */
  future?: boolean;
}

export function grantsOf(catalog: Catalog): Collection<GrantRecord> {
  return catalog.collection<GrantRecord>('grants');
}

export function grantKey({ privilege, on, name, role, toUser, future }: GrantRecord): string {
  return [toUser ? `USER ${role}` : role, future ? 'FUTURE' : '', on, name, privilege].join('|');
}

/** A renamed object keeps its grants. */
export async function moveGrants(catalog: Catalog, on: string, from: string, to: string): Promise<void> {
  const grants = grantsOf(catalog);
  for (const [key, grant] of [...grants.entries()]) {
    if (grant.on !== on || grant.name !== from || grant.future) continue;
    await grants.delete(key);
    const moved = { ...grant, name: to };
    await grants.set(grantKey(moved), moved);
  }
}

/** An object that is dropped or replaced takes its grants along. COPY GRANTS means not to call this. */
export async function dropGrantsOn(catalog: Catalog, on: string, name: string): Promise<void> {
  const grants = grantsOf(catalog);
  for (const [key, grant] of [...grants.entries()]) {
    if (grant.on === on && grant.name === name && !grant.future) await grants.delete(key);
  }
}

/** What is in a database or schema that is dropped takes its grants along, as do future grants there. */
export async function dropGrantsIn(catalog: Catalog, container: string): Promise<void> {
  const grants = grantsOf(catalog);
  for (const [key, grant] of [...grants.entries()]) {
    if (grant.name.startsWith(`${container}.`) || (grant.future && grant.name === container))
      await grants.delete(key);
  }
}
