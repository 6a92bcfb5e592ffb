/**
 * WHEN: a Boolean expression over SYSTEM$GET_PREDECESSOR_RETURN_VALUE (and SYSTEM$STREAM_HAS_DATA), with casts,
 * comparisons and Boolean operators; Snowflake evaluates it without a warehouse and refuses everything else.
 * https://docs.snowflake.com/en/sql-reference/sql/create-task
 */
import { unsupported } from '../errors';
import type { Session } from '../engine/contract';
import type { Token } from '../sql/lexer';
import { invalidTask } from './task-errors';

const FUNCTIONS = new Set(['SYSTEM$GET_PREDECESSOR_RETURN_VALUE', 'CAST', 'TRY_CAST']);

/** Streams, and tasks that run on other outcomes than the success of all before them. */
const NOT_MODELLED = new Set([
  'SYSTEM$STREAM_HAS_DATA',
  'SYSTEM$PREDECESSORS_STATE',
  'SYSTEM$TASK_COMPLETION_STATE',
]);

/** Words that are operators, literals or types; any other word is a column or a function. */
const WORDS = new Set(
  `AND OR NOT TRUE FALSE NULL IS IN LIKE ILIKE RLIKE REGEXP BETWEEN ESCAPE DISTINCT FROM AS
   BOOLEAN VARCHAR STRING TEXT CHAR NUMBER NUMERIC DECIMAL INT INTEGER BIGINT SMALLINT FLOAT DOUBLE REAL`.split(
    /\s+/,
  ),
);

/** @throws SnowflakeError when the condition holds what WHEN does not allow */
export function requireCondition(tokens: readonly Token[]): void {
  tokens.forEach((token, index) => {
    if (token.kind === 'quoted' || token.kind === 'dollar') throw notAllowed();
    if (token.kind !== 'word') return;
    if (NOT_MODELLED.has(token.value)) throw unsupported(token.value);
    const isCall = tokens[index + 1]?.text === '(';
    if (!WORDS.has(token.value) && !(isCall && FUNCTIONS.has(token.value))) throw notAllowed();
  });
}

function notAllowed() {
  return invalidTask(
    'Invalid expression for task condition expression. Only some data type conversions and the following functions are allowed: ' +
      '[SYSTEM$GET_PREDECESSOR_RETURN_VALUE, SYSTEM$STREAM_HAS_DATA].',
  );
}

/** NULL counts as not met. */
export async function isMet(condition: string, session: Session): Promise<boolean> {
  const { value } = await session.evaluate(`CAST((${condition}) AS BOOLEAN)`);
  return value === true;
}
