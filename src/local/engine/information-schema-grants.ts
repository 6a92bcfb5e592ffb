/** APPLICABLE_ROLES and OBJECT_PRIVILEGES. https://docs.snowflake.com/en/sql-reference/info-schema/object_privileges */
import { type GrantRecord, grantsOf } from '../catalog/grants';
import { splitName } from '../sql/token-reader';
import type { ResultColumn } from '../values';
import { engineSession } from './account';
import type { InformationSchemaView } from './contract';
import { ownerships } from './statements/owners';

const texts = (names: string): ResultColumn[] =>
  names
    .split(' ')
    .map((name) => ({ name, type: { kind: name === 'CREATED' ? 'TIMESTAMP_LTZ' : 'VARCHAR' } }));

const yes = (value: boolean): string => (value ? 'YES' : 'NO');

/** Catalog, schema and name of what the grant is on. */
function placeOf({ on, name }: GrantRecord): [string | null, string | null, string] {
  const parts = splitName(name.split('(')[0]!);
  if (on === 'SCHEMA') return [parts[0]!, null, parts[1]!];
  return [parts[parts.length - 3] ?? null, parts[parts.length - 2] ?? null, parts[parts.length - 1] ?? ''];
}

export const grantViews: readonly InformationSchemaView[] = [
  {
    name: 'APPLICABLE_ROLES',
    columns: texts('GRANTEE ROLE_NAME ROLE_OWNER IS_GRANTABLE'),
    rows: ({ account }) =>
      [...grantsOf(account.catalog).values()]
        .filter((grant) => grant.on === 'ROLE')
        .map((grant) => [grant.role, splitName(grant.name)[0]!, grant.grantedBy, yes(grant.withGrantOption)]),
  },
  {
    name: 'OBJECT_PRIVILEGES',
    columns: texts(
      'GRANTOR GRANTEE GRANTED_TO OBJECT_CATALOG OBJECT_SCHEMA OBJECT_NAME OBJECT_TYPE PRIVILEGE_TYPE IS_GRANTABLE CREATED',
    ),
    rows: (session, database) =>
      [...ownerships(engineSession(session)), ...grantsOf(session.account.catalog).values()]
        .filter((grant) => !grant.future && grant.on !== 'ROLE' && grant.on !== 'ACCOUNT')
        .map((grant) => ({ grant, place: placeOf(grant) }))
        .filter(
          ({ grant, place }) => place[0] === database || (grant.on === 'DATABASE' && place[2] === database),
        )
        .map(({ grant, place }) => [
          grant.grantedBy,
          grant.role,
          grant.toUser ? 'USER' : 'ROLE',
          ...place,
          grant.on,
          grant.privilege,
          yes(grant.withGrantOption),
          BigInt(grant.created) * 1000n,
        ]),
  },
];
