/** What each address of the protocol answers. Called with a body that has been read; knows nothing of sockets. */
import type { LocalSnowflake } from '../engine/contract';
import { failureAnswer, inProgressAnswer, refusal, success, type Answer } from './answers';
import { BadRequest } from './body';
import { SnowflakeError } from '../errors';
import { Queries, type Query, type QueryState } from './queries';
import { runRequest, type QueryRequest } from './run';
import { sessionOptions, Sessions, type ClientSession } from './sessions';

/** The state of one server. */
export interface Server {
  readonly sessions: Sessions;
  readonly queries: Queries;
  /** A statement that takes longer is answered with 333333, and asked for again. */
  readonly inProgressAfterMs: number;
}

export interface ServerOptions {
  /** Lifetime of a session token, in seconds. @default 3600 */
  tokenSeconds?: number;
  /** How long a client waits for one answer, in milliseconds. @default 45000 */
  inProgressAfterMs?: number;
}

export function createServerState(account: LocalSnowflake, options: ServerOptions): Server {
  return {
    sessions: new Sessions(account, options.tokenSeconds ?? 3600),
    queries: new Queries(),
    inProgressAfterMs: options.inProgressAfterMs ?? 45_000,
  };
}

export interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  /** Of the `Authorization: Snowflake Token="..."` header. */
  token: string | undefined;
  body: Record<string, unknown>;
}

/** @throws BadRequest */
export async function answer(server: Server, call: Call): Promise<Answer> {
  for (const [method, pattern, handle] of OPEN_ROUTES) {
    const match = call.method === method && pattern.exec(call.path);
    if (match) return handle(server, call);
  }
  for (const [method, pattern, handle] of SESSION_ROUTES) {
    const match = call.method === method && pattern.exec(call.path);
    if (match) return withSession(server, call, (client) => handle(server, client, call, match[1] ?? ''));
  }
  throw new BadRequest(404, `no such address: ${call.method} ${call.path}`);
}

type OpenRoute = [string, RegExp, (server: Server, call: Call) => Answer | Promise<Answer>];
type SessionRoute = [
  string,
  RegExp,
  (server: Server, client: ClientSession, call: Call, id: string) => Answer | Promise<Answer>,
];

const ID = '([0-9a-fA-F-]{36})';

const OPEN_ROUTES: OpenRoute[] = [
  ['POST', /^\/session\/v1\/login-request$/, login],
  ['POST', /^\/session\/token-request$/, renewToken],
  ['POST', /^\/session\/authenticator-request$/, refuseSingleSignOn],
  ['POST', /^\/telemetry\/send(\/sessionless)?$/, () => success(null)],
];

const SESSION_ROUTES: SessionRoute[] = [
  ['POST', /^\/queries\/v1\/query-request$/, submit],
  ['POST', /^\/queries\/v1\/abort-request$/, abortRequest],
  [
    'POST',
    new RegExp(`^/queries/${ID}/abort-request$`),
    (server, _client, _call, id) => abortQuery(server, id),
  ],
  ['GET', new RegExp(`^/queries/${ID}/result$`), (server, _client, _call, id) => fetchResult(server, id)],
  ['GET', new RegExp(`^/monitoring/queries/${ID}$`), (server, _client, _call, id) => monitor(server, id)],
  ['POST', /^\/session\/heartbeat$/, () => success(null)],
  ['POST', /^\/session$/, closeSession],
];

// -------------------------------------------------------------------------------------------- sessions

async function login(server: Server, call: Call): Promise<Answer> {
  const data = call.body.data;
  if (typeof data !== 'object' || data === null) throw new BadRequest(400, 'a login without data');
  for (const client of server.sessions.idle()) await endSession(server, client);
  try {
    const client = server.sessions.open(sessionOptions(call.query, data as Record<string, unknown>));
    return server.sessions.loginAnswer(client);
  } catch (error) {
    if (error instanceof SnowflakeError) return refusal(error.code, error.message);
    throw error;
  }
}

function renewToken(server: Server, call: Call): Answer {
  const client = server.sessions.findByMaster(call.token);
  if (!client)
    return refusal('390114', 'Authentication token has expired.  The user must authenticate again.');
  server.sessions.renew(client);
  return server.sessions.renewAnswer(client);
}

function refuseSingleSignOn(): Answer {
  return refusal('390190', 'The local Snowflake has no single sign-on: log in with any user and password.');
}

async function closeSession(server: Server, client: ClientSession, call: Call): Promise<Answer> {
  if (call.query.get('delete') !== 'true') throw new BadRequest(400, 'POST /session needs delete=true');
  await endSession(server, client);
  return success(null);
}

/** Cancels what the session still runs, and waits for that to have ended. */
async function endSession(server: Server, client: ClientSession): Promise<void> {
  server.queries.endSession(client.id);
  await client.lastStatement;
  await server.sessions.close(client);
}

