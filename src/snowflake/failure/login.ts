/** A login that did not work: one sentence that names the cause, and what to do. */
import { AutoRestartError } from '../../errors';
import type { Proxy } from '../connection/proxy';
import type { ConnectionOptions } from '../driver';
import { redact } from '../redact';
import { asDriverError, type DriverError } from './driver-error';
import { explainNetwork, noSnowflake, type Explanation } from './network';
import { refusalOf } from './refusals';

export interface LoginAttempt {
  options: ConnectionOptions;
  /** What is spoken to. */
  address: URL;
  proxy: Proxy | null;
  /** Values that must not be shown. */
  secrets: readonly string[];
}

/** @param thrown what the driver threw */
export function connectionError(thrown: unknown, attempt: LoginAttempt): AutoRestartError {
  if (thrown instanceof AutoRestartError) return thrown;
  const error = asDriverError(thrown);
  const { reason, hint } = explainNetwork(error, attempt) ?? explainRefusal(error, attempt);
  return failed(reason, hint, attempt);
}

/** Nobody answered, or nobody did what the login waits for. */
export function loginTimeout(seconds: number, lastReason: unknown, attempt: LoginAttempt): AutoRestartError {
  if (lastReason !== undefined) return connectionError(lastReason, attempt);
  const { authenticator } = attempt.options;
  if (/^(?:EXTERNALBROWSER|OAUTH_AUTHORIZATION_CODE)$/.test(authenticator ?? '')) {
    return failed(
      `nobody finished the login in the browser within ${seconds} s`,
      'in a pipeline use workload identity, a key pair or a programmatic access token; login_timeout gives more time',
      attempt,
    );
  }
  if (authenticator === 'USERNAME_PASSWORD_MFA' && !attempt.options.passcode) {
    return failed(
      `nobody confirmed the second factor (MFA) within ${seconds} s`,
      'set passcode; in a pipeline use workload identity, a key pair or a programmatic access token',
      attempt,
    );
  }
  const by = attempt.proxy ? `, through the proxy ${attempt.proxy.address} (${attempt.proxy.from})` : '';
  return failed(
    `no answer to the login within ${seconds} s${by}`,
    'check host and port, the network and its firewall; login_timeout of the connection gives more time',
    attempt,
  );
}

function failed(reason: string, hint: string, { options, secrets, address }: LoginAttempt): AutoRestartError {
  const target = options.account ?? address.host;
  return new AutoRestartError('CONNECTION', redact(`cannot connect to ${target}: ${reason}`, secrets), {
    hint: redact(hint, secrets),
  });
}

function explainRefusal(error: DriverError, attempt: LoginAttempt): Explanation {
  const code = error.code === undefined ? '' : String(error.code);
  // An answer that says neither yes nor why not is not one of Snowflake's.
  if (error.name === 'OperationFailedError' && code === '' && !error.message) return noSnowflake(attempt);
  const words = (error.message ?? 'it was refused without a reason').trim().replace(/\.$/, '');
  const { role, warehouse, username } = attempt.options;
  const login = {
    role: role ?? '(default)',
    warehouse: warehouse ?? '(none)',
    user: username ?? '(of the token)',
  };
  return {
    reason: code === '' ? words : `${words} (${code})`,
    hint:
      refusalOf(code, words)?.hint(login) ??
      'check user, authenticator and credentials of the connection; `snow connection test` uses the same ones',
  };
}
