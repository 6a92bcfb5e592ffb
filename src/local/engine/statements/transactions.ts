/** BEGIN, COMMIT, ROLLBACK. https://docs.snowflake.com/en/sql-reference/transactions */
import type { Token } from '../../sql/lexer';
import { engineSession } from '../account';
import type { StatementHandler } from '../contract';
import { begin, end } from '../transaction';
import { status } from './status';

const isBegin = ([first, second, third]: readonly Token[]): boolean =>
  (first?.value === 'BEGIN' &&
    (second === undefined ||
      ((second.value === 'TRANSACTION' || second.value === 'WORK' || second.value === 'NAME') &&
        third?.value !== ':='))) ||
  (first?.value === 'START' && second?.value === 'TRANSACTION');

export const transactions: StatementHandler = {
  name: 'BEGIN, COMMIT, ROLLBACK',
  matches: (tokens) => isBegin(tokens) || tokens[0]?.value === 'COMMIT' || tokens[0]?.value === 'ROLLBACK',
  async run({ tokens }, session) {
    const own = engineSession(session);
    const begins = isBegin(tokens);
    // A second BEGIN, and an end without a beginning, change nothing in Snowflake.
    if (begins && !own.transaction) await begin(own);
    if (!begins && own.transaction) await end(own, tokens[0]!.value === 'COMMIT' ? 'COMMIT' : 'ROLLBACK');
    return status('Statement executed successfully.');
  },
};
