/** Sessions: dispatch of statements, query ids, results kept for RESULT_SCAN. */
import { canceled, SnowflakeError, SyntaxFault, unsupported } from '../errors';
import { lineAndPosition, tokenize, type Token } from '../sql/lexer';
import type { Compiled } from '../sql/compilation';
import { clauseOfSnowflake } from '../reference/clauses';
import { strangeWord } from '../reference/statements';
import type { QueryResult, TypedValue } from '../values';
import { syntaxError } from '../errors';
import type { Dispatched, EngineAccount, EngineSession } from './account';
import type { SessionOptions } from './contract';
import type { DuckConnection } from './duck';
import { fromDuckError } from './duck-errors';
import { faultAfter, faultBefore } from './injected-faults';
import { type RunningStatement, runningAs } from './running-statement';
import { runsOutOfTurn } from './out-of-turn';
import { requireStatementPrivilege } from './statement-privileges';
import { withinTimeout } from './statement-timeout';
import { begin, end, endsTransaction, startsTransaction } from './transaction';
import { isPlain, resolveIdentifiers, splitFlow } from './rewrite';

const KEPT_QUERY_IDS = 10_000;
const KEPT_TEXTS = 5000;

let sessions = 0;

export function newSession(account: EngineAccount, options: SessionOptions = {}): EngineSession {
  let statement: RunningStatement | undefined;
  // Nothing cancels a session that runs no statement.
  const idle = new AbortController().signal;
  let borrowed: Promise<DuckConnection> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;
  let aborted = false;

  const session: EngineSession = {
    account,
    id: String((sessions += 1)),
    accountName: options.accountName ?? 'LOCAL-SNOWFLAKE',
    user: (options.user ?? 'LOCAL').toUpperCase(),
    role: options.role ?? 'ACCOUNTADMIN',
    database: options.database,
    schema: options.schema ?? (options.database === undefined ? undefined : 'PUBLIC'),
    warehouse: options.warehouse,
    parameters: new Map(
      Object.entries(options.parameters ?? {}).map(([name, value]) => [name.toUpperCase(), value]),
    ),
    rights: 'caller',
    grantsOnly: options.grantsOnly ?? false,
    secondaryRoles: 'NONE',
    task: options.task,
    alert: options.alert,
    lastQueryId: undefined,
    get statement() {
      return statement;
    },
    get signal() {
      return statement?.signal ?? idle;
    },
    variables: new Map(),
    queryIds: [],
    temporary: new Map(),
    transaction: undefined,
    pipe: [],
    connection: () => (borrowed ??= account.duck.borrow()),
    async exclusively(body) {
      try {
        return await session.reading(body);
      } finally {
        account.dataVersion += 1;
      }
    },
    async reading(body, tables) {
      const turn = last.then(() =>
        account.duck.whileOpen(async () => {
          await account.pending.settle(tables);
          return body(await session.connection());
        }),
      );
      last = turn.catch(() => undefined);
      return turn;
    },
    async execute(sql, binds = [], { queryId = account.nextQueryId(), signal: cancel, inProcess } = {}) {
      if (account.isClosed) throw canceled();
      if (session.isClosed) throw noLongerThere();
      const before = statement;
      try {
        return await runningAs(session, { text: sql, queryId }, cancel, (running) => {
          statement = running;
          const body = (): Promise<QueryResult> => runTop(session, running, binds);
          return inProcess || runsOutOfTurn(sql) ? body() : account.clock.process(body, { drivesTime: true });
        });
      } finally {
        statement = before;
        if (aborted && !before) await session.close();
        // A task's or an alert's run is nobody's statement: the disk is waited for when the statement ends that let time pass.
        if (!options.task && !options.alert) await account.catalog.flushed();
      }
    },
    run: (sql, binds = []) => runStatement(session, sql, binds),
    async evaluate(expression, binds = []) {
      const { columns, rows } = await runStatement(session, `SELECT ${expression}`, binds, { inner: true });
      return { type: columns[0]!.type, value: rows[0]?.[0] ?? null };
    },
    get isClosed() {
      return closed || aborted;
    },
    async abort() {
      aborted = true;
      if (!statement) await session.close();
    },
    async close() {
      if (closed) return;
      closed = true;
      if (account.sessions.get(session.id) === session) account.sessions.delete(session.id);
      if (!borrowed) return;
      await last;
      // The database undoes what is open, and is closed with its connections.
      if (account.isClosed) return;
      if (session.transaction || session.temporary.size > 0)
        await session.exclusively((connection) => leaveClean(session, connection));
      account.duck.release(await borrowed);
    },
  };
  return session;
}

/** 390111, as a client is told whose session has ended. */
function noLongerThere(): SnowflakeError {
  return new SnowflakeError(
    '390111',
    '08001',
    'Session no longer exists.  New login required to access the service.',
  );
}

/** A connection goes back without transaction and temporary tables. */
async function leaveClean(session: EngineSession, connection: DuckConnection): Promise<void> {
  if (session.transaction) await connection.raw.run('ROLLBACK');
  for (const table of session.temporary.values())
    await connection.raw.run(`DROP TABLE IF EXISTS ${table.duckName}`);
}

