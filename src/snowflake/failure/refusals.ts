/**
 * What Snowflake says to a login that it refuses, by its code or its words: what that means, and what to do.
 * https://docs.snowflake.com/en/user-guide/errors-saml
 * https://docs.snowflake.com/en/user-guide/key-pair-auth-troubleshooting
 */
export interface Refusal {
  codes: readonly string[];
  /** For codes that are not listed: words of the message. */
  words: RegExp | null;
  /** @param login what the connection says */
  hint(login: { role: string; warehouse: string; user: string }): string;
}

const SERVICE_USERS =
  'in a pipeline use a service user with workload identity, a key pair or a programmatic access token';

export const REFUSALS: readonly Refusal[] = [
  {
    codes: ['390100'],
    words: /incorrect username or password/i,
    hint: ({ user }) => `check user ${user} and the password of the connection; a service user has none`,
  },
  {
    codes: ['390101', '390102'],
    words: /user access disabled|temporarily locked/i,
    hint: ({ user }) => `user ${user} is disabled or locked: DESC USER ${user} says until when`,
  },
  {
    codes: ['390144'],
    words: /jwt token is invalid/i,
    hint: ({ user }) =>
      `the public key of user ${user} does not belong to this private key, or account or user are wrong: DESC USER ${user} shows its RSA_PUBLIC_KEY_FP`,
  },
  {
    codes: ['390189', '390186'],
    words: /role .*(?:is not granted|does not exist or not authorized|not listed in the access token)/i,
    hint: ({ role, user }) => `GRANT ROLE ${role} TO USER ${user}, or correct role in the connection`,
  },
  {
    codes: ['390201'],
    words: /requested (?:warehouse|database|schema) does not exist/i,
    hint: ({ role, warehouse }) =>
      `check warehouse ${warehouse}, database and schema of the connection, and that role ${role} has USAGE on them`,
  },
  {
    codes: ['390303', '390318', '390317'],
    words: /oauth access token/i,
    hint: () => 'get a new OAuth token, and check that it was made for this account and role',
  },
  {
    codes: ['394400'],
    words: /programmatic access token/i,
    hint: () =>
      'the token is wrong, expired or disabled, or its user has no network policy: SHOW USER PROGRAMMATIC ACCESS TOKENS',
  },
  {
    codes: ['390420', '390422', '390432'],
    words: /is not allowed to access snowflake|network policy/i,
    hint: () =>
      'a network policy does not allow the address of this machine: an administrator can add it, or run where it is allowed',
  },
  {
    codes: ['390197', '390127', '390129', '394507', '394508'],
    words: /multi-?factor|\bmfa\b|duo security|passcode/i,
    hint: () => `Snowflake asks for a second factor: set passcode for this login; ${SERVICE_USERS}`,
  },
  {
    codes: ['390139', '390190', '390192', '390195'],
    words: /saml|authenticator|identity provider/i,
    hint: () => `check authenticator of the connection; ${SERVICE_USERS}`,
  },
];

/** @param code '' where there is none */
export function refusalOf(code: string, message: string): Refusal | undefined {
  return (
    REFUSALS.find(({ codes }) => codes.includes(code)) ??
    REFUSALS.find(({ words }) => words?.test(message) === true)
  );
}
