/**
 * Which login is meant, and what it cannot do without: the driver's own messages name options nobody wrote, and what
 * it does not know it takes for a password.
 * https://docs.snowflake.com/en/developer-guide/node-js/nodejs-driver-authenticate
 */
import { AutoRestartError } from '../../errors';
import { didYouMean } from '../../config/nearest';

type Options = Readonly<Record<string, unknown>>;

interface Login {
  needsUser: boolean;
  /** Each of these: one of the options, and its name for people. */
  needs: readonly [readonly string[], string][];
  /** Somebody has to do something before it goes on. */
  interactive?: true;
}

const PASSWORD: Login['needs'][number] = [['password'], 'password'];
const TOKEN: Login['needs'][number] = [['token', 'tokenFilePath'], 'token or token_file_path'];

export const LOGINS: Readonly<Record<string, Login>> = {
  SNOWFLAKE: { needsUser: true, needs: [PASSWORD] },
  USERNAME_PASSWORD_MFA: { needsUser: true, needs: [PASSWORD], interactive: true },
  SNOWFLAKE_JWT: {
    needsUser: true,
    needs: [[['privateKeyPath', 'privateKey'], 'private_key_file or private_key_raw']],
  },
  OAUTH: { needsUser: false, needs: [TOKEN] },
  OAUTH_AUTHORIZATION_CODE: { needsUser: false, needs: [], interactive: true },
  OAUTH_CLIENT_CREDENTIALS: {
    needsUser: false,
    needs: [
      [['oauthClientId'], 'oauth_client_id'],
      [['oauthClientSecret'], 'oauth_client_secret'],
      [['oauthTokenRequestUrl'], 'oauth_token_request_url'],
    ],
  },
  PROGRAMMATIC_ACCESS_TOKEN: {
    needsUser: false,
    needs: [[['token', 'tokenFilePath', 'password'], 'token or token_file_path']],
  },
  WORKLOAD_IDENTITY: {
    needsUser: false,
    needs: [[['workloadIdentityProvider'], 'workload_identity_provider']],
  },
  EXTERNALBROWSER: { needsUser: false, needs: [], interactive: true },
};

const OKTA: Login = { needsUser: true, needs: [PASSWORD] };
const PROVIDERS = ['AWS', 'AZURE', 'GCP', 'OIDC'];

export function loginOf(options: Options): Login {
  const authenticator = String(options.authenticator ?? 'SNOWFLAKE');
  return LOGINS[authenticator] ?? OKTA;
}

/**
 * The authenticator by the driver's name, concluded from a private key where none is written.
 * @throws AutoRestartError CONNECTION for one that the driver does not know
 */
export function withAuthenticator(options: Options, where: string): Record<string, unknown> {
  const written = options.authenticator as string | undefined;
  const hasKey = options.privateKeyPath !== undefined || options.privateKey !== undefined;
  if (written === undefined) return hasKey ? { ...options, authenticator: 'SNOWFLAKE_JWT' } : { ...options };
  if (/^https:\/\//i.test(written)) return { ...options };
  const authenticator = written.toUpperCase();
  if (!Object.hasOwn(LOGINS, authenticator)) {
    throw new AutoRestartError('CONNECTION', `authenticator '${written}' is not known here`, {
      where,
      hint: didYouMean(authenticator, [...Object.keys(LOGINS), 'https://<your Okta address>']),
    });
  }
  const provider = options.workloadIdentityProvider as string | undefined;
  if (provider === undefined) return { ...options, authenticator };
  if (!PROVIDERS.includes(provider.toUpperCase())) {
    throw new AutoRestartError('CONNECTION', `workload_identity_provider '${provider}' is not known here`, {
      where,
      hint: didYouMean(provider, PROVIDERS),
    });
  }
  return { ...options, authenticator, workloadIdentityProvider: provider.toUpperCase() };
}

/** What is missing, in the words of the file. */
export function lackingOf(options: Options): string[] {
  const login = loginOf(options);
  const lacking = options.account === undefined ? ['account'] : [];
  // A session that another program opened is gone on with, not logged in to.
  if (options.sessionToken !== undefined) return lacking;
  if (login.needsUser && options.username === undefined) lacking.push('user');
  for (const [anyOf, words] of login.needs) {
    if (!anyOf.some((option) => options[option] !== undefined)) lacking.push(words);
  }
  return lacking;
}
