/** From keys, in layers, to the driver's options. */
import { AutoRestartError } from '../../errors';
import { readAccount } from './account';
import { CONNECTION_KEYS, type ConnectionKey } from './keys';
import type { Layer } from './sources';

type Options = Record<string, unknown>;

/**
 * Of each key the strongest layer that has it, even if it is empty there: an empty one is none.
 * @param where for people: the section or the variables
 * @throws AutoRestartError CONNECTION for a value that cannot be what its key wants
 */
export function toOptions(layers: readonly Layer[], where: string): { options: Options; notes: string[] } {
  const written: Record<string, unknown> = Object.assign({}, ...layers.toReversed());
  const options: Options = {};
  for (const [key, value] of Object.entries(written)) {
    const known = CONNECTION_KEYS[key];
    if (known === undefined || value === undefined || value === null || value === '') continue;
    options[known.option] = convert(known, value, key, where);
  }
  const notes = oneKey(options);
  Object.assign(options, placeOf(options, where));
  return { options, notes: [...notes, ...plainHttp(options, where)] };
}

function convert({ type }: ConnectionKey, value: unknown, key: string, where: string): unknown {
  const isText = ['string', 'number', 'bigint', 'boolean'].includes(typeof value);
  if (type === 'list' && Array.isArray(value)) return value.map(String);
  if (type === 'list' && isText) return String(value).split(',');
  if (type === 'text' && isText) return String(value);
  if (type === 'number' && isText && Number.isInteger(Number(value))) return Number(value);
  if (type === 'boolean' && /^(?:true|false|1|0|yes|no|on|off)$/i.test(String(value)))
    return /^(?:true|1|yes|on)$/i.test(String(value));
  const mayBeSecret = /pass|token|secret|key_raw/.test(key);
  const shown = !isText ? 'a table or list' : mayBeSecret ? 'what is written there' : `'${String(value)}'`;
  throw new AutoRestartError('CONNECTION', `'${key}' must be a ${type}, not ${shown}`, { where });
}

/** As in the CLI a file of a key wins over its text, wherever the two are written. */
function oneKey(options: Options): string[] {
  if (options.privateKeyPath === undefined || options.privateKey === undefined) return [];
  delete options.privateKey;
  return ['private_key_raw is not used: private_key_file is set too'];
}

/** @throws AutoRestartError CONNECTION */
function placeOf(options: Options, where: string): Options {
  const refuse = (message: string, hint: string): never => {
    throw new AutoRestartError('CONNECTION', message, { where, hint });
  };
  const { host, port, protocol, account, accessUrl } = options;
  if (typeof host === 'string' && /[/:\s]/.test(host) && !/^\[?[0-9a-f:]+\]?$/i.test(host)) {
    refuse(
      `host '${host}' is no host name`,
      'write host = "127.0.0.1", port = 8090, protocol = "http", each apart',
    );
  }
  for (const [key, value] of [
    ['port', port],
    ['proxy_port', options.proxyPort],
  ] as const) {
    if (typeof value === 'number' && (value < 1 || value > 65_535))
      refuse(`${value} is no ${key}`, '1 to 65535');
  }
  if (typeof protocol === 'string' && !/^https?$/i.test(protocol)) {
    refuse(`protocol '${protocol}' is not known here`, 'http or https');
  }
  if (typeof accessUrl === 'string' && !URL.canParse(accessUrl)) {
    refuse(
      `access_url '${accessUrl}' is no address`,
      'write access_url = "https://ORG-ACCOUNT.snowflakecomputing.com"',
    );
  }
  return {
    ...(typeof protocol === 'string' ? { protocol: protocol.toLowerCase() } : {}),
    ...(typeof account === 'string' ? { ...hostOfAccount(account, where), ...(host ? { host } : {}) } : {}),
  };
}

const hostOfAccount = (account: string, where: string): Options => ({ ...readAccount(account, where) });

/** Passwords, tokens and rows would be readable on the way. */
function plainHttp(options: Options, where: string): string[] {
  const place = addressOf(options);
  if (place === null || place.protocol !== 'http:' || isLoopback(place.hostname)) return [];
  return [
    `${where}: protocol "http" to ${place.hostname}: password, tokens and results travel there unencrypted`,
  ];
}

/** The address the driver will speak to; `null` where there is not enough to know it. */
export function addressOf(options: Readonly<Record<string, unknown>>): URL | null {
  const { accessUrl, host, port, protocol, account, region } = options as Record<string, string | undefined>;
  if (accessUrl) return URL.canParse(accessUrl) ? new URL(accessUrl) : null;
  const name = host ?? (account ? hostNameOf(account, region) : undefined);
  const written = `${protocol ?? 'https'}://${name}${port ? `:${port}` : ''}`;
  return name && URL.canParse(written) ? new URL(written) : null;
}

function hostNameOf(account: string, region: string | undefined): string {
  const [name = account, inAccount] = account.split(/\.(.*)/s);
  const place = region ?? inAccount;
  const domain = /^cn-/i.test(place ?? '') ? 'cn' : 'com';
  return `${place && place !== 'us-west-2' ? `${name}.${place}` : name}.snowflakecomputing.${domain}`;
}

export function isLoopback(hostname: string): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[?::1\]?)$/i.test(hostname);
}
