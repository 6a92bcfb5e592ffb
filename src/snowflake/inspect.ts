/** Who and where the session is: read before anything is changed, and compared with what the config says. */
import { AutoRestartError } from '../errors';
import type { Deployment } from '../model/deployment';
import type { Session } from './session';

export interface AccountFacts {
  organization: string | null;
  /** Name of the account inside its organisation. */
  account: string;
  /** The older identifier, `XY12345`. */
  locator: string;
  role: string | null;
  user: string | null;
  /** The account's clock, UTC, ISO 8601 to the second. */
  now: string;
}

/** https://docs.snowflake.com/en/sql-reference/functions-context */
const FACTS = `SELECT CURRENT_ORGANIZATION_NAME() AS ORGANIZATION, CURRENT_ACCOUNT_NAME() AS ACCOUNT,
  CURRENT_ACCOUNT() AS LOCATOR, CURRENT_ROLE() AS ROLE_NAME, CURRENT_USER() AS USER_NAME,
  TO_CHAR(SYSDATE(), 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS NOW`;

/** @throws SnowflakeStatementError */
export async function inspectAccount(session: Session): Promise<AccountFacts> {
  const { rows } = await session.run(FACTS);
  const facts = rows[0] ?? {};
  const textOf = (key: string): string | null => (facts[key] == null ? null : String(facts[key]));
  return {
    organization: textOf('ORGANIZATION'),
    account: textOf('ACCOUNT') ?? '',
    locator: textOf('LOCATOR') ?? '',
    role: textOf('ROLE_NAME'),
    user: textOf('USER_NAME'),
    now: textOf('NOW') ?? '',
  };
}

/** @throws AutoRestartError REFUSED when the config names another account or another role */
export function refuseOtherAccount(facts: AccountFacts, deployment: Deployment): void {
  const { account, role } = deployment.connection;
  const where = `deployments.${deployment.name}.connection`;
  if (account !== null && !isAccount(facts, account)) {
    throw new AutoRestartError('REFUSED', `the session is in account ${nameOf(facts)}, not in ${account}`, {
      where: `${where}.account`,
      hint: 'connect to the account the deployment belongs to, or correct the config',
    });
  }
  if (role !== null && fold(role) !== facts.role) {
    throw new AutoRestartError('REFUSED', `the session has role ${facts.role ?? '(none)'}, not ${role}`, {
      where: `${where}.role`,
      hint: `add role = "${role}" to the connection: the objects belong to the role that creates them`,
    });
  }
}

export function nameOf(facts: AccountFacts): string {
  return facts.organization ? `${facts.organization}-${facts.account}` : facts.account;
}

/** `ORG-NAME`, `ORG.NAME`, or a locator with or without its region; underscores are hyphens in URLs. */
function isAccount(facts: AccountFacts, wanted: string): boolean {
  const plain = (name: string): string => name.toUpperCase().replaceAll(/[_.]/g, '-');
  const locator = wanted.split('.')[0] ?? '';
  return plain(wanted) === plain(nameOf(facts)) || locator.toUpperCase() === facts.locator.toUpperCase();
}

/** A role as Snowflake stores it. */
function fold(role: string): string {
  return role.startsWith('"') ? role.slice(1, -1).replaceAll('""', '"') : role.toUpperCase();
}
