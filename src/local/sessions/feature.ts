/**
 * What one session may do to another, and to a statement of another.
 * https://docs.snowflake.com/en/sql-reference/functions/system_cancel_all_queries, system_cancel_query, system_abort_session
 */
import { engineSession } from '../engine/account';
import type { Feature, Session, SystemFunction } from '../engine/contract';
import { canceled, SnowflakeError } from '../errors';
import { type TypedValue, VARCHAR } from '../values';

/**
 * Ends what the session runs, as its client's own cancel would: `1 cancelled.` What waits for its turn counts as
 * running. dbt asks for it on `--fail-fast` and on Ctrl-C, for each of its connections.
 */
const cancelAllQueries: SystemFunction = {
  name: 'SYSTEM$CANCEL_ALL_QUERIES',
  returns: VARCHAR,
  call: ([id], session) => `${endAll(sessionId('SYSTEM$CANCEL_ALL_QUERIES', id), session)} cancelled.`,
};

/** Ends one statement, a task's too. */
const cancelQuery: SystemFunction = {
  name: 'SYSTEM$CANCEL_QUERY',
  returns: VARCHAR,
  call: ([id], session) => {
    const queryId = textOf(id);
    if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(queryId))
      throw invalid('SYSTEM$CANCEL_QUERY', queryId, 'a query');
    const statement = [...engineSession(session).account.running].find(
      (each) => each.queryId.toLowerCase() === queryId.toLowerCase() && each.signal !== session.signal,
    );
    if (!statement) return 'Identified SQL statement is not currently executing.';
    statement.end(canceled());
    return `query [${queryId}] terminated.`;
  },
};

/** Ends the session, with what it runs and its open transaction: its client has to log in again. */
const abortSession: SystemFunction = {
  name: 'SYSTEM$ABORT_SESSION',
  returns: VARCHAR,
  call: ([given], session) => {
    const id = sessionId('SYSTEM$ABORT_SESSION', given);
    const aborted = engineSession(session).account.sessions.get(id);
    if (!aborted) throw invalid('SYSTEM$ABORT_SESSION', id, 'an open session');
    endAll(id, session);
    // Nobody waits for it: where the account is closed meanwhile, the session is closed with it.
    void aborted.abort().catch(() => undefined);
    return `session [${id}] terminated.`;
  },
};

/** @returns how many statements of the session were ended; the one that asks is none of them */
function endAll(id: string, asking: Session): number {
  const others = [...engineSession(asking).account.running].filter(
    (statement) => statement.sessionId === id && statement.signal !== asking.signal,
  );
  for (const statement of others) statement.end(canceled());
  return others.length;
}

const textOf = (value: TypedValue | undefined): string => String(value?.value ?? '');

function sessionId(caller: string, value: TypedValue | undefined): string {
  const id = textOf(value);
  if (!/^\d+$/.test(id)) throw invalid(caller, id, 'a session');
  return id;
}

function invalid(caller: string, id: string, of: string): SnowflakeError {
  return new SnowflakeError('001044', '42P13', `${caller}: '${id}' is not the id of ${of}.`);
}

export const sessionsFeature: Feature = {
  name: 'sessions',
  functions: [cancelAllQueries, cancelQuery, abortSession],
};
