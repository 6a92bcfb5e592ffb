/**
 * Who has which privilege on what is ours: the roles from INFORMATION_SCHEMA at once, then each role's own list.
 * https://docs.snowflake.com/en/sql-reference/info-schema/object_privileges, https://docs.snowflake.com/en/sql-reference/sql/show-grants
 */
import { SnowflakeStatementError } from '../snowflake/errors';
import type { DeployedGrant } from '../plan/deployed';
import { identifier, qualified } from '../sql-text';
import type { Session } from '../snowflake/session';
import { listOf, nameIn, show, textIn } from './answers';
import type { Place } from './inspect';
import { argumentTypes } from './procedures';

/** Roles but the session's own that have a privilege on an object of one of the names. */
export async function readGrantees(session: Session, place: Place, role: string | null): Promise<string[]> {
  if (place.names.length === 0) return [];
  const { rows } = await session.run(
    `SELECT DISTINCT GRANTEE
FROM ${identifier(place.database)}.INFORMATION_SCHEMA.OBJECT_PRIVILEGES
WHERE GRANTED_TO = 'ROLE' AND PRIVILEGE_TYPE <> 'OWNERSHIP'
  AND OBJECT_SCHEMA IN (${listOf(place.schemas)})
  AND OBJECT_NAME IN (${listOf(place.names)})`,
  );
  return rows
    .map((row) => textIn(row, 'GRANTEE') ?? '')
    .filter((grantee) => grantee !== '' && grantee !== role);
}

/** What a role has been granted; a role that is not there, or not visible, has nothing, and `unseen` says so. */
export async function readGrants(session: Session, role: string, unseen: string[]): Promise<DeployedGrant[]> {
  try {
    const rows = await show(session, `SHOW GRANTS TO ROLE ${identifier(role)}`);
    return rows.map((row) => {
      const on = (textIn(row, 'granted_on') ?? '').replaceAll('_', ' ');
      return {
        privilege: textIn(row, 'privilege') ?? '',
        on,
        name: grantedName(textIn(row, 'name') ?? '', on),
        role,
      };
    });
  } catch (error) {
    if (!(error instanceof SnowflakeStatementError) || !MISSING.has(error.snowflakeCode)) throw error;
    unseen.push(`the grants of role ${role}: it does not exist, or is not visible to this role`);
    return [];
  }
}

/** Object does not exist, insufficient privileges. */
const MISSING = new Set(['002003', '003001']);

const PROCEDURE = /^(.*?)"?([^".]+|"(?:[^"]|"")*")\((.*?)\)(?::[^)]*(?:\([^)]*\))?)?"?$/s;

/** One spelling: `EDW.A.P(VARCHAR, NUMBER)` for `EDW.A."P(PROJECT VARCHAR, HOURS NUMBER):VARCHAR"` too. */
function grantedName(name: string, on: string): string {
  if (on !== 'PROCEDURE') return plainName(name);
  const [, prefix = '', own = '', types = ''] = PROCEDURE.exec(name.replace(/\(\d+(,\s*\d+)?\)/g, '')) ?? [];
  return own === '' ? name : `${plainName(`${prefix}${own}`)}(${argumentTypes(`(${types})`).join(', ')})`;
}

function plainName(name: string): string {
  const { database, schema, name: own } = nameIn(name, { database: '', schema: '' });
  if (database !== '') return qualified({ database, schema, name: own });
  return schema === '' ? identifier(own) : `${identifier(schema)}.${identifier(own)}`;
}
