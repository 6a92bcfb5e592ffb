/**
 * The proxy on the way to an address, by the rules that curl, Python and so the Snowflake CLI follow. The driver knows
 * the same variables, but compares NO_PROXY letter by letter and sends even 127.0.0.1 to the proxy.
 */
import { AutoRestartError } from '../../errors';
import { isLoopback } from './options';
import type { Environment } from './sources';

export interface Proxy {
  /** `proxy.example:3128`, without user and password. */
  address: string;
  /** Where it is written: a variable, or `proxy_host` of the connection. */
  from: string;
  /** User and password of its address, as they stand there and decoded. */
  secrets: readonly string[];
}

/** @throws AutoRestartError CONNECTION for a variable that holds no address */
export function proxyFor(address: URL, options: object, env: Environment): Proxy | null {
  const { proxyHost, proxyPort } = options as { proxyHost?: string; proxyPort?: number };
  if (proxyHost) return { address: `${proxyHost}:${proxyPort ?? ''}`, from: 'proxy_host', secrets: [] };
  if (isLoopback(address.hostname) || isExempt(address, env)) return null;
  const name = address.protocol === 'http:' ? 'http_proxy' : 'https_proxy';
  const from = env[name] ? name : name.toUpperCase();
  const written = env[from];
  if (!written) return null;
  const text = written.includes('://') ? written : `http://${written}`;
  if (!URL.canParse(text)) {
    throw new AutoRestartError('CONNECTION', `${from} holds no address of a proxy`, {
      hint: `write ${from}=http://proxy.example:3128, or unset it; NO_PROXY names hosts that need none`,
    });
  }
  const { hostname, port, protocol, username, password } = new URL(text);
  const byDefault = protocol === 'https:' ? '443' : '80';
  const secrets = [password, decode(password), username && password ? `${username}:${password}` : ''];
  return { address: `${hostname}:${port || byDefault}`, from, secrets: secrets.filter(Boolean) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `.example.com`, `example.com` and `*.example.com` exempt all below them; `*` everything; a port may follow. */
function isExempt(address: URL, env: Environment): boolean {
  const host = address.hostname.toLowerCase();
  const port = address.port || (address.protocol === 'http:' ? '80' : '443');
  const entries = (env.no_proxy || env.NO_PROXY || '').toLowerCase().split(/[\s,|]+/);
  return entries.filter(Boolean).some((entry) => {
    if (entry === '*') return true;
    const [, name = '', onlyPort] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
    const plain = name.replace(/^\*?\./, '');
    return (host === plain || host.endsWith(`.${plain}`)) && (onlyPort ?? port) === port;
  });
}
