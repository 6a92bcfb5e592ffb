/** The local Snowflake behind the protocol of Snowflake's drivers, on this machine only. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LocalSnowflake } from '../engine/contract';
import { failureAnswer, refusal } from './answers';
import { BadRequest, readBody } from './body';
import { answer, closeAllSessions, createServerState, type Server, type ServerOptions } from './routes';

export interface ServeOptions extends ServerOptions {
  /** @default 0, a free one */
  port?: number;
}

export interface RunningServer {
  /** `http://127.0.0.1:<port>`: the driver's `accessUrl`. */
  readonly url: string;
  readonly port: number;
  /** Ends the connections and the sessions. The account stays open: it is the caller's. */
  close(): Promise<void>;
}

/**
 * Serves `account` to any client of Snowflake's protocol, on 127.0.0.1.
 * @throws the system's error when the port is taken
 */
export async function serve(account: LocalSnowflake, options: ServeOptions = {}): Promise<RunningServer> {
  const state = createServerState(account, options);
  const http = createServer((request, response) => void respond(state, request, response));
  // A statement may be as long as it likes; a request must arrive in reasonable time.
  http.requestTimeout = 120_000;
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(options.port ?? 0, '127.0.0.1', () => resolve());
  });
  const { port } = http.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port, close };

  async function close(): Promise<void> {
    const closed = new Promise<void>((resolve) => http.close(() => resolve()));
    http.closeAllConnections();
    await closed;
    await closeAllSessions(state);
  }
}

async function respond(state: Server, request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.on('error', () => {}); // the client is gone: there is nobody to answer
  try {
    const body = await readBody(request);
    checkHost(request.headers.host);
    checkOrigin(request.headers.origin);
    const url = new URL(withoutEmptyParts(request.url ?? '/'), 'http://127.0.0.1');
    const token = /^Snowflake Token="(.*)"$/.exec(request.headers.authorization ?? '')?.[1];
    const call = { method: request.method ?? '', path: url.pathname, query: url.searchParams, token, body };
    send(response, 200, await answer(state, call));
  } catch (error) {
    // A 5xx would be asked for again, seven times: a defect of this server is an answer like any other.
    if (!(error instanceof BadRequest)) return send(response, 200, failureAnswer(error, ''));
    send(response, error.status, refusal(String(390_000 + error.status), error.message));
  }
}

/** Python's connector 5.2 asks for `/monitoring/queries//<id>`. */
function withoutEmptyParts(address: string): string {
  const [path = '', ...query] = address.split('?');
  return [path.replace(/\/{2,}/g, '/'), ...query].join('?');
}

/** A page in a browser that resolves its own name to 127.0.0.1 must not reach the data. */
function checkHost(host: string | undefined): void {
  const name = (host ?? '').replace(/:\d+$/, '');
  if (isThisMachine(name)) return;
  throw new BadRequest(
    403,
    `this server answers to 127.0.0.1 and localhost only, not to ${name || 'no host'}`,
  );
}

/** Nor a page of anywhere else that knows the address: browsers say where a page comes from, drivers do not. */
function checkOrigin(origin: string | undefined): void {
  if (origin === undefined) return;
  const name = URL.canParse(origin) ? new URL(origin).hostname : '';
  if (!isThisMachine(name)) throw new BadRequest(403, `this server does not answer to pages of ${origin}`);
}

function isThisMachine(name: string): boolean {
  return /^(?:127\.0\.0\.1|(?:.+\.)?localhost)$/i.test(name);
}

function send(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) return;
  const text = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': text.length });
  response.end(text);
}
