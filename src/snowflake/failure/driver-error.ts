/** What snowflake-sdk throws: server codes are text, its own are numbers; what the network said is in `cause`. */
export interface DriverError {
  name?: string;
  code?: string | number;
  message?: string;
  sqlState?: string;
  data?: { queryId?: string; line?: number; pos?: number };
  response?: { statusCode?: number; status?: number; headers?: Record<string, unknown> };
  cause?: { name?: string; code?: unknown; message?: string; cause?: { code?: unknown } };
}

export const asDriverError = (thrown: unknown): DriverError =>
  typeof thrown === 'object' && thrown !== null ? (thrown as DriverError) : { message: String(thrown) };

/** `ECONNREFUSED`, `CERT_HAS_EXPIRED`; '' where the network said nothing. */
export function networkCodeOf(error: DriverError): string {
  const codes = [error.cause?.code, error.cause?.cause?.code, error.code];
  const code = codes.find(
    (one) => typeof one === 'string' && /^(?:E[A-Z]|ERR_|HPE_|CERT_|[A-Z]+_)/.test(one),
  );
  return typeof code === 'string' ? code : '';
}

export function statusOf(error: DriverError): number | null {
  return error.response?.statusCode ?? error.response?.status ?? null;
}

export function isNetworkError(error: DriverError): boolean {
  return error.name === 'NetworkError' || error.name === 'RequestFailedError' || networkCodeOf(error) !== '';
}
