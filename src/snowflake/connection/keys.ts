/**
 * The keys of a connection, as connections.toml writes them, and what each becomes.
 * https://docs.snowflake.com/en/developer-guide/snowflake-cli/connecting/configure-connections
 * https://docs.snowflake.com/en/developer-guide/node-js/nodejs-driver-options
 */
export interface ConnectionKey {
  /** The driver's option, or one of ours (`OwnOptions` in driver.ts). */
  option: string;
  type: 'text' | 'number' | 'boolean' | 'list';
}

const text = (option: string): ConnectionKey => ({ option, type: 'text' });
const number = (option: string): ConnectionKey => ({ option, type: 'number' });
const boolean = (option: string): ConnectionKey => ({ option, type: 'boolean' });

/** By lower-case key. */
export const CONNECTION_KEYS: Readonly<Record<string, ConnectionKey>> = {
  account: text('account'),
  user: text('username'),
  password: text('password'),
  authenticator: text('authenticator'),
  host: text('host'),
  port: number('port'),
  protocol: text('protocol'),
  region: text('region'),
  access_url: text('accessUrl'),
  role: text('role'),
  secondary_roles: text('secondaryRoles'),
  warehouse: text('warehouse'),
  database: text('database'),
  schema: text('schema'),
  private_key_file: text('privateKeyPath'),
  private_key_raw: text('privateKey'),
  private_key_passphrase: text('privateKeyPass'),
  token: text('token'),
  token_file_path: text('tokenFilePath'),
  session_token: text('sessionToken'),
  master_token: text('masterToken'),
  passcode: text('passcode'),
  passcode_in_password: boolean('passcodeInPassword'),
  workload_identity_provider: text('workloadIdentityProvider'),
  workload_identity_entra_resource: text('workloadIdentityAzureEntraIdResource'),
  workload_identity_impersonation_path: { option: 'workloadIdentityImpersonationPath', type: 'list' },
  workload_identity_aws_use_outbound_token: boolean('workloadIdentityAwsUseOutboundToken'),
  oauth_client_id: text('oauthClientId'),
  oauth_client_secret: text('oauthClientSecret'),
  oauth_authorization_url: text('oauthAuthorizationUrl'),
  oauth_token_request_url: text('oauthTokenRequestUrl'),
  oauth_redirect_uri: text('oauthRedirectUri'),
  oauth_scope: text('oauthScope'),
  oauth_enable_single_use_refresh_tokens: boolean('oauthEnableSingleUseRefreshTokens'),
  client_session_keep_alive: boolean('clientSessionKeepAlive'),
  server_session_keep_alive: boolean('serverSessionKeepAlive'),
  client_store_temporary_credential: boolean('clientStoreTemporaryCredential'),
  client_request_mfa_token: boolean('clientRequestMFAToken'),
  proxy_host: text('proxyHost'),
  proxy_port: number('proxyPort'),
  proxy_user: text('proxyUser'),
  proxy_password: text('proxyPassword'),
  no_proxy: text('noProxy'),
  query_tag: text('queryTag'),
  login_timeout: number('loginTimeout'),
};

/** Other names of a key, as the CLI and the Python connector know them. */
const ALIASES: Readonly<Record<string, string>> = {
  username: 'user',
  private_key_path: 'private_key_file',
  private_key_file_pwd: 'private_key_passphrase',
};

/** Both the names and the other names, lower case. */
export const KEY_NAMES: readonly string[] = [...Object.keys(CONNECTION_KEYS), ...Object.keys(ALIASES)];

/** The one name of a key; `undefined` for what is none. */
export function keyOf(written: string): string | undefined {
  const key = ALIASES[written.toLowerCase()] ?? written.toLowerCase();
  return Object.hasOwn(CONNECTION_KEYS, key) ? key : undefined;
}

/** What Snowflake's Python clients understand and what changes nothing here: ignored, and said so without a guess. */
export const KEYS_OF_OTHER_CLIENTS: ReadonlySet<string> = new Set([
  'application',
  'autocommit',
  'connection_diag_allowlist_path',
  'connection_diag_log_path',
  'disable_ocsp_checks',
  'enable_connection_diag',
  'insecure_mode',
  'network_timeout',
  'numpy',
  'oauth_disable_pkce',
  'oauth_enable_pkce',
  'oauth_enable_refresh_tokens',
  'ocsp_fail_open',
  'paramstyle',
  'session_parameters',
  'socket_timeout',
  'timezone',
  'validate_default_parameters',
]);
