/** What one session may do to another. https://docs.snowflake.com/en/sql-reference/functions/system_cancel_all_queries */
import { engineSession } from '../engine/account';
import type { Feature, SystemFunction } from '../engine/contract';
import { canceled, SnowflakeError } from '../errors';
import { VARCHAR } from '../values';

/**
 * Ends what the session runs, as its client's own cancel would: `1 cancelled.` What waits for its turn counts as
 * running. dbt asks for it on `--fail-fast` and on Ctrl-C, for each of its connections.
 */
const cancelAllQueries: SystemFunction = {
  name: 'SYSTEM$CANCEL_ALL_QUERIES',
  returns: VARCHAR,
  call: ([id], session) => {
    const sessionId = String(id?.value ?? '');
    if (!/^\d+$/.test(sessionId)) throw notASession(sessionId);
    const { running } = engineSession(session).account;
    const others = [...running].filter(
      (statement) => statement.sessionId === sessionId && statement.signal !== session.signal,
    );
    for (const statement of others) statement.end(canceled());
    return `${others.length} cancelled.`;
  },
};

function notASession(id: string): SnowflakeError {
  return new SnowflakeError(
    '001044',
    '42P13',
    `SYSTEM$CANCEL_ALL_QUERIES: '${id}' is not the id of a session.`,
  );
}

export const sessionsFeature: Feature = { name: 'sessions', functions: [cancelAllQueries] };