/** All at once: one may wait for its turn behind another. */
export async function closeAllSessions(server: Server): Promise<void> {
  await Promise.all(server.sessions.all().map((client) => endSession(server, client)));
}

async function withSession(
  server: Server,
  call: Call,
  handle: (client: ClientSession) => Answer | Promise<Answer>,
): Promise<Answer> {
  const client = server.sessions.find(call.token);
  if (!client) return refusal('390104', 'Session token is invalid: log in again.');
  if (client.session.isClosed) {
    await endSession(server, client);
    return refusal('390111', 'Session no longer exists.  New login required to access the service.');
  }
  if (client.tokenExpiresAt <= Date.now()) return refusal('390112', 'Session token has expired.');
  return handle(client);
}

// ------------------------------------------------------------------------------------------ statements

async function submit(server: Server, client: ClientSession, call: Call): Promise<Answer> {
  const request = queryRequest(call.body);
  const requestId = call.query.get('requestId') ?? '';
  const known = requestId ? server.queries.ofRequest(client.id, requestId) : undefined;
  const query = known ?? start(server, client, request, requestId);
  if (request.asyncExec) return inProgressAnswer(query.id, '333334');
  return waitFor(server, query);
}

/** @throws BadRequest for a body that is no query-request */
function queryRequest(body: Record<string, unknown>): QueryRequest {
  if (typeof body.sqlText !== 'string') throw new BadRequest(400, 'a query-request without sqlText');
  const { bindings } = body;
  if (bindings !== undefined && bindings !== null && !isBinds(bindings)) {
    throw new BadRequest(400, 'bindings that are no bindings');
  }
  return { ...body, bindings: bindings ?? undefined } as unknown as QueryRequest;
}

function isBinds(bindings: unknown): boolean {
  if (typeof bindings !== 'object' || bindings === null) return false;
  return Object.values(bindings).every(
    (bind: unknown) => typeof bind === 'object' && bind !== null && 'type' in bind && isBindValue(bind),
  );
}

function isBindValue(bind: object): boolean {
  const { type, value } = bind as { type: unknown; value?: unknown };
  const values = Array.isArray(value) ? value : [value ?? null];
  return typeof type === 'string' && values.every((one) => one === null || typeof one === 'string');
}

function start(server: Server, client: ClientSession, request: QueryRequest, requestId: string): Query {
  const query = server.queries.start(
    { sessionId: client.id, requestId, sqlText: request.sqlText },
    client.lastStatement,
    (started) => runRequest(client.session, request, started, server.queries),
  );
  client.lastStatement = query.done;
  return query;
}

async function waitFor(server: Server, query: Query): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, server.inProgressAfterMs);
  });
  await Promise.race([query.done, patience]);
  clearTimeout(timer);
  return query.answer ?? inProgressAnswer(query.id, '333333');
}

function fetchResult(server: Server, id: string): Answer | Promise<Answer> {
  const query = server.queries.get(id);
  return query ? waitFor(server, query) : failureAnswer(notFound(id), id);
}

const notFound = (id: string): SnowflakeError =>
  new SnowflakeError('000709', '02000', `Statement ${id} not found`);

function abortRequest(server: Server, client: ClientSession, call: Call): Answer {
  const { requestId } = call.body;
  if (typeof requestId !== 'string') throw new BadRequest(400, 'an abort-request without requestId');
  const query = server.queries.ofRequest(client.id, requestId);
  return query ? abortQuery(server, query.id) : notRunning(requestId);
}

function abortQuery(server: Server, id: string): Answer {
  const query = server.queries.get(id);
  return query && server.queries.cancel(query) ? success(null) : notRunning(id);
}

const notRunning = (id: string): Answer =>
  failureAnswer(
    new SnowflakeError('000605', '57014', 'Identified SQL statement is not currently executing.'),
    id,
  );

/** Words of snowflake-sdk's `query_status.js`. */
const STATUS: Record<QueryState, string> = {
  queued: 'QUEUED',
  running: 'RUNNING',
  success: 'SUCCESS',
  failed: 'FAILED_WITH_ERROR',
  aborted: 'ABORTED',
};

function monitor(server: Server, id: string): Answer {
  const query = server.queries.get(id);
  if (!query) return success({ queries: [] });
  return success({
    queries: [
      {
        id: query.id,
        status: STATUS[query.state],
        state: STATUS[query.state],
        sqlText: query.sqlText,
        sessionId: query.sessionId,
        startTime: query.startedAt,
        endTime: query.endedAt ?? 0,
        totalDuration: (query.endedAt ?? Date.now()) - query.startedAt,
        errorCode: query.error?.code ?? null,
        errorMessage: query.error?.message ?? '',
      },
    ],
    sqlState: query.error?.sqlState ?? null,
  });
}
