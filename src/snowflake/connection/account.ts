/**
 * The account of a connection, as people write it: the identifier, a host name, an address copied from the browser.
 * https://docs.snowflake.com/en/user-guide/admin-account-identifier
 */
import { AutoRestartError } from '../../errors';

export interface WrittenAccount {
  /** `ORG-ACCOUNT`, or a locator with its region. */
  account: string;
  /** Where the text named one. */
  host?: string;
}

const HOST = /^([a-z0-9_-]+(?:\.[a-z0-9_-]+)*)\.snowflakecomputing\.(?:com|cn)\.?$/i;
const IDENTIFIER = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/i;

/** @throws AutoRestartError CONNECTION for a text that names no account */
export function readAccount(written: string, where: string): WrittenAccount {
  const text = written.trim();
  const inBrowser = /^(?:https?:\/\/)?app\.snowflake\.com\/([\w-]+)\/([\w-]+)/i.exec(text);
  if (inBrowser) return { account: `${inBrowser[1]}-${inBrowser[2]}` };
  const host = text.replace(/^(?:https?:\/\/)?(?:[^\s@]*@)?/i, '').replace(/(?::\d+)?(?:\/.*)?$/, '');
  const account = HOST.exec(host)?.[1];
  if (account !== undefined) return { account, host: host.replace(/\.$/, '') };
  if (IDENTIFIER.test(text)) return { account: text };
  throw new AutoRestartError('CONNECTION', `account '${written}' is no account identifier`, {
    where,
    hint: /:\/\/|[/:]/.test(text)
      ? `write account = "ORG-ACCOUNT"; another server is reached with host = "${host}" (and port, protocol)`
      : 'write account = "ORG-ACCOUNT", as SELECT CURRENT_ORGANIZATION_NAME(), CURRENT_ACCOUNT_NAME() tells it',
  });
}