/** A statement of a client's or a task's, with what may end it before it is done. */
function runTop(
  session: EngineSession,
  running: RunningStatement,
  binds: readonly TypedValue[],
): Promise<QueryResult> {
  const { queryId } = running;
  return withinTimeout(session, running, async () => {
    faultBefore(session, running);
    const result = await runStatement(session, running.text, binds, { queryId });
    faultAfter(session, running);
    return result;
  });
}

interface RunOptions {
  queryId?: string | undefined;
  /** Part of the statement that asks for it: LAST_QUERY_ID() stays what it is, no result is kept. */
  inner?: boolean;
}

async function runStatement(
  session: EngineSession,
  sql: string,
  binds: readonly TypedValue[],
  options: RunOptions = {},
): Promise<QueryResult> {
  const { account } = session;
  const plain = account.dispatched.get(sql)?.plain ?? false;
  const flow = plain ? undefined : splitFlow(sql);
  if (flow) return runFlow(session, flow, binds, options);
  const queryId = options.queryId ?? account.nextQueryId();
  let read: readonly Token[] = [];
  try {
    const { text, values } = plain ? { text: sql, values: binds } : resolveIdentifiers(sql, binds, session);
    const { tokens, handler } = dispatch(account, text);
    read = tokens;
    requireStatementPrivilege(session, text, tokens);
    if (session.transaction && endsTransaction(tokens)) await end(session, 'COMMIT');
    if (startsTransaction(session, tokens)) await begin(session);
    const result = { ...(await handler.run({ text, tokens, binds: values, queryId }, session)), queryId };
    if (!options.inner) account.results.keep(result);
    return result;
  } catch (error) {
    const known = clauseNotModelled(error, sql, read) ?? fromDuckError(error);
    known.queryId ??= queryId;
    throw known;
  } finally {
    if (!options.inner) noteQuery(session, queryId);
  }
}

function noteQuery(session: EngineSession, queryId: string): void {
  session.lastQueryId = queryId;
  session.queryIds.push(queryId);
  if (session.queryIds.length > KEPT_QUERY_IDS) session.queryIds.shift();
}

/** `SHOW TABLES ->> SELECT * FROM $1`: each statement sees the results of those before it, the latest first. */
async function runFlow(
  session: EngineSession,
  parts: readonly string[],
  binds: readonly TypedValue[],
  options: RunOptions,
): Promise<QueryResult> {
  const before = session.pipe;
  const ids: string[] = [];
  let result: QueryResult | undefined;
  let offset = 0;
  try {
    for (const part of parts) {
      session.pipe = [...ids].reverse();
      const count = tokenize(part).filter((token) => token.kind === 'symbol' && token.value === '?').length;
      const last = part === parts[parts.length - 1];
      result = await runStatement(session, part, binds.slice(offset, offset + count), last ? options : {});
      offset += count;
      ids.push(result.queryId);
    }
  } finally {
    session.pipe = before;
  }
  return result!;
}

/** The handler of a text; the same text has the same one every time. */
function dispatch(account: EngineAccount, text: string): Dispatched {
  const known = account.dispatched.get(text);
  if (known) return known;
  const tokens = withoutSemicolon(tokenize(text));
  if (tokens.length === 0)
    throw new SnowflakeError('000900', '42601', 'SQL compilation error:\nEmpty SQL statement.');
  const handler = account.handlers.find((each) => each.matches(tokens));
  if (!handler) throw unknownStatement(text, tokens);
  const dispatched = { tokens, handler, plain: isPlain(text), compiled: new Map<string, Compiled>() };
  if (account.dispatched.size >= KEPT_TEXTS) account.dispatched.clear();
  account.dispatched.set(text, dispatched);
  return dispatched;
}

function withoutSemicolon(tokens: Token[]): Token[] {
  let end = tokens.length;
  while (end > 0 && tokens[end - 1]!.kind === 'symbol' && tokens[end - 1]!.value === ';') end -= 1;
  return tokens.slice(0, end);
}

/** What Snowflake knows by its first words is refused by name, anything else is no statement. */
function unknownStatement(text: string, tokens: readonly Token[]): SnowflakeError {
  const strange = strangeWord(tokens.slice(0, 8).map((token) => (token.kind === 'word' ? token.value : '')));
  if (strange === undefined) return unsupported(firstWords(tokens));
  const token = tokens[strange];
  const { line, position } = lineAndPosition(text, token?.start ?? text.length);
  return syntaxError(line, position, token?.text ?? '<EOF>');
}

function firstWords(tokens: readonly Token[]): string {
  const end = tokens.findIndex((token) => token.kind !== 'word');
  const count = Math.min(end < 0 ? tokens.length : end, 5);
  return tokens
    .slice(0, count)
    .map(({ value }) => value)
    .join(' ');
}

/** A statement on an object whose parser was stopped by a clause that Snowflake has, or in the middle of one. */
function clauseNotModelled(
  error: unknown,
  sql: string,
  tokens: readonly Token[],
): SnowflakeError | undefined {
  if (!(error instanceof SyntaxFault)) return undefined;
  const at = tokens.findIndex(({ start }) => {
    const { line, position } = lineAndPosition(sql, start);
    return line === error.line && position === error.position;
  });
  const [before, word] = [tokens[at - 1], tokens[at]];
  const clause = clauseOfSnowflake(
    tokens[0]?.value ?? '',
    before?.kind === 'word' ? before.value : '',
    word?.kind === 'word' ? word.value : '',
  );
  return clause === undefined ? undefined : unsupported(`${firstWords(tokens)} ... ${clause}`);
}
