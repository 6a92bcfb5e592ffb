/** Objects that the session's role may not change: they belong to another. */
import { hazard, type Hazard } from './hazards';

export function ownedByOther(of: string, owner: string | null, role: string | null): Hazard[] {
  if (owner === null || role === null || owner === role) return [];
  const message = `${of} belongs to role ${owner}, the session has ${role}: GRANT OWNERSHIP, or connect as ${owner}`;
  return [hazard('OWNED_BY_OTHER_ROLE', message)];
}
