/** What the role that owns the tasks lacks, and what a full refresh would take from it. */
import { identifier, qualified } from '../sql-text';
import { finding, type Finding } from './finding';
import type { DeploymentFacts, Privilege } from './facts';
import { needsOf, type Need } from './needs';

export function checkPrivileges(facts: DeploymentFacts): Finding[] {
  const { deployment, grants } = facts;
  const { role, privileges, unseen } = grants;
  const missing = needsOf(deployment).filter((need) => !has(need, role, privileges));
  const found =
    unseen.length > 0 && missing.length > 0
      ? [notSeen(role, unseen, missing)]
      : missing.map((need) => lacking(need, role));
  return [...found, ...futureGrants(facts)];
}

/** ACCOUNTADMIN is above what a check could ask for. https://docs.snowflake.com/en/user-guide/security-access-control-overview */
function has({ privilege, on, name }: Need, role: string, privileges: readonly Privilege[]): boolean {
  if (role === 'ACCOUNTADMIN') return true;
  return privileges.some((grant) => {
    if (!on.includes(grant.on)) return false;
    const isNamed = on[0] === 'ACCOUNT' || grant.name === name || grant.name.startsWith(`${name}(`);
    return isNamed && [privilege, 'OWNERSHIP', 'ALL'].includes(grant.privilege);
  });
}

function lacking({ privilege, on, name, why }: Need, role: string): Finding {
  const object = on[0] === 'ACCOUNT' ? 'ACCOUNT' : `${on[0]} ${name}`;
  const signature = on[0] === 'PROCEDURE' ? '(VARCHAR, VARCHAR)' : '';
  return finding(
    'PRIVILEGE_MISSING',
    object,
    `role ${role} lacks ${privilege}: ${why}`,
    `GRANT ${privilege} ON ${object}${signature} TO ROLE ${identifier(role)}`,
  );
}

function notSeen(role: string, unseen: readonly string[], missing: readonly Need[]): Finding {
  const list = missing.map(
    ({ privilege, on, name }) => `${privilege} on ${on[0] === 'ACCOUNT' ? 'the account' : name}`,
  );
  return finding(
    'GRANTS_NOT_SEEN',
    role,
    `not all grants of role ${role} can be seen (${unseen.join('; ')}), and these were not found: ${list.join(', ')}`,
    'run doctor with that role, or with one that may look at its grants',
  );
}

/** The packages' log tables are dbt models: `--full-refresh` replaces them, and grants on the old ones are gone. */
function futureGrants({ deployment, grants, futureGrants: future, logOwners }: DeploymentFacts): Finding[] {
  const { state } = deployment;
  if (state.kind !== 'audit-tables' || future === null || grants.role === 'ACCOUNTADMIN') return [];
  if (state.layout === 'o2c') return [];
  const tables = [state.runs.table, ...state.nodes.tables.map(({ table }) => table)];
  const lost = tables.filter((table) => {
    const owner = logOwners[qualified(table)];
    if (owner === undefined || owner === grants.role) return false;
    const home = `${identifier(table.database)}.${identifier(table.schema)}`;
    return !future.some(
      ({ role, privilege, on, name }) =>
        role === grants.role &&
        ['SELECT', 'OWNERSHIP', 'ALL'].includes(privilege) &&
        (on === 'TABLE' || on === 'VIEW') &&
        (name === home ||
          name.startsWith(`${home}.<`) ||
          name === identifier(table.database) ||
          name.startsWith(`${identifier(table.database)}.<`)),
    );
  });
  if (lost.length === 0) return [];
  const home = `${identifier(lost[0]!.database)}.${identifier(lost[0]!.schema)}`;
  return [
    finding(
      'FUTURE_GRANT_MISSING',
      home,
      `${lost.map(({ name }) => name).join(', ')} belong to another role than ${grants.role}: after a full refresh it may not read them`,
      `GRANT SELECT ON FUTURE TABLES IN SCHEMA ${home} TO ROLE ${identifier(grants.role)}, or copy_grants in the dbt project`,
    ),
  ];
}
