/**
 * The keys of a connection, as connections.toml writes them, and the options of snowflake-sdk they become.
 * https://docs.snowflake.com/en/developer-guide/snowflake-cli/connecting/configure-connections
 * https://docs.snowflake.com/en/developer-guide/node-js/nodejs-driver-options
 */
export interface ConnectionKey {
  /** The driver's option. */
  option: string;
  type: 'text' | 'number' | 'boolean' | 'list';
}

const text = (option: string): ConnectionKey => ({ option, type: 'text' });
const number = (option: string): ConnectionKey => ({ option, type: 'number' });
const boolean = (option: string): ConnectionKey => ({ option, type: 'boolean' });

/** By lower-case key. Several keys of one option are its aliases: the first that has a value wins. */
export const CONNECTION_KEYS: Readonly<Record<string, ConnectionKey>> = {
  account: text('account'),
  user: text('username'),
  username: text('username'),
  password: text('password'),
  authenticator: text('authenticator'),
  host: text('host'),
  port: number('port'),
  protocol: text('protocol'),
  region: text('region'),
  access_url: text('accessUrl'),
  role: text('role'),
  warehouse: text('warehouse'),
  database: text('database'),
  schema: text('schema'),
  private_key_file: text('privateKeyPath'),
  private_key_path: text('privateKeyPath'),
  private_key_raw: text('privateKey'),
  private_key_passphrase: text('privateKeyPass'),
  private_key_file_pwd: text('privateKeyPass'),
  token: text('token'),
  token_file_path: text('tokenFilePath'),
  passcode: text('passcode'),
  passcode_in_password: boolean('passcodeInPassword'),
  workload_identity_provider: text('workloadIdentityProvider'),
  workload_identity_entra_resource: text('workloadIdentityAzureEntraIdResource'),
  workload_identity_impersonation_path: { option: 'workloadIdentityImpersonationPath', type: 'list' },
  oauth_client_id: text('oauthClientId'),
  oauth_client_secret: text('oauthClientSecret'),
  oauth_authorization_url: text('oauthAuthorizationUrl'),
  oauth_token_request_url: text('oauthTokenRequestUrl'),
  oauth_redirect_uri: text('oauthRedirectUri'),
  oauth_scope: text('oauthScope'),
  client_session_keep_alive: boolean('clientSessionKeepAlive'),
  client_store_temporary_credential: boolean('clientStoreTemporaryCredential'),
  client_request_mfa_token: boolean('clientRequestMFAToken'),
  proxy_host: text('proxyHost'),
  proxy_port: number('proxyPort'),
  proxy_user: text('proxyUser'),
  proxy_password: text('proxyPassword'),
  query_tag: text('queryTag'),
};
