/** EXECUTE IMMEDIATE as a statement of its own. https://docs.snowflake.com/en/sql-reference/sql/execute-immediate */
import type { StatementHandler } from '../engine/contract';
import { unsupported } from '../errors';
import { TokenReader } from '../sql/token-reader';
import type { TypedValue } from '../values';
import { expressionList, expressionUntil } from './parse/reader';
import { evaluateText } from './procedures/arguments';
import { oneDeeper } from './run/depth';
import { refuseForOwner } from './run/rights';
import { refuseSeveral } from './run/several';

export const executeImmediate: StatementHandler = {
  name: 'EXECUTE IMMEDIATE',
  matches: ([first, second]) => first?.value === 'EXECUTE' && second?.value === 'IMMEDIATE',
  async run({ text, tokens, binds }, session) {
    const reader = new TokenReader(text, tokens);
    reader.expect('EXECUTE', 'IMMEDIATE');
    if (reader.sees('FROM')) throw unsupported('EXECUTE IMMEDIATE FROM');
    const statement = expressionUntil(reader, 'USING');
    const using = reader.accept('USING') ? expressionList(reader) : [];
    reader.end();
    const sql = await evaluateText(statement.text, statement.tokens, binds, session);
    const values: TypedValue[] = [];
    for (const one of using) values.push(await evaluateText(one.text, one.tokens, [], session));
    const dynamic = String(sql.value ?? '');
    refuseForOwner(dynamic, session);
    refuseSeveral(dynamic, session);
    return oneDeeper(session, () => session.run(dynamic, values));
  },
};
