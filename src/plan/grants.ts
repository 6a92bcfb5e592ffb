/** Grants that are missing, and those that the config does not say. https://docs.snowflake.com/en/sql-reference/sql/grant-privilege */
import type { GrantFacts } from '../render/statement';
import { identifier } from '../sql-text';
import type { Deployed, DeployedGrant } from './deployed';
import { hazard, type Hazard } from './hazards';
import type { PlanOptions } from './options';
import type { Step } from './step';
import type { Wanted } from './wanted';

/** What a grant of ours may be; anything else on these objects is not ours to take. */
const OURS: Readonly<Record<string, readonly string[]>> = {
  VIEW: ['SELECT'],
  PROCEDURE: ['USAGE'],
  TASK: ['MONITOR', 'OPERATE'],
};

export function planGrants(
  wanted: Wanted,
  deployed: Deployed,
  options: PlanOptions,
): { steps: Step[]; unchanged: string[]; notes: Hazard[] } {
  const statements = wanted.statements.filter(({ kind }) => kind === 'grant');
  const have = new Set(deployed.grants.map(keyOf));
  const missing = statements.filter(({ grant }) => grant !== undefined && !have.has(keyOf(grant)));
  const { revokes, notes } = surplus(wanted, deployed, options);
  const grants = missing.map((statement): Step => {
    const { role } = statement.grant!;
    return {
      id: `grant ${statement.id}`,
      do: 'grant',
      kind: 'grant',
      object: statement.object,
      sql: statement.sql,
      file: statement.file,
      why: statement.why,
      changes: [
        {
          of: `role ${role}`,
          cause: 'unknown',
          what: statement.sql.split(' TO ROLE ')[0]!,
          before: null,
          after: 'granted',
        },
      ],
      effects: [],
      hazards: [],
    };
  });
  const unchanged = statements.filter((statement) => !missing.includes(statement)).map(({ sql }) => sql);
  return { steps: [...grants, ...revokes], unchanged, notes };
}

function surplus(
  wanted: Wanted,
  deployed: Deployed,
  { allow }: PlanOptions,
): { revokes: Step[]; notes: Hazard[] } {
  const facts = wanted.statements.flatMap(({ grant }) => grant ?? []);
  const said = new Set(facts.map(keyOf));
  const roles = new Set(facts.map(({ role }) => role));
  const objects = ourObjects(wanted);
  const extra = deployed.grants.filter(
    (grant) =>
      OURS[grant.on]?.includes(grant.privilege) === true &&
      objects.has(`${grant.on} ${grant.name}`) &&
      grant.role !== deployed.role &&
      !said.has(keyOf(grant)),
  );
  const revokes = extra
    .filter(({ role }) => roles.has(role) || allow.has('REVOKE'))
    .map((grant) => revoke(grant, roles));
  const notes = extra
    .filter(({ role }) => !roles.has(role) && !allow.has('REVOKE'))
    .map((grant) =>
      hazard(
        'REVOKE',
        `role ${grant.role} has ${onText(grant)}, which the config does not say; --allow REVOKE takes it back`,
      ),
    );
  return { revokes, notes };
}

function revoke(grant: DeployedGrant, roles: ReadonlySet<string>): Step {
  const isNamed = roles.has(grant.role);
  const sql = `REVOKE ${onText(grant)} FROM ROLE ${identifier(grant.role)}`;
  return {
    id: `revoke grant:${onText(grant)} FROM ROLE ${identifier(grant.role)}`,
    do: 'revoke',
    kind: 'grant',
    object: `${grant.on} ${grant.name}`,
    sql,
    file: null,
    why: isNamed
      ? 'the config says what this role may do, and this is not in it'
      : 'the config does not name this role',
    changes: [
      { of: `role ${grant.role}`, cause: 'unknown', what: onText(grant), before: 'granted', after: null },
    ],
    effects: [],
    hazards: isNamed ? [] : [hazard('REVOKE', `${onText(grant)} is taken from role ${grant.role}`)],
  };
}

function ourObjects({ statements }: Wanted): Set<string> {
  return new Set(
    statements.flatMap(({ kind, object, tasks }) => {
      if (kind === 'view') return [`VIEW ${object}`];
      if (kind === 'procedure') return [`PROCEDURE ${object}`];
      return (tasks ?? []).map(
        ({ name }) => `TASK ${[name.database, name.schema, name.name].map(identifier).join('.')}`,
      );
    }),
  );
}

const onText = ({ privilege, on, name }: GrantFacts): string => `${privilege} ON ${on} ${name}`;
const keyOf = (grant: GrantFacts): string => `${onText(grant)} TO ${grant.role}`;
