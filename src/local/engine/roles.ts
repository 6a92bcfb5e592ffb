/**
 * Roles and what they inherit from each other.
 * https://docs.snowflake.com/en/user-guide/security-access-control-overview#role-hierarchy-and-privilege-inheritance
 */
import { grantsOf } from '../catalog/grants';
import { identifierOf } from '../catalog/names';
import type { Catalog } from './contract';

export const SYSTEM_ROLES = ['ACCOUNTADMIN', 'ORGADMIN', 'SECURITYADMIN', 'SYSADMIN', 'USERADMIN', 'PUBLIC'];

export interface RoleGrant {
  /** What was granted. */
  role: string;
  /** The role, or user, it was granted to. */
  to: string;
  toUser: boolean;
}

/** How the system's own roles are granted to each other from the beginning. */
const OF_THE_SYSTEM: readonly RoleGrant[] = [
  { role: 'SECURITYADMIN', to: 'ACCOUNTADMIN', toUser: false },
  { role: 'SYSADMIN', to: 'ACCOUNTADMIN', toUser: false },
  { role: 'USERADMIN', to: 'SECURITYADMIN', toUser: false },
];

/** Every grant of a role. */
export function roleGrants(catalog: Catalog): RoleGrant[] {
  const own = [...grantsOf(catalog).values()]
    .filter(({ on, future }) => on === 'ROLE' && !future)
    .filter(({ privilege }) => privilege === 'USAGE')
    .map(({ name, role, toUser }) => ({ role: identifierOf(name), to: role, toUser: toUser ?? false }));
  return [...OF_THE_SYSTEM, ...own];
}

/** The roles whose privileges the role has besides its own: those granted to it, to those, and PUBLIC. */
export function inheritedBy(role: string, catalog: Catalog): Set<string> {
  const grants = roleGrants(catalog);
  const found = new Set<string>();
  const above = [role];
  for (const each of above)
    for (const grant of grants)
      if (!grant.toUser && grant.to === each && !found.has(grant.role) && grant.role !== role) {
        found.add(grant.role);
        above.push(grant.role);
      }
  if (role !== 'PUBLIC') found.add('PUBLIC');
  return found;
}
