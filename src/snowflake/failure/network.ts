/** What went wrong before Snowflake was heard, or with what answered in its place: in words, and what to do. */
import type { Proxy } from '../connection/proxy';
import { networkCodeOf, statusOf, type DriverError } from './driver-error';

export interface Explanation {
  /** What goes after `cannot connect to X: `. */
  reason: string;
  hint: string;
}

export interface Place {
  address: URL;
  proxy: Proxy | null;
}

const hostOf = ({ address }: Place): string => address.host;

/** @returns `null` for an error that is not of the network */
export function explainNetwork(error: DriverError, place: Place): Explanation | null {
  const code = networkCodeOf(error);
  const status = statusOf(error);
  if (status !== null) return explainStatus(status, place);
  if (code !== '') return explainCode(code, error, place);
  return isOtherContent(error) ? noSnowflake(place) : null;
}

/** The driver could not read the answer: no JSON, or not what it expects in it. */
function isOtherContent({ name, code, cause }: DriverError): boolean {
  return (
    name === 'UnexpectedContentError' || code === 401003 || (name === 'NetworkError' && cause !== undefined)
  );
}

/** What answered is something else: a web page, a proxy's notice, a wrong port. */
export function noSnowflake(place: Place): Explanation {
  return {
    reason: `what answers at ${hostOf(place)} is not Snowflake`,
    hint: place.proxy
      ? `a notice of the proxy ${place.proxy.address} (${place.proxy.from})? NO_PROXY exempts hosts`
      : 'check account, host and port of the connection, and for a login page of the network',
  };
}

// --------------------------------------------------------------------------------------------- status

function explainStatus(status: number, place: Place): Explanation {
  const { proxy } = place;
  if (status === 407 && proxy) {
    return {
      reason: `the proxy ${proxy.address} wants to know who asks (HTTP 407)`,
      hint: `put user and password into ${proxy.from}: http://user:password@${proxy.address}`,
    };
  }
  if (status >= 500 || status === 408 || status === 429) {
    const through = proxy ? `, through the proxy ${proxy.address} (${proxy.from})` : '';
    return {
      reason: `${hostOf(place)} answers with HTTP ${status}${through}`,
      hint: 'try again in some minutes; https://status.snowflake.com tells of incidents',
    };
  }
  if (status === 403 || status === 404) {
    return {
      reason: `there is no such account at ${hostOf(place)} (HTTP ${status})`,
      hint: proxy
        ? `check the account; or the proxy ${proxy.address} (${proxy.from}) forbids it`
        : 'check the account: ORG-ACCOUNT, or a locator with its region',
    };
  }
  if (status >= 300 && status < 400) return noSnowflake(place);
  return { reason: `${hostOf(place)} refuses the request (HTTP ${status})`, hint: noSnowflake(place).hint };
}

// ----------------------------------------------------------------------------------------------- code

const CERTIFICATES: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by an authority that this machine does not know',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'its certificate is signed by an authority that this machine does not know',
  UNABLE_TO_GET_ISSUER_CERT: 'its certificate is signed by an authority that this machine does not know',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'its certificate is signed by an authority that this machine does not know',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet: check the clock of this machine',
  CERT_REVOKED: 'its certificate was revoked',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
};

function explainCode(code: string, error: DriverError, place: Place): Explanation {
  const host = hostOf(place);
  const certificate = CERTIFICATES[code];
  if (certificate !== undefined) {
    return {
      reason: `${host} cannot be trusted: ${certificate} (${code})`,
      hint: 'a proxy that looks into TLS? NODE_EXTRA_CA_CERTS=FILE adds its authority; never switch the check off',
    };
  }
  if (/^E?PROTO$|^ERR_SSL|^ERR_TLS/.test(code)) {
    return {
      reason: `${host} does not speak TLS (${code})`,
      hint: 'check host and port; a server without TLS needs protocol = "http" in the connection',
    };
  }
  if (code.startsWith('HPE_') || code === 'ERR_BAD_RESPONSE' || code === 'ERR_FR_TOO_MANY_REDIRECTS')
    return noSnowflake(place);
  return explainReach(code, error, place);
}

function explainReach(code: string, error: DriverError, place: Place): Explanation {
  const { proxy, address } = place;
  const first = proxy ? `the proxy ${proxy.address} (${proxy.from})` : place.address.host;
  const way = proxy
    ? `check ${proxy.from}; NO_PROXY exempts hosts that need no proxy`
    : 'check host and port of the connection, the network and its firewall (HTTPS_PROXY, if there is a proxy)';
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return {
        reason: `there is no host ${proxy ? `of ${first}` : address.hostname} (${code})`,
        hint: proxy
          ? way
          : 'check the account: ORG-ACCOUNT with a hyphen, or a locator with its region; and the network',
      };
    case 'ECONNREFUSED':
      return { reason: `${first} refuses connections (${code})`, hint: way };
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ERR_STREAM_PREMATURE_CLOSE':
      return { reason: `${first} closed the connection without an answer (${code})`, hint: way };
    case 'ETIMEDOUT':
    case 'ECONNABORTED':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return { reason: `${first} cannot be reached (${code})`, hint: way };
    default:
      return { reason: `${error.message ?? 'the network failed'} (${code})`, hint: way };
  }
}
