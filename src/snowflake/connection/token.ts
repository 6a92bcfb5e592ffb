/** The token of a connection, where it does not stand in the connection itself. */
import { AutoRestartError } from '../../errors';
import type { ConnectionOptions } from '../driver';
import { readNamedFile } from './path';
import type { Environment } from './sources';

type WithToken = ConnectionOptions & { tokenFilePath?: string };

/**
 * From `token_file_path`, or, for workload identity with OIDC, from the job of GitHub Actions it runs in.
 * @throws AutoRestartError CONNECTION for a file that cannot be read or is empty, or a job that gives no token
 */
export async function withToken(
  options: ConnectionOptions,
  env: Environment,
  home: string,
): Promise<ConnectionOptions> {
  const { tokenFilePath, ...rest } = options as WithToken;
  if (tokenFilePath !== undefined && rest.token === undefined) {
    const token = readNamedFile('token_file_path', tokenFilePath, home).trim();
    if (token === '') throw new AutoRestartError('CONNECTION', `token_file_path '${tokenFilePath}' is empty`);
    return { ...rest, token };
  }
  const wantsOidc = rest.authenticator === 'WORKLOAD_IDENTITY' && rest.workloadIdentityProvider === 'OIDC';
  return wantsOidc && rest.token === undefined ? { ...rest, token: await githubToken(env) } : rest;
}

const AUDIENCE = 'snowflakecomputing.com';

/** https://docs.github.com/en/actions/reference/security/oidc */
async function githubToken(env: Environment): Promise<string> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer } = env;
  if (!url || !bearer) {
    throw new AutoRestartError('CONNECTION', 'workload identity with OIDC has no token', {
      hint:
        env.GITHUB_ACTIONS === 'true'
          ? 'the job needs `permissions: id-token: write`'
          : 'set SNOWFLAKE_TOKEN to the ID token of the job (GitLab: id_tokens with aud: snowflakecomputing.com)',
    });
  }
  const asked = new URL(url);
  asked.searchParams.set('audience', env.SNOWFLAKE_AUDIENCE || AUDIENCE);
  try {
    const response = await fetch(asked, {
      headers: { Authorization: `Bearer ${bearer}` },
      signal: AbortSignal.timeout(10_000),
    });
    const { value } = (response.ok ? await response.json() : {}) as { value?: unknown };
    if (typeof value === 'string' && value !== '') return value;
    throw new Error(`HTTP ${response.status}`);
  } catch (error) {
    const { name, message } = error as Error;
    const reason = name === 'TimeoutError' ? 'no answer within 10 s' : message;
    throw new AutoRestartError('CONNECTION', `GitHub gave no ID token for workload identity: ${reason}`, {
      hint: 'the job needs `permissions: id-token: write`',
    });
  }
}
