/** Which values of a connection must never be shown. */
import type { ConnectionOptions } from './driver';

const SECRET_OPTIONS = [
  'password',
  'passcode',
  'token',
  'privateKey',
  'privateKeyPass',
  'oauthClientSecret',
  'proxyPassword',
  'sessionToken',
  'masterToken',
] as const;

/** As they are, and as they stand in an address. */
export function secretsOf(options: ConnectionOptions): string[] {
  const values = options as unknown as Record<string, unknown>;
  return SECRET_OPTIONS.map((key) => values[key])
    .filter((value): value is string => typeof value === 'string' && value !== '')
    .flatMap((value) => [...new Set([value, encodeURIComponent(value)])]);
}
