/** What a role has been granted. https://docs.snowflake.com/en/sql-reference/sql/show-grants */
import { SnowflakeStatementError } from '../snowflake/errors';
import type { DeployedGrant } from '../plan/deployed';
import { isWritable } from '../model/names';
import { identifier, qualified } from '../sql-text';
import type { Session } from '../snowflake/session';
import { nameIn, show, textIn } from './answers';
import { argumentTypes } from './signature';

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

/** The account's grants may have no name; one that could not be written in SQL stays as it is shown. */
function plainName(name: string): string {
  if (!isWritable(name)) return name;
  const { database, schema, name: own } = nameIn(name, { database: '', schema: '' });
  if (database !== '') return qualified({ database, schema, name: own });
  return schema === '' ? identifier(own) : `${identifier(schema)}.${identifier(own)}`;
}
