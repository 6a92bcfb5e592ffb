/** A server on the loopback interface that does what servers should not. */
import { createServer, request, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { gunzipSync } from 'node:zlib';
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server as TcpServer,
  type Socket,
} from 'node:net';

export interface Misbehaving {
  port: number;
  /** Paths that were asked for. */
  asked: string[];
  close(): Promise<void>;
}

type Listening = Server | TcpServer;

async function listen(server: Listening, asked: string[] = []): Promise<Misbehaving> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    async close() {
      sockets.forEach((socket) => socket.destroy());
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function recording(asked: string[], listener: RequestListener): RequestListener {
  return (incoming, outgoing) => {
    asked.push(`${incoming.method} ${incoming.url}`);
    incoming.resume().on('end', () => listener(incoming, outgoing));
  };
}

/** Speaks HTTP. */
export async function answering(listener: RequestListener): Promise<Misbehaving> {
  const asked: string[] = [];
  return listen(createServer(recording(asked, listener)), asked);
}

/** Speaks HTTPS with a certificate that nobody trusts. */
export async function answeringSecurely(
  tls: { key: string; cert: string },
  listener: RequestListener,
): Promise<Misbehaving> {
  const asked: string[] = [];
  return listen(createSecureServer(tls, recording(asked, listener)) as unknown as Server, asked);
}

/** Speaks something else. */
export async function onSocket(behave: (socket: Socket) => void): Promise<Misbehaving> {
  return listen(createTcpServer(behave));
}

/** A port that was free a moment ago. */
export async function closedPort(): Promise<number> {
  const server = await onSocket(() => {});
  await server.close();
  return server.port;
}

export const json =
  (body: unknown, status = 200): RequestListener =>
  (_, outgoing) => {
    outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

export const text =
  (body: string, status = 200, type = 'text/html'): RequestListener =>
  (_, outgoing) => {
    outgoing.writeHead(status, { 'content-type': type }).end(body);
  };

/** What Snowflake answers to a login that it refuses. */
export const refusing = (code: string, message: string): RequestListener =>
  json({ data: null, code, message, success: false, headers: null });

/** Never answers. */
export const silent: RequestListener = () => {};

/**
 * Passes on to a server that behaves, until a statement comes that is like this; then does something else with
 * everything that comes, sessions and heartbeats too.
 */
export async function leavingAt(
  statement: RegExp,
  port: number,
  afterwards: RequestListener | 'closed',
): Promise<Misbehaving> {
  const asked: string[] = [];
  let left = false;
  const server = createServer(async (incoming, outgoing) => {
    asked.push(`${incoming.method} ${incoming.url}`);
    const body = Buffer.concat(await incoming.toArray());
    left ||= statement.test(sqlIn(body));
    if (!left) return pass(incoming, body, outgoing, port);
    if (afterwards !== 'closed') return afterwards(incoming, outgoing);
    incoming.socket.destroy();
    server.close();
  });
  return listen(server, asked);
}

function sqlIn(body: Buffer): string {
  const isZipped = body[0] === 0x1f && body[1] === 0x8b;
  return (isZipped ? gunzipSync(body) : body).toString();
}

const pass = (
  { method, url, headers }: IncomingMessage,
  body: Buffer,
  outgoing: Parameters<RequestListener>[1],
  port: number,
): void => {
  const onward = request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on('error', () => outgoing.destroy());
  onward.end(body);
};
